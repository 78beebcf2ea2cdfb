"""Menus, toolbar and shortcuts: one table of everything that can be done."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu

if TYPE_CHECKING:
    from inspector.core.preferences import Preferences
    from inspector.viewmodels.session import Session
    from inspector.widgets.commands import Commands
    from inspector.widgets.comparison_opener import ComparisonOpener
    from inspector.widgets.copies import Copies
    from inspector.widgets.main_window import MainWindow
    from inspector.widgets.search_presenter import SearchPresenter
    from inspector.widgets.stored_opener import StoredOpener
    from inspector.widgets.wide_search_opener import WideSearchOpener

_Slot = Callable[[], object]
_Entry = tuple[str, _Slot, str] | tuple[str, _Slot, str, str]
"""Text, what it does, shortcut, and the glyph of those that stand in the toolbar too."""


def add_actions(
    window: MainWindow,
    commands: Commands,
    copies: Copies,
    *,
    search: SearchPresenter,
    wide_search: WideSearchOpener,
    stored: StoredOpener,
    comparisons: ComparisonOpener,
    session: Session,
    preferences: Preferences,
) -> None:
    """Gives the window its menu bar and its toolbar, and with them all shortcuts."""
    menus = window.menus
    _fill(
        window,
        menus["File"],
        ("&Browse stored completions…", stored.open, "Ctrl+B"),
        ("&Open a saved response…", commands.open_file, "Ctrl+O", "open"),
        ("&Save the body as received…", commands.save_body, "Ctrl+S", "save"),
        None,
        ("&Load tool schemas…", commands.load_tools, "Ctrl+T"),
        ("&Paste tool schemas", commands.paste_tools, "Ctrl+Shift+T"),
        ("&Forget tool schemas", session.tool_desk.forget, ""),
        None,
        ("API &key…", commands.ask_for_key, "Ctrl+,", "key"),
        None,
        ("&Quit", window.close, "Ctrl+Q"),
    )
    _fill(
        window,
        menus["Edit"],
        ("&Paste and fetch", commands.paste_and_fetch, "Ctrl+V"),
        ("Fetch &again", session.retry, "F5", "again"),
        ("&Cancel", comparisons.cancel, "Esc"),
        None,
        ("Pause the &batch, or go on", session.batch.pause_or_resume, "Ctrl+P"),
        ("Retry what &failed", session.batch.retry_failed, "Ctrl+R"),
        None,
        ("Fin&d…", search.open, "Ctrl+F"),
        ("Find ne&xt", search.next, "F3"),
        ("Find p&revious", search.previous, "Shift+F3"),
        ("Find in all c&ompletions…", wide_search.open, "Ctrl+Shift+F"),
        None,
        ("Compare &with…", comparisons.compare, "Ctrl+D"),
    )
    menus["Edit"].addMenu(comparisons.menu)
    _fill(
        window,
        menus["Edit"],
        None,
        ("Copy the &view as sent", commands.copy_view, "Ctrl+Alt+C", "copy"),
        ("Copy the &JSON Pointer", copies.copy_pointer, "Ctrl+Shift+C"),
    )
    copy_menu = menus["Edit"].addMenu("Cop&y as")
    _fill(
        window,
        copy_menu,
        ("&Value", copies.copy_value, ""),
        ("Value, &laid out", copies.copy_pretty, ""),
        ("Value, as &sent", copies.copy_raw, ""),
        None,
        ("JSON&Path", copies.copy_json_path, ""),
        ("&jq", copies.copy_jq, ""),
        ("P&ython", copies.copy_python, ""),
        None,
        ("&cURL", copies.copy_curl, ""),
        ("&Request ID", copies.copy_request_id, ""),
    )
    window.structure.offer(copy_menu)
    _fill_view(window, menus["View"], preferences)
    _fill(
        window,
        menus["Go"],
        ("&Command…", commands.show_palette, "Ctrl+K"),
        None,
        ("To the &ID field", commands.focus_field, "Ctrl+L"),
        ("To the fi&lter", window.completions.focus_filter, "Ctrl+Shift+L"),
        ("&Next pane", commands.next_pane, "F6"),
        ("&Previous pane", commands.previous_pane, "Shift+F6"),
        None,
        ("Next &finding", commands.next_finding, "F8", "next"),
        ("Previous findin&g", commands.previous_finding, "Shift+F8", "previous"),
        None,
        ("&Open all below the row", window.structure.unfold, "Ctrl+*"),
    )
    _fill(
        window,
        menus["Help"],
        ("&Findings…", commands.show_rules, ""),
        ("&Shortcuts…", commands.show_shortcuts, "F1"),
        ("&About…", commands.show_about, ""),
    )


def _fill(window: MainWindow, menu: QMenu, *entries: _Entry | None) -> None:
    for entry in entries:
        if entry is None:
            menu.addSeparator()
            continue
        text, slot, shortcut, *glyph = entry
        action = QAction(text, window)
        if shortcut:
            action.setShortcut(QKeySequence(shortcut))
        action.triggered.connect(partial(_call, slot))
        menu.addAction(action)
        for name in glyph:
            window.tool_bar.add(action, name)


def _fill_view(window: MainWindow, menu: QMenu, preferences: Preferences) -> None:
    detail = window.detail
    tabs = [
        (f"&{at + 1} {name}", partial(detail.show_tab, at), f"Ctrl+{at + 1}")
        for at, name in enumerate(detail.tab_names)
    ]
    _fill(window, menu, *tabs, None, ("Render &Markdown, or not", detail.render_markdown, "Ctrl+M"))
    _fill(window, menu, ("&Filters and colours…", window.completions.line.edit_filters, ""))
    for head_menu in (window.completions.columns, window.completions.sorting, window.findings.sorting):
        menu.addMenu(head_menu)
    _toggle(window, menu, "Show &invisible characters", "Ctrl+I", detail.reveal, on=preferences.reveal_invisible)
    _toggle(window, menu, "&Wrap long lines", "Alt+Z", detail.view.wrap, on=preferences.wrap_lines)
    menu.addSeparator()
    colours = menu.addMenu("&Colours")
    group = QActionGroup(colours)
    for preference, text in (("system", "As the d&esktop"), ("light", "&Light"), ("dark", "&Dark")):
        action = _toggle(
            window, colours, text, "", partial(_prefer, window, preference), on=preferences.theme == preference
        )
        group.addAction(action)


def _toggle(
    window: MainWindow, menu: QMenu, text: str, shortcut: str, slot: Callable[[bool], object], *, on: bool
) -> QAction:
    action = QAction(text, window)
    action.setCheckable(True)
    action.setChecked(on)
    if shortcut:
        action.setShortcut(QKeySequence(shortcut))
    action.toggled.connect(slot)
    menu.addAction(action)
    return action


def _prefer(window: MainWindow, preference: str, chosen: bool) -> None:  # noqa: FBT001 - a toggle
    if chosen:
        window.theme.prefer(preference)


def _call(slot: _Slot, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's signature
    slot()

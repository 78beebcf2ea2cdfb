"""All that the window can do, read off its menus and its toolbar: what others add to them is found by itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

if TYPE_CHECKING:
    from inspector.widgets.main_window import MainWindow


class NamedAction(NamedTuple):
    """An action and the menus that lead to it."""

    action: QAction
    menus: tuple[str, ...]

    @property
    def name(self) -> str:
        return plain_name(self.action)

    @property
    def path(self) -> str:
        return " › ".join((*self.menus, self.name))

    @property
    def keys(self) -> str:
        return self.action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)

    @property
    def state(self) -> str:
        """Of a toggle, whether it is on."""
        if not self.action.isCheckable():
            return ""
        return "on" if self.action.isChecked() else "off"


def named_actions(window: MainWindow) -> list[NamedAction]:
    """In the order of the menus, then what only the toolbar has."""
    found = list(_below(window.menuBar(), ()))
    known = {entry.action for entry in found}
    return found + [NamedAction(action, ()) for action in window.tool_bar.actions() if action not in known]


def plain_name(action: QAction) -> str:
    """The text of an action without the mark of the letter that is underlined."""
    return action.text().replace("&&", "\0").replace("&", "").replace("\0", "&")


def insert_menu(window: MainWindow, menu: QMenu, *, above: str) -> None:
    """Puts a menu into File, above the action of that name."""
    file = window.menus["File"]
    file.insertMenu(next(action for action in file.actions() if plain_name(action) == above), menu)


def _below(menu: QWidget, menus: tuple[str, ...]) -> Iterator[NamedAction]:
    for action in menu.actions():
        below = action.menu()
        if isinstance(below, QMenu):
            yield from _below(below, (*menus, plain_name(action)))
        elif action.text() and not action.isSeparator():
            yield NamedAction(action, menus)

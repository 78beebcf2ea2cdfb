"""File › Profile and the button beside the ID: under which profile this window asks, and the way to the others."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QMessageBox

from inspector.widgets.glyphs import disc_icon
from inspector.widgets.named_actions import insert_menu
from inspector.widgets.plain import message_box

if TYPE_CHECKING:
    from inspector.viewmodels.profile_desk import ProfileDesk
    from inspector.viewmodels.session import Session
    from inspector.widgets.main_window import MainWindow


class ProfileMenu(QMenu):
    """Every profile, the window's own ticked, and what changes them."""

    def __init__(self, desk: ProfileDesk, session: Session, window: MainWindow) -> None:
        super().__init__("Prof&ile", window.menus["File"])
        self._desk = desk
        self._session = session
        self._window = window
        self._group: QActionGroup | None = None
        self._edit = QAction("&Profiles…", window)
        self._edit.setShortcut("Ctrl+Shift+P")
        self._edit.triggered.connect(self.edit)
        self._line = self.addSeparator()
        self.addAction(self._edit)
        insert_menu(window, self, above="API key…")
        window.id_bar.place.setMenu(self)
        desk.changed.connect(self.look)
        window.theme.changed.connect(self.look)
        self.look()

    def look(self) -> None:
        """Lists the profiles as they are now. The last line stays: a menu lets go of all that an action does when it loses it."""
        if self._group is not None:
            for action in self._group.actions():
                self.removeAction(action)
            self._group.deleteLater()
        group = self._group = QActionGroup(self)
        for name, profile in self._desk.profiles.items():
            action = QAction(name.replace("&", "&&"), group)
            action.setCheckable(True)
            action.setChecked(name == self._desk.own)
            if profile.colour:
                action.setIcon(disc_icon(self._window.theme.flag(profile.colour)))
            action.triggered.connect(partial(self._on_chosen, name))
            group.addAction(action)
            self.insertAction(self._line, action)

    def edit(self, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's signature
        """Opens the list of profiles for changes."""
        from inspector.widgets.profiles_dialog import ProfilesDialog

        profiles = tuple(self._desk.profiles.values())
        dialog = ProfilesDialog(profiles, self._desk.own, self._window.theme, self._window)
        dialog.saved.connect(self._desk.save)
        dialog.open()

    def _on_chosen(self, name: str, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - as above
        self.look()  # the tick stays where it was until there is another window
        if name == self._desk.own:
            return
        fetched = sum(entry.digest is not None for entry in self._session.entries)
        if fetched:
            self._ask(name, fetched)
        else:
            self._desk.choose(name)

    def _ask(self, name: str, fetched: int) -> None:
        what = "the completion" if fetched == 1 else f"the {fetched:,} completions"
        closes = f"This closes {what} of “{self._desk.own}” in this window; nothing of them is kept."
        text = f"Change to the profile “{name}”?\n\n{closes}"
        box = message_box(self._window, "Profile", text)
        box.setStandardButtons(QMessageBox.StandardButton.Ok | QMessageBox.StandardButton.Cancel)
        box.setDefaultButton(QMessageBox.StandardButton.Cancel)
        box.button(QMessageBox.StandardButton.Ok).setText("&Change")
        box.accepted.connect(partial(self._desk.choose, name))
        box.open()

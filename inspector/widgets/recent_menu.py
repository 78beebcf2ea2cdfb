"""File › Open recent, and the completion of the ID field: IDs of earlier runs, where they are remembered."""

from __future__ import annotations

from functools import partial
from itertools import zip_longest
from typing import TYPE_CHECKING

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QCompleter, QMenu

from inspector.widgets.named_actions import insert_menu

if TYPE_CHECKING:
    from inspector.viewmodels.ids_keeper import IdsKeeper
    from inspector.viewmodels.session import Session
    from inspector.widgets.main_window import MainWindow

_MOST_SHOWN = 20


class RecentMenu(QMenu):
    """The newest are in the menu; the field proposes any of them as one types. Only those of the window's profile are offered.

    The actions stay the same and change their texts: the command palette may be open on them.
    """

    def __init__(self, keeper: IdsKeeper, session: Session, window: MainWindow) -> None:
        super().__init__("Open &recent", window.menus["File"])
        self._keeper = keeper
        self._session = session
        self._places = [QAction(window) for _ in range(_MOST_SHOWN)]
        for place, action in enumerate(self._places):
            action.triggered.connect(partial(self._on_chosen, place))
            self.addAction(action)
        self._rest = self.addSeparator()
        self._remember = QAction("Remember &IDs between runs", window)
        self._remember.setCheckable(True)
        self._remember.setChecked(keeper.is_on)
        self._remember.toggled.connect(keeper.switch)
        self._clear = QAction("&Clear remembered IDs", window)
        self._clear.triggered.connect(keeper.clear)
        self.addActions([self._remember, self._clear])
        self._proposed = QStringListModel(self)
        window.id_bar.field.setCompleter(self._completer())
        insert_menu(window, self, above="Save the body as received…")
        keeper.changed.connect(self.look)
        self.look()

    def look(self) -> None:
        """Lists what is remembered now."""
        from inspector.core.visible_text import one_line

        ids = self._keeper.ids
        for action, text in zip_longest(self._places, ids[:_MOST_SHOWN]):
            action.setText(one_line(text or "", 80).replace("&", "&&"))
            action.setVisible(text is not None)
        self._rest.setText(_words(len(ids), self._keeper.others))
        self._proposed.setStringList(list(ids))

    def _completer(self) -> QCompleter:
        completer = QCompleter(self._proposed, self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        popup = completer.popup()
        assert popup is not None  # noqa: S101 - made when it is asked for
        popup.setAccessibleName("Remembered IDs")
        return completer

    def _on_chosen(self, place: int, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's signature
        ids = self._keeper.ids
        if place < len(ids):
            self._session.fetch(ids[place])


def _words(own: int, others: int) -> str:
    """What the list does not show."""
    hidden = [f"{own - _MOST_SHOWN:,} older"] if own > _MOST_SHOWN else []
    if others:
        hidden.append(f"{others:,} of other profiles")
    return f"and {', '.join(hidden)}" if hidden else ""

"""File > Remember tool schemas: not, where their file is, or a copy of them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu

from inspector.core.schemas.loaded_tools import Memory
from inspector.widgets.named_actions import insert_menu

if TYPE_CHECKING:
    from inspector.viewmodels.tool_desk import ToolDesk
    from inspector.viewmodels.tools_keeper import ToolsKeeper
    from inspector.widgets.main_window import MainWindow

_TEXTS = (
    (Memory.NOTHING, "&Not after this run"),
    (Memory.PATH, "&Where their file is"),
    (Memory.COPY, "A &copy of them"),
)


class ToolsMenu(QMenu):
    """Shows what is remembered; without tools there is nothing to choose."""

    def __init__(self, desk: ToolDesk, keeper: ToolsKeeper, window: MainWindow) -> None:
        super().__init__("&Remember tool schemas", window)
        self._desk = desk
        self._keeper = keeper
        group = QActionGroup(self)
        self._choices: dict[Memory, QAction] = {}
        for memory, text in _TEXTS:
            action = QAction(text, window)
            action.setCheckable(True)
            action.triggered.connect(partial(self._on_chosen, memory))
            group.addAction(action)
            self.addAction(action)
            self._choices[memory] = action
        insert_menu(window, self, above="Forget tool schemas")
        keeper.changed.connect(self.look)
        desk.changed.connect(self.look)
        self.look()

    def look(self) -> None:
        loaded = self._desk.loaded
        for action in self._choices.values():
            action.setEnabled(loaded is not None)
        self._choices[Memory.PATH].setEnabled(loaded is not None and loaded.path is not None)
        self._choices[self._keeper.memory].setChecked(True)

    def _on_chosen(self, memory: Memory, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's signature
        self._keeper.remember(memory)

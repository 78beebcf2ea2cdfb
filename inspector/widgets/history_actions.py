"""Back and forward through what was opened: in the menu, by keys and by the buttons that a mouse has for it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeySequence, QMouseEvent

from inspector.viewmodels.history import History
from inspector.widgets.main_window import MainWindow


class HistoryActions(QObject):
    """First in the Go menu; greyed where they would lead nowhere.

    The mouse is watched where its events enter the window: tables and trees would keep the press of any button to themselves.
    """

    def __init__(self, history: History, window: MainWindow) -> None:
        super().__init__(window)
        self._history = history
        menu = window.menus["Go"]
        first = menu.actions()[0]
        self._back = QAction("&Back", window)
        self._back.setShortcut(QKeySequence("Alt+Left"))
        self._back.triggered.connect(history.back)
        self._forward = QAction("For&ward", window)
        self._forward.setShortcut(QKeySequence("Alt+Right"))
        self._forward.triggered.connect(history.forward)
        menu.insertActions(first, [self._back, self._forward])
        menu.insertSeparator(first)
        self._by_button = {
            Qt.MouseButton.BackButton: self._back,
            Qt.MouseButton.ForwardButton: self._forward,
        }
        window.winId()  # makes the native window, where it is not there yet
        window.windowHandle().installEventFilter(self)
        history.changed.connect(self._look)
        self._look()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QMouseEvent) and event.button() in self._by_button:
            if event.type() is QEvent.Type.MouseButtonPress:
                self._by_button[event.button()].trigger()
            return True
        return super().eventFilter(watched, event)

    def _look(self) -> None:
        self._back.setEnabled(self._history.can_go_back)
        self._forward.setEnabled(self._history.can_go_forward)

"""The wait before a second try, told on the banner; Esc and a button there end it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from inspector.widgets.named_actions import named_actions

if TYPE_CHECKING:
    from inspector.viewmodels.second_try import SecondTry
    from inspector.widgets.main_window import MainWindow


class SecondTryButtons(QObject):
    def __init__(self, second_try: SecondTry, window: MainWindow) -> None:
        super().__init__(window)
        self._second_try = second_try
        self._banner = window.detail.banner
        second_try.changed.connect(self._on_changed)
        self._banner.give_up_button.clicked.connect(second_try.give_up)
        (cancel,) = (entry.action for entry in named_actions(window) if entry.name == "Cancel")
        cancel.triggered.connect(second_try.give_up)

    def _on_changed(self) -> None:
        self._banner.show_wait(self._second_try.seconds, comes_again=self._second_try.comes_again)

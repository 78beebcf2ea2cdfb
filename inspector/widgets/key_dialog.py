"""Enter, replace, try and forget the API key. A stored key is never shown, only its last four characters."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from inspector.viewmodels.key_keeper import KeyKeeper
from inspector.widgets.plain import plain_label, set_words
from inspector.widgets.theme import Theme, paint_words


class KeyDialog(QDialog):
    """Opened without blocking; every action runs in the background and its end is told in a sentence."""

    def __init__(self, keeper: KeyKeeper, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keeper = keeper
        self._theme = theme
        self.setWindowTitle("API key")
        self.setMinimumWidth(520)
        self._where = plain_label(wraps=True)
        self._kept = plain_label(wraps=True)
        self._news = plain_label(wraps=True, selectable=True)
        self._news.setAccessibleName("Outcome")
        self.field = self._new_field()
        self.run_only = QCheckBox("Keep it for this run only, not in the keyring")
        self.save_button = QPushButton("Save key")
        self.save_button.setDefault(True)
        self.test_button = QPushButton("Test key")
        self.forget_button = QPushButton("Forget key")
        self.close_button = QPushButton("Close")
        self._lay_out()
        self.save_button.clicked.connect(self._on_save)
        self.test_button.clicked.connect(keeper.test)
        self.forget_button.clicked.connect(keeper.forget)
        self.close_button.clicked.connect(self.reject)
        keeper.changed.connect(self._on_changed)
        self._on_changed()

    def _lay_out(self) -> None:
        intro = plain_label(
            "The key goes to the profile's own address and nowhere else. It is never written to a file of this program, "
            "to a log or to a report.",
            wraps=True,
        )
        self._field_row = QHBoxLayout()
        self._field_row.addWidget(self.field)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.test_button, self.forget_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        buttons.addWidget(self.save_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 16, 18, 16)
        layout.setSpacing(10)
        layout.addWidget(self._where)
        layout.addLayout(self._field_row)
        layout.addWidget(self.run_only)
        layout.addWidget(self._kept)
        layout.addWidget(intro)
        layout.addWidget(self._news)
        layout.addSpacing(4)
        layout.addLayout(buttons)

    def _new_field(self) -> QLineEdit:
        """A fresh field each time: an old one could give the key back through undo."""
        field = QLineEdit()
        field.setAccessibleName("API key")
        field.setEchoMode(QLineEdit.EchoMode.Password)
        field.setPlaceholderText("Paste the API key from the Sudo dashboard")
        field.setMinimumHeight(32)
        field.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText)
        field.textChanged.connect(self._on_text_changed)
        return field

    def _on_save(self) -> None:
        text = self.field.text()
        old, self.field = self.field, self._new_field()
        self._field_row.replaceWidget(old, self.field)
        self.setTabOrder(old, self.field)
        self.field.show()
        self.field.setFocus()
        old.clear()
        old.deleteLater()
        self._keeper.keep(text, this_run_only=self.run_only.isChecked())

    def _on_text_changed(self, text: str) -> None:
        self.save_button.setEnabled(bool(text.strip()) and not self._keeper.state.busy)

    def _on_changed(self) -> None:
        state = self._keeper.state
        self._where.setText(state.where)
        self._kept.setText(state.kept_by)
        self._kept.setVisible(bool(state.kept_by))
        if not state.can_keep:
            self.run_only.setChecked(True)
        self.run_only.setEnabled(state.can_keep)
        set_words(self._news, state.news)
        self._news.setVisible(bool(state.news))
        colours = self._theme.colours
        colour = colours.error if state.failed else colours.muted if state.busy else colours.good
        paint_words(self._news, colour)
        for button in (self.test_button, self.forget_button):
            button.setEnabled(not state.busy)
        self._on_text_changed(self.field.text())
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """As high as the wrapped words need it, which Qt asks for only while the window is not there yet."""
        layout = self.layout()
        if layout is not None:
            self.setMinimumHeight(layout.totalHeightForWidth(self.width()))

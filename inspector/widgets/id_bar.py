"""The bar on top: the completion ID, Fetch, Cancel, where it is asked for, and the progress."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QColor, QIcon, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QProgressBar, QPushButton, QToolButton, QVBoxLayout, QWidget

from inspector.widgets.plain import set_tooltip
from inspector.widgets.theme import Theme

_LASTING_MS = 150
_SHORT = 16
"""Characters of a profile's name in a narrow window."""


class IdBar(QWidget):
    """`submitted` tells the text to fetch, `cancelled` that what is under way should stop."""

    submitted = Signal(str)
    cancelled = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.field = QLineEdit()
        self.field.setAccessibleName("Completion ID")
        self.field.setPlaceholderText("Paste a completion ID, for example chatcmpl-…")
        self.field.setClearButtonEnabled(True)
        self.field.setAcceptDrops(False)  # the window takes what is dropped
        self.field.setMinimumHeight(32)
        self.fetch_button = QPushButton("Fetch")
        self.fetch_button.setAccessibleName("Fetch")
        self.fetch_button.setDefault(True)
        self.fetch_button.setMinimumHeight(32)
        self.cancel_button = QPushButton("Cancel")
        self.cancel_button.setAccessibleName("Cancel")
        self.cancel_button.setMinimumHeight(32)
        self.cancel_button.setEnabled(False)
        self.place = QToolButton()
        self.place.setAccessibleName("Profile")
        self.place.setAutoRaise(True)
        self.place.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.place.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._colour = ""
        self._names = ("", "")
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._progress.setFixedHeight(3)
        self._progress.setAccessibleName("Progress")
        self._lasting = QTimer(self)
        self._lasting.setSingleShot(True)
        self._lasting.setInterval(_LASTING_MS)
        self._lasting.timeout.connect(self._progress.show)
        self._lay_out()
        self.field.returnPressed.connect(self._on_submit)
        self.fetch_button.clicked.connect(self._on_submit)
        self.cancel_button.clicked.connect(self.cancelled)
        theme.changed.connect(self._recolour)
        self._recolour()
        self.show_busy(busy=False)

    def show_place(self, profile: str, base_url: str, colour: str = "", way: str = "") -> None:
        """Names the profile and the host that the key goes to; `way` tells of a proxy."""
        host = base_url.removeprefix("https://").removeprefix("http://")
        text = f"{profile} · {host}"
        self._names = (text, profile if len(profile) <= _SHORT else f"{profile[: _SHORT - 1]}…")
        self.show_place_label(whole=True)
        self.place.setAccessibleDescription(text)
        told = f"Profile {profile}: completions are fetched from {base_url}"
        set_tooltip(self.place, f"{told} {way}" if way else told)
        self._colour = colour
        self._recolour()

    def show_place_label(self, *, whole: bool) -> None:
        """In a narrow window the profile is told by its name and its colour alone."""
        self.place.setText(self._names[0 if whole else 1].replace("&", "&&"))

    def show_subject(self, subject: str) -> None:
        """Puts the ID that is shown into the field, unless somebody is typing another one there."""
        if not self.field.hasFocus() or not self.field.isModified():
            self.field.setText(subject)

    def keep_text(self, text: str) -> None:
        """Puts back what somebody typed or pasted, and may want to go on with."""
        self.field.setText(text)
        self.field.setModified(True)

    def show_busy(self, *, busy: bool) -> None:
        """The progress is shown only once it lasts: a bar that is seen paints itself at every step, and would but flicker."""
        self.cancel_button.setEnabled(busy)
        if busy:
            self._progress.setRange(0, 0)
            self._lasting.start()
        else:
            self._lasting.stop()
            self._progress.hide()

    def show_progress(self, received: int, total: int | None) -> None:
        """Bytes so far; a total of None leaves the bar moving without an end."""
        if total:
            self._progress.setRange(0, 1000)
            self._progress.setValue(min(1000, received * 1000 // total))

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(10, 8, 10, 7)
        row.setSpacing(8)
        row.addWidget(self.field, 1)
        row.addWidget(self.fetch_button)
        row.addWidget(self.cancel_button)
        row.addSpacing(4)
        row.addWidget(self.place, 0, Qt.AlignmentFlag.AlignVCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        holder = QWidget()
        holder.setFixedHeight(3)
        inside = QHBoxLayout(holder)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self._progress)
        column.addWidget(holder)

    def _on_submit(self) -> None:
        self.field.setModified(False)
        self.submitted.emit(self.field.text())

    def _recolour(self) -> None:
        colours = self._theme.colours
        words = QPalette(self.palette())
        words.setColor(QPalette.ColorRole.ButtonText, QColor(colours.text if self._colour else colours.muted))
        self.place.setPalette(words)
        self.place.setIcon(self._disc())
        bar = QPalette()
        bar.setColor(QPalette.ColorRole.Highlight, QColor(colours.accent))
        self._progress.setPalette(bar)

    def _disc(self) -> QIcon:
        """The profile's colour; nothing is drawn before the first paint that nobody asked for."""
        if not self._colour:
            return QIcon()
        from inspector.widgets.glyphs import disc_icon

        return disc_icon(self._theme.flag(self._colour))

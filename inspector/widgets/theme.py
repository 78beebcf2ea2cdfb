"""Dark and light. The palettes are our own, since without a desktop theme Qt knows only one and cannot be told to change.

The desktop's wish is followed live; a person may overrule it.
"""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication, QWidget


class Colours(NamedTuple):
    """One colour scheme as #rrggbb. `error`, `warning`, `info` and `good` are readable as text on `base`."""

    window: str
    base: str
    raised: str
    text: str
    muted: str
    line: str
    accent: str
    on_accent: str
    error: str
    warning: str
    info: str
    good: str
    error_back: str
    removed_back: str
    found_back: str
    added_back: str
    key: str
    string: str
    number: str
    literal: str
    chosen_back: str
    marks: tuple[str, ...]
    """Backgrounds of lines that a filter colours: red, amber, green, blue and violet."""
    flags: tuple[str, ...]
    """The same colours in full strength, for the line and the disc that tell profiles apart."""
    heat: tuple[str, ...]
    """Backgrounds from unlikely to likely, for probabilities below 10, 30, 50, 70 and 90 per cent."""


LIGHT = Colours(
    window="#f3f4f6",
    base="#ffffff",
    raised="#fbfbfc",
    text="#1c2128",
    muted="#5f6875",
    line="#d5d9e0",
    accent="#2457c5",
    on_accent="#ffffff",
    error="#b3261e",
    warning="#8a5a00",
    info="#22609c",
    good="#1b7038",
    error_back="#fbd9d6",
    removed_back="#fbd0cc",
    found_back="#c9defa",
    marks=("#fbd0cc", "#fbe3a6", "#c6ecd0", "#c9defa", "#e3d3f7"),
    flags=("#c62828", "#c27803", "#2e8540", "#1f5fbf", "#7b3fb5"),
    added_back="#bfe8cb",
    key="#7a3e9d",
    string="#1b6e4b",
    number="#1c5fb0",
    literal="#a04a00",
    chosen_back="#fff0b8",
    heat=("#f5a39b", "#f9c3a4", "#fbdcae", "#fbecc0", "#fbf6dc"),
)
DARK = Colours(
    window="#1d2025",
    base="#16181c",
    raised="#23272d",
    text="#e4e7ec",
    muted="#9aa4b2",
    line="#363b44",
    accent="#3a6fdc",
    on_accent="#ffffff",
    error="#ff8a80",
    warning="#e8b84a",
    info="#82b8f5",
    good="#6fcf8b",
    error_back="#6b2723",
    removed_back="#6b2723",
    found_back="#26467a",
    marks=("#6b2723", "#5a4413", "#1f5230", "#26467a", "#4f3570"),
    flags=("#ef5350", "#f2b03d", "#5dbb63", "#64a5f5", "#b388ff"),
    added_back="#1d5230",
    key="#d2a8f5",
    string="#8fd6a8",
    number="#8ab8f8",
    literal="#f0a868",
    chosen_back="#4a4218",
    heat=("#8c2f28", "#7a4426", "#665324", "#4f4a20", "#36351d"),
)


class Theme(QObject):
    """The colours in use. `preference` is system, light or dark."""

    changed = Signal()

    def __init__(self, application: QApplication, preference: str = "system") -> None:
        super().__init__(application)
        self._application = application
        self.preference = preference
        self.colours = LIGHT
        application.styleHints().colorSchemeChanged.connect(self._on_system_changed)
        self._apply()

    def prefer(self, preference: str) -> None:
        self.preference = preference
        self._apply()

    def severity(self, number: int) -> str:
        """The colour of a severity; the muted one for none."""
        colours = self.colours
        return (colours.muted, colours.info, colours.warning, colours.error)[number]

    def mark(self, colour: str) -> str:
        """The background for the name of a colour."""
        from inspector.core.colours import COLOURS

        return self.colours.marks[COLOURS.index(colour)]

    def flag(self, colour: str) -> str:
        """The same colour in full strength."""
        from inspector.core.colours import COLOURS

        return self.colours.flags[COLOURS.index(colour)]

    def heat(self, probability: float | None) -> str | None:
        """The background for a probability; None where it is high, the hottest where there is no measure."""
        if probability is None:
            return self.colours.heat[0]
        place = sum(probability >= limit for limit in (0.1, 0.3, 0.5, 0.7, 0.9))
        return self.colours.heat[place] if place < len(self.colours.heat) else None

    def _on_system_changed(self, _scheme: Qt.ColorScheme) -> None:
        self._apply()

    def _apply(self) -> None:
        system_is_dark = self._application.styleHints().colorScheme() is Qt.ColorScheme.Dark
        dark = self.preference == "dark" or (self.preference == "system" and system_is_dark)
        self.colours = DARK if dark else LIGHT
        self._application.setPalette(_palette(self.colours))
        self.changed.emit()


def paint_words(widget: QWidget, colour: str) -> None:
    """Gives the words of a label another colour."""
    palette = widget.palette()
    palette.setColor(QPalette.ColorRole.WindowText, QColor(colour))
    widget.setPalette(palette)


class Line(QWidget):
    """A thin line between the parts of the window; with a colour's name a band of it."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._colour = ""
        self.setFixedHeight(1)
        self.setAutoFillBackground(True)
        theme.changed.connect(self._recolour)
        self._recolour()

    def show_colour(self, colour: str) -> None:
        self._colour = colour
        self.setFixedHeight(4 if colour else 1)
        self._recolour()

    def _recolour(self) -> None:
        colour = self._theme.flag(self._colour) if self._colour else self._theme.colours.line
        self.setPalette(QPalette(QColor(colour)))


def fixed_font() -> QFont:
    """The font of everything that is shown character by character."""
    from PySide6.QtGui import QFontDatabase

    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    font.setStyleHint(QFont.StyleHint.Monospace)
    return font


def _palette(colours: Colours) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette()
    for which, colour in (
        (role.Window, colours.window),
        (role.WindowText, colours.text),
        (role.Base, colours.base),
        (role.AlternateBase, colours.raised),
        (role.ToolTipBase, colours.raised),
        (role.ToolTipText, colours.text),
        (role.Text, colours.text),
        (role.PlaceholderText, colours.muted),
        (role.Button, colours.raised),
        (role.ButtonText, colours.text),
        (role.BrightText, colours.error),
        (role.Highlight, colours.accent),
        (role.HighlightedText, colours.on_accent),
        (role.Link, colours.accent),
        (role.Light, colours.raised),
        (role.Midlight, colours.line),
        (role.Mid, colours.line),
        (role.Dark, colours.line),
        (role.Shadow, colours.window),
    ):
        palette.setColor(which, QColor(colour))
    for which in (role.Text, role.WindowText, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(colours.muted))
    return palette

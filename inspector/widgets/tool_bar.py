"""The toolbar: the commands that are wanted often, beside the menus that hold all of them."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QToolBar, QWidget

from inspector.widgets.plain import set_tooltip
from inspector.widgets.theme import Theme


class ToolBar(QToolBar):
    """Icons with tooltips that name the shortcut; they follow the theme."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__("Toolbar", parent)
        self._theme = theme
        self._glyphs: dict[QAction, str] = {}
        self.setMovable(False)
        self.setIconSize(QSize(18, 18))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        theme.changed.connect(self._recolour)

    def add(self, action: QAction, glyph: str) -> None:
        """Shows an action of the menus here too."""
        self._glyphs[action] = glyph
        name = action.text().replace("&", "")
        shortcut = action.shortcut().toString()
        set_tooltip(action, f"{name} ({shortcut})" if shortcut else name)
        self._paint(action)
        self.addAction(action)

    def _paint(self, action: QAction) -> None:
        from inspector.widgets.tool_glyphs import tool_icon

        colours = self._theme.colours
        action.setIcon(tool_icon(self._glyphs[action], colours.text, colours.muted))

    def _recolour(self) -> None:
        for action in self._glyphs:
            self._paint(action)

"""The column heads of the item models."""

from __future__ import annotations

from PySide6.QtCore import Qt


def head(names: tuple[str, ...], section: int, orientation: Qt.Orientation, role: int) -> str | None:
    """The name of a column, for the role that shows it; None for all else that views ask."""
    if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole and section < len(names):
        return names[section]
    return None

"""The tabs over the detail: one a view, some of them offered only where there is something to see."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QSizePolicy, QTabBar, QWidget


class ViewTabs(QTabBar):
    """The first tab is always offered."""

    def __init__(self, names: Iterable[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Views")
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(True)  # a narrow window has no room for all of them
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        for name in names:
            self.addTab(name)

    def offer(self, tab: int, *, is_offered: bool) -> None:
        """Shows a tab or hides it; who looked at what is hidden sees the first view, rather than whatever is beside it."""
        if self.isTabVisible(tab) == is_offered:
            return
        if self.currentIndex() == tab:
            self.setCurrentIndex(0)
        self.setTabVisible(tab, is_offered)
        self.updateGeometry()

"""The citations below a message: text, never links. An address goes to the clipboard when it is asked for, and nowhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QToolButton, QVBoxLayout, QWidget

from inspector.widgets.plain import copy_text, plain_label, set_tooltip

if TYPE_CHECKING:
    from inspector.core.citations import Citation

_ROWS = 3


class CitationList(QWidget):
    """Hidden where nothing is cited. `chosen` tells the citation that was selected, `told` what became of a copy."""

    chosen = Signal(object)
    told = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._citations: tuple[Citation, ...] = ()
        self._title = plain_label()
        self._copy = QToolButton()
        self.list = _List()
        self._lay_out()
        self.list.itemSelectionChanged.connect(self._on_selected)
        self.list.itemActivated.connect(self._on_selected)
        self._copy.clicked.connect(self.copy_address)
        self.list.copy_wanted.connect(self.copy_address)
        action = QAction("Copy address", self.list)
        action.triggered.connect(self.copy_address)
        self.list.addAction(action)
        self.hide()

    def show_citations(self, citations: tuple[Citation, ...]) -> None:
        """Lists them, none selected; the same ones stay as they are."""
        if citations == self._citations:
            return
        from inspector.core.citations import MOST
        from inspector.core.visible_text import one_line

        self._citations = citations
        self.list.clear()
        for number, each in enumerate(citations, 1):
            lines = (f"{number}.  {each.head}", " · ".join(filter(None, (each.range_words, each.url))))
            self.list.addItem("\n".join(one_line(line, 300) for line in lines))
        at_most = f"{MOST:,} or more" if len(citations) == MOST else f"{len(citations):,}"
        self._title.setText(f"Citations · {at_most}")
        self._copy.setEnabled(False)
        rows = min(_ROWS, len(citations))
        if rows:
            self.list.setFixedHeight(rows * self.list.sizeHintForRow(0) + 4)
        self.setVisible(bool(citations))

    def copy_address(self) -> None:
        """Copies the address of the selected citation as sent."""
        from inspector.core.visible_text import one_line

        selected = self._selected
        if selected is not None and selected.url:
            self.told.emit(copy_text(selected.url, f"Copied {one_line(selected.url, 300)}."))
        elif selected is not None:
            self.told.emit("Nothing was copied: this citation has no address.")

    @property
    def _selected(self) -> Citation | None:
        """Qt makes a line the current one as soon as Tab leads to the list; nobody has chosen it then."""
        rows = [index.row() for index in self.list.selectedIndexes()]
        return self._citations[rows[0]] if rows else None

    def _lay_out(self) -> None:
        self.list.setAccessibleName("Citations")
        self.list.setFrameShape(QListWidget.Shape.NoFrame)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self._copy.setText("Copy address")
        self._copy.setAutoRaise(True)
        self._copy.setAccessibleName("Copy address")
        set_tooltip(self._copy, "Copy the address of the selected citation; nothing is opened")
        bar = QHBoxLayout()
        bar.setContentsMargins(12, 4, 6, 2)
        bar.addWidget(self._title, 1)
        bar.addWidget(self._copy)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(bar)
        layout.addWidget(self.list)

    def _on_selected(self, _item: object = None) -> None:
        selected = self._selected
        self._copy.setEnabled(selected is not None and bool(selected.url))
        if selected is not None:
            self.chosen.emit(selected)


class _List(QListWidget):
    """Qt would copy the line that is shown."""

    copy_wanted = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_wanted.emit()
        else:
            super().keyPressEvent(event)

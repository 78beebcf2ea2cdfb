"""Choosing what to compare with."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from inspector.widgets.plain import plain_label

_SUBJECT = int(Qt.ItemDataRole.UserRole)


class ComparisonChooser(QDialog):
    """`chosen` tells the line of the list to compare with; Enter takes it, Escape leaves.

    `others` are the lines, by the ID or the name, with a few words on each.
    """

    chosen = Signal(str)

    def __init__(self, others: dict[str, str], parent: QWidget) -> None:
        from inspector.core.visible_text import one_line

        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Compare with")
        self.resize(720, 420)
        self.list = QListWidget()
        self.list.setAccessibleName("Completions to compare with")
        self.list.setUniformItemSizes(True)
        for subject, words in others.items():
            item = QListWidgetItem(" · ".join(filter(None, (one_line(subject), words))))
            item.setData(_SUBJECT, subject)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        buttons = QDialogButtonBox()
        cancel = buttons.addButton("Cancel", QDialogButtonBox.ButtonRole.RejectRole)
        compare = buttons.addButton("Compare", QDialogButtonBox.ButtonRole.AcceptRole)
        layout = QVBoxLayout(self)
        layout.addWidget(plain_label("Compare what is shown with a completion of this run:"))
        layout.addWidget(self.list)
        layout.addWidget(buttons)
        cancel.setAutoDefault(False)
        compare.setDefault(True)  # only in the dialog does a button know whose default it is
        self.setTabOrder(compare, cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.list.itemActivated.connect(self.accept)
        self.accepted.connect(self._on_accepted)

    def _on_accepted(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            self.chosen.emit(item.data(_SUBJECT))

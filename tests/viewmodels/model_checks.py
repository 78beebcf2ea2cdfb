"""What every item model has to satisfy."""

from collections.abc import Iterator

from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

LONGEST_CELL = 220


def watched(model: QAbstractItemModel) -> QAbstractItemModelTester:
    """Holds the model against Qt's own checks, now and at each change; what fails is logged, which fails the test."""
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    tester.setUseFetchMore(False)
    return tester


def indexes(model: QAbstractItemModel, parent: QModelIndex | None = None) -> Iterator[QModelIndex]:
    """Every index of the model, all columns, top down."""
    parent = parent or QModelIndex()
    for row in range(model.rowCount(parent)):
        for column in range(model.columnCount(parent)):
            yield model.index(row, column, parent)
        yield from indexes(model, model.index(row, 0, parent))


def cells(model: QAbstractItemModel) -> list[str]:
    return [index.data(Qt.ItemDataRole.DisplayRole) for index in indexes(model)]


def rows(model: QAbstractItemModel) -> list[tuple[str, ...]]:
    """The cells of a table."""
    columns = range(model.columnCount())
    return [tuple(model.index(row, column).data() for column in columns) for row in range(model.rowCount())]


def heads(model: QAbstractItemModel) -> list[str]:
    return [model.headerData(column, Qt.Orientation.Horizontal) for column in range(model.columnCount())]

"""The rows of a comparison as a table."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QModelIndex, Qt
from pytestqt.qtbot import QtBot

from inspector.core.comparison.compared import Compared, compared
from inspector.viewmodels.comparison_model import LEFT, RIGHT, WHAT, WHERE, ComparisonModel
from tests.answers import completion, saved
from tests.viewmodels.model_checks import LONGEST_CELL, cells, watched

LEFT_BODY = completion({"content": "a"}, id="one", system_fingerprint="fp_1", seed=1)
RIGHT_BODY = completion({"content": "b"}, id="two", system_fingerprint="fp_2", seed=2)


@pytest.fixture
def model(qtbot: QtBot) -> ComparisonModel:
    comparison = compared(saved(LEFT_BODY), saved(RIGHT_BODY))
    assert isinstance(comparison, Compared)
    return ComparisonModel(comparison)


@pytest.fixture(autouse=True)
def _tester(model: ComparisonModel) -> Iterator[None]:
    """Qt's own checks go on at each change."""
    tester = watched(model)
    yield
    del tester


def places(model: ComparisonModel) -> list[str]:
    return [str(model.index(row, WHERE).data()) for row in range(model.rowCount())]


DIFFERENCES = ["seed", "choice 1 › message › content", "▸ As expected"]


def test_the_differences_with_both_sides(model: ComparisonModel) -> None:
    assert places(model) == DIFFERENCES
    assert [model.index(0, column).data() for column in (WHAT, LEFT, RIGHT)] == ["changed", "1", "2"]
    assert model.index(0, WHERE).data(Qt.ItemDataRole.AccessibleTextRole) == "seed, changed, left 1, right 2"
    assert model.index(0, WHAT).data(Qt.ItemDataRole.AccessibleTextRole) is None


def test_cells_are_short_however_long_the_values_are(qtbot: QtBot) -> None:
    left, right = (completion({"content": "x" * 5_000 + end}, **{"k" * 5_000: end}) for end in "ab")
    comparison = compared(saved(left), saved(right))
    assert isinstance(comparison, Compared)
    assert max(map(len, cells(ComparisonModel(comparison)))) <= LONGEST_CELL


def test_what_is_folded_is_shown_below_its_row_until_it_is_folded_again(model: ComparisonModel) -> None:
    last = model.index(2, WHERE)
    for _ in range(2):
        model.open(last, wanted=True)
    assert places(model) == [*DIFFERENCES[:2], "▾ As expected", "    id", "    system_fingerprint"]
    assert last.data(Qt.ItemDataRole.AccessibleTextRole) == "As expected, 2: id, system_fingerprint, open"
    for _ in range(2):
        model.open(last, wanted=False)
    assert places(model) == DIFFERENCES


def test_a_row_with_nothing_in_it_cannot_be_opened(model: ComparisonModel) -> None:
    model.open(model.index(0, WHERE), wanted=True)
    model.open(QModelIndex(), wanted=True)
    assert places(model) == DIFFERENCES


def test_everything_is_shown_and_the_differences_alone_again(model: ComparisonModel) -> None:
    model.open(model.index(2, WHERE), wanted=True)
    model.show_all(True)
    everything = places(model)
    assert set(DIFFERENCES) < set(everything)
    assert {"object", "model", "usage"} < set(everything)
    model.show_all(False)
    assert places(model) == DIFFERENCES


def test_steps_go_from_difference_to_difference_in_either_direction(model: ComparisonModel) -> None:
    model.show_all(True)

    def stepped(step: int) -> list[str]:
        found, index = [], model.next_difference(QModelIndex(), step)
        while index.isValid():
            found.append(str(index.data()))
            index = model.next_difference(index, step)
        return found

    assert stepped(1) == DIFFERENCES[:2]
    assert stepped(-1) == DIFFERENCES[1::-1]


def test_where_a_row_is(model: ComparisonModel) -> None:
    row = model.row_at(model.index(1, WHERE))
    assert row is not None
    model.show_all(True)
    assert str(model.index_of(row).data()) == DIFFERENCES[1]
    assert not model.index_of(model.rows[-1].below[0]).isValid()

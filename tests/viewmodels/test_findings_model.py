"""The findings as a table: sorted, filtered, short, and told to a screen reader."""

import pytest
from PySide6.QtCore import QModelIndex, Qt
from pytestqt.qtbot import QtBot

from inspector.core.findings import Finding, Severity
from inspector.viewmodels.findings_model import MESSAGE, PLACE, RULE, SEVERITY, FindingsModel
from tests.inspections import inspected
from tests.live_services import sample
from tests.viewmodels.model_checks import LONGEST_CELL, cells, heads, rows, watched

NOTE = Finding("b-rule", Severity.INFO, "/b", "Zebras.")
FIRST_ERROR = Finding("c-rule", Severity.ERROR, "", "Yaks.")
SECOND_ERROR = Finding("a-rule", Severity.ERROR, "/a", "Antelopes.")
WARNING = Finding("d-rule", Severity.WARNING, "/choices/0", "Monkeys.")
ALL = (NOTE, FIRST_ERROR, SECOND_ERROR, WARNING)
UP, DOWN = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder


@pytest.fixture
def model(qtbot: QtBot) -> FindingsModel:
    made = FindingsModel()
    made.show(ALL)
    return made


def test_qt_finds_nothing_wrong_with_it(model: FindingsModel) -> None:
    tester = watched(model)
    model.show(inspected(sample("every-broken-call.json").body()).findings)
    assert model.rowCount() > 10
    model.sort(MESSAGE, DOWN)
    model.hide(frozenset({Severity.ERROR}))
    model.show(())
    assert model.rowCount() == 0
    assert tester.model() is model


def test_each_finding_is_a_row_of_words(model: FindingsModel) -> None:
    assert heads(model) == ["Severity", "Finding", "Where", "Rule"]
    assert rows(model)[0] == ("error", "Yaks.", "whole answer", "c-rule")


def test_the_worst_comes_first_and_equals_keep_their_order(model: FindingsModel) -> None:
    assert model.findings == [FIRST_ERROR, SECOND_ERROR, WARNING, NOTE]


@pytest.mark.parametrize(
    ("column", "ascending"),
    [
        (SEVERITY, [NOTE, WARNING, FIRST_ERROR, SECOND_ERROR]),
        (MESSAGE, [SECOND_ERROR, WARNING, FIRST_ERROR, NOTE]),
        (PLACE, [FIRST_ERROR, SECOND_ERROR, NOTE, WARNING]),
        (RULE, [SECOND_ERROR, NOTE, FIRST_ERROR, WARNING]),
    ],
)
def test_it_sorts_by_each_column_in_both_directions(
    model: FindingsModel, column: int, ascending: list[Finding]
) -> None:
    model.sort(column, UP)
    assert model.findings == ascending
    model.sort(column, DOWN)
    keys = [rows_of[column] for rows_of in rows(model)]
    model.sort(column, UP)
    assert keys == [rows_of[column] for rows_of in rows(model)][::-1]


def test_the_order_stays_for_the_next_answer(model: FindingsModel) -> None:
    model.sort(RULE, UP)
    model.show((WARNING, SECOND_ERROR))
    assert model.findings == [SECOND_ERROR, WARNING]


def test_severities_can_be_left_out_and_are_counted_all_the_same(model: FindingsModel) -> None:
    model.hide(frozenset({Severity.ERROR, Severity.INFO}))
    assert model.findings == [WARNING]
    assert [model.count(severity) for severity in Severity] == [1, 1, 2]
    model.show(ALL)
    assert model.findings == [WARNING], "what is left out stays so for the next answer"
    model.hide(frozenset())
    assert len(model.findings) == 4


def test_a_screen_reader_hears_the_severity_with_the_sentence(model: FindingsModel) -> None:
    heard = [model.index(2, column).data(Qt.ItemDataRole.AccessibleTextRole) for column in range(4)]
    assert heard == ["warning: Monkeys.", "Monkeys.", "/choices/0", "d-rule"]


def test_colours_have_a_number_to_go_by(model: FindingsModel) -> None:
    assert [model.index(row, 0).data(Qt.ItemDataRole.UserRole) for row in range(4)] == [3, 3, 2, 1]


def test_a_cell_is_short_and_of_one_line_however_long_the_finding_is(model: FindingsModel) -> None:
    model.show((Finding("a-rule", Severity.INFO, "/😀\n\u2028\u202e" * 9999, "A\r\n\x00\ud83d🙈" * 9999),))
    for cell in cells(model):
        assert 0 < len(cell) <= LONGEST_CELL
        assert len(cell.splitlines()) == 1


def test_what_is_no_index_has_no_data(model: FindingsModel) -> None:
    assert model.data(QModelIndex()) is None
    assert model.data(model.index(0, 0), Qt.ItemDataRole.DecorationRole) is None
    assert model.rowCount(model.index(0, 0)) == 0
    assert model.columnCount(model.index(0, 0)) == 0
    assert model.headerData(0, Qt.Orientation.Vertical) is None

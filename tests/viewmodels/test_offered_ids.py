"""The IDs to choose from: all completions at first, and nothing else, ever."""

import time

import pytest
from PySide6.QtCore import QModelIndex, Qt
from pytestqt.qtbot import QtBot

from inspector.core.candidates import find_candidates
from inspector.viewmodels.offered_ids import ID, LINE, WHOLE, WHY, OfferedIds
from tests.pasted_log import pasted_log
from tests.viewmodels.model_checks import LONGEST_CELL, cells, heads, rows, watched

KEY = "sk-live-0123456789abcdefWXYZ"
TEXT = f"see chatcmpl-abc,\n call_ab12cd,\n chatcmpl-def\n completion_id={KEY}"
CHECK = Qt.ItemDataRole.CheckStateRole
ON, OFF = Qt.CheckState.Checked, Qt.CheckState.Unchecked


@pytest.fixture
def model(qtbot: QtBot) -> OfferedIds:
    return OfferedIds(find_candidates(TEXT))


def marks(model: OfferedIds) -> list[object]:
    return [model.index(row, ID).data(CHECK) for row in range(model.rowCount())]


def test_qt_finds_nothing_wrong_with_it(model: OfferedIds) -> None:
    tester = watched(model)
    model.check_all(on=False)
    model.turn_over([range(4)])
    assert tester.model() is model


def test_each_id_is_a_row_with_its_reason_and_line(model: OfferedIds) -> None:
    assert heads(model) == ["ID", "Why", "Line"]
    assert rows(model) == [
        ("chatcmpl-abc", "starts with chatcmpl-", "1"),
        ("call_ab12cd", "is the ID of a tool call, not of a chat completion (starts with call_)", "2"),
        ("chatcmpl-def", "starts with chatcmpl-", "3"),
        ("…WXYZ", "looks like an API key, and a key is never sent as an ID (value of key completion_id)", "4"),
    ]
    assert not any(KEY[:8] in str(model.index(3, column).data(WHOLE)) for column in range(3))


def test_completions_are_checked_and_nothing_else_can_be(model: OfferedIds) -> None:
    assert marks(model) == [ON, OFF, ON, OFF]
    assert (model.count, model.chosen) == (2, ["chatcmpl-abc", "chatcmpl-def"])
    can_be = [bool(model.flags(model.index(row, ID)) & Qt.ItemFlag.ItemIsUserCheckable) for row in range(4)]
    assert can_be == [True, False, True, False]
    assert not model.setData(model.index(1, ID), ON, CHECK)
    model.check_all(on=False)
    model.turn_over([range(4)])
    model.check_all(on=True)
    assert model.chosen == ["chatcmpl-abc", "chatcmpl-def"]


def test_a_check_is_taken_away_and_given_back(model: OfferedIds, qtbot: QtBot) -> None:
    with qtbot.waitSignals([model.dataChanged, model.rechecked]):
        assert model.setData(model.index(0, ID), OFF.value, CHECK)
    assert model.chosen == ["chatcmpl-def"]
    with qtbot.assertNotEmitted(model.rechecked):
        model.setData(model.index(0, ID), OFF, CHECK)
        assert not model.setData(model.index(0, ID), "chatcmpl-other")
        assert not model.setData(model.index(0, WHY), ON, CHECK)
    model.setData(model.index(0, ID), ON, CHECK)
    assert model.count == 2


def test_of_several_rows_all_are_checked_unless_all_are(model: OfferedIds) -> None:
    model.check([range(1)], on=False)
    model.turn_over([range(3)])
    assert marks(model) == [ON, OFF, ON, OFF]
    model.turn_over([range(3)])
    assert model.count == 0
    model.turn_over([range(2, 3)])
    assert model.chosen == ["chatcmpl-def"]


def test_of_the_log_exactly_its_completions_are_checked(qtbot: QtBot) -> None:
    log = pasted_log()
    model = OfferedIds(find_candidates(log.text))
    assert model.rowCount() == 444
    assert tuple(model.chosen) == log.completions
    others = [row for row in range(444) if not model.can_be_chosen(model.index(row, ID))]
    assert tuple(model.index(row, ID).data() for row in others) == log.others


def test_a_long_id_keeps_its_end_and_hides_nothing(qtbot: QtBot) -> None:
    it = "chatcmpl-" + "a" * 400 + "the-end"
    model = OfferedIds(find_candidates(f"see {it} completions/a%E2%80%AE%0Ab\n"))
    shown = [model.index(row, ID).data() for row in range(2)]
    assert shown[0].startswith("chatcmpl-aaa")
    assert shown[0].endswith("the-end")
    assert model.index(0, ID).data(WHOLE) == it
    assert shown[1] == "a⟦RLO⟧⏎b"
    assert all(len(cell) <= LONGEST_CELL for cell in cells(model))


def test_ten_thousand_are_made_and_turned_over_within_a_frame_or_so(qtbot: QtBot) -> None:
    found = find_candidates("".join(f"chatcmpl-{number:029}\n" for number in range(10_000)))
    begin = time.process_time()
    model = OfferedIds(found)
    model.turn_over([range(10_000)])
    assert model.count == 0
    model.check_all(on=True)
    assert len(model.chosen) == 10_000
    assert time.process_time() - begin < 0.1


def test_what_is_no_index_has_no_data(model: OfferedIds) -> None:
    assert model.data(QModelIndex()) is None
    assert model.flags(QModelIndex()) == Qt.ItemFlag.NoItemFlags
    assert model.data(model.index(0, LINE), CHECK) is None
    assert model.rowCount(model.index(0, 0)) == model.columnCount(model.index(0, 0)) == 0

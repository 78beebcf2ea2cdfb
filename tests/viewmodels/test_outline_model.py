"""The structure tree as Qt sees it."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, Qt
from pytestqt.qtbot import QtBot

from inspector.core.completion import read_completion
from inspector.core.findings import Severity
from inspector.core.inspection import Inspection, Source
from inspector.core.json.document import JsonDocument
from inspector.core.json.text import parse_body
from inspector.core.moment import Moment
from inspector.core.outline.outline import Outline
from inspector.viewmodels.outline_model import NAME, SEVERITY_ROLE, STATE, VALUE, OutlineModel
from tests.inspections import NOW, call, completion, inspected, outlined
from tests.live_services import sample
from tests.viewmodels.model_checks import LONGEST_CELL, cells, heads, indexes, watched

MANY = completion(annotations=[{"number": number} for number in range(2500)])
BODIES: dict[str, bytes | dict[str, Any]] = {
    "calls": sample("every-broken-call.json").body(),
    "holes": sample("calls-with-holes.json").body(),
    "choices": sample("three-choices.json").body(),
    "logprobs": sample("logprobs.json").body(),
    "ranges": MANY,
    "ranges in arguments": completion(tool_calls=[call(json.dumps({"many": list(range(2500))}))]),
    "twice encoded": completion(tool_calls=[call(json.dumps('{"a": [1, 2]}'))]),
    "no completion": b'[1, {"a": null}]',
    "a bare value": b"17",
    "no JSON": b"<html>",
    "nothing": b"",
}


@pytest.fixture
def model(qtbot: QtBot) -> OutlineModel:
    return OutlineModel()


def shown(model: OutlineModel, body: bytes | dict[str, Any]) -> OutlineModel:
    model.show(outlined(body))
    return model


def index_at(model: OutlineModel, pointer: str, column: int = NAME) -> QModelIndex:
    assert model.outline is not None
    return model.index_of(model.outline.find(pointer), column)


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES.keys())
def test_qt_finds_nothing_wrong_with_it(model: OutlineModel, body: bytes | dict[str, Any]) -> None:
    tester = watched(model)
    shown(model, body)
    assert tester.model() is model
    every = list(indexes(model))
    assert every
    for index in every:
        assert index.parent() == QModelIndex() or index.parent().column() == NAME
        assert model.hasChildren(index) == (model.rowCount(index) > 0)


def test_qt_finds_nothing_wrong_while_one_answer_follows_another(model: OutlineModel) -> None:
    tester = watched(model)
    for name in ("calls", "no JSON", "choices", "no completion", "twice encoded"):
        shown(model, BODIES[name])
        model.show(None)
        assert model.rowCount() == 0
        shown(model, BODIES[name])
    assert tester.model() is model


def test_it_has_three_columns(model: OutlineModel) -> None:
    assert heads(model) == ["Structure", "Value", "State"]


def test_more_than_a_thousand_children_come_in_ranges(model: OutlineModel) -> None:
    shown(model, MANY)
    many = index_at(model, "/choices/0/message/annotations")
    ranges = [model.index(row, NAME, many) for row in range(model.rowCount(many))]
    assert [index.data() for index in ranges] == ["[0 … 999]", "[1,000 … 1,999]", "[2,000 … 2,499]"]
    assert [model.rowCount(index) for index in ranges] == [1000, 1000, 500]


def test_the_way_down_into_a_range_is_the_way_up_again(model: OutlineModel) -> None:
    shown(model, MANY)
    index = index_at(model, "/choices/0/message/annotations/2345/number")
    names = []
    while index.isValid():
        assert model.index(index.row(), NAME, index.parent()) == index
        names.append(index.data())
        index = index.parent()
    assert names == [
        "number",
        "[2345]",
        "[2,000 … 2,499]",
        "annotations",
        "message",
        "Choice 1",
        "choices",
        "Completion",
    ]


def test_a_screen_reader_hears_name_value_and_state(model: OutlineModel) -> None:
    shown(model, completion(tool_calls=[call('{"a": tru}', "look_up")]))
    index = index_at(model, "/choices/0/message/tool_calls/0/function/arguments")
    name, value, state = (index.siblingAtColumn(column).data() for column in (NAME, VALUE, STATE))
    assert (name, value) == ("arguments", '{"a": tru}')
    assert "not JSON" in state
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == f"{name}, {value}, {state}"


def test_a_screen_reader_hears_no_empty_parts(model: OutlineModel) -> None:
    shown(model, completion())
    assert index_at(model, "/model").data(Qt.ItemDataRole.AccessibleTextRole) == "model, gpt-x"


def test_the_severity_of_a_place_is_that_of_all_above_it(model: OutlineModel) -> None:
    shown(model, completion(tool_calls=[call("{}"), call('{"a": tru}', number=1)]))
    index = index_at(model, "/choices/0/message/tool_calls/1/function/arguments")
    while index.isValid():
        assert index.data(SEVERITY_ROLE) == Severity.ERROR
        index = index.parent()
    assert index_at(model, "/choices/0/message/tool_calls/0").data(SEVERITY_ROLE) == 0


def test_a_finding_in_a_range_colours_the_range_alone(model: OutlineModel) -> None:
    calls = [call("{}", number=number) for number in range(1200)]
    calls[1100] = call('{"a": tru}', number=1100)
    shown(model, completion(tool_calls=calls))
    parent = index_at(model, "/choices/0/message/tool_calls")
    errors = [model.index(row, NAME, parent).data(SEVERITY_ROLE) == Severity.ERROR for row in range(2)]
    assert errors == [False, True]


def test_what_is_no_index_has_no_data(model: OutlineModel) -> None:
    shown(model, MANY)
    assert model.data(QModelIndex()) is None
    assert not model.index(1, 0).isValid()
    assert not model.index(0, 3).isValid()
    assert model.headerData(0, Qt.Orientation.Vertical) is None


def test_a_cell_of_fifty_megabytes_is_short(model: OutlineModel) -> None:
    text = b"x" * 50_000_000
    body = b'{"choices": [{"message": {"content": "%s", "tool_calls": [{"function": {"arguments": "%s"}}]}}]}' % (
        text,
        text,
    )
    document = parse_body(body)
    assert isinstance(document, JsonDocument)
    inspection = Inspection(None, Source("file"), body, document=document, completion=read_completion(document))
    model.show(Outline(inspection, Moment(NOW)))
    assert max(map(len, cells(model))) <= LONGEST_CELL


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)
long_text = st.text(min_size=1, max_size=5).map(lambda text: text * 100) | st.text()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=long_text, value=anything)
def test_every_cell_is_one_short_line_whatever_comes(model: OutlineModel, text: str, value: Any) -> None:
    given_call = call(text, text)
    body = completion(content=text, refusal=text, tool_calls=[given_call, value], audio={"data": text}, **{text: value})
    body |= {"id": text, "model": text, "created": text, "usage": {"total_tokens": value, text: text}}
    body["choices"][0]["finish_reason"] = text
    body["choices"] += [value, {"index": value, "message": value, "finish_reason": value}]
    shown(model, body)
    for cell in cells(model):
        assert len(cell) <= LONGEST_CELL
        assert len(cell.splitlines()) <= 1


def test_an_answer_without_json_is_one_row(model: OutlineModel) -> None:
    shown(model, b"<html>")
    assert model.rowCount() == 1
    assert not model.hasChildren(model.index(0, 0))
    assert inspected(b"<html>").findings

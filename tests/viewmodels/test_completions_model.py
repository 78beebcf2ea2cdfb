"""The table of completions follows the list: cells, order, hiding, and what it tells Qt of each change."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from pytestqt.qtbot import QtBot

from inspector.core.digest import digest_of
from inspector.viewmodels.completion_columns import COLUMNS, MODEL, STATUS, SUBJECT, TOKENS, WORST
from inspector.viewmodels.completion_list import CompletionList, ended
from inspector.viewmodels.completions_model import CompletionsModel
from inspector.viewmodels.session import Session
from inspector.viewmodels.session_state import Entry, Stage
from tests.answers import answered, calling, completion
from tests.live_services import sample
from tests.sessions import shown
from tests.viewmodels.model_checks import LONGEST_CELL, cells, heads, watched

ASCENDING, DESCENDING = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder


def waiting(*subjects: str) -> list[Entry]:
    return [Entry(subject, stage=Stage.WAITING) for subject in subjects]


def answer(subject: str, tokens: int = 7, body: dict | None = None, status: int = 200) -> Entry:
    """The line of an answer with so many tokens."""
    usage = {"prompt_tokens": 1, "completion_tokens": tokens - 1, "total_tokens": tokens}
    given = completion({"content": "Hi"}, usage=usage) if body is None else body
    return ended(subject, digest_of(answered(given, asked=subject, status=status)))


@pytest.fixture
def lines() -> CompletionList:
    return CompletionList()


@pytest.fixture
def model(lines: CompletionList) -> CompletionsModel:
    made = CompletionsModel(lines)
    made.tester = watched(made)  # type: ignore[attr-defined]
    return made


def subjects(model: CompletionsModel) -> list[str]:
    return [model.index(row, SUBJECT).data() for row in range(model.rowCount())]


def cell(model: CompletionsModel, subject: str, column: int) -> str:
    return model.index(model.row_of(subject), column).data()


def test_it_has_a_column_for_all_that_support_asks_for(model: CompletionsModel) -> None:
    assert heads(model) == [column.name for column in COLUMNS]
    assert {"Completion", "Status", "Worst finding", "Tool calls", "Tokens", "Latency", "When"} <= set(heads(model))


def test_a_line_goes_from_waiting_to_done(model: CompletionsModel, lines: CompletionList) -> None:
    lines.put(waiting("a", "b"))
    assert [cell(model, "a", STATUS), cell(model, "b", STATUS)] == ["waiting", "waiting"]
    lines.put([Entry("a", stage=Stage.FETCHING)])
    assert cell(model, "a", STATUS) == "fetching…"
    lines.put([answer("a", tokens=12_345)])
    assert cell(model, "a", STATUS) == "200"
    assert cell(model, "a", TOKENS) == "12,345"
    assert cell(model, "a", MODEL) == "gpt-4o"
    assert subjects(model) == ["a", "b"]


def test_what_failed_says_how(model: CompletionsModel, lines: CompletionList) -> None:
    lines.put([answer("a", body={"error": {"message": "no"}}, status=404)])
    lines.put([Entry("..", stage=Stage.FAILED, sentence="That is no ID.")])
    assert cell(model, "a", STATUS) == "404 not found"
    assert cell(model, "..", STATUS) == "no ID"
    assert model.index(0, STATUS).data(Qt.ItemDataRole.UserRole) == 3
    assert cell(model, "a", WORST) == ""


def test_the_worst_finding_is_counted(model: CompletionsModel, lines: CompletionList) -> None:
    lines.put([answer("bad", body=calling('{"a": tru')), answer("good")])
    assert "error" in cell(model, "bad", WORST)
    assert "faulty" in model.index(0, [column.name for column in COLUMNS].index("Tool calls")).data()
    assert model.index(0, WORST).data(Qt.ItemDataRole.UserRole) == 3


def test_a_change_is_told_by_its_rows_alone(model: CompletionsModel, lines: CompletionList, qtbot: QtBot) -> None:
    lines.put(waiting(*(f"c{at}" for at in range(100))))
    told: list[tuple[int, int]] = []
    model.dataChanged.connect(lambda first, last: told.append((first.row(), last.row())))
    with qtbot.assertNotEmitted(model.modelReset), qtbot.assertNotEmitted(model.layoutChanged):
        lines.put([answer("c7"), answer("c8"), answer("c50")])
    assert told == [(7, 8), (50, 50)]


def test_more_lines_are_added_at_the_end(model: CompletionsModel, lines: CompletionList, qtbot: QtBot) -> None:
    lines.put(waiting("a"))
    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.rowsInserted):
        lines.put([*waiting("b", "c"), answer("a")])
    assert subjects(model) == ["a", "b", "c"]


def test_it_is_sorted_by_any_column_with_what_is_missing_last(model: CompletionsModel, lines: CompletionList) -> None:
    lines.put([*waiting("w"), answer("a", 30), answer("b", 4), answer("c", 500)])
    for column in range(len(COLUMNS)):
        model.sort(column, ASCENDING)
        model.sort(column, DESCENDING)
        assert sorted(subjects(model)) == ["a", "b", "c", "w"]
    model.sort(TOKENS, ASCENDING)
    assert subjects(model) == ["b", "a", "c", "w"]
    model.sort(TOKENS, DESCENDING)
    assert subjects(model) == ["c", "a", "b", "w"]
    model.sort(-1)
    assert subjects(model) == ["w", "a", "b", "c"]


def test_sorting_takes_what_is_selected_along(model: CompletionsModel, lines: CompletionList) -> None:
    lines.put([answer("a", 30), answer("b", 4)])
    selected = QPersistentModelIndex(model.index(0, TOKENS))
    model.sort(TOKENS, ASCENDING)
    assert (selected.row(), selected.column()) == (1, TOKENS)
    assert selected.data() == "30"


def test_rows_stay_where_they_are_while_answers_arrive(model: CompletionsModel, lines: CompletionList) -> None:
    lines.put(waiting("a", "b"))
    model.sort(TOKENS, ASCENDING)
    lines.put([answer("b", 3), answer("a", 9)])
    assert subjects(model) == ["a", "b"]
    model.arrange()
    assert subjects(model) == ["b", "a"]


def is_big(entry: Entry) -> bool:
    return entry.digest is not None and (entry.digest.total_tokens or 0) > 100


def test_only_what_is_wanted_is_shown(model: CompletionsModel, lines: CompletionList) -> None:
    lines.put([answer("a", 500), answer("b", 4), answer("c", 600), *waiting("d")])
    model.show_only(is_big)
    assert subjects(model) == ["a", "c"]
    assert model.row_of("b") == -1
    lines.put([answer("d", 700), answer("e", 800), answer("f", 1)])
    assert subjects(model) == ["a", "c", "d", "e"]
    lines.put([answer("a", 3), answer("e", 3)])
    assert subjects(model) == ["c", "d"]
    model.show_only(None)
    assert subjects(model) == ["a", "b", "c", "d", "e", "f"]


def test_a_shelf_goes_in_front(model: CompletionsModel, lines: CompletionList) -> None:
    lines.put([answer("b", 4), answer("z", 4)])
    lines.offer([("a", "what a is"), ("b", "what b is")])
    assert subjects(model) == ["a", "b", "z"]
    assert cell(model, "b", 1) == "what b is"
    assert cell(model, "b", STATUS) == "200"


def test_who_hears_it_hears_the_whole_line(model: CompletionsModel, lines: CompletionList) -> None:
    lines.put([answer("a", body=calling('{"a": tru'))])
    assert model.index(0, SUBJECT).data(Qt.ItemDataRole.AccessibleTextRole) is None, "the ID itself is heard"
    heard = model.index(0, SUBJECT).data(Qt.ItemDataRole.AccessibleDescriptionRole)
    assert heard.startswith("a, 200, ")
    assert "error" in heard
    assert model.index(0, TOKENS).data(Qt.ItemDataRole.AccessibleTextRole) == "Tokens: 12"
    lines.put(waiting("b"))
    assert model.index(1, TOKENS).data(Qt.ItemDataRole.AccessibleTextRole) == "Tokens: none"


def hostile(text: str) -> dict:
    call = {"id": text, "type": "function", "function": {"name": text, "arguments": "{}"}}
    body = completion({"tool_calls": [call] * 9}, model=text)
    return body | {"choices": [body["choices"][0] | {"finish_reason": text}] * 9}


@pytest.mark.parametrize("text", ["x" * 9999, "A\r\n\x00\ud83d🙈" * 999, "<b>bold</b>"])
def test_a_cell_is_short_and_one_line_whatever_came(model: CompletionsModel, lines: CompletionList, text: str) -> None:
    lines.put([replace(answer("a", body=hostile(text)), shows=text), Entry(text[:512])])
    assert max(map(len, cells(model))) <= 2 * LONGEST_CELL
    assert not any("\n" in each or "\x00" in each for each in cells(model))


def test_places_outside_are_empty(model: CompletionsModel) -> None:
    assert model.entry_at(QModelIndex()) is None
    assert model.data(QModelIndex()) is None
    assert model.row_of("nobody") == -1
    assert model.rowCount(model.index(0, 0)) == 0


def test_qt_finds_nothing_wrong_while_the_session_works(session: Session, qtbot: QtBot) -> None:
    model = CompletionsModel(session.completions)
    tester = watched(model)
    steps: list[Callable[[], None]] = [
        lambda: session.fetch("chatcmpl-nobody"),
        lambda: session.fetch(sample("two-tool-calls.json").id),
        session.retry,
    ]
    for step in steps:
        step()
        shown(session, qtbot)
    session.fetch_all([sample("plain-answer.json").id, "..", sample("logprobs.json").id])
    shown(session, qtbot)
    qtbot.waitUntil(lambda: not session.batch.is_open)
    assert model.rowCount() == len(session.entries)
    assert tester.model() is model

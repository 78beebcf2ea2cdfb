"""The list of completions follows the session."""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from pytestqt.qtbot import QtBot

from inspector.viewmodels.completions_model import RESULT, SUBJECT, CompletionsModel
from inspector.viewmodels.job_runner import JobRunner
from inspector.viewmodels.session import Session
from tests.inspections import completion
from tests.live_services import sample
from tests.sessions import entry, opened, shown, under_way
from tests.viewmodels.model_checks import LONGEST_CELL, cells, heads, rows, watched

CALLS = sample("two-tool-calls.json").id
PLAIN = sample("plain-answer.json").id
DRIPPING = sample("slow-body.json").id


@pytest.fixture
def model(session: Session) -> CompletionsModel:
    return CompletionsModel(session)


def told(model: CompletionsModel, subject: str) -> tuple[str, int]:
    """What the list says of a completion: its result, and the number of its severity."""
    index = model.index(model.row_of(subject), RESULT)
    return index.data(), index.data(Qt.ItemDataRole.UserRole)


def test_qt_finds_nothing_wrong_while_the_session_works(
    model: CompletionsModel, session: Session, qtbot: QtBot
) -> None:
    tester = watched(model)
    session.fetch("chatcmpl-nobody")
    shown(session, qtbot)
    session.fetch(CALLS)
    shown(session, qtbot)
    session.retry()
    session.cancel()
    assert model.rowCount() == len(session.entries)
    assert tester.model() is model


def test_it_lists_what_the_service_offers(
    model: CompletionsModel, session: Session, runner: JobRunner, qtbot: QtBot
) -> None:
    assert heads(model) == ["Completion", "What came back"]
    assert rows(model) == []
    with qtbot.waitSignal(session.entries_changed):
        runner.warm_up()
    assert rows(model)[0] == (PLAIN, sample("plain-answer.json").shows)
    assert told(model, CALLS) == (sample("two-tool-calls.json").shows, 0)


def test_it_says_what_is_on_its_way_and_what_came_back(model: CompletionsModel, session: Session, qtbot: QtBot) -> None:
    session.fetch(CALLS)
    assert told(model, CALLS) == ("fetching…", 0)
    shown(session, qtbot)
    words, severity = told(model, CALLS)
    assert "error" in words
    assert words.endswith(sample("two-tool-calls.json").shows)
    assert severity == 3


def test_an_answer_without_findings_says_so(
    model: CompletionsModel, session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "fine.json"
    path.write_text(json.dumps(completion()))
    opened(session, qtbot, path)
    assert told(model, "fine.json") == ("nothing found", 0)


def test_a_problem_is_named_with_its_status(model: CompletionsModel, session: Session, qtbot: QtBot) -> None:
    session.fetch(sample("error-404.json").id)
    shown(session, qtbot)
    words, severity = told(model, sample("error-404.json").id)
    assert words.startswith("404 not found")
    assert severity == 3


def test_a_fetch_that_is_repeated_shows_no_old_colour(model: CompletionsModel, session: Session, qtbot: QtBot) -> None:
    session.fetch(CALLS)
    shown(session, qtbot)
    session.retry()
    assert told(model, CALLS) == ("fetching…", 0)


def test_a_superseded_fetch_goes_back_to_what_it_was(model: CompletionsModel, session: Session, qtbot: QtBot) -> None:
    under_way(session, qtbot, DRIPPING)
    session.fetch(PLAIN)
    assert told(model, DRIPPING) == (sample("slow-body.json").shows, 0)


def test_a_cell_is_short_whatever_was_asked_for(model: CompletionsModel, session: Session, qtbot: QtBot) -> None:
    longest = "x" * 512
    session.fetch(longest)
    assert max(map(len, cells(model))) <= LONGEST_CELL
    shown(session, qtbot)
    assert max(map(len, cells(model))) <= LONGEST_CELL
    assert entry(session, longest).subject == longest


def test_rows_and_lines_lead_to_each_other(model: CompletionsModel, session: Session, qtbot: QtBot) -> None:
    session.fetch(PLAIN)
    shown(session, qtbot)
    row = model.row_of(PLAIN)
    assert model.entry_at(model.index(row, SUBJECT)) == entry(session, PLAIN)
    assert model.row_of("chatcmpl-nobody") == -1
    assert model.entry_at(QModelIndex()) is None
    assert model.data(QModelIndex()) is None
    assert model.rowCount(model.index(0, 0)) == 0

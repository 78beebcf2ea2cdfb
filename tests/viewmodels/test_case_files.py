"""A case file in the window: a line for each case, each with its own verdict."""

import json
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from inspector.viewmodels.job_runner import JobRunner
from inspector.viewmodels.session import Session
from inspector.viewmodels.session_state import Rejected
from tests.sessions import entry, opened, shown

TOOLS = json.dumps([{"name": "f", "parameters": {"type": "object", "required": ["city"]}}])


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    path = tmp_path / "cases.json"
    given = [{"id": "fine", "name": "f", "arguments": "{}"}, {"name": "f", "arguments": '{"a": 1,}'}]
    path.write_text(json.dumps({"cases": given}))
    return path


def test_each_case_has_a_line(session: Session, qtbot: QtBot, cases: Path) -> None:
    assert opened(session, qtbot, cases).source.path == str(cases)
    assert [each.subject for each in session.entries[-2:]] == ["cases.json 1 fine", "cases.json 2"]
    assert session.subject == "cases.json 1 fine"
    digest = entry(session, "cases.json 2").digest
    assert digest is not None
    assert digest.causes == ("trailing-comma",)
    assert digest.rules == {"arguments-invalid", "call-without-id"}


def test_another_case_is_shown_from_what_is_kept(
    session: Session, runner: JobRunner, qtbot: QtBot, cases: Path
) -> None:
    opened(session, qtbot, cases)
    qtbot.waitUntil(lambda: not runner.is_busy("keep cases.json 1 fine"))
    with qtbot.waitSignal(session.changed):
        session.show(entry(session, "cases.json 2"))
    assert session.subject == "cases.json 2"
    assert {found.rule for found in shown(session, qtbot).findings} == {"arguments-invalid", "call-without-id"}


def test_tools_are_held_against_every_case(session: Session, runner: JobRunner, qtbot: QtBot, cases: Path) -> None:
    opened(session, qtbot, cases)
    qtbot.waitUntil(lambda: not runner.is_busy("keep cases.json 1 fine"))
    session.tool_desk.paste(TOOLS)

    def is_judged() -> bool:
        digest = entry(session, "cases.json 1 fine").digest
        return digest is not None and digest.schema == ("fails",)

    qtbot.waitUntil(is_judged)
    digest = entry(session, "cases.json 1 fine").digest
    assert digest is not None
    assert digest.rules == {"schema-violation"}


def test_a_file_without_cases_is_refused(session: Session, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "none.json"
    path.write_text('{"cases": []}')
    session.open_file(str(path))
    qtbot.waitUntil(lambda: isinstance(session.state, Rejected))
    assert session.state == Rejected(f"{path} holds no cases.")

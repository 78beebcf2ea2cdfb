"""Several files that are opened together: the first is shown, each is a line of the list."""

import json
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from inspector.viewmodels.job_runner import JobRunner
from inspector.viewmodels.session import Session
from tests.live_services import sample
from tests.sessions import entry, shown


def open_all(session: Session, *paths: Path) -> None:
    given = [str(path) for path in paths]
    session.open_file(given[0])
    session.more_files.read(given)


@pytest.fixture
def saved(tmp_path: Path) -> tuple[Path, Path, Path]:
    """Three saved responses, the last of the name of the first."""
    (tmp_path / "old").mkdir()
    paths = tmp_path / "one.json", tmp_path / "two.json", tmp_path / "old" / "one.json"
    for path, name in zip(paths, ("plain-answer.json", "two-tool-calls.json", "refusal.json"), strict=True):
        path.write_bytes(sample(name).body())
    return paths


def test_each_is_a_line_and_the_first_is_shown(
    session: Session, runner: JobRunner, qtbot: QtBot, saved: tuple[Path, Path, Path]
) -> None:
    open_all(session, *saved)
    assert shown(session, qtbot).source.path == str(saved[0])
    names = ["one.json", "two.json", str(saved[2])]
    qtbot.waitUntil(lambda: all(session.completions.get(name) for name in names))
    assert {each.subject for each in session.entries if each.path} == set(names)
    assert session.subject == "one.json"
    assert [entry(session, name).path for name in names] == [str(path) for path in saved]
    qtbot.waitUntil(lambda: not runner.is_busy(f"keep {names[2]}"))
    body = saved[2].read_bytes()
    saved[2].unlink()  # it was read already
    with qtbot.waitSignal(session.changed):
        session.show(entry(session, names[2]))
    assert shown(session, qtbot).body == body


def test_the_cases_of_a_file_join_the_list(
    session: Session, qtbot: QtBot, saved: tuple[Path, Path, Path], tmp_path: Path
) -> None:
    cases = tmp_path / "cases.json"
    cases.write_text(json.dumps({"cases": [{"id": "a", "name": "f", "arguments": "{"}, {"name": "f"}]}))
    open_all(session, saved[0], cases)
    qtbot.waitUntil(lambda: session.completions.get("cases.json 2") is not None)
    assert session.completions.get("cases.json 1 a") is not None


def test_the_cases_of_two_files_of_one_name_are_not_mixed_up(session: Session, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "old").mkdir()
    paths = tmp_path / "cases.json", tmp_path / "old" / "cases.json"
    for path in paths:
        path.write_text(json.dumps({"cases": [{"name": "f", "arguments": "{"}] * 2}))
        session.open_file(str(path))
        qtbot.waitUntil(lambda path=path: shown(session, qtbot).source.path == str(path))
    names = ["cases.json 1", "cases.json 2", f"{paths[1]} 1", f"{paths[1]} 2"]
    assert [(each.subject, each.path) for each in session.entries if each.path] == [
        (name, str(path)) for name, path in zip(names, (paths[0], paths[0], paths[1], paths[1]), strict=True)
    ]


def test_a_file_that_is_opened_while_another_of_its_name_is_on_its_way_has_a_line_of_its_own(
    session: Session, qtbot: QtBot, saved: tuple[Path, Path, Path]
) -> None:
    open_all(session, saved[1], saved[0])
    session.open_file(str(saved[2]))
    qtbot.waitUntil(lambda: session.completions.get(str(saved[2])) is not None)
    qtbot.waitUntil(lambda: session.completions.get("one.json") is not None)
    assert entry(session, "one.json").path == str(saved[0])
    session.open_file(str(saved[2]))
    qtbot.waitUntil(lambda: session.subject == str(saved[2]))


def test_one_that_cannot_be_read_is_told_and_the_others_come(
    session: Session, qtbot: QtBot, saved: tuple[Path, Path, Path], tmp_path: Path
) -> None:
    with qtbot.waitSignal(session.told) as told:
        open_all(session, saved[0], tmp_path / "gone.json", saved[1])
    assert "gone.json" in told.args[0]
    qtbot.waitUntil(lambda: session.completions.get("two.json") is not None)


def test_one_alone_needs_nothing_more(
    session: Session, runner: JobRunner, qtbot: QtBot, saved: tuple[Path, ...]
) -> None:
    open_all(session, saved[0])
    shown(session, qtbot)
    assert not runner.is_busy("more files")

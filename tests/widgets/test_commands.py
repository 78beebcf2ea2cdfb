"""What menus and buttons do, through the dialogs that they open."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from inspector.core.candidates import Found
from inspector.core.window_options import WindowOptions
from inspector.main import Program
from inspector.viewmodels.id_finder import IdFinder
from inspector.viewmodels.session import Session
from inspector.viewmodels.session_state import Rejected, Working
from inspector.widgets.main_window import MainWindow
from tests.live_services import demo_services, sample
from tests.sessions import busy, entry, shown
from tests.widgets.conftest import OpenProgram
from tests.widgets.sights import texts_of

PLAIN = sample("plain-answer.json").id
CALLS = sample("two-tool-calls.json").id


def answer(qtbot: QtBot, ask: Callable[[], object], path: Path | None) -> None:
    """Does something that asks for a file, and answers with `path`, or not at all."""
    QApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)

    def choose() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QFileDialog)
        if path is None:
            dialog.reject()
        else:
            dialog.selectFile(str(path))
            dialog.accept()

    QTimer.singleShot(0, choose)
    ask()


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    path = tmp_path / "answer.json"
    path.write_bytes(sample("two-tool-calls.json").body())
    return path


def action(window: MainWindow, name: str) -> QAction:
    return next(each for each in window.findChildren(QAction) if each.text().replace("&", "") == name)


def test_a_saved_response_is_opened(window: MainWindow, session: Session, qtbot: QtBot, saved: Path) -> None:
    answer(qtbot, action(window, "Open a saved response…").trigger, saved)
    assert shown(session, qtbot).source.path == str(saved)
    assert window.detail.summary.isVisible()


def test_a_dialog_that_was_given_up_changes_nothing(program: Program, qtbot: QtBot) -> None:
    before = program.session.state
    answer(qtbot, program.commands.open_file, None)
    answer(qtbot, program.commands.load_tools, None)
    assert program.session.state is before


def test_the_body_is_saved_where_one_says(program: Program, qtbot: QtBot, tmp_path: Path) -> None:
    program.session.fetch(CALLS)
    shown(program.session, qtbot)
    path = tmp_path / "body.json"
    with qtbot.waitSignal(program.session.told):
        answer(qtbot, program.commands.save_body, path)
    assert path.read_bytes() == sample("two-tool-calls.json").body()
    assert str(path) in program.window.statusBar().currentMessage()


def test_without_an_answer_there_is_nothing_to_save(program: Program) -> None:
    program.commands.save_body()
    assert "nothing to save yet" in program.window.statusBar().currentMessage()


def test_loaded_tools_judge_the_calls_until_they_are_forgotten(
    window: MainWindow, session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    session.fetch(CALLS)
    before = shown(session, qtbot)
    name = json.loads(before.body)["choices"][0]["message"]["tool_calls"][0]["function"]["name"]
    path = tmp_path / "tools.json"
    parameters = {"type": "object", "required": ["a field that no call has"]}
    path.write_text(json.dumps([{"type": "function", "function": {"name": name, "parameters": parameters}}]))
    with qtbot.waitSignal(session.told):
        answer(qtbot, action(window, "Load tool schemas…").trigger, path)
    assert session.inspection is not None
    assert len(session.inspection.findings) > len(before.findings)
    with qtbot.waitSignal(session.told):
        action(window, "Forget tool schemas").trigger()
    assert session.inspection.findings == before.findings


def test_a_text_with_several_ids_fetches_them_all_and_each_once(program: Program, qtbot: QtBot) -> None:
    program.commands.fetch(f"log: {CALLS} and {PLAIN}, then {CALLS} again")
    assert program.session.state == Working(CALLS)
    assert shown(program.session, qtbot).requested == CALLS
    qtbot.waitUntil(lambda: entry(program.session, PLAIN).digest is not None)


def test_a_long_text_is_searched_behind_the_window(program: Program, qtbot: QtBot) -> None:
    before = program.session.state
    program.commands.fetch("a line of a log\n" * 10_000 + PLAIN)
    assert program.session.state is before
    assert shown(program.session, qtbot).requested == PLAIN


def test_the_profile_s_own_pattern_finds_ids_too(program: Program, qtbot: QtBot) -> None:
    found: list[Found] = []
    IdFinder(program.jobs, r"ord_\w+").find(("see ord_a here",), found.extend)
    qtbot.waitUntil(lambda: bool(found))
    assert found[0].completions == ["ord_a"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"{PLAIN} with call_ab12cd", "Not fetched, as they name no completions: 1 tool call."),
        (f"\u200b{PLAIN}", f"{PLAIN}: the whole text, without 1 invisible character."),
    ],
)
def test_what_was_left_out_of_a_text_is_told(program: Program, text: str, said: str) -> None:
    program.commands.fetch(text)
    assert program.session.state == Working(PLAIN)
    assert program.window.statusBar().currentMessage() == said


def test_two_texts_are_two_ids_whatever_they_look_like(program: Program, qtbot: QtBot) -> None:
    bare = sample("created-milliseconds.json").id
    assert not bare.startswith("chatcmpl")
    program.commands.fetch(bare, "another")
    shown(program.session, qtbot)
    qtbot.waitUntil(lambda: entry(program.session, "another").digest is not None)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("see call_0AbC123dEf for it", "is the ID of a tool call, not of a chat completion."),
        ("nothing of that kind", "No completion ID was found"),
        ("", "Type or paste a completion ID first"),
    ],
)
def test_what_cannot_be_fetched_is_told_with_the_reason(program: Program, text: str, said: str) -> None:
    program.commands.fetch(text)
    assert isinstance(program.session.state, Rejected)
    assert said in texts_of(program.window.detail.banner)[0]
    assert busy(program.session) == []


def test_a_click_on_the_list_fetches_what_it_shows(window: MainWindow, session: Session, qtbot: QtBot) -> None:
    table = window.completions.table
    place = table.visualRect(table.model().index(3, 0)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert shown(session, qtbot).requested == CALLS
    assert table.currentIndex().row() == 3


def test_a_double_click_on_the_list_fetches_once(window: MainWindow, session: Session, qtbot: QtBot) -> None:
    states: list[object] = []
    session.changed.connect(lambda: states.append(session.state))
    table = window.completions.table
    place = table.visualRect(table.model().index(3, 0)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    shown(session, qtbot)
    assert states.count(Working(CALLS)) == 1


def test_a_click_on_a_finding_leads_to_its_place(window: MainWindow, session: Session, qtbot: QtBot) -> None:
    session.fetch(sample("every-broken-call.json").id)
    shown(session, qtbot)
    table = window.findings.table
    QTest.mouseClick(
        table.viewport(), Qt.MouseButton.LeftButton, pos=table.visualRect(table.model().index(2, 1)).center()
    )
    row = window.structure.current_row
    assert row is not None
    assert row.pointer == table.model().index(2, 2).data()


def test_severities_can_be_left_out(window: MainWindow, session: Session, qtbot: QtBot) -> None:
    session.fetch(CALLS)
    shown(session, qtbot)
    model = window.findings.table.model()
    before = model.rowCount()
    errors = window.findings._filters[3]
    assert errors.text() == "1"
    QTest.mouseClick(errors, Qt.MouseButton.LeftButton)
    assert model.rowCount() == before - 1
    assert errors.text() == "1", "the count tells of those that are left out, too"


def test_the_cancel_button_stops_and_is_only_there_to_press_while_there_is_something(
    window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    cancel = window.id_bar.cancel_button
    assert not cancel.isEnabled()
    with qtbot.waitSignal(session.progressed):
        session.fetch(sample("slow-body.json").id)
    assert cancel.isEnabled()
    QTest.mouseClick(cancel, Qt.MouseButton.LeftButton)
    assert not cancel.isEnabled()
    assert busy(session) == []


def test_closing_the_window_ends_all_work(program: Program, qtbot: QtBot) -> None:
    with qtbot.waitSignal(program.session.progressed):
        program.session.fetch(sample("slow-body.json").id)
    services = program.jobs.services
    assert services is not None
    program.window.close()
    assert not program.jobs.is_busy("fetch")
    late = services.read_file("/anywhere", None, print)
    assert services.submit(late).cancelled(), "the loop behind it has ended"


def test_what_was_copied_is_still_there_after_closing(program: Program, qtbot: QtBot) -> None:
    program.session.fetch(CALLS)
    shown(program.session, qtbot)
    program.commands.copy_view()
    copied = program.window.detail.view.source
    program.window.close()
    assert QGuiApplication.clipboard().text() == copied


def test_the_field_shows_what_is_fetched_but_leaves_typing_alone(
    window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    field = window.id_bar.field
    QTest.keyClicks(field, "half an I")
    session.fetch(PLAIN)
    shown(session, qtbot)
    assert field.text() == "half an I"
    window.structure.setFocus()
    session.fetch(CALLS)
    assert field.text() == CALLS


def test_the_empty_state_leads_on(open_program: OpenProgram, qtbot: QtBot, saved: Path) -> None:
    program = open_program(demo_services, WindowOptions())
    welcome = program.window.welcome
    assert welcome.isVisible()
    QTest.mouseClick(welcome.key_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "The API key" in welcome.key_label.text())
    program.session.fetch(PLAIN)
    shown(program.session, qtbot)
    assert not welcome.isVisible()


def test_copied_pointers_of_places_inside_arguments_lead_on_from_there(
    window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    session.fetch(CALLS)
    shown(session, qtbot)
    outline = window.structure.outline
    assert outline is not None
    arguments = outline.find("/choices/0/message/tool_calls/0/function/arguments")
    window.structure.select(outline.children(arguments)[0])
    action(window, "Copy the JSON Pointer").trigger()
    copied = QGuiApplication.clipboard().text()
    assert copied == "/choices/0/message/tool_calls/0/function/arguments → /order_id"

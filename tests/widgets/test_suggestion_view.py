"""The view of a suggested reading: offered where arguments are broken, painted as a diff, never copied as the value."""

import pytest
from PySide6.QtGui import QGuiApplication, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit
from pytestqt.qtbot import QtBot

from inspector.core.readings.suggested import suggested_reading
from inspector.core.suggestion.suggest import suggest
from inspector.main import Program
from inspector.viewmodels.session import Session
from inspector.widgets.detail_pane import SUGGESTION, TEXT
from inspector.widgets.main_window import MainWindow
from inspector.widgets.theme import DARK, LIGHT, Colours
from tests.inspections import call, completion, outlined
from tests.live_services import sample
from tests.sessions import shown
from tests.widgets.sights import texts_of

ARGUMENTS = "/choices/0/message/tool_calls/0/function/arguments"


@pytest.fixture
def calls(window: MainWindow, session: Session, qtbot: QtBot) -> MainWindow:
    """Two calls, the second of them in Python's notation."""
    session.fetch(sample("two-tool-calls.json").id)
    shown(session, qtbot)
    qtbot.waitUntil(lambda: window.structure.current_row is not None)
    return window


def select(window: MainWindow, pointer: str) -> None:
    outline = window.structure.outline
    assert outline is not None
    window.structure.select(outline.find(pointer))


def suggested(window: MainWindow, qtbot: QtBot) -> list[QTextEdit.ExtraSelection]:
    """Opens the view and waits for its marks."""
    window.detail.show_tab(SUGGESTION)
    qtbot.waitUntil(lambda: bool(window.detail.view.extraSelections()))
    return window.detail.view.extraSelections()


def is_offered(window: MainWindow) -> bool:
    return window.detail._tabs.isTabVisible(SUGGESTION)


def test_the_view_is_offered_in_broken_calls_alone_and_never_chosen(calls: MainWindow) -> None:
    assert calls.detail.tab == TEXT
    assert is_offered(calls)
    select(calls, "/choices/0/message/tool_calls/1/function/name")
    assert is_offered(calls)
    select(calls, ARGUMENTS)
    assert not is_offered(calls)
    select(calls, "/usage")
    assert not is_offered(calls)


def test_leaving_the_broken_call_leaves_the_view(calls: MainWindow, qtbot: QtBot) -> None:
    suggested(calls, qtbot)
    select(calls, ARGUMENTS)
    assert calls.detail.tab == TEXT
    assert calls.detail.view.source.startswith('{"order_id"')


@pytest.mark.parametrize(("preference", "colours"), [("light", LIGHT), ("dark", DARK)])
def test_what_goes_is_struck_out_on_red_and_what_comes_underlined_on_green(
    program: Program, calls: MainWindow, qtbot: QtBot, preference: str, colours: Colours
) -> None:
    program.theme.prefer(preference)
    marks = {mark.cursor.selectedText(): QTextCharFormat(mark.format) for mark in suggested(calls, qtbot)}
    assert set(marks) == {"'", '"', "True", "true", "None", "null"}
    for gone in ("'", "True", "None"):
        assert marks[gone].fontStrikeOut()
        assert not marks[gone].fontUnderline()
        assert marks[gone].background().color().name() == colours.removed_back
    for come in ('"', "true", "null"):
        assert marks[come].fontUnderline()
        assert not marks[come].fontStrikeOut()
        assert marks[come].background().color().name() == colours.added_back


def test_the_note_tells_in_words_that_it_is_a_guess(calls: MainWindow, qtbot: QtBot) -> None:
    suggested(calls, qtbot)
    words = "\n".join(texts_of(calls.detail))
    assert "A guess, not what the service sent; Copy gives the text as sent." in words
    assert "A word of Python is written as JSON’s own." in words


def test_copying_gives_the_text_as_sent(calls: MainWindow, session: Session, qtbot: QtBot) -> None:
    marks = suggested(calls, qtbot)
    row = calls.structure.current_row
    assert row is not None
    assert row.arguments is not None
    sent = row.arguments.text
    calls.detail.copy_all()
    assert QGuiApplication.clipboard().text() == sent
    calls.detail.view.selectAll()
    calls.detail.view.copy()
    assert QGuiApplication.clipboard().text() == sent
    come = next(mark.cursor for mark in marks if mark.cursor.selectedText() == "true")
    come.movePosition(QTextCursor.MoveOperation.Right, QTextCursor.MoveMode.KeepAnchor, 3)
    calls.detail.view.setTextCursor(come)
    assert calls.detail.view.selected_source() == ", '"


def test_a_refusal_is_told_and_the_text_stays(program: Program, qtbot: QtBot) -> None:
    detail = program.window.detail
    outline = outlined(completion(tool_calls=[call('{"n": 12')]))
    detail.show_row(outline, outline.find(ARGUMENTS))
    detail.show_tab(SUGGESTION)
    qtbot.waitUntil(lambda: detail.view.source != "")
    assert detail.view.source == '{"n": 12'
    assert "inside the number 12" in "\n".join(texts_of(detail))
    assert detail.view.extraSelections() == []


def test_changes_out_of_sight_are_marked_once_they_come_into_sight(program: Program) -> None:
    view = program.window.detail.view
    text = "{'a': [" + ",\n".join(f"'{number}'" for number in range(100)) + "]}"
    view.show_reading(suggested_reading(text, suggest(text)))
    at_first = [mark.cursor.position() for mark in view.extraSelections()]
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    at_last = [mark.cursor.position() for mark in view.extraSelections()]
    assert 0 < len(at_first) < 4 * 101
    assert at_first[0] < at_last[0]
    assert at_last[-1] == len(view.toPlainText()) - 2


def test_a_suggestion_that_comes_late_is_not_shown_for_another_call(program: Program, qtbot: QtBot) -> None:
    detail = program.window.detail
    slow, other = (outlined(completion(tool_calls=[call(text)])) for text in ("[1,]", "[2,]"))
    detail.show_row(other, other.find(ARGUMENTS))
    detail.show_tab(SUGGESTION)
    detail.show_suggestion("[1,]", suggest("[1,]"))
    qtbot.waitUntil(lambda: detail.view.source != "")
    assert detail.view.source == "[2,]"
    detail.show_row(slow, slow.root)
    detail.show_suggestion("[2,]", suggest("[2,]"))
    assert "[2," not in detail.view.source


def test_a_suggestion_is_made_once_and_kept_while_its_call_is_shown(program: Program, qtbot: QtBot) -> None:
    detail = program.window.detail
    outline = outlined(completion(tool_calls=[call("[1,]")]))
    detail.show_row(outline, outline.find(ARGUMENTS))
    wanted: list[str] = []
    detail.suggestion_wanted.connect(wanted.append)
    detail.show_suggestion("[1,]", suggest("[1,]"))
    assert detail.tab == TEXT
    detail.show_tab(SUGGESTION)
    assert detail.view.toPlainText() == suggested_reading("[1,]", suggest("[1,]")).text
    assert wanted == []

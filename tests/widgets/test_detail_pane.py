"""The views of a row, and the links between tree, text and body."""

import json

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QColor, QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTabBar, QToolTip
from pytestqt.qtbot import QtBot

from inspector.core.json.document import JsonNode
from inspector.core.readings.token_probs import read_tokens
from inspector.main import Program
from inspector.viewmodels.findings_model import MESSAGE, PLACE, RULE, SEVERITY
from inspector.viewmodels.session import Session
from inspector.widgets.detail_pane import JSON, RAW, RESPONSE, TEXT, TOKENS
from inspector.widgets.main_window import MainWindow
from tests.inspections import completion, outlined
from tests.live_services import sample
from tests.sessions import shown
from tests.widgets.sights import texts_of

ARGUMENTS = "/choices/0/message/tool_calls/1/function/arguments"
FINE = "/choices/0/message/tool_calls/0/function/arguments"


def show(window: MainWindow, session: Session, qtbot: QtBot, file: str) -> None:
    session.fetch(sample(file).id)
    shown(session, qtbot)


def select(window: MainWindow, pointer: str) -> None:
    outline = window.structure.outline
    assert outline is not None
    window.structure.select(outline.find(pointer))


@pytest.fixture
def calls(window: MainWindow, session: Session, qtbot: QtBot) -> MainWindow:
    show(window, session, qtbot, "two-tool-calls.json")
    return window


def text(window: MainWindow) -> str:
    return window.detail.view.source


def test_the_first_error_is_in_sight_at_once(calls: MainWindow) -> None:
    row = calls.structure.current_row
    assert row is not None
    assert row.pointer == ARGUMENTS
    assert text(calls).startswith("{'order_id'")
    (mark,) = calls.detail.view.extraSelections()
    assert mark.cursor.selectedText() == "'"
    words = "\n".join(texts_of(calls.detail))
    assert "Line 1, column 2" in words
    assert "Python" in words


def test_each_view_shows_the_row_in_its_own_way(calls: MainWindow, session: Session) -> None:
    assert session.inspection is not None
    body = session.inspection.body.decode()
    select(calls, FINE)
    calls.detail.show_tab(TEXT)
    assert text(calls).startswith('{"order_id"')
    calls.detail.show_tab(JSON)
    assert text(calls).splitlines()[0] == "{"
    assert '"with_tracking": true' in text(calls)
    calls.detail.show_tab(RAW)
    assert text(calls) == body
    (mark,) = calls.detail.view.extraSelections()
    assert mark.cursor.selectedText().startswith('"{\\"order_id')
    calls.detail.show_tab(RESPONSE)
    assert "200" in text(calls)
    assert "x-request-id" in text(calls).lower()


def test_the_path_of_the_row_is_told(calls: MainWindow) -> None:
    select(calls, "/usage/total_tokens")
    assert "/usage/total_tokens" in texts_of(calls.detail)


def test_a_click_in_the_raw_body_selects_the_row_under_it(calls: MainWindow, qtbot: QtBot) -> None:
    calls.detail.show_tab(RAW)
    view = calls.detail.view
    place = view.cursorRect(view.document().find('"total_tokens"')).center() - QPoint(20, 0)
    with qtbot.waitSignal(calls.structure.chosen):
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    row = calls.structure.current_row
    assert row is not None
    assert row.pointer == "/usage/total_tokens"


def test_a_click_in_another_view_selects_nothing(calls: MainWindow) -> None:
    before = calls.structure.current_row
    QTest.mouseClick(calls.detail.view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(40, 20))
    assert calls.structure.current_row is before


def test_the_button_copies_the_view(calls: MainWindow) -> None:
    calls.detail.show_tab(RAW)
    QTest.mouseClick(calls.detail.copy_button, Qt.MouseButton.LeftButton)
    assert QApplication.clipboard().text() == text(calls)


def test_nothing_of_the_last_answer_stays_when_a_text_is_rejected(calls: MainWindow, session: Session) -> None:
    session.reject("No.")
    assert text(calls) == ""
    assert calls.structure.outline is None
    assert calls.findings.table.model().rowCount() == 0
    assert texts_of(calls.detail)[0] == "No."


def test_a_body_that_is_no_json_is_shown_from_where_it_breaks(
    window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    show(window, session, qtbot, "body-cut.json")
    window.detail.show_tab(RAW)
    assert text(window).encode() == sample("body-cut.json").body()


def test_the_raw_body_of_a_problem_is_one_click_away(window: MainWindow, session: Session, qtbot: QtBot) -> None:
    show(window, session, qtbot, "error-502.html")
    assert not window.findings.isVisible(), "there is nothing to look through"
    QTest.mouseClick(window.detail.banner.raw_button, Qt.MouseButton.LeftButton)
    assert text(window).encode() == sample("error-502.html").body()
    assert window.detail.view.hasFocus()


def test_retry_asks_again(window: MainWindow, session: Session, qtbot: QtBot) -> None:
    show(window, session, qtbot, "error-500.json")
    QTest.mouseClick(window.detail.banner.retry_button, Qt.MouseButton.LeftButton)
    assert shown(session, qtbot).requested == sample("error-500.json").id


def test_retry_waits_as_long_as_the_server_asked_for(window: MainWindow, session: Session, qtbot: QtBot) -> None:
    show(window, session, qtbot, "error-429.txt")
    banner = window.detail.banner
    assert not banner.retry_button.isEnabled()
    assert banner.retry_button.text() == "Retrying in 12 s"
    QTest.mouseClick(banner.give_up_button, Qt.MouseButton.LeftButton)
    assert not banner.give_up_button.isVisible()
    assert not banner.retry_button.isEnabled()
    assert banner.retry_button.text() == "Retry in 12 s"


def test_escape_ends_the_wait_for_a_second_try(window: MainWindow, session: Session, qtbot: QtBot) -> None:
    show(window, session, qtbot, "error-429.txt")
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert window.detail.banner.retry_button.text() == "Retry in 12 s"


def is_offered(window: MainWindow, tab: int) -> bool:
    (tabs,) = window.detail.findChildren(QTabBar)
    return tabs.isTabVisible(tab)


@pytest.fixture
def tokens(window: MainWindow, session: Session, qtbot: QtBot) -> MainWindow:
    show(window, session, qtbot, "logprobs.json")
    window.detail.show_tab(TOKENS)
    qtbot.waitUntil(lambda: text(window) != "")
    return window


def test_tokens_are_offered_only_where_there_are_any(window: MainWindow, session: Session, qtbot: QtBot) -> None:
    show(window, session, qtbot, "plain-answer.json")
    assert not is_offered(window, TOKENS)
    show(window, session, qtbot, "logprobs.json")
    assert is_offered(window, TOKENS)


def test_tokens_make_the_text_and_unlikely_ones_are_hot(tokens: MainWindow, session: Session) -> None:
    assert session.inspection is not None
    assert text(tokens) == json.loads(session.inspection.body)["choices"][0]["message"]["content"]
    heat = {mark.format.background().color().name() for mark in tokens.detail.view.extraSelections()}
    assert heat
    assert heat <= {QColor(colour).name() for colour in tokens.theme.colours.heat}


def test_a_token_tells_its_probability_where_one_points(tokens: MainWindow) -> None:
    view = tokens.detail.view
    place = view.viewport().mapFrom(view, view.cursorRect(view.textCursor()).center()) + QPoint(3, 0)
    event = QHelpEvent(
        QEvent.Type.ToolTip, view.mapFromGlobal(view.viewport().mapToGlobal(place)), view.viewport().mapToGlobal(place)
    )
    QApplication.sendEvent(view, event)
    assert "log probability" in QToolTip.text()
    assert "%" in QToolTip.text()


def test_tokens_that_were_read_late_are_not_shown_for_another_answer(program: Program, qtbot: QtBot) -> None:
    detail = program.window.detail
    slow, other = (outlined(with_tokens(words)) for words in (("slow", "ly"), ("other",)))
    detail.show_row(slow, slow.root)
    with qtbot.waitSignal(detail.tokens_wanted) as wanted:
        detail.show_tab(TOKENS)
    assert wanted.args is not None
    (logprobs,) = wanted.args
    assert isinstance(logprobs, JsonNode)
    detail.show_tab(TEXT)
    detail.show_row(other, other.root)
    detail.show_tokens(logprobs, read_tokens(logprobs))
    detail.show_tab(TOKENS)
    qtbot.waitUntil(lambda: detail.view.source != "")
    assert detail.view.source == "other"


def with_tokens(words: tuple[str, ...]) -> dict[str, object]:
    body = completion(content="".join(words))
    entries = [{"token": word, "logprob": -0.5, "bytes": list(word.encode()), "top_logprobs": []} for word in words]
    body["choices"][0]["logprobs"] = {"content": entries, "refusal": None}
    return body


def test_log_probabilities_without_tokens_are_read_once(window: MainWindow, session: Session, qtbot: QtBot) -> None:
    show(window, session, qtbot, "logprobs.json")
    window.detail.show_tab(TOKENS)
    wanted: list[object] = []
    window.detail.tokens_wanted.connect(wanted.append)
    window.detail.show_tokens(window.detail._logprobs, None)
    assert wanted == []
    assert window.detail.view.source == ""


def test_a_view_that_is_not_offered_is_not_shown(calls: MainWindow) -> None:
    calls.detail.show_tab(TOKENS)
    assert calls.detail.tab == TEXT


def test_the_message_of_a_finding_has_room_in_a_narrow_window(calls: MainWindow, qtbot: QtBot) -> None:
    header = calls.findings.table.horizontalHeader()
    wide = [header.sectionSize(column) for column in (SEVERITY, PLACE, RULE)]
    header.resizeSection(RULE, 170)
    calls.resize(520, 700)
    qtbot.waitUntil(lambda: calls.findings.width() < 600)
    assert header.sectionSize(MESSAGE) >= header.sectionSize(PLACE)
    assert header.sectionSize(RULE) == 170
    calls.resize(1200, 700)
    qtbot.waitUntil(lambda: calls.findings.width() > 1000)
    assert [header.sectionSize(column) for column in (SEVERITY, PLACE)] == wide[:2]

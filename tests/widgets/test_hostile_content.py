"""Content from a stranger is only ever text: nothing in it is drawn, loaded or followed, and nothing holds the window up.

Every string of an answer, its headers and its ID are replaced by markup that names a canary file; then everything is
looked at that can be looked at, and the kernel tells whether the canary was opened.
"""

import json
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt
from PySide6.QtGui import QHelpEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLabel, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from inspector.core.inputs import BaseUrl
from inspector.core.profile import Profile
from inspector.core.secret import Secret
from inspector.core.window_options import WindowOptions
from inspector.main import Program
from inspector.viewmodels.services import Services
from inspector.widgets.detail_pane import CONVERSATION, TOKENS
from inspector.widgets.main_window import TITLE
from tests.fault_server import FaultServer, Link
from tests.inspections import call, completion
from tests.live_services import demo_services
from tests.sessions import opened, shown
from tests.viewmodels.model_checks import indexes
from tests.widgets.conftest import OpenProgram
from tests.widgets.opened_files import OpenWatch

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the kernel's word is asked by inotify")

CANARY = "canary.png"
IMAGE = f'<img src="{CANARY}">'
TABLES = "<table><tr><td>" * 20 + "x"
"""Twenty levels take Qt's layout of rich text many minutes; each level doubles the time."""
PAYLOADS = {
    "nested tables": f"<qt>{TABLES}{IMAGE}",
    "all the rest": f'[*] <b>{IMAGE}</b> <a href="file:///etc/passwd">https://good</a> ![]({CANARY}) [good](file:///etc/passwd)'
    f'<p style="background-image:url({CANARY})">x</p><link rel="stylesheet" href="{CANARY}"> &lt; [*]',
}
STALL = 0.5
"""Seconds of this thread's own work that one thing to look at may take."""


def completion_of(text: str) -> bytes:
    """An answer with something in every place that the window treats in its own way."""
    token = {"token": text, "logprob": -0.1, "bytes": None, "top_logprobs": []}
    source = {"type": "url_citation", "url_citation": {"start_index": 0, "end_index": 1, "url": text, "title": text}}
    body = completion(
        content=text,
        refusal=text,
        tool_calls=[call(text, text), call(json.dumps({text: text}), text, 1), call(json.dumps(text), text, 2)],
        function_call={"name": text, "arguments": f'{{"{text}'},
        annotations=[source],
        audio={"id": text, "data": text, "transcript": text},
        reasoning_content=text,
    )
    body["choices"][0] |= {"finish_reason": text, "logprobs": {"content": [token], "refusal": None}}
    return json.dumps(
        body | {"id": text, "model": text, "created": text, "service_tier": text, text: {text: text}}
    ).encode()


@pytest.fixture
def canary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[OpenWatch]:
    """The file that every payload names, where a relative name leads to it."""
    monkeypatch.chdir(tmp_path)
    image = QImage(8, 8, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    assert image.save(CANARY)
    with OpenWatch(tmp_path / CANARY) as watch:
        yield watch


def test_the_canary_sings_where_rich_text_is_drawn(canary: OpenWatch, qtbot: QtBot) -> None:
    label = QLabel(IMAGE)
    qtbot.addWidget(label)
    with qtbot.waitExposed(label):
        label.show()
    assert canary.seen


class Looking:
    """Looks at one thing after the other, and notes how long this thread works for each."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.longest = 0.0
        self.texts: set[str] = set()

    def at(self, act: Callable[[], object]) -> None:
        begin = time.thread_time()
        act()
        QApplication.processEvents()
        self.longest = max(self.longest, time.thread_time() - begin)

    def at_everything(self) -> None:
        """Every row in every view, every finding, every line of the list, and the tooltips of all that there is."""
        window = self.program.window
        self.at(window.structure.expandAll)
        for index in list(indexes(window.structure.model())):
            if index.column() == 0:
                self.at(lambda index=index: window.structure.setCurrentIndex(index))  # type: ignore[misc]
                for tab in range(len(window.detail.tab_names)):
                    self.at(lambda tab=tab: window.detail.show_tab(tab))  # type: ignore[misc]
                    self.texts.add(window.detail.view.toPlainText())
        for view in (window.findings.table, window.completions.table):
            for row in range(view.model().rowCount()):
                self.at(lambda view=view, row=row: view.selectRow(row))  # type: ignore[misc]
        for widget in window.findChildren(QWidget):
            self.hover(widget, QPoint(2, 2))
        for items in (window.structure, window.findings.table, window.completions.table):
            for index in list(indexes(items.model()))[:60]:
                self.hover_item(items, index)
        self.at(window.grab)

    def hover_item(self, view: QAbstractItemView, index: QModelIndex) -> None:
        view.scrollTo(index)
        self.hover(view.viewport(), view.visualRect(index).center())

    def hover(self, widget: QWidget, place: QPoint) -> None:
        event = QHelpEvent(QEvent.Type.ToolTip, place, widget.mapToGlobal(place))
        self.at(lambda: QApplication.sendEvent(widget, event))
        assert "<img" not in QToolTip.text()
        assert "<table" not in QToolTip.text()


def labels() -> list[QLabel]:
    return [
        label
        for window in QApplication.topLevelWidgets()
        for label in [window, *window.findChildren(QLabel)]
        if isinstance(label, QLabel) and label.metaObject().className() != "QTipLabel"
    ]


def assert_only_text(looking: Looking, canary: OpenWatch) -> None:
    assert not canary.seen
    guessed = [label.text() for label in labels() if label.text() and label.textFormat() is not Qt.TextFormat.PlainText]
    assert guessed == []
    assert looking.longest < STALL
    assert looking.program.window.windowTitle() == TITLE


payloads = pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS.keys())


@pytest.mark.fault(row="markup, links, paths")
@payloads
def test_an_answer_full_of_markup_is_only_text(
    program: Program, canary: OpenWatch, qtbot: QtBot, tmp_path: Path, payload: str
) -> None:
    path = tmp_path / "<b>answer<img src=canary.png>.json"
    path.write_bytes(completion_of(payload))
    opened(program.session, qtbot, path)
    looking = Looking(program)
    looking.at_everything()
    assert payload in looking.texts, "it was shown, as it is"
    assert_only_text(looking, canary)


@payloads
def test_a_token_of_markup_is_only_text_in_its_tooltip(
    program: Program, canary: OpenWatch, qtbot: QtBot, tmp_path: Path, payload: str
) -> None:
    path = tmp_path / "answer.json"
    path.write_bytes(completion_of(payload))
    opened(program.session, qtbot, path)
    detail = program.window.detail
    detail.show_tab(TOKENS)
    qtbot.waitUntil(lambda: detail.view.source == payload)
    looking = Looking(program)
    looking.hover(detail.view, QPoint(30, 20))
    assert "log probability" in QToolTip.text()
    assert_only_text(looking, canary)


@payloads
def test_a_conversation_of_markup_is_only_text(
    program: Program, canary: OpenWatch, qtbot: QtBot, tmp_path: Path, payload: str
) -> None:
    image = {"type": "image_url", "image_url": {"url": CANARY}}
    prompt = [
        {"role": payload, "name": payload, "content": [{"type": "text", "text": payload}, image, {"type": payload}]}
    ]
    path = tmp_path / "answer.json"
    path.write_bytes(json.dumps(json.loads(completion_of(payload)) | {"input_messages": prompt}).encode())
    opened(program.session, qtbot, path)
    detail = program.window.detail
    detail.show_tab(CONVERSATION)
    qtbot.waitUntil(lambda: detail.conversation.view.turns is not None)
    looking = Looking(program)
    looking.at(program.window.grab)
    for turn in range(2):
        looking.at(lambda turn=turn: detail.conversation.view.choose(turn))  # type: ignore[misc]
        looking.at(detail.render_markdown)
        qtbot.waitUntil(lambda: detail.conversation.is_rendered)
        looking.at(program.window.grab)
    assert detail.conversation.view.toPlainText().count(IMAGE) >= 4
    assert_only_text(looking, canary)


@payloads
def test_a_rendered_message_of_markup_is_only_text(
    program: Program, canary: OpenWatch, qtbot: QtBot, tmp_path: Path, payload: str
) -> None:
    path = tmp_path / "answer.json"
    path.write_bytes(completion_of(payload))
    opened(program.session, qtbot, path)
    detail, structure = program.window.detail, program.window.structure
    assert structure.outline is not None
    structure.select(structure.outline.find("/choices/0/message/content"))
    looking = Looking(program)
    looking.at(detail.render_markdown)
    qtbot.waitUntil(lambda: detail.page is detail.prose.rendered)
    looking.hover(detail.prose.rendered.viewport(), QPoint(30, 20))
    looking.at(program.window.grab)
    assert IMAGE in detail.prose.rendered.toPlainText()
    assert_only_text(looking, canary)


class Stranger:
    """A server that says `payload` wherever it can."""

    def __init__(self, status: str, body: bytes, payload: str) -> None:
        self.server = FaultServer(default=self.answer)
        self._status, self._body, self._payload = status, body, payload

    def answer(self, link: Link) -> None:
        said = (f"X-Request-Id: {self._payload}", f"X-Other: {self._payload}", "Content-Type: application/json")
        link.reply(self._body, *said, status=f"{self._status} {self._payload}")

    def services(self) -> Services:
        url = BaseUrl(self.server.url(), "")
        services = demo_services(base_url=url, profile=Profile("demo", url))
        services.session_keys.hold("demo", url, Secret("sk-0123456789"))
        return services


@payloads
@pytest.mark.parametrize("status", ["200", "404"])
def test_an_error_full_of_markup_is_only_text(
    open_program: OpenProgram, canary: OpenWatch, qtbot: QtBot, status: str, payload: str
) -> None:
    error = {"error": {"message": payload, "type": payload, "code": payload, "param": payload}, "choices": None}
    stranger = Stranger(status, json.dumps(error).encode(), payload)
    with stranger.server:
        program = open_program(stranger.services, WindowOptions())
        program.session.fetch('<img/src="canary.png">')
        assert shown(program.session, qtbot).problem is not None
        assert program.window.detail.banner.isVisible()
        looking = Looking(program)
        looking.at_everything()
        assert_only_text(looking, canary)
        program.window.close()


@payloads
def test_a_rejected_text_full_of_markup_is_only_text(program: Program, canary: OpenWatch, payload: str) -> None:
    looking = Looking(program)
    field = program.window.id_bar.field
    looking.at(lambda: field.setText(f"call_0123abc {payload}"))
    looking.at(lambda: QTest.keyClick(field, Qt.Key.Key_Return))
    looking.at(lambda: program.session.reject(payload))
    looking.at(lambda: program.faults.report(RuntimeError(payload)))
    looking.at_everything()
    assert_only_text(looking, canary)

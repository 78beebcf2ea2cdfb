"""The text of the detail pane: what is copied is what was sent, and marks stand on the exact character."""

from collections.abc import Callable, Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QClipboard, QGuiApplication, QTextCursor, QTextLayout
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from inspector.core.readings.detail import Reading
from inspector.core.visible_text import LINE_LIMIT, shown
from inspector.widgets.content_view import ContentView
from inspector.widgets.theme import DARK, LIGHT, Theme

CONTROL = Qt.KeyboardModifier.ControlModifier
KEEP = QTextCursor.MoveMode.KeepAnchor
LONG_LINE = "The quick brown 🦊 jumps " * 800
TEXTS = {
    "empty": "",
    "ascii": "plain\ntext\n",
    "tabs and trailing newlines": "\ta\t\n\n\n",
    "carriage returns": "a\rb\r\nc\n\rd\r",
    "no-break spaces": "a\u00a0b\u202fc\u2007d",
    "separators": "a\u2028b\u2029c\x85d\x0be\x0cf\x1cg\x1ed",
    "noncharacters": "a\ufdd0b\ufdd1c\ufffed\uffffe",
    "nul and controls": "a\x00b\x01c\x1b[31md\x7fe",
    "byte order mark": "\ufeffa\ufeff",
    "lone surrogates": "a\ud83db\ude00c\udfff",
    "emoji": "👩🏽\u200d🚀 🇪🇺 e\u0301 🏴\U000e0067\U000e0062\U000e007f",
    "directions": "\u202eevil\u202c \u2066a\u2069 \u200fb \u061crtl",
    "zero width": "a\u200bb\u200cc\u2060d\u00ade\u034ff",
    "stand-ins as text": "⟦NBSP⟧ ␀ ⏎ ⟦U+D83D⟧",
    "html": "<img src=x onerror=alert(1)> <b>a</b> &amp; [*] %n",
    "zalgo": "Ṱ̺̺̕o͞ ̷i̲̬͇̪͙n̝̗͕v̟̜̘̦͟o̶̙̰̠kè͚̮̺̪̹̱̤",
    "long line": LONG_LINE,
    "long line of stand-ins": "\u200b\ud800" * 3000,
}
every_text = pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
revealing = pytest.mark.parametrize("reveal", [True, False], ids=["revealed", "plain"])


@pytest.fixture
def view(theme: Theme, qtbot: QtBot) -> Iterator[ContentView]:
    made = ContentView(theme)
    qtbot.addWidget(made)
    made.resize(600, 300)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    QGuiApplication.clipboard().clear()


def selected(view: ContentView, begin: int, end: int) -> str:
    """What the view says is selected, once the characters from `begin` to `end` of the source are."""
    places = shown(view.source, reveal=view.reveals)
    cursor = view.textCursor()
    cursor.setPosition(places.to_shown_utf16(begin))
    cursor.setPosition(places.to_shown_utf16(end), KEEP)
    view.setTextCursor(cursor)
    return view.selected_source()


def copied(view: ContentView) -> QMimeData:
    """What the keys for “select all” and “copy” bring into the clipboard."""
    QGuiApplication.clipboard().clear()
    QTest.keyClick(view, Qt.Key.Key_A, CONTROL)
    QTest.keyClick(view, Qt.Key.Key_C, CONTROL)
    return QGuiApplication.clipboard().mimeData()


@revealing
@every_text
def test_the_whole_selection_is_the_text_as_sent(view: ContentView, text: str, reveal: bool) -> None:
    view.reveal(reveal)
    view.show_reading(Reading(text))
    view.selectAll()
    assert view.selected_source() == text
    assert view.source == text


@revealing
@every_text
def test_every_character_can_be_selected_alone(view: ContentView, text: str, reveal: bool) -> None:
    view.reveal(reveal)
    view.show_reading(Reading(text))
    for at in range(0, len(text), 1 + len(text) // 40):
        assert selected(view, at, at + 1) == text[at]


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=40), reveal=st.booleans(), data=st.data())
def test_any_part_of_any_text_can_be_selected(view: ContentView, text: str, reveal: bool, data: st.DataObject) -> None:
    view.reveal(reveal)
    view.show_reading(Reading(text))
    begin = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(begin, len(text)))
    assert selected(view, begin, end) == text[begin:end]


def in_clipboard(text: str) -> str:
    """Lone surrogates are what a clipboard cannot hold: they are spelled as JSON spells them."""
    return "".join(f"\\u{ord(char):04x}" if "\ud800" <= char <= "\udfff" else char for char in text)


@revealing
@pytest.mark.parametrize("text", [text for text in TEXTS.values() if text], ids=[name for name in TEXTS if TEXTS[name]])
def test_copying_brings_the_text_as_sent_and_nothing_else(view: ContentView, text: str, reveal: bool) -> None:
    view.reveal(reveal)
    view.show_reading(Reading(text))
    data = copied(view)
    assert data.formats() == ["text/plain"]
    assert bytes(data.data("text/plain").data()) == in_clipboard(text).encode()


def test_what_the_mouse_selects_is_as_sent_too(view: ContentView) -> None:
    view.show_reading(Reading("a\u00a0b\u2028c"))
    left, corner = Qt.MouseButton.LeftButton, QPoint(view.viewport().width() - 1, view.viewport().height() - 1)
    QTest.mousePress(view.viewport(), left, pos=QPoint(1, 1))
    QTest.mouseMove(view.viewport(), corner)
    QTest.mouseRelease(view.viewport(), left, pos=corner)
    assert view.selected_source() == "a\u00a0b\u2028c"
    clipboard = QGuiApplication.clipboard()
    if clipboard.supportsSelection():  # where the middle button pastes what is selected
        assert clipboard.text(QClipboard.Mode.Selection) == "a\u00a0b\u2028c"


def test_a_long_line_is_broken_on_the_screen_and_whole_in_the_clipboard(view: ContentView) -> None:
    view.show_reading(Reading(LONG_LINE))
    assert view.blockCount() > len(LONG_LINE) // LINE_LIMIT
    assert "\n" not in copied(view).text()


@revealing
@pytest.mark.parametrize(
    ("before", "character", "seen"),
    [
        ("{", "'", {True: "'", False: "'"}),
        ('{"🙈é日": ', "T", {True: "T", False: "T"}),
        ("🏴🏴\ud83d\u00a0\u200b\x00", "🙈", {True: "🙈", False: "🙈"}),
        ('{"a": "', "\x01", {True: "␁", False: "␁"}),
        ('{"a":', "\u00a0", {True: "⟦NBSP⟧", False: "\u00a0"}),
        ("x" * (LINE_LIMIT + 7), "!", {True: "!", False: "!"}),
        ('{"a": 1}\r\n', "}", {True: "}", False: "}"}),
    ],
)
def test_the_fault_is_marked_on_its_character(
    view: ContentView, before: str, character: str, seen: dict[bool, str], reveal: bool
) -> None:
    view.reveal(reveal)
    view.show_reading(Reading(f"{before}{character} and more 🙈", is_json=True, fault=len(before)))
    marks = view.extraSelections()
    assert [mark.cursor.selectedText() for mark in marks] == [seen[reveal]]
    assert marks[0].cursor.selectionStart() == shown(view.source, reveal=reveal).to_shown_utf16(len(before))


def test_the_mark_of_the_fault_can_be_told_from_the_text_around_it(view: ContentView, theme: Theme) -> None:
    view.show_reading(Reading("{'a'}", is_json=True, fault=1))
    (mark,) = view.extraSelections()
    style = mark.format
    assert style.background().color().name() == theme.colours.error
    assert style.foreground().color().name() == theme.colours.base
    assert style.fontWeight() > 400


def test_the_value_that_was_chosen_is_marked_in_the_raw_body(view: ContentView) -> None:
    body = '{"🙈": "日本", "b": [1, 2]}'
    begin, end = body.index("["), body.index("]") + 1
    view.show_reading(Reading(body, chosen=(begin, end)))
    assert [mark.cursor.selectedText() for mark in view.extraSelections()] == ["[1, 2]"]


def test_marks_follow_the_theme_and_the_stand_ins(view: ContentView, theme: Theme) -> None:
    view.show_reading(Reading("\u00a0{'a'}", is_json=True, fault=2))
    theme.prefer("dark")
    view.reveal(True)
    mark = view.extraSelections()[0]
    assert mark.cursor.selectedText() == "'"
    assert mark.format.background().color().name() == theme.colours.error


def end_colours(view: ContentView) -> set[str]:
    """The colours right of the last character."""
    cursor = QTextCursor(view.document())
    cursor.movePosition(QTextCursor.MoveOperation.End)
    place = view.cursorRect(cursor)
    image = view.viewport().grab().toImage()
    scale = image.devicePixelRatio()
    return {
        image.pixelColor(QPoint(int((place.left() + dx) * scale), int(place.center().y() * scale))).name()
        for dx in range(2, 9)
    }


@pytest.mark.parametrize("text", ['{"city": "Os', '{"🙈": ', "", '{"a": 1,\n'])
def test_a_text_that_ends_too_early_has_a_mark_where_more_was_due(view: ContentView, theme: Theme, text: str) -> None:
    view.show_reading(Reading(text, is_json=True, fault=len(text)))
    assert view.extraSelections() == []
    assert theme.colours.error_back in end_colours(view)
    view.show_reading(Reading(text, is_json=True))
    assert theme.colours.error_back not in end_colours(view)


def coloured(view: ContentView, qtbot: QtBot) -> list[tuple[str, str]]:
    """What is painted, once it is: the colours come when the event loop turns."""
    qtbot.waitUntil(lambda: painted(view) != [])
    return painted(view)


def painted(view: ContentView) -> list[tuple[str, str]]:
    """The coloured pieces of the text, with their colours."""
    pieces = []
    block = view.document().begin()
    while block.isValid():
        units = block.text().encode("utf-16-le", "surrogatepass")
        for piece in block.layout().formats():
            assert isinstance(piece, QTextLayout.FormatRange)
            text = units[2 * piece.start : 2 * (piece.start + piece.length)].decode("utf-16-le", "surrogatepass")
            pieces.append((text, piece.format.foreground().color().name()))
        block = block.next()
    return pieces


def test_json_is_coloured_by_what_its_parts_are(view: ContentView, qtbot: QtBot, theme: Theme) -> None:
    view.show_reading(Reading('{"🙈": "日\\"本",\n "n": [-1.5e3, true, null]}', is_json=True))
    colours = theme.colours
    assert coloured(view, qtbot) == [
        ('"🙈"', colours.key),
        ('"日\\"本"', colours.string),
        ('"n"', colours.key),
        ("-1.5e3", colours.number),
        ("true", colours.literal),
        ("null", colours.literal),
    ]


def test_a_string_that_was_broken_goes_on_as_a_string(view: ContentView, qtbot: QtBot, theme: Theme) -> None:
    view.show_reading(Reading(f'{{"a": "{"true 1 " * 1000}", "b": 2}}', is_json=True))
    pieces = coloured(view, qtbot)
    strings = [text for text, colour in pieces if colour == theme.colours.string]
    assert "".join(strings) == f'"{"true 1 " * 1000}"'
    assert pieces[-1] == ("2", theme.colours.number)


def test_what_follows_the_fault_is_no_json_any_more(view: ContentView, qtbot: QtBot, theme: Theme) -> None:
    text = '{"🙈": 1} trailing 2 "3"'
    view.show_reading(Reading(text, is_json=True, fault=text.index("trailing")))
    assert coloured(view, qtbot) == [('"🙈"', theme.colours.key), ("1", theme.colours.number)]


def test_the_colours_of_json_follow_the_theme(view: ContentView, qtbot: QtBot, theme: Theme) -> None:
    view.show_reading(Reading("[1]", is_json=True))
    assert coloured(view, qtbot) == [("1", LIGHT.number)]
    theme.prefer("dark")
    assert coloured(view, qtbot) == [("1", DARK.number)]


def test_what_is_no_json_is_not_coloured(view: ContentView, qtbot: QtBot) -> None:
    view.show_reading(Reading('{"a": 1}', is_json=True))
    assert coloured(view, qtbot)
    view.show_reading(Reading('{"a": 1}'))
    assert painted(view) == []


@pytest.mark.parametrize("at", [0, 1, 5, 9])
def test_a_click_tells_the_character_under_it(view: ContentView, qtbot: QtBot, at: int) -> None:
    text = "a🙈\u200bb\u00a0🏴xyz\x00!"
    view.reveal(True)
    view.show_reading(Reading(text))
    cursor = view.textCursor()
    cursor.setPosition(shown(text, reveal=True).to_shown_utf16(at))
    place = view.cursorRect(cursor).center() + QPoint(2, 0)
    with qtbot.waitSignal(view.pointed) as pointed:
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert pointed.args == [at]


def test_dragging_over_text_points_nowhere(view: ContentView, qtbot: QtBot) -> None:
    view.show_reading(Reading("some text to select"))
    view.selectAll()
    with qtbot.assertNotEmitted(view.pointed):
        QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(20, 20))


@pytest.mark.parametrize(
    "type_in",
    [
        lambda view: QTest.keyClicks(view, "typed"),
        lambda view: QTest.keyClick(view, Qt.Key.Key_V, CONTROL),
        lambda view: QTest.keyClick(view, Qt.Key.Key_Delete),
    ],
    ids=["typing", "pasting", "deleting"],
)
def test_nothing_can_be_typed_into_it(view: ContentView, type_in: Callable[[ContentView], None]) -> None:
    QGuiApplication.clipboard().setText("pasted")
    view.show_reading(Reading("as sent"))
    view.selectAll()
    type_in(view)
    assert view.toPlainText() == "as sent"
    assert not view.acceptDrops() or view.isReadOnly()


def test_long_lines_wrap_or_do_not(view: ContentView) -> None:
    view.show_reading(Reading("word " * 200))
    view.wrap(False)
    assert not view.wraps
    assert view.horizontalScrollBar().maximum() > 0
    view.wrap(True)
    assert view.wraps
    assert view.horizontalScrollBar().maximum() == 0

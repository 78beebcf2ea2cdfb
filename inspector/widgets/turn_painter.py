"""Paints turns of a conversation, and remembers what stands where: what is copied, unfolded or shown is found by its place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, assert_never

from PySide6.QtGui import QColor, QTextBlockFormat, QTextCharFormat, QTextCursor

from inspector.widgets.painted_text import BAR, BAR_BEGINS
from inspector.widgets.text_pen import TextPen

if TYPE_CHECKING:
    from inspector.core.markdown.blocks import Rendering
    from inspector.core.readings.shown_turn import Attached, Called, Line, Piece, Said, ShownTurn, Tone
    from inspector.core.visible_text import Shown
    from inspector.widgets.theme import Colours

FOLDED = (2_000, 30)
"""Characters and lines of a text that are shown unless more is asked for."""
BRIEF = (200, 3)
"""The same once a turn has filled its room."""
STEP = (16 * 1024, 800)
"""Characters and lines that are shown more each time that it is asked for."""
TURN_ROOM = 12_000
_PER_LINE = 60
_PER_PIECE = 300
_DECODED = 32
_INSET = 14
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_END_MARK = "▌"
"""Stands behind a text that ends too early, where more was due."""
_MOST_BLOCKS = 200
_BLOCK = 64 * 1024
_TONE_SIGNS = {"plain": "", "good": "✓ ", "warning": "▲ ", "error": "✗ "}


@dataclass(frozen=True, slots=True)
class Stretch:
    """What stands between two positions of the document.

    `places` maps positions to characters of `source` where these are shown one for one; elsewhere they stand for all of it. What
    `source` has beyond them is the line break behind. `action` is what a click there asks for: more of the text, or the picture.
    """

    start: int
    end: int
    turn: int
    piece: int
    source: str = ""
    places: Shown | None = None
    action: str = ""

    def selected(self, start: int, end: int) -> str:
        """What is copied of it where the positions from `start` to `end` are selected: text as sent."""
        if self.places is None:
            return self.source
        first = self.places.to_source(start - self.start)
        return self.source[first : len(self.source) if end > self.end else self.places.to_source(end - self.start)]


class TurnPainter:
    """`unfolded` tells how often more of a piece was asked for, `rendered` has the Markdown of those to be rendered.

    `effort` grows with what is painted, roughly as the time that it takes: a thousand are some two milliseconds.
    """

    def __init__(
        self,
        pen: TextPen,
        unfolded: Mapping[tuple[int, int], int],
        rendered: Mapping[tuple[int, int], Rendering],
    ) -> None:
        self.stretches: list[Stretch] = []
        self.effort = 0
        self._pen = pen
        self._unfolded = unfolded
        self._rendered = rendered
        self._turn = self._began_at = 0
        self._bar = ""

    def paint(self, number: int, turn: ShownTurn) -> int:
        """The turn behind what is there; returns the position of its head."""
        self._turn, self._began_at = number, self.effort
        self._bar = role_colour(self._pen.colours, turn.role)
        style = self._style(top=18 if number else 4, bottom=4)
        style.setProperty(BAR_BEGINS, True)  # noqa: FBT003 - Qt takes it by position only
        self._pen.open(style)
        head = self._pen.cursor.position()
        self._pen.write(turn.title, self._pen.plain(self._bar, bold=True))
        facts = f"   {turn.facts}" if turn.facts else ""
        self._pen.write(f"  {number + 1:,}{facts}", self._pen.plain(self._pen.colours.muted))
        for at, piece in enumerate(turn.pieces):
            self.effort += _PER_PIECE
            self._paint_piece(at, piece)
        return head

    def _paint_piece(self, at: int, piece: Piece) -> None:
        from inspector.core.readings.shown_turn import Attached, Called, Line, Said

        match piece:
            case Said():
                self._paint_said(at, piece)
            case Line():
                self._paint_line(piece)
            case Called():
                self._paint_called(piece)
            case Attached():
                self._paint_attached(at, piece)
            case _:
                assert_never(piece)

    def _paint_line(self, line: Line) -> None:
        self._pen.open(self._style(top=2, bottom=2))
        self._pen.write(
            f"{_TONE_SIGNS[line.tone]}{line.words}", self._pen.plain(tone_colour(self._pen.colours, line.tone))
        )

    def _paint_called(self, called: Called) -> None:
        self._pen.open(self._style(top=8, bottom=0))
        self._pen.write("calls  ", self._pen.plain(self._pen.colours.muted))
        self._pen.write(called.name, self._pen.fixed(bold=True))
        if called.id:
            self._pen.write(f"   {called.id}", self._pen.plain(self._pen.colours.muted))

    def _paint_attached(self, at: int, attached: Attached) -> None:
        self._pen.open(self._style(top=4, bottom=0))
        self._pen.write(f"▣ {attached.words}", self._pen.plain(self._pen.colours.text))
        if attached.address:
            self._pen.open(self._style(top=0, bottom=4))
            look = self._pen.plain(self._pen.colours.muted)
            self._write_source(at, attached.address[: FOLDED[0]], attached.address, look, one_for_one=False)
        if attached.picture is not None:
            self._write_action(at, "Show the image", "picture")

    def _paint_said(self, at: int, said: Said) -> None:
        if said.label:
            self._pen.open(self._style(top=6, bottom=0))
            self._pen.write(said.label, self._pen.plain(self._pen.colours.muted))
        rendering = self._rendered.get((self._turn, at))
        if rendering is not None:
            self._paint_rendered(at, said, rendering)
            return
        shown, has_more = said.beginning(*self._room(at))
        self.effort += len(said.text) // _DECODED
        style = self._style(top=3, bottom=3)
        if said.is_code:
            style.setBackground(QColor(self._pen.colours.window))
        look = self._pen.fixed() if said.is_code else self._pen.plain(self._pen.colours.text)
        is_exact = said.layout is None
        for begin, end, following in _blocks(shown):
            self._pen.open(style)
            start = self._pen.cursor.position()
            source = shown[begin:following] if is_exact else said.text
            self._write_source(at, shown[begin:end], source, look, one_for_one=is_exact)
            if is_exact and said.fault is not None and begin <= said.fault < end:
                self._mark_fault(start, self.stretches[-1], said.fault - begin)
        if said.fault is not None and said.fault >= len(said.text) and not has_more:
            self._pen.write(_END_MARK, self._pen.fixed(self._pen.colours.error))  # of ours: it is in no stretch
        if has_more:
            self._write_action(at, more_words(said), "more")

    def _room(self, at: int) -> tuple[int, int]:
        """The characters and lines that are shown of a piece."""
        steps = self._unfolded.get((self._turn, at), 0)
        if steps:
            return steps * STEP[0], steps * STEP[1]
        return FOLDED if self.effort - self._began_at < TURN_ROOM else BRIEF

    def _paint_rendered(self, at: int, said: Said, rendering: Rendering) -> None:
        from inspector.widgets.markdown_painter import MarkdownPainter

        self._pen.open(self._style(top=2, bottom=0))
        self._pen.write("Rendered: not the exact text", self._pen.plain(self._pen.colours.warning))
        start = self._pen.cursor.position() + 1
        painter = MarkdownPainter(self._pen, self._style(top=0, bottom=0))
        for block in rendering.blocks:
            painter.paint(block)
        self.stretches.append(Stretch(start, self._pen.cursor.position(), self._turn, at, said.text))

    def _write_source(self, at: int, text: str, source: str, look: QTextCharFormat, *, one_for_one: bool) -> None:
        """Writes text that is copied as `source`: character by character, or all of it for any part."""
        start = self._pen.cursor.position()
        shown = self._pen.write(text, look)
        self.effort += (len(text) if text.isascii() else 4 * len(text)) + _PER_LINE * text.count("\n")
        places = shown if one_for_one else None
        self.stretches.append(Stretch(start, self._pen.cursor.position(), self._turn, at, source, places))

    def _write_action(self, at: int, words: str, action: str) -> None:
        self._pen.open(self._style(top=1, bottom=4))
        start = self._pen.cursor.position()
        self._pen.write(words, self._pen.plain(self._pen.colours.info))
        self.stretches.append(Stretch(start, self._pen.cursor.position(), self._turn, at, action=action))

    def _mark_fault(self, start: int, stretch: Stretch, offset: int) -> None:
        assert stretch.places is not None  # noqa: S101 - a text with a fault is shown as sent
        cursor = QTextCursor(self._pen.cursor)
        cursor.setPosition(start + stretch.places.to_shown_utf16(offset))
        cursor.setPosition(start + stretch.places.to_shown_utf16(offset + 1), QTextCursor.MoveMode.KeepAnchor)
        look = self._pen.fixed(self._pen.colours.base, bold=True)
        look.setBackground(QColor(self._pen.colours.error))
        cursor.mergeCharFormat(look)

    def _style(self, *, top: int, bottom: int) -> QTextBlockFormat:
        style = QTextBlockFormat()
        style.setLeftMargin(_INSET)
        style.setTopMargin(top)
        style.setBottomMargin(bottom)
        style.setProperty(BAR, self._bar)
        return style


def role_colour(colours: Colours, role: str) -> str:
    """The colour of the bar beside a turn, and of the word above it."""
    return {
        "user": colours.info,
        "assistant": colours.good,
        "tool": colours.key,
        "function": colours.key,
    }.get(role, colours.muted)


def tone_colour(colours: Colours, tone: Tone) -> str:
    """The colour of words of ours."""
    return {"good": colours.good, "warning": colours.warning, "error": colours.error}.get(tone, colours.muted)


def more_words(said: Said) -> str:
    """What unfolding would show of a text."""
    return f"Show all {said.size}" if len(said.text) <= STEP[0] else f"Show more of {said.size}"


def _blocks(text: str) -> list[tuple[int, int, int]]:
    """The ranges of the text that are set as blocks of their own, each with where the next one begins.

    Each block has one direction, so that lines that may run from right to left need one each. Elsewhere few blocks are quicker.
    """
    last = len(text)
    if _RIGHT_TO_LEFT.search(text) is None or text.count("\n") > _MOST_BLOCKS:
        return [(at, min(at + _BLOCK, last), min(at + _BLOCK, last)) for at in range(0, last, _BLOCK)]
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    ends = [following - 1 for following in starts[1:]] + [last]
    return list(zip(starts, ends, [*starts[1:], last], strict=True))

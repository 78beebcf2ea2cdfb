"""What the conversation view shows of one message: who speaks, and the pieces of what is said, in order.

Texts are exact. Where one is shown in another form (JSON laid out), its `text` stays what is copied.
"""

import re
from dataclasses import dataclass, field
from enum import StrEnum

from inspector.core.json.document import JsonNode, Kind
from inspector.core.json.pretty import pretty

_WIDTH = 72
_LINE_END = re.compile("\n")


class Tone(StrEnum):
    """How words of ours are meant."""

    PLAIN = "plain"
    GOOD = "good"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Said:
    """Somebody else's text. `fault` is the character where it stops being JSON; code is set in a fixed font.

    `layout` is the JSON value that the text holds, where that is to be laid out for reading. Of a very long text `text` is the
    beginning and `source` the value that holds all of it, for decoding that takes longer than a window may wait.
    """

    text: str = field(repr=False)
    label: str = ""
    is_code: bool = False
    fault: int | None = None
    layout: JsonNode | None = field(default=None, repr=False)
    source: JsonNode | None = field(default=None, repr=False)

    @property
    def whole(self) -> str:
        """All of the text, however long that takes."""
        if self.source is None:
            return self.text
        return self.source.string if self.source.kind is Kind.STRING else self.source.text

    @property
    def size(self) -> str:
        """How long it is, in words."""
        if self.source is None:
            return f"{len(self.text):,} characters"
        return f"{self.source.end - self.source.start:,} bytes"

    def beginning(self, characters: int, lines: int) -> tuple[str, bool]:
        """What is shown of it, up to so many characters and lines, and whether there is more."""
        layout = self.layout
        if self.source is not None:
            whole = self.source.beginning(characters + 1)
        else:
            whole = self.text if layout is None else pretty(layout.document, layout.index, characters, width=_WIDTH)
        end = min(characters, len(whole))
        for count, match in enumerate(_LINE_END.finditer(whole, 0, end), 1):
            if count == lines:
                end = match.start()
                break
        return whole[:end], end < len(whole)


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence or a few words of ours about what is said."""

    words: str
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class Called:
    """The head of a tool call; its verdict and its arguments follow as pieces of their own."""

    name: str
    id: str = ""


@dataclass(frozen=True, slots=True)
class Attached:
    """An image, a file or a sound that is not loaded. `address` is that of something elsewhere, as sent.

    `picture` is the string that holds an image itself, to be decoded when somebody asks to see it.
    """

    words: str
    address: str = ""
    picture: JsonNode | None = field(default=None, repr=False)


Piece = Said | Line | Called | Attached


@dataclass(frozen=True, slots=True)
class ShownTurn:
    """`role` as sent, `title` and `facts` in words."""

    role: str
    title: str
    facts: str
    pieces: tuple[Piece, ...]
    pointer: str | None = None
    """Into the body, where the turn stands there."""

    @property
    def text(self) -> str:
        """All that is said, as sent."""
        return "\n\n".join(piece.whole for piece in self.pieces if isinstance(piece, Said))

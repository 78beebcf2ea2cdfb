"""What the conversation view shows of one message: who speaks, and the pieces of what is said, in order.

Texts are exact. Where one is shown in another form (JSON laid out), its `text` stays what is copied.
"""

import re
from dataclasses import dataclass, field
from enum import StrEnum

from inspector.core.json.document import JsonNode
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

    `layout` is the JSON value that the text holds, where that is to be laid out for reading.
    """

    text: str = field(repr=False)
    label: str = ""
    is_code: bool = False
    fault: int | None = None
    layout: JsonNode | None = field(default=None, repr=False)

    def beginning(self, characters: int, lines: int) -> tuple[str, bool]:
        """What is shown of it, up to so many characters and lines, and whether there is more."""
        layout = self.layout
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
        return "\n\n".join(piece.text for piece in self.pieces if isinstance(piece, Said))

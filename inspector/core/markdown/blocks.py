"""What a Markdown text is made of, flat: how deep a block stands is a number in it, so nobody needs to recurse.

Everything is text. A link is its words and its target in brackets, an image a few words in brackets: there is nothing to load or
to follow.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Span:
    """Characters of one look. An `aside` is what stands beside the text: targets of links, what stands for an image."""

    text: str
    strong: bool = False
    emphasis: bool = False
    struck: bool = False
    code: bool = False
    aside: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where a block stands: in how many quotations and lists, and in which lines of the text (from, up to).

    `marker` is the bullet or number of a list item, on its first block only.
    """

    quotes: int = 0
    indent: int = 0
    marker: str = ""
    lines: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`level` is 1 to 6 for a heading, 0 otherwise. Line breaks are kept as sent."""

    place: Place
    spans: tuple[Span, ...]
    level: int = 0


@dataclass(frozen=True, slots=True)
class Code:
    """A code block, its text exact. `info` is what stands behind the fence, mostly the language."""

    place: Place
    text: str = field(repr=False)
    info: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells, the head first; a row may have fewer cells than others."""

    place: Place
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across."""

    place: Place


Block = Paragraph | Code | Table | Rule


@dataclass(frozen=True, slots=True)
class Rendering:
    """The blocks of a text, in order."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class StaysPlain:
    """The text is not rendered; `reason` is a sentence."""

    reason: str

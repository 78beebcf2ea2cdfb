"""Reads Markdown (CommonMark with tables and strikethrough) into blocks of text.

Context: a renderer is a way to hide things. HTML, comments, reference definitions, entities, cells beyond the last column and the
targets of links all vanish in common renderers, and deep nesting or long runs of marks can keep them busy for minutes.
Choice: the tokens of markdown-it-py and nothing of its rendering. HTML stays text, references and entities stay as spelled, targets
are shown. Then it is checked that every letter, digit and character beyond ASCII is still there, in order.
Price: a text that cannot be rendered within these bounds stays plain, and the reason is told.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, assert_never

from inspector.core.markdown.blocks import Block, Code, Paragraph, Rendering, Rule, StaysPlain, Table
from inspector.core.markdown.builder import Builder

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

LONGEST = 32 * 1024
"""Characters; the worst text of this length that was found takes three seconds, in the background."""
MOST_LINES = 3_000
MOST_BLOCKS = 1_000
MOST_CELLS = 2_000
DEEPEST = 24
# White space that the parser strips though it is none to CommonMark, what it replaces, and the beginning of an entity.
_KEPT_FROM_PARSER = "&\x00\x0b\x0c\r\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(
    map(chr, range(0x2000, 0x200B))
)
_PRIVATE_USE = 0xF0000
_TOGETHER = f"The texts of its message have more than {LONGEST:,} characters together."


def read_markdown(text: str) -> Rendering | StaysPlain:
    """`text` as blocks. Takes long where the text is long or hostile: to be called in a job."""
    if len(text) > LONGEST:
        return StaysPlain(f"It has more than {LONGEST:,} characters, which is the most that can be rendered.")
    if text.count("\n") > MOST_LINES:
        return StaysPlain(f"It has more than {MOST_LINES:,} lines.")
    reading = _read(text, tables=True)
    if isinstance(reading, Rendering) and not (_is_laid_out_soon(reading) and _holds_all(reading, text)):
        reading = _read(text, tables=False)  # cells beyond the last column are dropped by the rules of Markdown
    if isinstance(reading, Rendering) and not _holds_all(reading, text):
        return StaysPlain("Rendering would hide a part of it.")
    return reading


def read_all(texts: Mapping[int, str]) -> dict[int, Rendering | StaysPlain]:
    """Several texts of one message, up to the length that is read of one; the rest stays plain."""
    read: dict[int, Rendering | StaysPlain] = {}
    room = LONGEST
    for key, text in texts.items():
        room -= len(text)
        is_too_much = room < 0 and len(text) <= LONGEST
        read[key] = StaysPlain(_TOGETHER) if is_too_much else read_markdown(text)
    return read


def _read(text: str, *, tables: bool) -> Rendering | StaysPlain:
    aside = _placeholders(text)
    tokens = _parser(tables=tables).parse(text.replace("\r\n", "\n").translate(aside))
    if any(token.nesting > 0 and token.level >= DEEPEST - 1 for token in tokens):
        return StaysPlain(f"It nests {DEEPEST - 1} levels deep or deeper.")
    builder = Builder({ord(placeholder): chr(character) for character, placeholder in aside.items()})
    for token in tokens:
        builder.take(token)
        if len(builder.blocks) > MOST_BLOCKS:
            return StaysPlain(f"It has more than {MOST_BLOCKS:,} paragraphs and other parts.")
    return Rendering(tuple(builder.blocks))


@lru_cache(maxsize=2)
def _parser(*, tables: bool) -> "MarkdownIt":
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": DEEPEST})
    parser.enable(["strikethrough", "table"] if tables else ["strikethrough"])
    parser.disable(["normalize", "reference"])
    parser.normalizeLink = parser.normalizeLinkText = str  # type: ignore[method-assign,assignment]  # as sent
    return parser


def _placeholders(text: str) -> dict[int, str]:
    """A character that is not in the text for each that the parser must not see."""
    there = set(text)
    unused = (chr(code) for code in range(_PRIVATE_USE, 0x110000) if chr(code) not in there)
    return {ord(character): next(unused) for character in _KEPT_FROM_PARSER}


def _is_laid_out_soon(rendering: Rendering) -> bool:
    """Whether the tables are small: short rows are filled up to the columns of the head, so that few characters make many cells."""
    tables = (block for block in rendering.blocks if isinstance(block, Table))
    return sum(len(row) for table in tables for row in table.rows) <= MOST_CELLS


def _holds_all(rendering: Rendering, text: str) -> bool:
    """Whether all of `text` that can be no mark of Markdown is in the blocks, in order."""
    shown = (character for block in rendering.blocks for piece in _pieces(block) for character in piece)
    return all(character in shown for character in text.replace("\r\n", "\n") if _is_content(character))


def _is_content(character: str) -> bool:
    return character.isalnum() or (character not in "\n\t " and not "!" <= character <= "~")


def _pieces(block: Block) -> Iterator[str]:
    yield block.place.marker
    match block:
        case Paragraph():
            yield from (span.text for span in block.spans)
        case Code():
            yield from (block.info, block.text)
        case Table():
            yield from (cell for row in block.rows for cell in row)
        case Rule():
            pass
        case _:
            assert_never(block)

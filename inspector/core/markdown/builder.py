"""Makes blocks of the tokens of a Markdown parser."""

from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from inspector.core.hosts import host_of, host_words
from inspector.core.markdown.blocks import Block, Code, Paragraph, Place, Rule, Span, Table

if TYPE_CHECKING:
    from markdown_it.token import Token

_BULLET = "•"


class Builder:
    """Takes the tokens in order; `back` restores the characters that the parser was not shown."""

    def __init__(self, back: dict[int, str]) -> None:
        self.blocks: list[Block] = []
        self._back = back
        self._quotes = self._indent = self._level = 0
        self._marker = ""
        self._lines = self._table = (0, 0)
        self._rows: list[list[str]] = []
        self._in_cell = False

    def take(self, token: "Token") -> None:
        """One token of a block."""
        if token.map is not None:
            self._lines = (token.map[0], token.map[1])
        match token.type.removesuffix("_open").removesuffix("_close"):
            case "inline":
                self._take_inline(token)
            case "fence" | "code_block":
                text = self._restored(token.content)
                self.blocks.append(Code(self._place(), text.removesuffix("\n"), self._restored(token.info.strip())))
            case "hr":
                self.blocks.append(Rule(self._place()))
            case "blockquote":
                self._quotes += token.nesting
            case "bullet_list" | "ordered_list":
                self._indent += token.nesting
            case "heading":
                self._level = int(token.tag[1:]) if token.nesting > 0 else 0
            case "list_item":
                self._take_item(token)
            case part:
                self._take_table(part, token)

    def _take_item(self, token: "Token") -> None:
        if token.nesting > 0:
            self._marker = f"{self._restored(token.info)}{token.markup}" if token.info else _BULLET
        elif self._marker:  # an item with nothing in it
            self.blocks.append(Paragraph(self._place(), ()))

    def _take_table(self, part: str, token: "Token") -> None:
        match part:
            case "table" if token.nesting > 0:
                self._rows, self._table = [], self._lines
            case "table":
                place = replace(self._place(), lines=self._table)
                self.blocks.append(Table(place, tuple(map(tuple, self._rows))))
            case "tr" if token.nesting > 0:
                self._rows.append([])
            case "th" | "td":
                self._in_cell = token.nesting > 0

    def _take_inline(self, token: "Token") -> None:
        spans = _Inline().spans(token.children or [])
        looks = groupby((span for span in spans if span.text), lambda span: replace(span, text=""))
        restored = [replace(look, text=self._restored("".join(span.text for span in alike))) for look, alike in looks]
        if self._in_cell:
            self._rows[-1].append("".join(span.text for span in restored))
        else:
            self.blocks.append(Paragraph(self._place(), tuple(restored), self._level))

    def _place(self) -> Place:
        """The place of the next block; the marker of an item belongs to its first."""
        place = Place(self._quotes, self._indent, self._marker, self._lines)
        self._marker = ""
        return place

    def _restored(self, text: str) -> str:
        return text.translate(self._back)


class _Inline:
    """The spans of one paragraph."""

    def __init__(self) -> None:
        self._look = Span("")
        self._targets: list[str] = []

    def spans(self, tokens: "list[Token]") -> list[Span]:
        return [self._span(token) for token in tokens]

    def _span(self, token: "Token") -> Span:
        begins = token.nesting > 0
        match token.type:
            case "strong_open" | "strong_close":
                self._look = replace(self._look, strong=begins)
            case "em_open" | "em_close":
                self._look = replace(self._look, emphasis=begins)
            case "s_open" | "s_close":
                self._look = replace(self._look, struck=begins)
            case "code_inline":
                return replace(self._look, text=token.content, code=True)
            case "softbreak" | "hardbreak":
                return replace(self._look, text="\n")
            case "link_open":
                self._targets.append(_target(token, "href", is_said=token.markup == "autolink"))
            case "link_close":
                return Span(self._targets.pop(), aside=True)
            case "image":
                alt = f"image: {token.content}" if token.content else "image"
                return Span(f"[{alt} — {_address(str(token.attrs['src']))}{_title(token)}]", aside=True)
            case _:
                return replace(self._look, text=token.content)
        return Span("")


def _target(token: "Token", name: str, *, is_said: bool) -> str:
    """What stands behind the words of a link; of one whose words are its target only what they may hide."""
    url = str(token.attrs[name])
    if is_said:
        return "" if host_of(url).isascii() else f" [{host_words(url)}]"
    return f" [{_address(url)}{_title(token)}]"


def _address(url: str) -> str:
    if not url:
        return "no address"
    return url if host_of(url).isascii() else f"{url} ({host_words(url)})"


def _title(token: "Token") -> str:
    title = token.attrs.get("title")
    return f", “{title}”" if title else ""

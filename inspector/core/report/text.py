"""The report for a terminal: eighty columns, plain words, the findings before the content, a caret under each fault."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import assert_never

from inspector.core.findings import Finding, Severity
from inspector.core.inspection import Inspection
from inspector.core.moment import Moment
from inspector.core.report.items import ERROR, OK, WARNING, Facts, Found, Heading, Item, Points, Quote, Words
from inspector.core.report.layout import WIDTH, display_width, folded, marked, quoted, revealed, safe, sentence
from inspector.core.report.sheet import sheet
from inspector.core.visible_text import one_line

_WIDEST_COLUMN = 28
_NAME_LIMIT = 60
_VALUE_LIMIT = 2_000
_COLOURS = {OK: "32", WARNING: "33", ERROR: "31", "heading": "1", "faint": "2"}
_STATES = {Severity.ERROR: ERROR, Severity.WARNING: WARNING, Severity.INFO: "faint"}


def text_report(inspection: Inspection, now: float, *, colour: bool = False, width: int = WIDTH) -> str:
    """The report, ending in a line break. `now` is Unix seconds; `colour` adds escape sequences around our own words only."""
    return "\n".join(_Page(width, colour).lines(sheet(inspection, Moment(now)))) + "\n"


def beginning_of_report(inspection: Inspection, now: float, width: int, limit: int) -> str:
    """The lines of the report until there are more than `limit` characters; what follows is not laid out."""
    lines: list[str] = []
    written = 0
    for line in _Page(width, colour=False).lines(sheet(inspection, Moment(now), limit)):
        lines.append(line)
        written += len(line) + 1
        if written > limit:
            break
    return "\n".join(lines) + "\n"


@dataclass(frozen=True, slots=True)
class _Page:
    """Lays the sheet out in `width` columns."""

    width: int
    colour: bool

    def lines(self, items: Iterator[Item]) -> Iterator[str]:
        first = True
        for item in items:
            if isinstance(item, Heading) and not first:
                yield ""
            first = False
            yield from self._item(item)

    def _item(self, item: Item) -> Iterator[str]:
        match item:
            case Heading():
                yield from self._heading(item)
            case Facts():
                yield from self._facts(item)
            case Words():
                yield self._painted(sentence(item.text, width=self.width), item.state)
            case Points():
                for text in item.texts:
                    yield self._hanging("  - ", text)
            case Found():
                for finding in item.findings:
                    yield from self._finding(finding)
            case Quote():
                yield from self._quote(item)
            case _:
                assert_never(item)

    def _heading(self, heading: Heading) -> Iterator[str]:
        text = one_line(revealed(heading.text), 400)
        for row in folded(text, self.width):
            yield self._painted(row, heading.state or "heading")
        if heading.level < 3:
            yield ("=" if heading.level == 1 else "-") * min(display_width(text), self.width)

    def _facts(self, facts: Facts) -> Iterator[str]:
        """`name  value`, folded under the value's beginning; a name longer than the column has a line of its own."""
        named = [(one_line(name, _NAME_LIMIT), one_line(value, _VALUE_LIMIT)) for name, value in facts.rows]
        widths = [display_width(name) for name, _ in named]
        column = max((width for width in widths if width <= _WIDEST_COLUMN), default=0)
        blank = " " * (column + 4)
        for (name, value), width in zip(named, widths, strict=True):
            lead = blank if width > column else f"  {name}{blank[width + 2 :]}"
            if width > column:
                yield f"  {name}"
            for row in folded(value, self.width - len(blank)):
                yield (lead + row).rstrip()
                lead = blank

    def _finding(self, finding: Finding) -> Iterator[str]:
        word = self._painted(f"{finding.severity.word:<8}", _STATES[finding.severity])
        message = self._hanging(" " * 11, finding.message)
        yield f"  {word} {message.lstrip()}"
        place = one_line(finding.pointer, _VALUE_LIMIT) or "the whole answer"
        for row in folded(f"{place}  [{finding.rule}]", self.width - 11):
            yield " " * 11 + self._painted(row.rstrip(), "faint")

    def _quote(self, quote: Quote) -> Iterator[str]:
        if quote.fault is not None:
            return marked(quote.text, quote.fault, self.width)
        return quoted(revealed(quote.text) if quote.is_json else safe(quote.text), self.width)

    def _hanging(self, lead: str, text: str) -> str:
        """A sentence behind a lead, its further lines under the first."""
        return lead + sentence(text, " " * len(lead), self.width)[len(lead) :]

    def _painted(self, text: str, style: str) -> str:
        return f"\x1b[{_COLOURS[style]}m{text}\x1b[0m" if self.colour and style else text

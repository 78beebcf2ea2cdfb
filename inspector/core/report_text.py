"""The report for a terminal: eighty columns, plain words, the findings before the content, a caret under each fault."""

from collections.abc import Iterator
from typing import assert_never

from inspector.core.findings import Finding, Severity
from inspector.core.inspection import Inspection
from inspector.core.moment import Moment
from inspector.core.report_items import ERROR, OK, WARNING, Facts, Found, Heading, Item, Points, Quote, Words
from inspector.core.report_layout import WIDTH, display_width, folded, marked, quoted, revealed, safe, sentence
from inspector.core.report_sheet import sheet
from inspector.core.visible_text import one_line

_WIDEST_COLUMN = 28
_NAME_LIMIT = 60
_VALUE_LIMIT = 2_000
_COLOURS = {OK: "32", WARNING: "33", ERROR: "31", "heading": "1", "faint": "2"}
_STATES = {Severity.ERROR: ERROR, Severity.WARNING: WARNING, Severity.INFO: "faint"}


def text_report(inspection: Inspection, now: float, *, colour: bool = False) -> str:
    """The report, ending in a line break. `now` is Unix seconds; `colour` adds escape sequences around our own words only."""
    return "\n".join(_lines(sheet(inspection, Moment(now)), colour=colour)) + "\n"


def _lines(items: Iterator[Item], *, colour: bool) -> Iterator[str]:
    first = True
    for item in items:
        if isinstance(item, Heading) and not first:
            yield ""
        first = False
        yield from _item(item, colour=colour)


def _item(item: Item, *, colour: bool) -> Iterator[str]:
    match item:
        case Heading():
            yield from _heading(item, colour=colour)
        case Facts():
            yield from _facts(item)
        case Words():
            yield _painted(sentence(item.text), item.state, colour=colour)
        case Points():
            for text in item.texts:
                yield _hanging("  - ", text)
        case Found():
            for finding in item.findings:
                yield from _finding(finding, colour=colour)
        case Quote():
            yield from _quote(item)
        case _:
            assert_never(item)


def _heading(heading: Heading, *, colour: bool) -> Iterator[str]:
    text = one_line(revealed(heading.text), 400)
    for row in folded(text, WIDTH):
        yield _painted(row, heading.state or "heading", colour=colour)
    if heading.level < 3:
        yield ("=" if heading.level == 1 else "-") * min(display_width(text), WIDTH)


def _facts(facts: Facts) -> Iterator[str]:
    """`name  value`, folded under the value's beginning; a name longer than the column has a line of its own."""
    named = [(one_line(name, _NAME_LIMIT), one_line(value, _VALUE_LIMIT)) for name, value in facts.rows]
    widths = [display_width(name) for name, _ in named]
    column = max((width for width in widths if width <= _WIDEST_COLUMN), default=0)
    blank = " " * (column + 4)
    for (name, value), width in zip(named, widths, strict=True):
        lead = blank if width > column else f"  {name}{blank[width + 2 :]}"
        if width > column:
            yield f"  {name}"
        for row in folded(value, WIDTH - len(blank)):
            yield (lead + row).rstrip()
            lead = blank


def _finding(finding: Finding, *, colour: bool) -> Iterator[str]:
    word = _painted(f"{finding.severity.word:<8}", _STATES[finding.severity], colour=colour)
    message = _hanging(" " * 11, finding.message)
    yield f"  {word} {message.lstrip()}"
    for row in folded(safe(f"{finding.pointer or 'the whole answer'}  [{finding.rule}]"), WIDTH - 11):
        yield " " * 11 + _painted(row.rstrip(), "faint", colour=colour)


def _quote(quote: Quote) -> Iterator[str]:
    if quote.fault is not None:
        return marked(quote.text, quote.fault)
    return quoted(revealed(quote.text) if quote.is_json else safe(quote.text))


def _hanging(lead: str, text: str) -> str:
    """A sentence behind a lead, its further lines under the first."""
    return lead + sentence(text, " " * len(lead))[len(lead) :]


def _painted(text: str, style: str, *, colour: bool) -> str:
    return f"\x1b[{_COLOURS[style]}m{text}\x1b[0m" if colour and style else text

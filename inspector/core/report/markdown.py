"""The report as Markdown, for an issue or a chat: other people's text only in fences and code spans, or escaped.

So nothing in it can become a link, an image, a heading or a mention, whatever renders it (CommonMark 0.31, GFM).
"""

import re
from collections.abc import Iterator
from typing import assert_never

from inspector.core.findings import Finding
from inspector.core.inspection import Inspection
from inspector.core.moment import Moment
from inspector.core.report.items import ERROR, Facts, Found, Heading, Item, Points, Quote, Words
from inspector.core.report.layout import marked, revealed, safe
from inspector.core.report.sheet import sheet
from inspector.core.visible_text import one_line

_LIMIT = 2_000
_TICKS = re.compile("`+")
_ACTIVE = re.compile(r"[\\`*_\[\]<>#|~$&@{}]|:(?=\S)|(?<=[wW]{3})\.|^(?:[-+=]|\d+(?=[.)]))")


def markdown_report(inspection: Inspection, now: float) -> str:
    """The report, ending in a line break. `now` is Unix seconds."""
    return "\n\n".join("\n".join(_set(item)) for item in sheet(inspection, Moment(now))) + "\n"


def _set(item: Item) -> Iterator[str]:
    match item:
        case Heading():
            flag = " ✗" if item.state == ERROR else ""
            yield f"{'#' * item.level} {_escaped(revealed(item.text))}{flag}"
        case Facts():
            for name, value in item.rows:
                yield f"- {_code(name)}: {_code(value)}"
        case Words():
            yield _escaped(item.text)
        case Points():
            for text in item.texts:
                yield f"- {_escaped(text)}"
        case Found():
            for finding in item.findings:
                yield _finding(finding)
        case Quote():
            yield from _fenced(item)
        case _:
            assert_never(item)


def _finding(finding: Finding) -> str:
    place = _code(finding.pointer) if finding.pointer else "the whole answer"
    return f"- **{finding.severity.word}** at {place}: {_escaped(finding.message)} ({_code(finding.rule)})"


def _fenced(quote: Quote) -> Iterator[str]:
    """A fence that is longer than any run of backticks inside cannot be closed from inside."""
    if quote.fault is not None:
        text = "\n".join(marked(quote.text, quote.fault))
    else:
        text = revealed(quote.text) if quote.is_json else safe(quote.text)
    fence = "`" * max(3, _longest_run(text) + 1)
    yield fence + ("json" if quote.is_json and quote.fault is None else "")
    yield text
    yield fence


def _code(text: str) -> str:
    """A code span; the spaces inside are taken away by whoever renders it."""
    line = one_line(text, _LIMIT)
    if not line.strip():
        return "(empty)" if not line else f"({len(line)} spaces)"
    ticks = "`" * (_longest_run(line) + 1)
    return f"`{line}`" if len(ticks) == 1 and line == line.strip() else f"{ticks} {line} {ticks}"


def _escaped(text: str) -> str:
    """A sentence in one line in which nothing has a meaning of its own."""
    return _ACTIVE.sub(lambda match: _guarded(match[0]), " ".join(safe(text).split()))


def _guarded(active: str) -> str:
    return f"{active}\\" if active[0].isdigit() else f"\\{active}"


def _longest_run(text: str) -> int:
    return max(map(len, _TICKS.findall(text)), default=0)

"""The items that a report for people is made of, without a form: text, Markdown and HTML each set them in their own way.

Whatever an item holds may come from strangers and is made harmless where it is set.
"""

from dataclasses import dataclass

from inspector.core.findings import Finding

OK, WARNING, ERROR = "ok", "warning", "error"


@dataclass(frozen=True, slots=True)
class Heading:
    """`level` 1 is the report's own; `state` is ok, warning or error where the heading tells one, else empty."""

    level: int
    text: str
    state: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """Names and values, one line each."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Words:
    """A sentence; `state` as in a heading."""

    text: str
    state: str = ""


@dataclass(frozen=True, slots=True)
class Points:
    """Sentences side by side."""

    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """The findings, worst first."""

    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """Somebody else's text, exact. `fault` is the character (code points) where it stops being JSON."""

    text: str
    is_json: bool = False
    fault: int | None = None


Item = Heading | Facts | Words | Points | Found | Quote

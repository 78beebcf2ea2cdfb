"""The structure tree of one answer: lazy rows over the document, in the order sent.

A row knows its place (`/choices/*/message`), its parent and its position; its words and its children are made when
somebody looks. An array or object of more than a thousand children is shown in ranges, since item views lay out every
sibling at each change.
"""

from dataclasses import dataclass

from inspector.core.arguments import Arguments
from inspector.core.cause_words import verdict_word
from inspector.core.completion import ToolCall
from inspector.core.findings import Severity
from inspector.core.inspection import Inspection
from inspector.core.json_cause import Cause
from inspector.core.json_document import JsonNode, Kind
from inspector.core.json_text import JsonFault, parse_text
from inspector.core.moment import Moment
from inspector.core.outline_words import preview, value_words
from inspector.core.schema_note import with_schema
from inspector.core.spec_fields import REQUIRED, is_unknown

PAGE = 1000
ENCODED_PLACE = "encoded"
_ROW_NOUNS = {"/choices/*": "Choice", "/choices/*/message/tool_calls/*": "Call"}


@dataclass(frozen=True, slots=True)
class Words:
    """What a row says, in one line each: the three columns of the tree."""

    name: str
    value: str
    state: str


class Row:
    """One row. `node` is None for a required field that is absent; `first` and `last` are set for a range of children.

    `pointer` leads into the body; inside parsed arguments `inner` leads on from there, and is None elsewhere. `source` is the
    value whose children are the rows below. `rows` and `words` are filled by the outline.
    """

    __slots__ = (
        "call",
        "first",
        "inner",
        "last",
        "name",
        "node",
        "parent",
        "place",
        "pointer",
        "position",
        "rows",
        "source",
        "words",
    )

    def __init__(self, parent: "Row | None", position: int, node: JsonNode | None, place: str, pointer: str) -> None:
        self.parent = parent
        self.position = position
        self.node = node
        self.place = place
        self.pointer = pointer
        self.inner: str | None = None
        self.name = place.rpartition("/")[2]
        self.call: ToolCall | None = None
        self.first = self.last = -1
        self.source = node
        self.rows: list[Row] | None = None
        self.words: Words | None = None

    @property
    def is_range(self) -> bool:
        return self.first >= 0

    @property
    def arguments(self) -> Arguments | None:
        """The verdict, where this row is the arguments of a call."""
        if self.call is None or self.inner is not None or self.pointer != self.call.arguments_pointer:
            return None
        return self.call.arguments


class Outline:
    """Gives rows their children and words. Belongs to one inspection."""

    def __init__(self, inspection: Inspection, moment: Moment) -> None:
        self.inspection = inspection
        self.moment = moment
        completion = inspection.completion
        self._calls = {call.pointer: call for _, call in completion.tool_calls} if completion else {}
        self._own: dict[str, Severity] = {}
        self._below: dict[str, Severity] = {}
        for finding in inspection.findings:
            self._mark(finding.pointer, finding.severity)
        self._broken = {
            (pointer, violation.pointer)
            for pointer, check in inspection.schemas.items()
            for violation in check.violations
        }
        self._broken_below = {(pointer, above) for pointer, inner in self._broken for above in _prefixes(inner)}
        node = inspection.document.root if inspection.document else None
        self.root = Row(None, 0, node, "", "")

    def children(self, row: Row) -> list[Row]:
        """The rows below, made once."""
        if row.rows is None:
            row.rows = self._made(row)
        return row.rows

    def has_children(self, row: Row) -> bool:
        return row.is_range or (row.source is not None and row.source.count > 0) or bool(self._extra(row))

    def words(self, row: Row) -> Words:
        if row.words is None:
            row.words = Words(self._name(row), self._value(row), self._state(row))
        return row.words

    def own_severity(self, row: Row) -> Severity | None:
        if row.is_range:
            return None
        if row.inner and row.call is not None:
            return Severity.ERROR if (row.call.pointer, row.inner) in self._broken else None
        return self._own.get(row.pointer)

    def severity(self, row: Row) -> Severity | None:
        """The worst finding on the row or below it."""
        if row.inner and row.call is not None:
            return Severity.ERROR if (row.call.pointer, row.inner) in self._broken_below else None
        if row.is_range:
            below = [self._below.get(f"{row.pointer}/{place}") for place in range(row.first, row.last)]
            return max((severity for severity in below if severity), default=None)
        return self._below.get(row.pointer)

    def find(self, pointer: str) -> Row:
        """The row at a pointer into the body, or the nearest one above it."""
        row, parts = self.root, pointer.split("/")[1:]
        while parts:
            step = next((child for child in self.children(row) if _leads_to(child, row, parts[0])), None)
            if step is None:
                return row
            row = step
            if not row.is_range:
                parts.pop(0)
        return row

    def _mark(self, pointer: str, severity: Severity) -> None:
        self._own[pointer] = max(severity, self._own.get(pointer, severity))
        while True:
            if self._below.get(pointer, Severity.INFO) >= severity and pointer in self._below:
                return
            self._below[pointer] = severity
            if not pointer:
                return
            pointer = pointer.rpartition("/")[0]

    def _made(self, row: Row) -> list[Row]:
        source = row.source
        if source is None:
            return []
        if row.is_range:
            return [self._row(row, at, child) for at, child in enumerate(source.children(row.first, row.last))]
        if source.count > PAGE:
            return [self._range(row, at, first) for at, first in enumerate(range(0, source.count, PAGE))]
        rows = [self._row(row, at, child) for at, child in enumerate(source.children())]
        return rows + self._extra(row)

    def _extra(self, row: Row) -> list[Row]:
        """Rows that the body has no value for: what is absent though required, and what a string encodes once more."""
        source = row.source
        if source is None or row.is_range:
            return []
        if row.inner is not None or row.arguments is not None:
            return self._encoded(row, source)
        absent = self._absent(row, source)
        return [self._missing(row, source.count + at, key) for at, key in enumerate(absent)]

    def _row(self, parent: Row, position: int, node: JsonNode) -> Row:
        key = node.key
        step = str(node.place) if key is None else key.replace("~", "~0").replace("/", "~1")
        row = Row(parent, position, node, f"{parent.place}/{'*' if key is None else step}", parent.pointer)
        row.name = str(node.place) if key is None else key
        in_arguments = parent.inner is not None or parent.arguments is not None
        if in_arguments:
            row.pointer, row.inner, row.call = parent.pointer, f"{parent.inner or ''}/{step}", parent.call
        else:
            row.pointer = f"{parent.pointer}/{step}"
            row.call = self._calls.get(row.pointer, parent.call)
            if row.arguments is not None and row.arguments.document is not None:
                row.source = row.arguments.document.root
        return row

    def _encoded(self, parent: Row, source: JsonNode) -> list[Row]:
        arguments = parent.arguments
        if arguments is None or arguments.cause is not Cause.DOUBLE_ENCODED or source.kind is not Kind.STRING:
            return []
        document = parse_text(source.string)
        if isinstance(document, JsonFault):
            return []
        row = Row(parent, 0, document.root, ENCODED_PLACE, parent.pointer)
        row.inner, row.call, row.name = parent.inner or "", parent.call, "decoded once more"
        return [row]

    def _missing(self, parent: Row, position: int, key: str) -> Row:
        return Row(parent, position, None, f"{parent.place}/{key}", f"{parent.pointer}/{key}")

    def _range(self, parent: Row, position: int, first: int) -> Row:
        row = Row(parent, position, parent.node, parent.place, parent.pointer)
        row.source = parent.source
        row.first, row.last = first, min(first + PAGE, parent.source.count if parent.source else 0)
        row.inner, row.call = parent.inner, parent.call
        return row

    def _absent(self, row: Row, node: JsonNode) -> list[str]:
        """The required fields that the object at this row lacks."""
        if node.kind is not Kind.OBJECT or self.inspection.completion is None:
            return []
        return [key for key in REQUIRED.get(row.place, ()) if node.get(key) is None]

    def _name(self, row: Row) -> str:
        if row.is_range:
            return f"[{row.first:,} … {row.last - 1:,}]"
        if row is self.root:
            return "Completion" if self.inspection.completion else "Answer"
        if row.place in _ROW_NOUNS:
            return f"{_ROW_NOUNS[row.place]} {row.name}"
        return preview(row.name, 80) or "“”"

    def _value(self, row: Row) -> str:
        if row.is_range:
            return ""
        return "" if row.node is None else value_words(row.place, row.node, self.inspection, self.moment)

    def _state(self, row: Row) -> str:
        if row.is_range or row.node is None:
            return "" if row.is_range else "absent, though required"
        arguments = row.arguments
        if arguments is not None and row.inner is None:
            check = self.inspection.schemas.get(row.call.pointer) if row.call else None
            return with_schema(verdict_word(arguments), check)
        own, worst = self.own_severity(row), self.severity(row)
        if own is not None and row.inner:
            return "breaks the schema"
        if own is not None and own is worst:
            return own.word
        if row.inner is None and self.inspection.completion and is_unknown(row.place):
            return "not in the spec"
        return f"{worst.word} inside" if worst is not None and worst > Severity.INFO else ""


def _prefixes(pointer: str) -> list[str]:
    """The pointer and all above it, but for the empty one."""
    parts = pointer.split("/")
    return ["/".join(parts[:end]) for end in range(2, len(parts) + 1)]


def _leads_to(child: Row, parent: Row, step: str) -> bool:
    if child.is_range:
        return step.isdecimal() and child.first <= int(step) < child.last
    base = parent.pointer
    return child.inner is None and child.pointer == f"{base}/{step}"

"""The structure tree of one answer: lazy rows over the document, in the order sent.

A row knows its place (`/choices/*/message`), its parent and its position; its words and its children are made when
somebody looks. An array or object of more than a thousand children is shown in ranges, since item views lay out every
sibling at each change, and what lies deeper than `DEEPEST` levels has no rows.
"""

from functools import partial

from inspector.core.arguments.cause import Cause
from inspector.core.arguments.words import verdict_word
from inspector.core.completion import CallForm
from inspector.core.counting import nth
from inspector.core.findings import Severity
from inspector.core.inspection import Inspection
from inspector.core.json.document import JsonDocument, JsonNode, Kind
from inspector.core.json.text import parse_text
from inspector.core.moment import Moment
from inspector.core.outline.marks import DEEPEST, RowMarks
from inspector.core.outline.row import Row, Words, place_below, step_to
from inspector.core.outline.words import preview, value_words
from inspector.core.schemas.note import with_schema
from inspector.core.spec_fields import REQUIRED, is_unknown

__all__ = ["Outline", "Row", "Words"]

PAGE = 1000
ENCODED_PLACE = "encoded"
_CALLS = ("/choices/*/message/tool_calls/*", "/choices/*/message/function_call")
_ROW_NOUNS = {"/choices/*": "Choice", "/choices/*/message/tool_calls/*": "Call"}


class Outline:
    """Gives rows their children and words. Belongs to one inspection."""

    def __init__(self, inspection: Inspection, moment: Moment) -> None:
        self.inspection = inspection
        self.moment = moment
        self._marks = RowMarks(inspection)
        self._words: dict[Row, Words] = {}
        node = inspection.document.root if inspection.document else None
        self.root = Row(None, 0, node, "")

    def children(self, row: Row) -> list[Row]:
        """The rows below, made once."""
        if row.rows is None:
            row.rows = self._made(row)
        return row.rows

    def has_children(self, row: Row) -> bool:
        has_values = row.source is not None and row.source.count > 0
        return row.depth < DEEPEST and (has_values or bool(self.children(row)))

    def words(self, row: Row) -> Words:
        known = self._words.get(row)
        if known is None:
            known = self._words[row] = Words(self._name(row), self._value(row), self._state(row))
        return known

    def own_severity(self, row: Row) -> Severity | None:
        """The worst finding on the row itself."""
        return self._marks.own(row)

    def severity(self, row: Row) -> Severity | None:
        """The worst finding on the row or below it."""
        return self._marks.worst(row)

    def learn_prompt(self, inspection: Inspection) -> None:
        """Takes the same answer with its prompt, which has come since: rows and marks are those of the body and stay."""
        self.inspection = inspection

    def learn_checks(self, other: "Outline") -> None:
        """Takes what was found in the same answer since, from an outline that was made of that; the rows stay."""
        self.inspection, self._marks = other.inspection, other._marks  # noqa: SLF001 - of another of its kind
        self._words.clear()

    def find(self, pointer: str) -> Row:
        """The row at a pointer into the body, or the nearest one above it; of repeated keys the last that leads on."""
        steps = pointer.split("/")[1:]
        nearest, most = self.root, 0
        waiting = [(self.root, 0)]
        while waiting:
            row, taken = waiting.pop()
            if taken == len(steps):
                return row
            if taken > most:
                nearest, most = row, taken
            waiting += [(below, taken + 1) for below in self._rows_at(row, steps[taken])]
        return nearest

    def row_of(self, node: JsonNode) -> Row:
        """The row of a value of the body, or the nearest one above it."""
        way = [node]
        while (above := way[-1].parent) is not None:
            way.append(above)
        row = self.root
        for step in reversed(way[:-1]):
            below = self._child(row, step.place)
            if below is None:
                break
            row = below
        return row

    def _rows_at(self, row: Row, step: str) -> list[Row]:
        """The rows one step of a pointer below; several where a key is repeated, in the order sent."""
        places = _places_at(row.node, step) if row.node is not None else []
        found = [below for place in places if (below := self._child(row, place)) is not None]
        absent = (below for below in self.children(row) if below.node is None)
        return found or [below for below in absent if below.step == step]

    def _child(self, row: Row, place: int) -> Row | None:
        """The row of the child at that place, be it in a range."""
        rows = self.children(row)
        if rows and rows[0].is_range:
            rows, place = self.children(rows[place // PAGE]), place % PAGE
        return rows[place] if place < len(rows) else None

    def _made(self, row: Row) -> list[Row]:
        source = row.source
        if source is None or row.depth >= DEEPEST:
            return []
        if row.is_range:
            return [self._row(row, at, child) for at, child in enumerate(source.children(row.first, row.last))]
        if source.count > PAGE:
            return [self._range(row, at, first) for at, first in enumerate(range(0, source.count, PAGE))]
        rows = [self._row(row, at, child) for at, child in enumerate(source.children())]
        return rows + self._extra(row, source)

    def _extra(self, row: Row, source: JsonNode) -> list[Row]:
        """Rows that the body has no value for: what is absent though required, and what a string encodes once more."""
        if row.is_inner or row.arguments is not None:
            return self._encoded(row, source)
        return [self._missing(row, source.count + at, key) for at, key in enumerate(self._absent(row, source))]

    def _row(self, parent: Row, position: int, node: JsonNode) -> Row:
        key = node.key
        row = Row(parent, position, node, place_below(parent.place, node), step_to(node))
        row.name = row.name if key is None else key
        row.call = parent.call
        row.is_inner = node.document is not self.inspection.document
        completion = self.inspection.completion
        if completion is not None and row.place in _CALLS:
            row.find_call = partial(completion.call_of, node)
        if not row.is_inner and node.kind is Kind.STRING:
            given = row.arguments
            if given is not None and given.document is not None:
                row.source = given.document.root
        return row

    def _encoded(self, parent: Row, source: JsonNode) -> list[Row]:
        """What a string holds that is JSON once more, where the arguments were encoded twice or oftener."""
        cause = parent.call.arguments.cause if parent.call is not None else None
        is_whole = parent.arguments is not None or parent.place == ENCODED_PLACE
        is_encoded = cause is Cause.DOUBLE_ENCODED and is_whole and source.kind is Kind.STRING
        document = parse_text(source.string.strip()) if is_encoded else None
        if not isinstance(document, JsonDocument):
            return []
        row = Row(parent, 0, document.root, ENCODED_PLACE)
        row.is_inner, row.call, row.name = True, parent.call, "decoded once more"
        return [row]

    def _missing(self, parent: Row, position: int, key: str) -> Row:
        return Row(parent, position, None, f"{parent.place}/{key}", key)

    def _range(self, parent: Row, position: int, first: int) -> Row:
        row = Row(parent, position, parent.node, parent.place)
        row.source = parent.source
        row.first, row.last = first, min(first + PAGE, parent.source.count if parent.source else 0)
        row.is_inner, row.call = parent.is_inner, parent.call
        return row

    def _absent(self, row: Row, node: JsonNode) -> list[str]:
        """The required fields that the object at this row lacks; a custom call has its name and input elsewhere."""
        if node.kind is not Kind.OBJECT or self.inspection.completion is None:
            return []
        is_custom = row.call is not None and row.call.form is CallForm.CUSTOM
        required = (key for key in REQUIRED.get(row.place, ()) if not (is_custom and key == "function"))
        return [key for key in required if node.get(key) is None]

    def _name(self, row: Row) -> str:
        if row.is_range:
            return f"[{row.first:,} … {row.last - 1:,}]"
        if row is self.root:
            return "Completion" if self.inspection.completion else "Answer"
        if row.place in _ROW_NOUNS:
            return f"{_ROW_NOUNS[row.place]} {nth(int(row.name))}"
        if row.node is not None and row.node.key is None and row.place != ENCODED_PLACE:
            return f"[{row.name}]"
        return preview(row.name, 80) or "“”"

    def _value(self, row: Row) -> str:
        if row.is_range:
            return ""
        return "" if row.node is None else value_words(row.place, row.node, self.inspection, self.moment)

    def _state(self, row: Row) -> str:
        if row.is_range:
            return ""
        if row.node is None:
            return "absent, though required" if row.parent is not None else self._state_of_body()
        arguments = row.arguments
        if arguments is not None:
            check = self.inspection.schemas.get(row.call.pointer) if row.call else None
            return with_schema(verdict_word(arguments), check)
        own, worst = self.own_severity(row), self.severity(row)
        if self._marks.breaks_schema(row):
            return "breaks the schema"
        if own is not None and own is worst:
            return own.word
        if row.depth >= DEEPEST and row.node.count:
            return "too deep for this tree"
        if not row.is_inner and self.inspection.completion and is_unknown(row.place):
            return "not in the spec"
        return f"{worst.word} inside" if worst is not None and worst > Severity.INFO else ""

    def _state_of_body(self) -> str:
        """What is to be said of an answer that has no structure."""
        return "not JSON" if self.inspection.fault is not None and self.inspection.body else ""


def _places_at(node: JsonNode, step: str) -> list[int]:
    """The places of the children one step of a pointer below."""
    if node.kind is Kind.ARRAY:
        place = int(step) if step.isdecimal() and len(step) < 19 else -1
        return [place] if 0 <= place < node.count and str(place) == step else []
    key = step.replace("~1", "/").replace("~0", "~")
    return [place for place, member in enumerate(node.children()) if member.key == key]

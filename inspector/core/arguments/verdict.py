"""The verdict on one tool call's arguments: what they are, where they stop being JSON, and the likely cause.

The names of verdicts and causes are those of the JSON report.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from inspector.core.arguments.cause import Cause
from inspector.core.arguments.diagnosis import diagnose
from inspector.core.json.document import JsonDocument, JsonNode, Kind
from inspector.core.json.fault import TextFault, describe
from inspector.core.json.text import JsonFault, parse_text


class Verdict(StrEnum):
    """RFC 8259 and nothing more lenient."""

    OBJECT = "object"
    NOT_OBJECT = "not-object"
    INVALID = "invalid"
    EMPTY = "empty"
    NOT_A_STRING = "not-a-string"
    ABSENT = "absent"
    FREE_TEXT = "free-text"


@dataclass(frozen=True, slots=True)
class Arguments:
    """`text` exactly as decoded from the body; None where the body holds no string there.

    `document` is set for the verdicts object and not-object, `fault` for invalid.
    """

    node: JsonNode | None
    verdict: Verdict
    text: str | None = field(default=None, repr=False)
    document: JsonDocument | None = field(default=None, repr=False)
    fault: TextFault | None = None
    cause: Cause | None = None

    @property
    def is_faulty(self) -> bool:
        """Whether a program that parses the arguments as an object would fail."""
        return self.verdict not in (Verdict.OBJECT, Verdict.FREE_TEXT)


def read_arguments(node: JsonNode | None) -> Arguments:
    """The verdict on `function.arguments`, where `node` is None if the member is absent."""
    if node is None:
        return Arguments(None, Verdict.ABSENT)
    if node.kind is not Kind.STRING:
        return Arguments(node, Verdict.NOT_A_STRING)
    text = node.string
    if not text.strip():
        return Arguments(node, Verdict.EMPTY, text)
    document = parse_text(text)
    if isinstance(document, JsonFault):
        fault = describe(text, document)
        return Arguments(node, Verdict.INVALID, text, fault=fault, cause=diagnose(text, document, fault.offset))
    if document.root.kind is Kind.OBJECT:
        return Arguments(node, Verdict.OBJECT, text, document)
    is_string = document.root.kind is Kind.STRING
    cause = Cause.DOUBLE_ENCODED if is_string and holds_json(document.root) else None
    return Arguments(node, Verdict.NOT_OBJECT, text, document, cause=cause)


def read_free_text(node: JsonNode | None) -> Arguments:
    """A custom tool's `input`, which is not meant to be JSON."""
    if node is None:
        return Arguments(None, Verdict.ABSENT)
    if node.kind is not Kind.STRING:
        return Arguments(node, Verdict.NOT_A_STRING)
    return Arguments(node, Verdict.FREE_TEXT, node.string)


def holds_json(root: JsonNode) -> bool:
    """Whether a JSON string holds, as its characters, an object or array once more, be it through several encodings."""
    while root.kind is Kind.STRING:
        inner = root.string.strip()
        document = parse_text(inner) if inner[:1] in ("{", "[", '"') else None
        if document is None or isinstance(document, JsonFault):
            return False
        root = document.root
    return root.kind in (Kind.OBJECT, Kind.ARRAY)

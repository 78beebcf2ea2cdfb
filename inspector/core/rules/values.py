"""Values as rules read and quote them: plain whole numbers, members by name, and short safe spellings for sentences."""

import re

from inspector.core import visible_text
from inspector.core.completion import CallForm, ToolCall
from inspector.core.json.document import JsonNode, Kind

QUOTE_LIMIT = 60
_PLAIN_INTEGER = re.compile(r"-?[0-9]{1,18}")
_KIND_WORDS = {
    Kind.OBJECT: "an object",
    Kind.ARRAY: "an array",
    Kind.STRING: "text",
    Kind.NUMBER: "a number",
    Kind.TRUE: "true",
    Kind.FALSE: "false",
    Kind.NULL: "null",
}


def is_kind(node: JsonNode | None, *kinds: Kind) -> bool:
    """Whether there is a node, and it is of one of these kinds."""
    return node is not None and node.kind in kinds


def is_nothing(node: JsonNode | None) -> bool:
    """Whether the member is absent or null."""
    return node is None or node.kind is Kind.NULL


def whole_number(node: JsonNode | None) -> int | None:
    """The value of a number spelled as a plain integer of up to 18 digits; None for anything else."""
    if node is None or node.kind is not Kind.NUMBER or node.end - node.start > 19:
        return None
    return int(node.text) if _PLAIN_INTEGER.fullmatch(node.text) else None


def quoted(text: str, limit: int = QUOTE_LIMIT) -> str:
    """Text in typographic quotes, in one line, cut at the limit."""
    return f"“{visible_text.one_line(text, limit)}”"


def exactly(text: str, limit: int = QUOTE_LIMIT) -> str:
    """Text in typographic quotes with a stand-in for every character that cannot be seen."""
    return quoted(visible_text.shown(text[: limit + 1], reveal=True).text, limit)


def shown(node: JsonNode, limit: int = QUOTE_LIMIT) -> str:
    """A value for a sentence: text and numbers as they are, cut at the limit, and the kind of everything else."""
    if node.kind is Kind.STRING:
        return quoted(node.string, limit)
    return visible_text.one_line(node.text, limit) if node.kind is Kind.NUMBER else _KIND_WORDS[node.kind]


def kind_words(node: JsonNode) -> str:
    """“an object”, “text”, “null” and so on."""
    return _KIND_WORDS[node.kind]


def counted(amount: int, unit: str) -> str:
    """`1 token`, `1,200 tokens`."""
    return f"{amount:,} {unit}{'' if amount == 1 else 's'}"


def called_name(call: ToolCall) -> JsonNode | None:
    """The node of a call's name, of whatever kind."""
    holder = call.node if call.form is CallForm.LEGACY else call.node.get(call.form.value)
    return holder.get("name") if holder is not None else None


def call_words(call: ToolCall) -> str:
    """The call as the subject of a sentence: by its name where it has one."""
    return f"The call of {quoted(call.name, 40)}" if call.name else "The call"


def key_words(node: JsonNode) -> str:
    """Where a value stands, by the nearest name: “ in “city””; nothing at the root and in arrays of arrays."""
    key, above = node.key, node.parent
    if key is None and above is not None:
        key = above.key
    return f" in {quoted(key, 40)}" if key is not None else ""

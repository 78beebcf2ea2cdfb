"""The value of a row as text to be copied: as a person reads it, laid out, or as sent."""

from inspector.core.json.document import JsonNode, Kind
from inspector.core.json.pretty import pretty
from inspector.core.outline.row import Row


def copied_value(row: Row) -> str:
    """A string decoded, any other value laid out."""
    node = row.node
    return node.string if node is not None and node.kind is Kind.STRING else copied_pretty(row)


def copied_pretty(row: Row) -> str:
    """The value indented, all spellings as sent; arguments as they are once decoded."""
    node = row.source if row.arguments is not None else row.node
    return _laid_out(node)


def copied_raw(row: Row) -> str:
    """The characters of the value exactly as sent."""
    return row.node.text if row.node is not None else ""


def _laid_out(node: JsonNode | None) -> str:
    return pretty(node.document, node.index) if node is not None else ""

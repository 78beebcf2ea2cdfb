"""The value of a row as text to be copied: as a person reads it, laid out, or as sent; of a range of children just these."""

from inspector.core.json.document import JsonNode, Kind
from inspector.core.json.pretty import pretty
from inspector.core.outline.row import Row


def copied_value(row: Row) -> str:
    """A string decoded, any other value laid out."""
    node = row.node
    is_string = node is not None and node.kind is Kind.STRING and not row.is_range
    return node.string if node is not None and is_string else copied_pretty(row)


def copied_pretty(row: Row) -> str:
    """The value indented, all spellings as sent; arguments as they are once decoded. A range is a shorter array or object."""
    if row.is_range and row.source is not None:
        return _laid_out_range(row.source, list(row.source.children(row.first, row.last)))
    node = row.source if row.arguments is not None else row.node
    return _laid_out(node)


def copied_raw(row: Row) -> str:
    """The characters of the value exactly as sent; of a range from the first to the last, without what is around them."""
    if row.is_range and row.source is not None:
        document, nodes = row.source.document, list(row.source.children(row.first, row.last))
        start = document.key_starts[nodes[0].index]
        return document.text(start if start >= 0 else nodes[0].start, nodes[-1].end)
    return row.node.text if row.node is not None else ""


def _laid_out(node: JsonNode | None) -> str:
    return pretty(node.document, node.index) if node is not None else ""


def _laid_out_range(container: JsonNode, nodes: list[JsonNode]) -> str:
    brackets = "{}" if container.kind is Kind.OBJECT else "[]"
    lines = ",\n".join(_key(node) + _laid_out(node) for node in nodes)
    indented = lines.replace("\n", "\n  ")  # no string of JSON holds a line break of its own
    return f"{brackets[0]}\n  {indented}\n{brackets[1]}"


def _key(node: JsonNode) -> str:
    """The key as sent, with its colon; empty in an array."""
    start = node.document.key_starts[node.index]
    return f"{node.document.text(start, node.document.key_ends[node.index])}: " if start >= 0 else ""

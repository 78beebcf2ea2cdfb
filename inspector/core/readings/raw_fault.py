"""Where in the body, as it came, the arguments of a call stop being JSON."""

from inspector.core.json.document import JsonNode
from inspector.core.json.strings import written_offset
from inspector.core.outline.outline import Row

NOTE = "The marked character is where the arguments stop being JSON."
_LONGEST = 64 * 1024
"""Bytes: each character before the fault is counted while somebody waits."""


def fault_in_body(row: Row, node: JsonNode) -> int | None:
    """The byte of the character, or of the closing quote where the arguments end too early; None where they are long.

    `node` is what stands in the body for the row.
    """
    arguments = row.arguments
    if arguments is None or arguments.fault is None or arguments.node != node or node.end - node.start > _LONGEST:
        return None
    document = node.document
    written = document.text(node.start + 1, node.end - 1)
    before = written[: written_offset(written, arguments.fault.offset)]
    return node.start + 1 + len(before.encode("utf-8", document.errors))

"""Pointers that stay short, whatever a stranger's keys are: many places are told at once, and each holds its whole pointer."""

from inspector.core.json.document import JsonNode

DEEPEST_POINTER = 1000
LONGEST_POINTER = 20_000
"""Bytes of all keys on the way, as sent."""


def near_pointer(node: JsonNode | None) -> str:
    """RFC 6901, "" for None; a node deeper, or behind longer keys, than anybody can use a pointer gets its ancestor's."""
    if node is None:
        return ""
    document, way = node.document, [node.index]
    while (above := document.parents[way[-1]]) >= 0:
        way.append(above)
    near, length = way.pop(), 0
    for index in way[: -DEEPEST_POINTER - 1 : -1]:
        length += document.key_ends[index] - document.key_starts[index]
        if length > LONGEST_POINTER:
            break
        near = index
    return JsonNode(document, near).pointer

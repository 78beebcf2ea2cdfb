"""One row of the structure tree."""

from collections.abc import Callable
from dataclasses import dataclass

from inspector.core.arguments.verdict import Arguments
from inspector.core.completion import ToolCall
from inspector.core.json.document import JsonNode

_LONGEST_NAME, _LONGEST_PLACE = 64, 200


@dataclass(frozen=True, slots=True)
class Words:
    """What a row says, in one line each: the three columns of the tree."""

    name: str
    value: str
    state: str


class Row:
    """One row. `node` is None for a required field that is absent; `first` and `last` are set for a range of children.

    `place` is what the row is in a completion, and says nothing of what can have no name there. `step` leads here from the
    row above, where that is a step at all; `is_inner` tells that it does so inside arguments that were read out of a string.
    `source` is the value whose children are the rows below. `rows` are filled by the outline.

    A row keeps its step and not its pointer: a key may be millions of characters long, and a thousand rows stand below it.
    """

    __slots__ = (
        "_call",
        "depth",
        "find_call",
        "first",
        "is_inner",
        "last",
        "name",
        "node",
        "parent",
        "place",
        "position",
        "rows",
        "source",
        "step",
    )

    def __init__(
        self, parent: "Row | None", position: int, node: JsonNode | None, place: str, step: str | None = None
    ) -> None:
        self.parent = parent
        self.depth: int = 0 if parent is None else parent.depth + 1
        self.position = position
        self.node = node
        self.place = place
        self.step = step
        self.is_inner = False
        self.name = step or ""
        self._call: ToolCall | None = None
        self.find_call: Callable[[], ToolCall | None] | None = None
        self.first = self.last = -1
        self.source = node
        self.rows: list[Row] | None = None

    @property
    def pointer(self) -> str:
        """RFC 6901 into the body; inside arguments that were read out of a string, that of the string."""
        return self._way(is_inner=False)

    @property
    def inner(self) -> str | None:
        """RFC 6901 from the string that holds the arguments; None elsewhere."""
        return self._way(is_inner=True) if self.is_inner else None

    def _way(self, *, is_inner: bool) -> str:
        steps: list[str] = []
        row: Row | None = self
        while row is not None:
            if row.step is not None and row.is_inner is is_inner:
                steps.append(f"/{row.step}")
            row = row.parent
        return "".join(reversed(steps))

    @property
    def call(self) -> ToolCall | None:
        """The call that this row is or is in, found when somebody asks: reading its arguments takes longer than making the row."""
        if self.find_call is not None:
            self._call, self.find_call = self.find_call() or self._call, None
        return self._call

    @call.setter
    def call(self, call: ToolCall | None) -> None:
        self._call = call

    @property
    def is_range(self) -> bool:
        return self.first >= 0

    @property
    def arguments(self) -> Arguments | None:
        """The verdict, where this row is the arguments of a call, or a range of what is in them."""
        given = self.call.arguments if self.call is not None else None
        return given if given is not None and given.node is not None and given.node == self.node else None


def step_to(node: JsonNode) -> str:
    """The last step of the RFC 6901 pointer to a value."""
    key = node.key
    return str(node.place) if key is None else key.replace("~", "~0").replace("/", "~1")


def place_below(place: str, node: JsonNode) -> str:
    """The place of a value in the container at `place`: `*` for any array index; a key that is itself `*` is written `~*`.

    Nobody knows a place with a key as long as `_LONGEST_NAME`, which is written `~`, or of more than `_LONGEST_PLACE` in all.
    """
    if len(place) > _LONGEST_PLACE:
        return place
    key = node.key
    if key is None:
        return f"{place}/*"
    return f"{place}/{'~' if len(key) > _LONGEST_NAME else '~*' if key == '*' else step_to(node)}"

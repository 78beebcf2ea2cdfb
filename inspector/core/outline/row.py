"""One row of the structure tree."""

from collections.abc import Callable
from dataclasses import dataclass

from inspector.core.arguments.verdict import Arguments
from inspector.core.completion import ToolCall
from inspector.core.json.document import JsonNode


@dataclass(frozen=True, slots=True)
class Words:
    """What a row says, in one line each: the three columns of the tree."""

    name: str
    value: str
    state: str


class Row:
    """One row. `node` is None for a required field that is absent; `first` and `last` are set for a range of children.

    `pointer` leads into the body; inside arguments that were read out of a string `inner` leads on from there, and is None
    elsewhere. `source` is the value whose children are the rows below. `rows` and `words` are filled by the outline.
    """

    __slots__ = (
        "_call",
        "depth",
        "find_call",
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
        self.depth: int = 0 if parent is None else parent.depth + 1
        self.position = position
        self.node = node
        self.place = place
        self.pointer = pointer
        self.inner: str | None = None
        self.name = place.rpartition("/")[2]
        self._call: ToolCall | None = None
        self.find_call: Callable[[], ToolCall | None] | None = None
        self.first = self.last = -1
        self.source = node
        self.rows: list[Row] | None = None
        self.words: Words | None = None

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


def place_below(node: JsonNode) -> str:
    """The last step of a place: `*` for any array index; a key that is itself `*` is written `~*`."""
    key = node.key
    return "*" if key is None else "~*" if key == "*" else step_to(node)

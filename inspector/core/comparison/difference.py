"""The differences of two values as a frozen tree, with the place on both sides."""

from dataclasses import dataclass
from enum import StrEnum

from inspector.core.json.document import JsonNode


class Change(StrEnum):
    """What became of a value; the texts are the words a reader sees."""

    SAME = "same"
    CHANGED = "changed"
    RESPELLED = "same value, other spelling"
    REORDERED = "same, in another order"
    ADDED = "only right"
    REMOVED = "only left"
    EXPECTED = "differs as expected"
    INSIDE = "differs inside"


@dataclass(frozen=True, slots=True)
class Difference:
    """One value, and those in it that were looked at: none below what is the same to the byte.

    The nodes are None where a side has no such value; inside decoded arguments they belong to the decoded document.
    `orders` are set where the same parts stand in another order, whatever else differs in them: their names as they come
    on the left and on the right.
    """

    name: str
    change: Change
    left: JsonNode | None = None
    right: JsonNode | None = None
    below: tuple["Difference", ...] = ()
    note: str = ""
    orders: tuple[str, str] | None = None

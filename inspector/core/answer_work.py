"""Work on an answer that a person looks at, which may be done in another process where the answer is large."""

from collections.abc import Iterator
from typing import Protocol, TypeVar

from inspector.core.json.document import JsonDocument

Part_co = TypeVar("Part_co", covariant=True)


class AnswerWork(Protocol[Part_co]):
    """A frozen dataclass of plain values, so that it can be sent; so can each part of what it makes.

    Parts are so small that taking one in holds nobody up, and the same each time: where the other process dies on the way the
    work is done again, and those that are there already are passed over.
    """

    def parts(self, document: JsonDocument | None, body: bytes) -> Iterator[Part_co]:
        """What is made of an answer, part by part, of its body and what that reads as."""
        ...

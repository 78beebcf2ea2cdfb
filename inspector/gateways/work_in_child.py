"""Work on an answer in a child: what goes there and comes back, on both sides.

The body goes as bytes, and the index of its values as it lies here, so that nothing is read a second time. What comes back
comes part by part.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from inspector.core.answer_work import AnswerWork
from inspector.core.inspection import Inspection
from inspector.core.json.document import JsonDocument
from inspector.core.json.lent_index import document_over, lent_parts
from inspector.core.json.text import BYTE_ORDER_MARK
from inspector.gateways.channel import Channel
from inspector.gateways.child import Child
from inspector.gateways.lent_bytes import borrowed, lend


@dataclass(frozen=True, slots=True)
class Order:
    """`errors` are those of the document, None where the body is no JSON; then no index follows."""

    work: AnswerWork[Any]
    errors: str | None


class Ordered:
    """One order that is given until it is done: parts that came are not told again."""

    def __init__(self, inspection: Inspection, work: AnswerWork[Any], tell: Callable[[Any], None]) -> None:
        self._inspection = inspection
        self._work = work
        self._tell = tell
        self._told = 0

    def ask(self, child: Child) -> bool:
        """Has a child do it."""
        document, channel = self._inspection.document, child.channel
        order = Order(self._work, document.errors if document is not None else None)
        with lend([self._inspection.body]) as (descriptor, size):
            channel.send((order, size), descriptor)
        if document is not None:
            with lend(lent_parts(document)) as (descriptor, size):
                channel.send(size, descriptor)
        self._take(_received(channel))
        return True

    def do_here(self, is_unwanted: Callable[[], bool]) -> None:
        """Does it in this thread, until nobody wants it any more."""
        parts = self._work.parts(self._inspection.document, self._inspection.body)
        self._take(takewhile(lambda _part: not is_unwanted(), parts))

    def _take(self, parts: Iterator[Any]) -> None:
        for number, part in enumerate(parts):
            if number >= self._told:
                self._told += 1
                self._tell(part)


def do_order(channel: Channel, order: Order, body: bytes) -> None:
    """The child's side: the work, each part sent as soon as it is made, and None at the end."""
    document: JsonDocument | None = None
    if order.errors is not None:
        size, index = channel.receive()
        assert index is not None  # noqa: S101 - the index of a document always comes along
        document = document_over(body.removeprefix(BYTE_ORDER_MARK), order.errors, borrowed(index, size))
    for part in order.work.parts(document, body):
        channel.send((part,))
    channel.send(None)


def _received(channel: Channel) -> Iterator[Any]:
    while (message := channel.receive()[0]) is not None:
        yield message[0]

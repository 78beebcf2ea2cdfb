"""The child process that reads and judges answers, so that the window never shares its interpreter with a large one.

It knows nothing but what it is sent, reaches nothing outside, and ends with its parent: the pipe that it was started with is
watched, and closes however the parent ends.
"""

import gc
import os
import socket
from collections.abc import Callable
from dataclasses import replace
from threading import Thread

from inspector.core.json.lent_index import lent_parts
from inspector.core.judgement import Question, Wish, judgement_on, reading_of
from inspector.core.schemas.tool_schemas import ToolSchemas
from inspector.gateways.channel import Channel, ChannelClosedError
from inspector.gateways.lent_bytes import lend, taken
from inspector.gateways.work_in_child import Order, do_order


def serve(channel: Channel) -> None:
    """Answers questions and does work, each in the order asked, until the other side is gone."""
    tools: ToolSchemas | None = None
    try:
        while True:
            (question, size), descriptor = channel.receive()
            if descriptor is None:
                body, _ = channel.receive()
            else:
                body = taken(descriptor, size)
            if isinstance(question, Order):
                do_order(channel, question, body)
                continue
            tools = tools if question.same_tools else question.tools
            _answer(channel, replace(question, tools=tools), body)
            del body
    except ChannelClosedError:
        channel.close()


def main(arguments: list[str], end: Callable[[int], object] = os._exit) -> None:
    """`arguments` are the descriptors of the channel and of the pipe to watch."""
    connection, pipe = map(int, arguments)
    Thread(target=_watch, args=(pipe, end), name="watch", daemon=True).start()
    gc.disable()  # what an answer is read into has no cycles, and looking for some takes longer than reading
    serve(Channel(socket.socket(fileno=connection)))


def _watch(pipe: int, end: Callable[[int], object]) -> None:
    """Nothing is ever written to the pipe: it closes with the parent."""
    os.read(pipe, 1)
    end(0)


def _answer(channel: Channel, question: Question, body: bytes) -> None:
    """The index first, where it is wanted and there is one, then the judgement and its bundles."""
    reading = reading_of(question, body)
    if question.wish is Wish.WHOLE and reading.document is None:
        channel.send(0)
    elif question.wish is Wish.WHOLE and reading.document is not None:
        with lend(lent_parts(reading.document)) as (descriptor, size):
            channel.send(size, descriptor)
    judgement, bundles = judgement_on(question, reading)
    channel.send(judgement)
    for bundle in bundles:
        channel.send(bundle)

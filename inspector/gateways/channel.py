"""Messages between this program and a child of its own, over a private pair of sockets that nobody else can reach.

The messages are pickles of our own frozen dataclasses. That is acceptable here alone: both ends are this very program, the
pair has no name, and nothing that comes from a file or the network is ever unpickled.
"""

import pickle
import socket
import struct
from contextlib import suppress
from typing import Any

_HEAD = struct.Struct("=Q?")


class ChannelClosedError(Exception):
    """The other side is gone."""


class Channel:
    """One end. A message may bring a file descriptor along."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection

    def send(self, message: object, descriptor: int | None = None) -> None:
        """Sends a message and, with it, a copy of `descriptor`."""
        data = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
        head = _HEAD.pack(len(data), descriptor is not None)
        try:
            if descriptor is None:
                self._connection.sendall(head)
            else:
                socket.send_fds(self._connection, [head], [descriptor])
            self._connection.sendall(data)
        except OSError as error:
            raise ChannelClosedError from error

    def receive(self) -> tuple[Any, int | None]:
        """The next message and the descriptor that came with it, which is the caller's to close."""
        head, descriptors = self._head()
        size, brings = _HEAD.unpack(head)
        data = self._exactly(size)
        return pickle.loads(data), descriptors[0] if brings else None  # noqa: S301 - see above

    def close(self) -> None:
        self._connection.close()

    def _head(self) -> tuple[bytes, list[int]]:
        try:
            head, descriptors, _, _ = socket.recv_fds(self._connection, _HEAD.size, 1)
        except OSError as error:
            raise ChannelClosedError from error
        return head + self._exactly(_HEAD.size - len(head)), descriptors

    def _exactly(self, size: int) -> bytearray:
        """So many bytes; a connection that is cut brings none."""
        data = bytearray(size)
        view = memoryview(data)
        while view:
            count = 0
            with suppress(OSError):
                count = self._connection.recv_into(view)
            if not count:
                raise ChannelClosedError
            view = view[count:]
        return data

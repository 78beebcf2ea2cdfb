"""A child process of this program that reads and judges answers, seen from the window's side."""

import os
import socket
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from threading import Thread

from inspector.core.schemas.tool_schemas import ToolSchemas
from inspector.gateways.channel import Channel

_PATIENT = 5
_KEPT = ("LANG", "LC_ALL", "LD_LIBRARY_PATH", "PATH", "TMPDIR", "TZ")
_START = "import sys; sys.path[:] = sys.argv[1].split({!r}); from {} import main; main(sys.argv[2:])"


class Child:
    """One child and the way to it. Making one raises OSError where there can be none."""

    def __init__(self, environ: Mapping[str, str] = os.environ) -> None:
        if getattr(sys, "frozen", False) or not hasattr(socket, "send_fds"):
            raise OSError("there is no way to start another process of this program here")
        ours, theirs = socket.socketpair()
        place = os.pathsep.join(path for path in sys.path if Path(path).is_absolute())
        start = _START.format(os.pathsep, "inspector.gateways.inspecting_child")
        with theirs:
            reading, self._pipe = os.pipe()
            try:
                self._process = subprocess.Popen(  # noqa: S603 - this very program
                    [sys.executable, "-I", "-c", start, place, str(theirs.fileno()), str(reading)],
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    env={name: environ[name] for name in _KEPT if name in environ},
                    pass_fds=(theirs.fileno(), reading),
                    start_new_session=True,
                )
            except BaseException:
                os.close(self._pipe)
                ours.close()
                raise
            finally:
                os.close(reading)
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, self._process.pid, _PATIENT)
        self.channel = Channel(ours)
        self.tools: ToolSchemas | None = None
        """Those that it was sent last."""

    def kill(self) -> None:
        """Ends it at once, whatever it is at; what it leaves behind is put away by a thread."""
        self._process.kill()
        Thread(target=self._put_away, name="child-end", daemon=True).start()

    def _put_away(self) -> None:
        self._process.wait()
        self.channel.close()
        os.close(self._pipe)

"""The real program on a display, a session bus and an accessibility bus of its own, used as with a screen reader.

Nothing here is the developer's own: every program gets a HOME, settings and temporary folders that end with the test.
"""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import pytest
from jeepney import MatchRule  # type: ignore[import-untyped]
from jeepney.bus_messages import message_bus  # type: ignore[import-untyped]
from jeepney.io.blocking import Proxy  # type: ignore[import-untyped]

from tests.private_display import private_display
from tests.secret_service import PrivateBus, private_bus

PATIENCE = 20.0
"""Seconds for anything that is waited for; far more than it takes, because other tests may run at the same time."""

_LAUNCHER = Path("/usr/libexec/at-spi-bus-launcher")
_SYSTEM_PYTHON = "/usr/bin/python3"
_SCREEN_READER = Path(__file__).with_name("screen_reader.py")
_PAUSE = 0.02
_FOLDERS = {"HOME": "home", "XDG_CONFIG_HOME": "config", "XDG_DATA_HOME": "data", "TMPDIR": "temporary"}
_FOLDERS |= {"XDG_CACHE_HOME": "cache", "XDG_STATE_HOME": "state"}
_Found = TypeVar("_Found")


@dataclass(frozen=True)
class Desktop:
    """A display with a screen reader on it. Each program that is started gets a folder of its own under `folder`."""

    bus: PrivateBus
    environ: dict[str, str]
    folder: Path
    reader: "subprocess.Popen[str]"

    def room(self, name: str) -> "Room":
        """Fresh folders for a program, under the desktop's own."""
        top = self.folder / name
        for inner in _FOLDERS.values():
            (top / inner).mkdir(parents=True)
        own = {variable: str(top / inner) for variable, inner in _FOLDERS.items()}
        return Room(self, top, self.environ | own)

    def ask(self, **request: object) -> Any:
        """One question to the screen reader."""
        assert self.reader.stdin is not None
        assert self.reader.stdout is not None
        self.reader.stdin.write(f"{json.dumps(request)}\n")
        self.reader.stdin.flush()
        answer = self.reader.stdout.readline()
        assert answer, "the screen reader ended"
        return json.loads(answer)


@dataclass(frozen=True)
class Room:
    """Where programs run that share their settings."""

    desktop: Desktop
    top: Path
    environ: dict[str, str]

    @contextmanager
    def window(self, *arguments: str, **environ: str) -> Iterator["Window"]:
        """The program with its window open; ended politely, by SIGTERM, which must end it well."""
        with (
            self._streams() as (out, err),
            subprocess.Popen(
                _command(*arguments), env=self.environ | environ, stdout=out, stderr=err, stdin=subprocess.DEVNULL
            ) as process,
        ):
            try:
                window = Window(self.desktop, process)
                window.wait_for("text", "Completion ID")
                yield window
                process.terminate()
                assert process.wait(PATIENCE) == 0, self.said()
            finally:
                process.kill()

    def run(self, *arguments: str, text: str = "", **environ: str) -> "subprocess.CompletedProcess[str]":
        """A command that ends by itself, with `text` as its standard input."""
        return subprocess.run(
            _command(*arguments),
            check=False,
            env=self.environ | environ,
            input=text,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
        )

    def said(self) -> str:
        """Everything that windows have written to standard output and error."""
        return "".join(path.read_text() for path in self.top.glob("std*"))

    @contextmanager
    def _streams(self) -> Iterator[tuple[Any, Any]]:
        with (self.top / "stdout").open("ab") as out, (self.top / "stderr").open("ab") as err:
            yield out, err


@dataclass(frozen=True)
class Heard:
    """What is heard of one thing in the window; `items` are the names of what lies in it, such as the cells of a table."""

    role: str
    name: str
    description: str
    text: str
    enabled: bool
    items: tuple[str, ...] = ()


@dataclass(frozen=True)
class Window:
    """The window of a running program, by accessible role and name."""

    desktop: Desktop
    process: "subprocess.Popen[bytes]"

    def look(self, role: str, name: str) -> Heard | None:
        """What has that role and name, if it is shown; a `name` that ends in `…` is the beginning of one."""
        said = self._ask("look", role=role, name=name)
        return None if said is None else Heard(**said | {"items": tuple(said["items"])})

    def wait_for(self, role: str, name: str, holds: Callable[[Heard], bool] = lambda _: True) -> Heard:
        """Waits until that is shown, and holds."""

        def look() -> Heard | None:
            heard = self.look(role, name)
            return heard if heard is not None and holds(heard) else None

        return self.wait_until(look, f"{role} “{name}”")

    def wait_until(self, look: Callable[[], _Found | None], what: str) -> _Found:
        """Looks again and again until there is an answer."""
        limit = time.monotonic() + PATIENCE
        while (found := look()) is None:
            assert time.monotonic() < limit, f"{what} did not come\n{self._outline()}"
            with suppress(subprocess.TimeoutExpired):
                raise AssertionError(f"the program ended with {self.process.wait(_PAUSE)}")
        return found

    def press(self, name: str) -> None:
        """Presses a button, once it can be pressed."""
        self.wait_for("push button", name, lambda button: button.enabled)
        assert self._ask("press", role="push button", name=name)

    def type(self, role: str, name: str, text: str) -> None:
        """Fills a text field."""
        self.wait_for(role, name)
        end = time.monotonic() + 20  # a dialog that is just closing may still hold the window
        while not self._ask("type", role=role, name=name, text=text):
            assert time.monotonic() < end, f"{name} takes no text"

    def fetch(self, completion: str) -> None:
        """Asks for a completion by its ID."""
        self.type("text", "Completion ID", completion)
        self.press("Fetch")

    def everything(self) -> list[Heard]:
        """All that the program exposes, shown or not."""
        return [Heard(**each) for each in self._ask("everything") or ()]

    def _outline(self) -> str:
        """What there is, for a person who wonders why a test failed."""
        return "\n".join(f"{each.role}: {each.name} {each.description} {each.text}" for each in self.everything())

    def _ask(self, do: str, **what: str) -> Any:
        return self.desktop.ask(process=self.process.pid, do=do, **what)


@contextmanager
def private_desktop(folder: Path) -> Iterator[Desktop]:
    """A display, the buses, an unlocked keyring and a screen reader, all of which end with the context."""
    _require_programs()
    with ExitStack() as stack:
        bus = stack.enter_context(private_bus())
        stack.enter_context(bus.gnome_keyring())
        environ = bus.environ | {
            "DISPLAY": stack.enter_context(private_display()),
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
            "GSETTINGS_BACKEND": "memory",
        }
        stack.enter_context(_accessibility_bus(bus, environ))
        command = [_SYSTEM_PYTHON, str(_SCREEN_READER)]
        pipe = subprocess.PIPE
        reader = stack.enter_context(
            subprocess.Popen(command, env=environ, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, text=True)
        )
        stack.callback(reader.kill)
        yield Desktop(bus, environ, folder, reader)


@contextmanager
def _accessibility_bus(bus: PrivateBus, environ: dict[str, str]) -> Iterator[None]:
    appeared = MatchRule(type="signal", interface="org.freedesktop.DBus", member="NameOwnerChanged")
    appeared.add_arg_condition(0, "org.a11y.Bus")
    with bus.connection() as connection, connection.filter(appeared) as signals:
        Proxy(message_bus, connection).AddMatch(appeared)
        command = [str(_LAUNCHER), "--launch-immediately"]
        with subprocess.Popen(command, env=environ, stderr=subprocess.DEVNULL) as launcher:
            try:
                connection.recv_until_filtered(signals, timeout=PATIENCE)
                yield
            finally:
                launcher.terminate()


def _command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "inspector", *arguments]


def _require_programs() -> None:
    missing = [program for program in ("Xvfb", _SYSTEM_PYTHON, str(_LAUNCHER)) if shutil.which(program) is None]
    if not missing:
        command = [
            _SYSTEM_PYTHON,
            "-c",
            "import gi; gi.require_version('Atspi', '2.0'); from gi.repository import Atspi",
        ]
        missing = (
            []
            if subprocess.run(command, check=False, capture_output=True).returncode == 0
            else ["the bindings of AT-SPI"]
        )
    if not missing:
        return
    message = f"the accessibility bus needs {' and '.join(missing)}: apt-get install xvfb at-spi2-core python3-pyatspi"
    if os.environ.get("CI"):
        pytest.fail(message)
    pytest.skip(message)

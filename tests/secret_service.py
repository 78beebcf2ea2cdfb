"""A throw-away session bus, with or without a real GNOME Keyring on it; never the developer's own.

Everything lies in one temporary folder that is HOME and XDG_RUNTIME_DIR to the programs started here. The bus knows no
service files, so nothing is started behind a test's back and no prompt can appear on a screen.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from jeepney import MatchRule  # type: ignore[import-untyped]
from jeepney.bus_messages import message_bus  # type: ignore[import-untyped]
from jeepney.io.blocking import DBusConnection, Proxy, open_dbus_connection  # type: ignore[import-untyped]

SECRET_SERVICE = "org.freedesktop.secrets"
PROMPTER = "org.gnome.keyring.SystemPrompter"

_PROGRAMS = ("dbus-daemon", "gnome-keyring-daemon")
_PATIENCE = 20.0
_BUS_CONFIG = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path={socket}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
    {denied}
  </policy>
</busconfig>
"""

_OWNER_CHANGED = MatchRule(type="signal", interface="org.freedesktop.DBus", member="NameOwnerChanged")
_OWNER_CHANGED.add_arg_condition(0, SECRET_SERVICE)


@dataclass(frozen=True)
class PrivateBus:
    """A running session bus; `environ` is the whole environment of a program that shall use it."""

    home: Path
    environ: dict[str, str]

    @contextmanager
    def connection(self) -> Iterator[DBusConnection]:
        with open_dbus_connection(self.environ["DBUS_SESSION_BUS_ADDRESS"]) as connection:
            yield connection

    @contextmanager
    def mute_owner(self, name: str) -> Iterator[None]:
        """Somebody who owns `name` on the bus and never answers."""
        with self.connection() as connection:
            assert Proxy(message_bus, connection).RequestName(name) == (1,)
            yield

    @contextmanager
    def gnome_keyring(self, *, password: str | None = "dummy") -> Iterator[None]:
        """The real daemon with its login keyring unlocked by `password`; without one it has no keyring at all."""
        command = ["gnome-keyring-daemon", "--foreground", "--components=secrets"]
        with ExitStack() as stack:
            with self.connection() as connection, connection.filter(_OWNER_CHANGED) as appeared:
                Proxy(message_bus, connection).AddMatch(_OWNER_CHANGED)
                daemon = _start(stack, [*command, "--unlock"] if password else command, self.environ)
                assert daemon.stdin is not None
                daemon.stdin.write(password or "")
                daemon.stdin.close()
                connection.recv_until_filtered(appeared, timeout=_PATIENCE)
            yield

    def run(self, program: str, *arguments: str, text: str = "") -> "subprocess.CompletedProcess[str]":
        """Runs Python source in a process that sees only this bus, with `text` as its standard input."""
        with self.start(program, *arguments) as process:
            output, errors = process.communicate(text, timeout=_PATIENCE)
        return subprocess.CompletedProcess(process.args, process.returncode, output, errors)

    @contextmanager
    def start(self, program: str, *arguments: str) -> Iterator["subprocess.Popen[str]"]:
        """Like `run`, for a test that talks with the process; it is killed where it outlives the context."""
        command = [sys.executable, "-c", program, *arguments]
        pipe = subprocess.PIPE
        with subprocess.Popen(command, env=self.environ, stdin=pipe, stdout=pipe, stderr=pipe, text=True) as process:
            try:
                yield process
            finally:
                process.kill()


@contextmanager
def private_bus(*, denied: str = "") -> Iterator[PrivateBus]:
    """A session bus that ends with the context; it refuses every message to the name `denied`."""
    _require_programs()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bus-", ignore_cleanup_errors=True)))
        environ = _environment(folder)
        rule = f'<deny send_destination="{denied}"/>' if denied else ""
        config = folder / "bus.conf"
        config.write_text(_BUS_CONFIG.format(socket=folder / "socket", denied=rule))
        command = ["dbus-daemon", "--nofork", "--nopidfile", f"--config-file={config}", "--print-address=1"]
        daemon = _start(stack, command, environ)
        assert daemon.stdout is not None
        assert daemon.stdout.readline(), "dbus-daemon did not start"
        yield PrivateBus(Path(environ["HOME"]), environ)


@pytest.fixture(scope="session")
def secret_service() -> Iterator[PrivateBus]:
    """A private bus with an unlocked GNOME Keyring, shared by the tests that leave it unlocked."""
    with private_bus() as bus, bus.gnome_keyring():
        yield bus


def _environment(folder: Path) -> dict[str, str]:
    home, runtime = folder / "home", folder / "run"
    home.mkdir()
    runtime.mkdir(mode=0o700)
    return {
        "PATH": os.environ["PATH"],
        "LANG": "C.UTF-8",
        "HOME": str(home),
        "XDG_RUNTIME_DIR": str(runtime),
        "DBUS_SESSION_BUS_ADDRESS": f"unix:path={folder / 'socket'}",
    }


def _start(stack: ExitStack, command: list[str], environ: dict[str, str]) -> "subprocess.Popen[str]":
    """A daemon that is ended, and waited for, when `stack` closes."""
    pipe = subprocess.PIPE
    daemon = stack.enter_context(
        subprocess.Popen(command, env=environ, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, text=True)
    )
    stack.callback(daemon.terminate)
    return daemon


def _require_programs() -> None:
    missing = [program for program in _PROGRAMS if shutil.which(program) is None]
    if not missing:
        return
    message = f"the real keyring needs {' and '.join(missing)}: apt-get install gnome-keyring dbus"
    if os.environ.get("CI"):
        pytest.fail(message)
    pytest.skip(message)

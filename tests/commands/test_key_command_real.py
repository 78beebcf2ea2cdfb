"""`key set | status | forget` with a real keyring: the key is there, and nowhere else.

The search for leaks covers every file under the throw-away HOME (the keyring's own file too: it must be encrypted), the
bytes that the command wrote, and the command lines of all processes while it ran.
"""

import base64
import secrets
import time
from pathlib import Path

import pytest

from tests.secret_service import PrivateBus, private_bus, secret_service

__all__ = ["secret_service"]

pytestmark = pytest.mark.keyring

COMMAND = """
import logging, os, sys
from getpass import getpass
from inspector.commands.key import run
from inspector.core.inputs import BaseUrl
from inspector.core.profile import Profile
from inspector.gateways.keyring_store import KeyringStore

logging.basicConfig(level=logging.DEBUG)
profile = Profile("leaks", BaseUrl("https://sudo.example", ""))
store, streams = KeyringStore(), {"stdin": sys.stdin, "stdout": sys.stdout, "stderr": sys.stderr}
for action in sys.argv[1:]:
    print(run(action, profile, store, os.environ, prompt=getpass, note_origin=str, **streams), flush=True)
"""
AND_WAIT = "    input()"
AT_A_TERMINAL = "import pty, sys; pty.spawn([sys.executable, '-c', *sys.argv[1:]])"
CANARY = f"sk-canary-{secrets.token_hex(8)}-leak"
SPELLINGS = [
    CANARY.encode(),
    CANARY.encode("utf-16-le"),
    base64.b64encode(CANARY.encode()).rstrip(b"="),
    CANARY.encode().hex().encode(),
]


def holds_key(data: bytes) -> bool:
    return any(spelling in data for spelling in SPELLINGS)


def leaks_under(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and holds_key(path.read_bytes())]


def leaks_in_command_lines() -> list[str]:
    leaks = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            arguments = path.read_bytes()
        except OSError:  # the process has ended meanwhile
            continue
        if holds_key(arguments):
            leaks.append(str(path))
    return leaks


def talk(bus: PrivateBus, *lines: str, actions: tuple[str, ...]) -> tuple[str, str]:
    """Runs `actions` in one process, the key on its standard input; after each it is searched for while it still runs."""
    with bus.start(COMMAND + AND_WAIT, *actions) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        output = []
        for line in lines:
            process.stdin.write(line)
            process.stdin.flush()
        for _ in actions:
            while (said := process.stdout.readline()) not in ("0\n", "2\n", "3\n"):
                assert said, process.communicate()[1]
                output.append(said)
            output.append(said)
            assert leaks_in_command_lines() == []
            process.stdin.write("\n")
            process.stdin.flush()
        rest, errors = process.communicate(timeout=20)
    return "".join(output) + rest, errors


def test_the_search_would_find_a_leak(secret_service: PrivateBus, tmp_path: Path) -> None:
    for number, spelling in enumerate(SPELLINGS):
        (tmp_path / str(number)).write_bytes(b"before " + spelling + b" after")
    assert len(leaks_under(tmp_path)) == len(SPELLINGS)
    with secret_service.start("input()", CANARY):
        end = time.monotonic() + 20  # the process may not have come to its own command line yet
        while not (found := leaks_in_command_lines()) and time.monotonic() < end:
            pass
        assert len(found) == 1


def test_the_key_is_in_the_keyring_and_nowhere_else(secret_service: PrivateBus) -> None:
    output, errors = talk(secret_service, f"{CANARY}\n", actions=("set", "status"))
    assert output.count("0\n") == 2
    assert output.count("…leak") == 2
    assert "Secret Service" in output
    assert not holds_key((output + errors).encode())
    files = [path for path in secret_service.home.rglob("*") if path.is_file()]
    assert any(path.suffix == ".keyring" for path in files), "the keyring was not written where the search looks"
    assert leaks_under(secret_service.home.parent) == []

    check = "import keyring; print(keyring.get_password('sudo-inspector', 'leaks'))"
    assert secret_service.run(check).stdout == f"{CANARY}\n"
    output, errors = talk(secret_service, actions=("forget", "status"))
    assert "no API key" in output
    assert secret_service.run(check).stdout == "None\n"
    assert leaks_under(secret_service.home.parent) == []


def test_a_key_typed_at_a_terminal_is_not_echoed(secret_service: PrivateBus) -> None:
    with secret_service.start(AT_A_TERMINAL, COMMAND, "set", "forget") as process:
        assert process.stdin is not None
        assert process.stdout is not None
        shown = ""
        while not shown.endswith("): "):
            shown += process.stdout.read(1)
        rest, _ = process.communicate(f"{CANARY}\n", timeout=20)
    assert "is saved" in rest
    assert not holds_key((shown + rest).encode())


@pytest.mark.parametrize("without", ["bus", "keyring"])
def test_without_a_bus_or_keyring_it_says_so_in_plain_words(without: str) -> None:
    with private_bus() as bus:
        if without == "bus":
            del bus.environ["DBUS_SESSION_BUS_ADDRESS"]
        output, errors = talk(bus, f"{CANARY}\n", actions=("set", "status", "forget"))
        assert output == "3\n3\n3\n"
        assert errors.count("No usable keyring of the operating system was found") == 3
        assert errors.count("this run only") == 3
        assert "keyrings.alt" not in errors
        assert "Traceback" not in errors
        assert not holds_key(errors.encode())
        assert leaks_under(bus.home.parent) == []

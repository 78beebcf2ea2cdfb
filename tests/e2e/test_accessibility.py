"""The window, driven over the accessibility bus in the real process: what a screen reader finds, hears and can do.

The names and roles are a contract, because scripts and accessibility tools depend on them. In the same runs the API key is
searched for wherever it must not be.
"""

import base64
import json
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from inspector.demo.samples import load_samples
from tests.e2e.accessibility import Desktop, Heard, Room, Window, private_desktop
from tests.fault_server import FaultServer, Link

pytestmark = [pytest.mark.accessibility, pytest.mark.xdist_group("accessibility")]

CANARY = "sk-canary-5e0b7a41c9d2f386-window"
SPELLINGS = [
    CANARY.encode(),
    CANARY.encode("utf-16-le"),
    CANARY.encode("utf-32-le"),
    base64.b64encode(CANARY.encode()).rstrip(b"="),
    base64.b64encode(f"Bearer {CANARY}".encode()).rstrip(b"="),
    CANARY.encode().hex().encode(),
]
SAMPLES = {sample.file: sample for sample in load_samples()}
TWO_CALLS = SAMPLES["two-tool-calls.json"].id
HTML = b"<!DOCTYPE html><html><head><title>Bad gateway</title></head><body><h1>502</h1></body></html>"
UNAUTHORIZED = b'{"error":{"message":"Incorrect API key provided","type":"authentication_error"}}'


def answer(link: Link) -> None:
    """What the server says to the IDs that `FAULTS` does not know."""
    match link.path.rpartition("/")[2]:
        case "locked":
            link.reply(UNAUTHORIZED, "Content-Type: application/json", status="401 Unauthorized")
        case "edge":
            link.reply(HTML, "Content-Type: text/html", status="502 Bad Gateway")
        case _:
            link.reply()


@pytest.fixture(scope="module")
def desktop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desktop]:
    with private_desktop(tmp_path_factory.mktemp("rooms")) as made:
        yield made


@pytest.fixture(scope="module")
def demo(desktop: Desktop) -> Iterator[Window]:
    with desktop.room("demo").window("--demo") as window:
        yield window


@pytest.fixture(scope="module")
def server() -> Iterator[FaultServer]:
    with FaultServer(default=answer) as running:
        yield running


@pytest.fixture(scope="module")
def faulty(desktop: Desktop, server: FaultServer) -> Iterator[Window]:
    """The program, asking a server that goes wrong in the way that the ID names."""
    with desktop.room("faulty").window("--base-url", server.url(), SUDO_API_KEY=CANARY) as window:
        yield window


def status(window: Window, beginning: str) -> str:
    """What the status bar says, once it begins like that."""
    return window.wait_for("status bar", f"{beginning}…").name


def problem(window: Window, words: str) -> str:
    """The sentence at the label “Problem”, once it holds these words."""
    return window.wait_for("label", "Problem", lambda label: words in label.description).description


def shows_ok(window: Window) -> bool:
    """Whether a fetch works now."""
    window.fetch("ok")
    status(window, "Received ")
    tree = window.wait_for("tree", "Structure", lambda tree: any("chatcmpl-1" in item for item in tree.items))
    return window.look("label", "Problem") is None and tree.enabled


class TestTheDemo:
    def test_the_demo_offers_its_completions(self, demo: Window) -> None:
        offered = demo.wait_for("table", "Completions", lambda table: TWO_CALLS in table.items).items
        assert {sample.id for sample in SAMPLES.values()} <= set(offered)

    def test_an_id_is_typed_and_the_button_fetches_it(self, demo: Window) -> None:
        demo.fetch(TWO_CALLS)
        tree = demo.wait_for("tree", "Structure", lambda tree: len(tree.items) > 10)
        assert status(demo, "Received ")
        assert any(item.startswith("id, ") and TWO_CALLS in item for item in tree.items)
        assert demo.wait_for("text", "Completion ID").text == TWO_CALLS

    def test_a_row_tells_its_name_its_value_and_its_state(self, demo: Window) -> None:
        demo.fetch(TWO_CALLS)
        tree = demo.wait_for("tree", "Structure", lambda tree: any(", not JSON: " in item for item in tree.items))
        order = '{"order_id": "LF-77154", "with_tracking": true}'
        assert f"arguments, {order}, valid JSON object" in tree.items
        assert "with_tracking, true" in tree.items
        (broken,) = {item for item in tree.items if item.startswith("arguments, {'order_id': ")}
        assert broken.endswith("}, not JSON: Python notation at character 2")
        above = {item.partition(", ")[0] for item in tree.items if item.endswith(", error inside")}
        assert above == {"Completion", "choices", "Choice 1", "message", "tool_calls", "Call 2", "function"}

    def test_the_detail_holds_the_text_and_the_fault_is_explained(self, demo: Window) -> None:
        demo.fetch(TWO_CALLS)
        demo.wait_for("text", "Detail", lambda detail: detail.text.startswith("{'order_id': 'LF-77154'"))
        words = demo.wait_for("label", "Explanation").description
        assert words.startswith("Line 1, column 2: ")
        assert "Python" in words

    def test_the_findings_have_rows(self, demo: Window) -> None:
        demo.fetch(TWO_CALLS)
        found = demo.wait_for("table", "Findings", lambda table: "arguments-invalid" in table.items).items
        assert "/choices/0/message/tool_calls/1/function/arguments" in found
        assert any(item.startswith("error: The call of “create_return_label”") for item in found)

    def test_the_field_for_the_key_gives_out_bullets_only(self, demo: Window) -> None:
        demo.press("API key")
        demo.type("password text", "API key", CANARY)
        field = demo.wait_for("password text", "API key", lambda field: bool(field.text))
        assert set(field.text) == {"●"}
        assert not leaks_in_window(demo)
        demo.press("Close")
        demo.wait_until(lambda: demo.look("password text", "API key") is None or None, "the end of the dialog")


class TestWhatGoesWrong:
    def test_a_key_that_is_not_accepted(self, faulty: Window) -> None:
        faulty.fetch("locked")
        assert "HTTP 401" in problem(faulty, "did not accept the API key")
        assert "Incorrect API key provided" in status(faulty, "No completion: The server did not accept")
        assert shows_ok(faulty)

    def test_an_id_that_is_not_known(self, faulty: Window) -> None:
        faulty.fetch("not-found")
        assert "HTTP 404" in problem(faulty, "no completion with this ID")
        assert status(faulty, "No completion: The server has no completion")
        assert shows_ok(faulty)

    def test_a_web_page_of_the_edge(self, faulty: Window) -> None:
        faulty.fetch("edge")
        assert "HTTP 502" in problem(faulty, "edge network")
        assert status(faulty, "No completion: The edge network")
        faulty.press("Show raw body")
        faulty.wait_for("text", "Detail", lambda detail: detail.text == HTML.decode())
        assert shows_ok(faulty)

    def test_a_body_that_never_ends_is_cancelled(self, faulty: Window, server: FaultServer) -> None:
        server.reached.clear()
        server.hung_up.clear()
        faulty.fetch("dripping-body")
        assert server.reached.wait(20)
        faulty.wait_for("status bar", "Fetching dripping-body … …")
        faulty.press("Cancel")
        assert problem(faulty, "Cancelled") == status(faulty, "Cancelled. dripping-body was not fetched.")
        assert server.hung_up.wait(20)
        assert not faulty.wait_for("push button", "Cancel").enabled
        assert shows_ok(faulty)

    def test_a_port_where_nobody_listens_and_then_somebody_does(self, desktop: Desktop) -> None:
        with socket.socket() as port:
            port.bind(("127.0.0.1", 0))
            url = f"http://127.0.0.1:{port.getsockname()[1]}"
            with desktop.room("dead").window("--base-url", url, SUDO_API_KEY=CANARY) as window:
                window.fetch("ok")
                assert problem(window, "refused the connection: nothing is listening there")
                assert status(window, "No completion: ")
                with listening_at(port):
                    window.press("Retry")
                    status(window, "Received ")
                    assert shows_ok(window)


def listening_at(port: socket.socket) -> FaultServer:
    """A server on a port that was bound before, so that it could not become anybody else's."""
    server = FaultServer()
    server._listener.close()
    port.listen()
    server._listener = port
    return server


class TestTheKeyStaysPrivate:
    """The server repeats the key in its answer, its headers and its reason: that must not show or stay anywhere either."""

    def test_a_key_in_the_environment(self, desktop: Desktop, server: FaultServer) -> None:
        room = desktop.room("environment")
        with room.window("--base-url", server.url(), SUDO_API_KEY=CANARY) as window:
            use(window)
            assert leaks(room, window) == []
        report = room.run("show", "--base-url", server.url(), "echo-key", SUDO_API_KEY=CANARY)
        assert "401" in report.stdout + report.stderr
        assert report.returncode == 3
        assert not holds_key((report.stdout + report.stderr).encode())
        assert leaks_on_disk(room) == []
        assert keys_sent(server) == {f"Bearer {CANARY}"}

    def test_a_key_in_the_keyring(self, desktop: Desktop, server: FaultServer) -> None:
        room = desktop.room("keyring")
        server.requests.clear()
        prefer(room, server.url())
        with room.window() as window:
            window.type("password text", "API key", CANARY)
            window.press("Save key")
            window.wait_for("label", "Outcome", lambda label: "is saved in" in label.description)
            window.press("Close")
            use(window)
            assert leaks(room, window) == []
        report = room.run("show", "--format", "json", "echo-key")
        assert json.loads(report.stdout)["error"]["status"] == 401
        assert not holds_key((report.stdout + report.stderr).encode())
        assert leaks_on_disk(room) == []
        assert keys_sent(server) == {f"Bearer {CANARY}"}

    def test_the_search_finds_a_key(self, desktop: Desktop) -> None:
        room = desktop.room("search")
        (room.top / "temporary" / "file").write_text(f"Authorization: Bearer {CANARY}")
        assert leaks_on_disk(room) == [str(room.top / "temporary" / "file")]


def use(window: Window) -> None:
    """An answer that echoes the key, one that is in order, and the key dialog."""
    window.fetch("echo-key")
    problem(window, "HTTP 401")
    window.press("Show raw body")
    window.wait_for("text", "Detail", lambda detail: '"error"' in detail.text)
    assert not leaks_in_window(window)
    assert shows_ok(window)
    window.press("API key")
    window.wait_for("password text", "API key")


def prefer(room: Room, url: str) -> None:
    """Settings with a profile that asks `url`."""
    path = Path(room.environ["XDG_CONFIG_HOME"]) / "sudo-inspector" / "preferences.json"
    path.parent.mkdir()
    path.write_text(json.dumps({"profile": "faulty", "profiles": {"faulty": url}}))


def keys_sent(server: FaultServer) -> set[str]:
    lines = [line for raw in server.requests for line in raw.decode("latin-1").split("\r\n")]
    return {line.partition(": ")[2] for line in lines if line.lower().startswith("authorization:")}


def holds_key(data: bytes) -> bool:
    return any(spelling in data for spelling in SPELLINGS)


def leaks(room: Room, window: Window) -> list[str]:
    """Where the key can be found while the program runs."""
    return [*leaks_on_disk(room), *leaks_in_command_lines(), *map(str, leaks_in_window(window))]


def leaks_on_disk(room: Room) -> list[str]:
    """The files that hold the key: of the program, its output among them, of the bus and of the keyring."""
    files = [path for top in (room.top, room.desktop.bus.home.parent) for path in top.rglob("*") if path.is_file()]
    assert files
    return [str(path) for path in files if holds_key(path.read_bytes())]


def leaks_in_command_lines() -> list[str]:
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            command = path.read_bytes()
        except OSError:  # that process has ended meanwhile
            continue
        if holds_key(command):
            found.append(str(path))
    return found


def leaks_in_window(window: Window) -> list[Heard]:
    everything = window.everything()
    assert len(everything) > 50
    return [each for each in everything if holds_key(repr(each).encode())]

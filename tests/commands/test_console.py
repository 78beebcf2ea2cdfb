"""Standard streams: what they cannot hold is escaped, what closes early is no fault, what is too much is refused."""

import os

import pytest

from inspector.commands.console import Console
from inspector.core.inputs import Refused
from tests.command_runs import Stream


def console(**streams: Stream) -> Console:
    return Console(streams.get("stdin", Stream()), streams.get("stdout", Stream()), streams.get("stderr", Stream()))


@pytest.mark.parametrize(
    ("encoding", "escapes", "expected"),
    [
        ("utf-8", "backslashreplace", "“é” \\ud83d".encode()),
        ("ascii", "backslashreplace", b"\\u201c\\xe9\\u201d \\ud83d"),
        ("latin-1", "xmlcharrefreplace", b"&#8220;\xe9&#8221; &#55357;"),
    ],
)
def test_what_the_output_cannot_hold_is_escaped(encoding: str, escapes: str, expected: bytes) -> None:
    stdout = Stream(encoding=encoding)
    console(stdout=stdout).write("“é” \ud83d", escapes=escapes)
    assert stdout.written() == expected


@pytest.mark.parametrize(("encoding", "holds"), [("utf-8", True), ("UTF8", True), ("ascii", False), ("cp1252", False)])
def test_whether_the_output_holds_all(encoding: str, holds: bool) -> None:
    assert console(stdout=Stream(encoding=encoding)).holds_all is holds


def test_a_complaint_is_one_line_that_steers_no_terminal() -> None:
    stderr = Stream(encoding="ascii")
    console(stderr=stderr).complain("it\nsaid \x1b[31m “no”")
    assert stderr.written() == b"sudo-inspector: it said \\u241b[31m \\u201cno\\u201d\n"


def test_a_pipe_that_nobody_reads_any_more_is_no_fault() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "w", encoding="utf-8") as stdout:
        one = Console(Stream(), stdout, Stream())
        one.write("x" * 100_000)
        assert one.is_closed
        one.write("more")
        stdout.write("flushed at the end")


def test_input_is_read_up_to_a_limit() -> None:
    assert console(stdin=Stream(b"12345")).read(5) == b"12345"
    refused = console(stdin=Stream(b"123456")).read(5)
    assert isinstance(refused, Refused)
    assert "more than 5 bytes" in refused.sentence


def test_input_that_cannot_be_read_is_a_sentence() -> None:
    refused = console(stdin=Stream.failing(OSError(5, "Input/output error"))).read()
    assert refused == Refused("Standard input could not be read: Input/output error.")


@pytest.mark.parametrize(
    ("terminal", "environ", "wanted"),
    [
        (True, {}, True),
        (True, {"NO_COLOR": ""}, True),
        (True, {"NO_COLOR": "1"}, False),
        (True, {"TERM": "dumb"}, False),
        (False, {}, False),
    ],
)
def test_colour_is_for_terminals_whose_owner_does_not_object(
    terminal: bool, environ: dict[str, str], wanted: bool
) -> None:
    assert console(stdout=Stream(terminal=terminal)).wants_colour(environ) is wanted

"""Answers that child processes read: the same as those that are read here, stopped at once, and never without an end."""

import asyncio
import gc
import os
import select
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Coroutine, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from inspector.core.digest import digest_of
from inspector.core.inspection import Checks, Inspection, Source, inspect, inspect_again, unread_received
from inspector.core.json.index import MANY
from inspector.core.moment import Moment
from inspector.core.outline.showing import showing_of
from inspector.core.schemas.tool_schemas import ToolSchemas
from inspector.core.search.hits import AnswerSearch
from inspector.core.search.searcher import Wish
from inspector.gateways import inspecting_process
from inspector.gateways.channel import Channel, ChannelClosedError
from inspector.gateways.child import Child
from inspector.gateways.inspecting_child import main, serve
from inspector.gateways.inspecting_here import InspectorHere
from inspector.gateways.inspecting_process import NOTICE, InspectorInChildren
from inspector.gateways.lent_bytes import borrowed, lend, taken
from tests.answers import NOW, as_bytes, calling, completion
from tests.endless_work import Endless
from tests.outline_rows import rows_of
from tests.report_bodies import received

TOOLS = ToolSchemas.read('[{"type":"function","function":{"name":"get_weather","parameters":{"required":["city"]}}}]')
BOM = b"\xef\xbb\xbf"
CALL = calling("{}")["choices"][0]["message"]["tool_calls"][0]
MANY_CALLS = as_bytes(completion({"tool_calls": [CALL] * (MANY + 1)}))
BODIES = {
    "a completion": as_bytes(calling('{"city": "Oslo",}')),
    "with a byte order mark": BOM + as_bytes(calling("{}")),
    "no JSON": b'{"choices": [',
    "bytes that are no UTF-8": b'{"choices": [{"message": {"content": "\xff"}}]}',
    "nothing": b"",
    "a long text": b'{"choices": [], "said": "%s"}' % (b"x" * 70_000),
}
LONG = b'{"choices": [], "padding": [%s]}' % b",".join([b'{"a": 1}'] * 400_000)


def run(work: Coroutine[Any, Any, Any]) -> Any:
    with asyncio.Runner() as runner:
        return runner.run(work)


class Children:
    """Makes real children, and remembers them."""

    def __init__(self) -> None:
        self.made: list[Child] = []
        self.some = threading.Event()

    def __call__(self) -> Child:
        self.made.append(Child())
        self.some.set()
        return self.made[-1]


@pytest.fixture
def children() -> Children:
    return Children()


@pytest.fixture
def inspector(children: Children) -> Iterator[InspectorInChildren]:
    found = InspectorInChildren(children, least=0)
    yield found
    found.close()
    for child in children.made:
        child._process.wait(10)


def rows(inspection: Inspection) -> list[Any]:
    outline = showing_of(inspection, Moment(NOW)).outline
    return [outline.words(row) for row in rows_of(outline)]


def same(one: Inspection, other: Inspection) -> bool:
    """All that is told of an answer; documents are of the one process or of the other."""
    alike = {"document": None, "completion": None}
    return replace(one, **alike) == replace(other, **alike) and digest_of(one) == digest_of(other)


@pytest.mark.parametrize("name", BODIES)
def test_an_answer_is_read_there_as_it_is_here(inspector: InspectorInChildren, name: str) -> None:
    for unread in (
        unread_received(received(BODIES[name]), "chatcmpl-asked"),
        unread_received(received(BODIES[name], status=404), "chatcmpl-asked"),
        Inspection(None, Source("file", path="/tmp/a.json"), BODIES[name]),
    ):
        there, here = run(inspector.inspect(unread, TOOLS, NOW)), inspect(unread, TOOLS, NOW)
        assert same(there, here)
        assert (there.document is None) == (here.document is None)
        assert (there.completion is None) == (here.completion is None)
        assert there.body is unread.body
        assert rows(there) == rows(here)


def test_an_answer_is_told_of_as_soon_as_it_is_read(inspector: InspectorInChildren) -> None:
    told: list[Inspection] = []
    unread = unread_received(received(MANY_CALLS), "chatcmpl-asked")
    found = run(inspector.inspect(unread, TOOLS, NOW, told.append))
    (reading,) = told
    assert (reading.checks, reading.findings, reading.schemas, reading.tally) == (Checks.RUNNING, (), {}, None)
    assert reading.body is unread.body
    assert reading.document is found.document
    assert reading.completion is not None
    assert len(list(reading.completion.tool_calls)) == MANY + 1
    assert (found.checks, found.tally is None) == (Checks.DONE, False)


@pytest.mark.parametrize(("body", "status"), [(MANY_CALLS, 404), (b"[1]", 200), (b'{"choices": [', 200)])
def test_a_problem_is_told_once_it_is_known(inspector: InspectorInChildren, body: bytes, status: int) -> None:
    told: list[Inspection] = []
    unread = unread_received(received(body, status=status), "chatcmpl-asked")
    found = run(inspector.inspect(unread, TOOLS, NOW, told.append))
    assert told == []
    assert found.problem is not None
    assert found.checks is Checks.DONE


def test_many_calls_come_with_all_their_checks(inspector: InspectorInChildren) -> None:
    unread = Inspection(None, Source("file"), MANY_CALLS)
    there, here = run(inspector.inspect(unread, TOOLS, NOW)), inspect(unread, TOOLS, NOW)
    assert same(there, here)
    assert len(there.schemas) == MANY + 1
    assert there.completion is not None
    assert [call.pointer for _, call in there.completion.tool_calls] == list(here.schemas)


def test_other_tools_are_held_against_an_answer_without_reading_it_here(inspector: InspectorInChildren) -> None:
    first = run(inspector.inspect(Inspection(None, Source("file"), BODIES["with a byte order mark"]), None, NOW))
    again = run(inspector.inspect_again(first, TOOLS, NOW))
    assert again.document is first.document
    assert again.completion is first.completion
    assert same(again, inspect_again(first, TOOLS, NOW))
    assert not same(again, first)
    assert same(run(inspector.inspect_again(again, None, NOW)), first)


def test_what_has_a_problem_is_not_asked_about_again(inspector: InspectorInChildren, children: Children) -> None:
    refused = inspect(unread_received(received(b"{}", status=404), "x"), None, NOW)
    assert run(inspector.inspect_again(refused, TOOLS, NOW)) is refused
    assert children.made == []


def test_batches_get_their_lines_from_a_child_of_their_own(inspector: InspectorInChildren, children: Children) -> None:
    unread = unread_received(received(BODIES["with a byte order mark"]), "chatcmpl-asked")
    expected = [digest_of(inspect(unread, tools, NOW)) for tools in (TOOLS, TOOLS, None)]
    assert [run(inspector.digest(unread, tools, NOW)) for tools in (TOOLS, TOOLS, None)] == expected
    assert expected[0] != expected[2]
    run(inspector.inspect(unread, None, NOW))
    assert len(children.made) == 2


def test_small_answers_are_read_here(children: Children) -> None:
    inspector = InspectorInChildren(children)
    unread = unread_received(received(BODIES["a completion"]), "chatcmpl-asked")
    first = run(inspector.inspect(unread, None, NOW))
    assert same(first, inspect(unread, None, NOW))
    assert same(run(inspector.inspect_again(first, TOOLS, NOW)), inspect(unread, TOOLS, NOW))
    assert children.made == []


def none_here() -> Child:
    raise OSError("no more processes")


class Dying:
    """A child that is gone before it can answer."""

    def __init__(self) -> None:
        ours, theirs = socket.socketpair()
        theirs.close()
        self.channel, self.tools, self.kills = Channel(ours), None, 0

    def kill(self) -> None:
        self.kills += 1
        self.channel.close()


def test_where_there_can_be_no_child_the_answer_is_read_here_and_says_so() -> None:
    inspector = InspectorInChildren(none_here, least=0)
    run(inspector.warm())
    unread = unread_received(received(BODIES["a completion"]), "chatcmpl-asked")
    found = run(inspector.inspect(unread, None, NOW))
    assert found.notice == NOTICE
    assert same(replace(found, notice=""), inspect(unread, None, NOW))
    assert same(run(inspector.inspect_again(found, TOOLS, NOW)), inspect_again(found, TOOLS, NOW))
    assert run(inspector.digest(unread, None, NOW)) == digest_of(inspect(unread, None, NOW))


def test_a_child_that_dies_of_a_question_is_not_asked_for_ever() -> None:
    made: list[Dying] = []

    def start() -> Any:
        made.append(Dying())
        return made[-1]

    inspector = InspectorInChildren(start, least=0)
    found = run(inspector.inspect(Inspection(None, Source("file"), b"{}"), None, NOW))
    assert found.notice == NOTICE
    assert [each.kills for each in made] == [1, 1]


def test_a_child_that_died_meanwhile_is_replaced(inspector: InspectorInChildren, children: Children) -> None:
    unread = Inspection(None, Source("file"), b"{}")
    run(inspector.warm())
    children.made[0]._process.kill()
    children.made[0]._process.wait(10)
    assert run(inspector.inspect(unread, None, NOW)).notice == ""
    assert len(children.made) == 2


def test_a_child_goes_after_a_large_answer(
    inspector: InspectorInChildren, children: Children, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inspecting_process, "LARGE", 1000)
    run(inspector.inspect(Inspection(None, Source("file"), b"{}"), None, NOW))
    assert children.made[0]._process.poll() is None
    run(inspector.inspect(Inspection(None, Source("file"), MANY_CALLS), None, NOW))
    assert children.made[0]._process.wait(10) == -signal.SIGKILL
    assert len(children.made) == 1


def test_what_nobody_wants_any_more_ends_at_once(inspector: InspectorInChildren, children: Children) -> None:
    async def given_up() -> None:
        asked = asyncio.create_task(inspector.inspect(Inspection(None, Source("file"), LONG), None, NOW))
        await asyncio.to_thread(children.some.wait, 10)
        asked.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asked

    run(given_up())
    assert children.made[0]._process.wait(10) == -signal.SIGKILL
    assert run(inspector.inspect(Inspection(None, Source("file"), b"{}"), None, NOW)).notice == ""


def test_what_is_given_up_before_its_child_is_there_ends_too(children: Children) -> None:
    may_start, started = threading.Event(), threading.Event()

    def slow_start() -> Child:
        started.set()
        may_start.wait(10)
        return children()

    inspector = InspectorInChildren(slow_start, least=0)

    async def given_up() -> None:
        asked = asyncio.create_task(inspector.inspect(Inspection(None, Source("file"), b"{}"), None, NOW))
        await asyncio.to_thread(started.wait, 10)
        asked.cancel()
        may_start.set()
        with pytest.raises(asyncio.CancelledError):
            await asked

    run(given_up())
    assert children.made[0]._process.wait(10) == -signal.SIGKILL


class BrokenError(Exception):
    """A fault of whoever is told of a document."""


@pytest.mark.parametrize("fault", [BrokenError, OSError])
def test_a_child_is_let_go_where_its_answer_is_not_taken_in_to_the_end(
    inspector: InspectorInChildren, children: Children, fault: type[Exception]
) -> None:
    def fail(_reading: Inspection) -> None:
        raise fault

    unread = Inspection(None, Source("file"), MANY_CALLS)
    with suppress(BrokenError):
        assert run(inspector.inspect(unread, TOOLS, NOW, fail)).notice == NOTICE
    assert children.made[0]._process.wait(10) == -signal.SIGKILL
    again = run(inspector.inspect(Inspection(None, Source("file"), b'{"choices": []}'), TOOLS, NOW))
    assert (again.notice, again.schemas, len(children.made)) == ("", {}, 2)


class Held(Dying):
    """A child that was killed, and whose end is noticed when the test says so."""

    def __init__(self) -> None:
        super().__init__()
        self._real, self.asked, self.may_end = self.channel, threading.Event(), threading.Event()
        self.channel = self  # type: ignore[assignment]

    def send(self, *_message: object) -> None:
        self.asked.set()
        self.may_end.wait(10)
        raise ChannelClosedError

    def close(self) -> None:
        self._real.close()


def test_a_question_that_was_given_up_takes_no_child_from_the_next(children: Children) -> None:
    """Its thread may notice the end of its child when the next has long been asked."""
    held, late = Held(), threading.Event()
    made: list[Any] = []

    def start() -> Any:
        made.append(held if not made else children())
        return made[-1]

    def tell(_reading: Inspection) -> None:
        told.append(_reading)
        held.may_end.set()
        assert late.wait(10)

    told: list[Inspection] = []
    inspector = InspectorInChildren(start, least=0)
    asked = inspector._single._asked

    def watched(*given: Any) -> Any:
        try:
            return asked(*given)
        finally:
            late.set()

    inspector._single._asked = watched  # type: ignore[method-assign]

    async def both() -> Inspection:
        first = asyncio.create_task(inspector.inspect(Inspection(None, Source("file"), b"{}"), None, NOW))
        await asyncio.to_thread(held.asked.wait, 10)
        first.cancel()
        with pytest.raises(asyncio.CancelledError):
            await first
        return await inspector.inspect(Inspection(None, Source("file"), MANY_CALLS), None, NOW, tell)

    found = run(both())
    assert (found.notice, len(told), held.kills, len(made)) == ("", 1, 1, 2)
    inspector.close()
    children.made[0]._process.wait(10)


def test_a_question_that_was_given_up_before_its_turn_in_a_thread_takes_no_child(children: Children) -> None:
    desk = InspectorInChildren(children, least=0)._single
    unwanted = threading.Event()
    unwanted.set()
    desk.warm()
    assert desk._asked(lambda child: child, unwanted) is None
    assert desk._child is children.made[0]
    desk.close()
    assert children.made[0]._process.wait(10) == -signal.SIGKILL


def test_what_was_told_beforehand_is_not_told_again_by_the_next_child(
    inspector: InspectorInChildren, children: Children
) -> None:
    told: list[Inspection] = []

    def tell(reading: Inspection) -> None:
        told.append(reading)
        children.made[0]._process.kill()
        children.made[0]._process.wait(10)

    unread = Inspection(None, Source("file"), MANY_CALLS)
    found = run(inspector.inspect(unread, TOOLS, NOW, tell))
    assert (found.checks, len(told)) == (Checks.DONE, 1)


def test_after_the_end_there_are_no_children(inspector: InspectorInChildren, children: Children) -> None:
    run(inspector.warm())
    inspector.close()
    assert children.made[0]._process.wait(10) == -signal.SIGKILL
    assert run(inspector.inspect(Inspection(None, Source("file"), b"{}"), None, NOW)).notice == NOTICE
    assert len(children.made) == 1


def test_a_child_gets_neither_the_key_nor_anything_else_of_the_surroundings() -> None:
    child = Child({"SUDO_API_KEY": "sk-canary", "PATH": "/usr/bin", "HOME": "/root"})
    environ = Path(f"/proc/{child._process.pid}/environ")
    try:
        if environ.exists():
            while not (seen := environ.read_bytes()):
                pass  # the new program has not been put in place yet
            assert seen == b"PATH=/usr/bin\0"
    finally:
        child.kill()
    assert child._process.wait(10) == -signal.SIGKILL


def test_there_is_no_child_where_the_program_is_one_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    with pytest.raises(OSError, match="another process"):
        Child()


def open_files() -> int:
    listed = Path("/proc/self/fd")
    return len(list(listed.iterdir())) if listed.exists() else 0


def test_nothing_is_left_open_where_no_process_can_be_started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    before = open_files()
    with pytest.raises(FileNotFoundError):
        Child()
    assert open_files() == before


def test_a_child_ends_with_its_parent_however_that_ends() -> None:
    code = "from inspector.gateways.child import Child; c = Child(); print(c._process.pid, flush=True); input()"
    parent = subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=Path(__file__).parents[2]
    )
    assert parent.stdout is not None
    watched = os.pidfd_open(int(parent.stdout.readline()))
    parent.kill()
    parent.communicate()
    assert select.select([watched], [], [], 10)[0]
    os.close(watched)


def in_a_thread(work: Callable[[], object]) -> threading.Thread:
    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    return thread


class Within:
    """A child that is a thread of this process, so that its own side is seen."""

    def __init__(self) -> None:
        ours, theirs = socket.socketpair()
        self.channel, self.tools = Channel(ours), None
        self.thread = in_a_thread(lambda: serve(Channel(theirs)))

    def kill(self) -> None:
        self.channel.close()


@pytest.mark.parametrize("name", BODIES)
def test_what_a_child_does_with_a_question(name: str) -> None:
    made: list[Any] = []

    def start() -> Any:
        made.append(Within())
        return made[-1]

    inspector = InspectorInChildren(start, least=0)
    unread = unread_received(received(BODIES[name]), "chatcmpl-asked")
    for tools in (TOOLS, TOOLS, None):
        here = inspect(unread, tools, NOW)
        assert same(run(inspector.inspect(unread, tools, NOW)), here)
        assert run(inspector.digest(unread, tools, NOW)) == digest_of(here)
    inspector.close()
    for child in made:
        child.thread.join(10)
        assert not child.thread.is_alive()


def test_a_child_watches_its_parent_and_serves_until_it_goes() -> None:
    gc_was_on = gc.isenabled()
    reading, writing = os.pipe()
    ours, theirs = socket.socketpair()
    ended, ends = threading.Event(), list[int]()

    def end(status: int) -> None:
        ends.append(status)
        ended.set()

    thread = in_a_thread(lambda: main([str(theirs.detach()), str(reading)], end))
    Channel(ours).close()
    thread.join(10)
    assert not thread.is_alive()
    assert not ended.is_set()
    os.close(writing)
    assert ended.wait(10)
    assert ends == [0]
    os.close(reading)
    if gc_was_on:
        gc.enable()


def test_a_message_that_breaks_off_is_the_end() -> None:
    for beginning in (b"", b"abc", b"\x05" + b"\0" * 8 + b"ab"):
        ours, theirs = socket.socketpair()
        theirs.sendall(beginning)
        theirs.close()
        with pytest.raises(ChannelClosedError):
            Channel(ours).receive()
        with pytest.raises(ChannelClosedError):
            Channel(ours).send(b"x" * 1_000_000)
        ours.close()
        with pytest.raises(ChannelClosedError):
            Channel(ours).receive()


def test_bytes_are_lent_and_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    for has_memory_files in (True, False):
        if not has_memory_files:
            monkeypatch.delattr(os, "memfd_create", raising=False)
        with lend([b"ab", bytearray(b"cd"), memoryview(b"ef")]) as (descriptor, size):
            copy = os.dup(descriptor)
            other = os.dup(descriptor)
        assert size == 6
        assert bytes(borrowed(copy, size)) == b"abcdef"
        assert taken(other, size) == b"abcdef"
        with pytest.raises(OSError, match="Bad file"):
            os.fstat(descriptor)


SEARCH = AnswerSearch(Wish("a"))


def done(inspector: Any, inspection: Inspection, work: Any) -> list[Any]:
    told: list[Any] = []
    run(inspector.work_on(inspection, work, told.append))
    return told


@pytest.mark.parametrize("name", BODIES)
def test_work_on_an_answer_is_done_there_as_it_is_here(inspector: InspectorInChildren, name: str) -> None:
    within = InspectorInChildren(Within, least=0)  # type: ignore[arg-type]
    for made in (inspector, within):
        for reading in (
            inspect(Inspection(None, Source("file"), BODIES[name]), None, NOW),
            run(inspector.inspect(Inspection(None, Source("file"), BODIES[name]), None, NOW)),
        ):
            expected = list(SEARCH.parts(reading.document, reading.body))
            assert done(made, reading, SEARCH) == expected
            assert done(InspectorHere(), reading, SEARCH) == expected
    assert any(part.hits for part in expected) == (b"a" in BODIES[name])
    within.close()


def test_work_on_a_small_answer_is_done_here(children: Children) -> None:
    reading = inspect(Inspection(None, Source("file"), BODIES["a completion"]), None, NOW)
    assert done(InspectorInChildren(children), reading, SEARCH) == list(SEARCH.parts(reading.document, reading.body))
    assert children.made == []


def test_work_has_a_child_of_its_own_so_that_nobody_waits_for_it(
    inspector: InspectorInChildren, children: Children
) -> None:
    reading = run(inspector.inspect(Inspection(None, Source("file"), MANY_CALLS), None, NOW))
    done(inspector, reading, SEARCH)
    done(inspector, reading, SEARCH)
    assert len(children.made) == 2


def test_work_is_told_of_on_its_way_and_ends_at_once(inspector: InspectorInChildren, children: Children) -> None:
    unread = Inspection(None, Source("file"), b"[")

    async def given_up(made: Any) -> list[int]:
        some, told = asyncio.Event(), list[int]()
        loop = asyncio.get_running_loop()

        def tell(part: int) -> None:
            told.append(part)
            loop.call_soon_threadsafe(some.set)

        asked = asyncio.create_task(made.work_on(unread, Endless(), tell))
        await asyncio.wait_for(some.wait(), 10)
        asked.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asked
        return told

    for made in (inspector, InspectorHere()):
        told = run(given_up(made))  # comes back only once the thread has ended
        assert told == list(range(len(told)))
    assert children.made[0]._process.wait(10) == -signal.SIGKILL


def test_what_was_told_is_not_told_again_where_the_child_dies_on_the_way(children: Children) -> None:
    reading = inspect(Inspection(None, Source("file"), MANY_CALLS), None, NOW)
    expected = list(SEARCH.parts(reading.document, reading.body))
    told: list[Any] = []

    def tell(part: Any) -> None:
        told.append(part)
        if len(told) == 2:
            children.made[0].channel.close()

    inspector = InspectorInChildren(children, least=0)
    run(inspector.work_on(reading, SEARCH, tell))
    assert len(expected) > 3
    assert told == expected
    assert len(children.made) == 2
    inspector.close()
    told.clear()
    run(InspectorInChildren(none_here, least=0).work_on(reading, SEARCH, told.append))
    assert told == expected

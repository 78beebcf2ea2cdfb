"""Answers read and judged in child processes of this program, so that the window stays live however large they are.

Context: reading is Python and holds the interpreter, 100 MB of log probabilities for half a minute; a thread of the window
would take every second turn from it, and the collector walks all that was made.
Choice: three children that stay: for what a person waits for, for what they do with it, and for batches. The body is lent to
the child, and the index of its values to the window, as bytes that both look at; findings and checks come later, as small
messages, and so does what is found in it.
Price: a tenth of a second until a child is there, so what is small and shown by itself is read in a thread.
A child is killed when nobody wants its answer any more, and let go after a large one, so that its memory goes with it. Where
there can be none, or one dies, the answer is read in a thread, and says so.
"""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from threading import Event, Lock
from typing import TypeVar

from inspector.core.answer_work import AnswerWork
from inspector.core.digest import Digest, digest_of
from inspector.core.inspection import Inspection
from inspector.core.json.document import JsonDocument
from inspector.core.json.lent_index import document_over
from inspector.core.json.text import BYTE_ORDER_MARK
from inspector.core.judgement import Question, Told, Wish, beforehand, judged_again, question_on, unread_again, whole
from inspector.core.schemas.tool_schemas import ToolSchemas
from inspector.gateways.channel import ChannelClosedError
from inspector.gateways.child import Child
from inspector.gateways.inspecting_here import InspectorHere, do_here
from inspector.gateways.lent_bytes import borrowed, lend
from inspector.gateways.work_in_child import Ordered

Part = TypeVar("Part")
Said = TypeVar("Said")
OnDocument = Callable[[JsonDocument], None]
LEAST = 128 * 1024
"""Smaller bodies are read in a thread, where somebody waits for one."""
LARGE = 16 * 2**20
"""After a body of that size the child is let go."""
_INLINE = 64 * 1024
NOTICE = "Read in the window's own process, which makes it slow: the process for large answers could not be used."


class InspectorInChildren:
    """`start` makes a child, or raises OSError; from `least` bytes on they are asked for single answers."""

    def __init__(self, start: Callable[[], Child] = Child, least: int = LEAST) -> None:
        self._least = least
        self._single, self._working, self._many = _Desk(start), _Desk(start), _Desk(start)
        self._here = InspectorHere()

    async def warm(self) -> None:
        """Starts the child for single answers, so that it is there when it is needed."""
        await asyncio.to_thread(self._single.warm)

    async def inspect(
        self,
        unread: Inspection,
        tools: ToolSchemas | None,
        now: float,
        on_read: Callable[[Inspection], None] | None = None,
    ) -> Inspection:
        """Reads and judges an answer. Cancelling this stops the work at once."""
        if len(unread.body) < self._least:
            return await self._here.inspect(unread, tools, now)

        def tell(document: JsonDocument) -> None:
            if on_read is not None and (reading := beforehand(unread, document)) is not None:
                on_read(reading)

        told = await self._single.ask(question_on(unread, tools, now, Wish.WHOLE), unread.body, tell)
        if told is None:
            return replace(await self._here.inspect(unread, tools, now), notice=NOTICE)
        return await asyncio.to_thread(_ready, unread, told)

    async def inspect_again(self, inspection: Inspection, tools: ToolSchemas | None, now: float) -> Inspection:
        """The same answer held against other tools."""
        if inspection.problem is None and len(inspection.body) >= self._least:
            question = question_on(unread_again(inspection), tools, now, Wish.JUDGEMENT)
            told = await self._single.ask(question, inspection.body)
            if told is not None:
                return await asyncio.to_thread(judged_again, inspection, told)
        return await self._here.inspect_again(inspection, tools, now)

    async def work_on(self, inspection: Inspection, work: AnswerWork[Part], tell: Callable[[Part], None]) -> None:
        """Work on an answer that was read. Cancelling this stops the work at once."""
        ordered = Ordered(inspection, work, tell)
        if len(inspection.body) < self._least or await self._working.have(ordered.ask, len(inspection.body)) is None:
            await do_here(ordered)

    async def digest(self, unread: Inspection, tools: ToolSchemas | None, now: float) -> Digest:
        """The one line on an answer, for batches."""
        told = await self._many.ask(question_on(unread, tools, now, Wish.DIGEST), unread.body)
        if told is None or told.digest is None:
            return await self._here.digest(unread, tools, now)
        return told.digest

    def close(self) -> None:
        """Ends the children; what is asked afterwards is read here."""
        self._single.close()
        self._working.close()
        self._many.close()


def _ready(unread: Inspection, told: Told) -> Inspection:
    """Puts an answer together, and looks at the first of its calls here, where nobody waits for them."""
    inspection = whole(unread, told)
    digest_of(inspection)
    return inspection


class _Desk:
    """One child at a time, made when it is needed, and asked one question after the other."""

    def __init__(self, start: Callable[[], Child]) -> None:
        self._start = start
        self._turn = asyncio.Lock()
        self._lock = Lock()
        self._child: Child | None = None
        self._closed = False

    def warm(self) -> None:
        with suppress(OSError):  # whoever asks is told
            self._present(Event())

    async def ask(self, question: Question, body: bytes, tell: OnDocument | None = None) -> Told | None:
        """What a child says; None where there can be none, or it dies of the question. `tell` has the document beforehand."""
        listeners = [] if tell is None else [tell]

        def tell_once(document: JsonDocument) -> None:
            if listeners:
                listeners.pop()(document)

        return await self.have(lambda child: _answer(child, question, body, tell_once), len(body))

    async def have(self, asked: Callable[[Child], Said], size: int) -> Said | None:
        """What `asked` gets out of a child on an answer of that size; None where there can be none, or it dies of it."""
        async with self._turn:
            unwanted = Event()
            try:
                return await asyncio.to_thread(self._asked, asked, unwanted)
            except asyncio.CancelledError:
                unwanted.set()
                self._let_go()
                raise
            finally:
                if size >= LARGE:
                    self._let_go()

    def close(self) -> None:
        self._closed = True
        self._let_go()

    def _asked(self, asked: Callable[[Child], Said], unwanted: Event) -> Said | None:
        """Asks once more where the child that was there is there no more; what was told beforehand is not told again."""
        with suppress(OSError):
            for _ in range(2):
                with suppress(ChannelClosedError), self._asking(unwanted) as child:
                    return asked(child)
        return None

    @contextmanager
    def _asking(self, unwanted: Event) -> Iterator[Child]:
        """The child for one question; it is let go where that ends halfway, since it would go on with its answer."""
        child = self._present(unwanted)
        try:
            yield child
        except BaseException:
            self._let_go(child)
            raise

    def _present(self, unwanted: Event) -> Child:
        with self._lock:
            if self._closed or unwanted.is_set():
                raise OSError("closed, or too late: the child belongs to the next question")
            if self._child is None:
                self._child = self._start()
            return self._child

    def _let_go(self, asked: Child | None = None) -> None:
        """Ends the child that is there; or only `asked`, where it is still that, and not one that has the next question."""
        with self._lock:
            child = self._child
            if child is None or asked not in (None, child):
                return
            self._child = None
        child.kill()


def _answer(child: Child, question: Question, body: bytes, tell: OnDocument) -> Told:
    """Asks, and takes in all that comes back; in small pieces, so that nobody in this process waits for one."""
    is_known = question.tools is not None and question.tools is child.tools
    asked = replace(question, tools=None, same_tools=True) if is_known else question
    child.tools = question.tools
    if len(body) < _INLINE:
        child.channel.send((asked, 0))
        child.channel.send(body)
    else:
        with lend([body]) as (descriptor, size):
            child.channel.send((asked, size), descriptor)
    document = _document(child, body) if question.wish is Wish.WHOLE else None
    if document is not None:
        tell(document)
    judgement, _ = child.channel.receive()
    bundles = [child.channel.receive()[0] for _ in range(judgement.bundles)]
    return Told(judgement.told, judgement.digest, document, bundles)


def _document(child: Child, body: bytes) -> JsonDocument | None:
    """The document whose index the child lends, where the body is JSON."""
    size, index = child.channel.receive()
    if index is None:
        return None
    return document_over(body.removeprefix(BYTE_ORDER_MARK), "surrogateescape", borrowed(index, size))

"""Which tool result belongs to which call, by ID, and where that does not work out.

IDs repeat: some services number calls anew in every round. So a result belongs to the latest turn before it that has an
unanswered call of its ID. The old form, `function_call` and the role `function`, has the name in the ID's place.
The service's description of its list has no `tool_call_id`: where no result there names one, nothing is said of results.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from inspector.core.completion import string_of
from inspector.core.conversation.turn import Origin, Turn
from inspector.core.json.document import JsonNode, Kind

MOST_UNANSWERED = 10_000
"""Calls of an answer that are looked at where no result is there to belong to one: these can but have the same ID."""


@dataclass(frozen=True, slots=True)
class CallPlace:
    """A call: the number of its turn, and its place among the `calls` of that turn."""

    turn: int
    place: int


@dataclass(frozen=True, slots=True)
class ResultWithoutCall:
    """A tool result that no call of the conversation asked for; `id` is None where it names none."""

    turn: int
    id: str | None


@dataclass(frozen=True, slots=True)
class CallWithoutResult:
    """A call of an earlier turn that nothing answers."""

    call: CallPlace
    id: str | None


@dataclass(frozen=True, slots=True)
class AnsweredAgain:
    """A second result for a call that has one: `first` is the turn of the first."""

    turn: int
    call: CallPlace
    first: int
    id: str


@dataclass(frozen=True, slots=True)
class ResultBeforeCall:
    """A result that stands before the call that it names."""

    turn: int
    call: CallPlace
    id: str


@dataclass(frozen=True, slots=True)
class SameId:
    """Two calls of one turn with the same ID, so that their results cannot be told apart."""

    call: CallPlace
    first: CallPlace
    id: str


Mismatch = ResultWithoutCall | CallWithoutResult | AnsweredAgain | ResultBeforeCall | SameId


@dataclass(frozen=True, slots=True)
class ToolLinks:
    """`results` has the turn of the first result of each answered call, `calls` the call of each result's turn."""

    results: dict[CallPlace, int] = field(default_factory=dict)
    calls: dict[int, CallPlace] = field(default_factory=dict)
    mismatches: tuple[Mismatch, ...] = ()


def link_tools(turns: Sequence[Turn], *, is_whole: bool) -> ToolLinks:
    """The links of a conversation. Where it is not `is_whole` its end is missing, and no call is said to be unanswered."""
    weaver, last_round = _Weaver(), _last_round(turns)
    most = None if any(turn.is_result for turn in turns) else MOST_UNANSWERED
    for turn in turns:
        weaver.take(turn, most if turn.number >= last_round else None)
    return weaver.links(last_round, is_whole=is_whole)


class _Weaver:
    """Goes through the turns once; `open` has the unanswered calls of an ID, in a queue for each turn that has some."""

    def __init__(self) -> None:
        self._open: dict[str, list[deque[CallPlace]]] = {}
        self._latest: dict[str, CallPlace] = {}
        self._calls: dict[CallPlace, str | None] = {}
        self._early: dict[str, list[int]] = {}
        self._nameless: list[Turn] = []
        self._unsure: set[int] = set()
        self._round = -1
        self._names_ids = False
        self._results: dict[CallPlace, int] = {}
        self._of: dict[int, CallPlace] = {}
        self._found: list[Mismatch] = []

    def take(self, turn: Turn, most: int | None) -> None:
        """Looks at `most` of its calls, or at all."""
        if turn.is_result:
            self._take_result(turn)
        else:
            self._take_calls(turn, most)

    def links(self, last_round: int, *, is_whole: bool) -> ToolLinks:
        found = [*self._found, *self._without_call()]
        if is_whole:
            found += (
                CallWithoutResult(call, name)
                for call, name in self._calls.items()
                if call not in self._results and call.turn < last_round and call.turn not in self._unsure
            )
        return ToolLinks(self._results, self._of, tuple(sorted(found, key=_place)))

    def _take_calls(self, turn: Turn, most: int | None) -> None:
        mine: dict[str, deque[CallPlace]] = {}
        for place, name in enumerate(islice(_call_names(turn), most)):
            call = CallPlace(turn.number, place)
            self._calls[call] = name
            self._round = turn.number
            if name is None:
                continue
            if name in mine:
                self._found.append(SameId(call, mine[name][0], name))
            elif name in self._early:
                self._take_early(call, name)
                continue
            mine.setdefault(name, deque()).append(call)
            self._latest[name] = call
        for name, calls in mine.items():
            self._open.setdefault(name, []).append(calls)

    def _take_result(self, turn: Turn) -> None:
        name = _result_name(turn)
        if name is None:
            self._nameless.append(turn)
            self._unsure.add(self._round)
            return
        self._names_ids = True
        if name not in self._latest:
            self._early.setdefault(name, []).append(turn.number)
        elif (call := self._next_open(name)) is not None:
            self._results[call] = turn.number
            self._of[turn.number] = call
        else:
            call = self._latest[name]
            self._of[turn.number] = call
            self._found.append(AnsweredAgain(turn.number, call, self._results[call], name))

    def _take_early(self, call: CallPlace, name: str) -> None:
        """Gives a call the results that came before it."""
        turns = self._early.pop(name)
        self._latest[name] = call
        self._open.setdefault(name, [])
        self._results[call] = turns[0]
        for turn in turns:
            self._of[turn] = call
            self._found.append(ResultBeforeCall(turn, call, name))

    def _next_open(self, name: str) -> CallPlace | None:
        rounds = self._open[name]
        while rounds and not rounds[-1]:
            rounds.pop()
        return rounds[-1].popleft() if rounds else None

    def _without_call(self) -> Iterator[Mismatch]:
        for name, turns in self._early.items():
            yield from (ResultWithoutCall(turn, name) for turn in turns)
        for turn in self._nameless:
            if self._names_ids or turn.origin is Origin.BODY:
                yield ResultWithoutCall(turn.number, None)


def _last_round(turns: Sequence[Turn]) -> int:
    """The turn from which on calls need no result yet: the first answer, or the last turn where there is none."""
    return next((turn.number for turn in turns if turn.origin is Origin.ANSWER), len(turns) - 1)


def _call_names(turn: Turn) -> Iterator[str | None]:
    """What results would name, for each of the turn's `calls`; their arguments are not read for it."""
    if turn.choice is not None and turn.choice.message is None:
        return
    listed, legacy = turn.node.get("tool_calls"), turn.node.get("function_call")
    if listed is not None and listed.kind is Kind.ARRAY:
        yield from (_named(entry.get("id")) for entry in listed.children() if entry.kind is Kind.OBJECT)
    if legacy is not None and legacy.kind is Kind.OBJECT:
        yield _named(legacy.get("name"))


def _result_name(turn: Turn) -> str | None:
    return _named(turn.tool_call_id) or (_named(turn.name) if turn.role == "function" else None)


def _named(node: JsonNode | None) -> str | None:
    return string_of(node) or None


def _place(mismatch: Mismatch) -> int:
    """The number of the turn that a mismatch is told at."""
    return mismatch.call.turn if isinstance(mismatch, CallWithoutResult | SameId) else mismatch.turn

"""The conversation as its view shows it: turns in words, each made when it is looked at, for there may be thousands."""

from collections.abc import Mapping
from typing import assert_never

from inspector.core.completion import string_of
from inspector.core.conversation.conversation import Conversation, read_conversation
from inspector.core.conversation.tool_links import (
    AnsweredAgain,
    CallPlace,
    CallWithoutResult,
    Mismatch,
    ResultBeforeCall,
    ResultWithoutCall,
    SameId,
)
from inspector.core.conversation.turn import Origin, Turn
from inspector.core.counting import nth
from inspector.core.inspection import Inspection
from inspector.core.outline.words import finish_words
from inspector.core.readings.shown_turn import Line, ShownTurn, Tone
from inspector.core.readings.turn_pieces import turn_pieces
from inspector.core.schemas.verdict import SchemaCheck
from inspector.core.visible_text import one_line

_TITLES = {
    "system": "System",
    "developer": "Developer",
    "user": "User",
    "assistant": "Assistant",
    "tool": "Tool",
    "function": "Function",
}

_MOST_FLAGS = 20


class ShownConversation:
    """`notice` is a sentence on what is missing of the prompt; empty where nothing is."""

    def __init__(self, conversation: Conversation, schemas: Mapping[str, SchemaCheck]) -> None:
        self.notice = conversation.notice
        self._turns = conversation.turns
        self._links = conversation.links
        self._schemas = schemas
        self._tops = {pointer: turn.number for turn in self._turns if (pointer := _pointer(turn)) is not None}
        self._names: dict[int, tuple[str, ...]] = {}
        self._answers = sum(turn.choice is not None for turn in self._turns)
        self._mismatches: dict[int, list[Mismatch]] = {}
        for mismatch in self._links.mismatches:
            self._mismatches.setdefault(_turn_of(mismatch), []).append(mismatch)

    def __len__(self) -> int:
        return len(self._turns)

    def turn(self, number: int) -> ShownTurn:
        """The turn of that number, counted from 0."""
        turn = self._turns[number]
        flags = tuple(
            Line(_mismatch_words(each), Tone.WARNING) for each in self._mismatches.get(number, ())[:_MOST_FLAGS]
        )
        pieces = tuple(turn_pieces(turn, self._schemas if turn.origin is Origin.ANSWER else {}))
        title = _TITLES.get(turn.role) or one_line(turn.role, 40) or "No role"
        return ShownTurn(
            turn.role, title, self._facts(turn), (*flags, *pieces) or (Line("Nothing is said"),), _pointer(turn)
        )

    def find(self, pointer: str) -> int | None:
        """The turn in which a place of the body lies."""
        return self._tops.get("/".join(pointer.split("/")[:3]))

    def _facts(self, turn: Turn) -> str:
        """The name, the call that a result answers, and of an answer its number and how it ended."""
        facts = [one_line(string_of(turn.name) or "", 80)]
        call = self._links.calls.get(turn.number)
        if call is not None:
            called = self._called_name(call)
            facts.append(f"{'' if called == facts[0] else called + ' · '}answers turn {nth(call.turn)}")
        choice = turn.choice
        if choice is not None:
            facts.append(f"answer {nth(choice.node.place)} of {self._answers}" if self._answers > 1 else "")
            reason = choice.finish_reason
            facts.append(finish_words(choice.finish_reason_text) or (reason.text if reason is not None else ""))
        return " · ".join(one_line(fact, 120) for fact in facts if fact)

    def _called_name(self, place: CallPlace) -> str:
        """The name in a call. Those of a turn are read once: it may have thousands, and as many results."""
        if place.turn not in self._names:
            calls = self._turns[place.turn].calls
            self._names[place.turn] = tuple(one_line(call.name or "a call without a name", 60) for call in calls)
        return self._names[place.turn][place.place]


def shown_conversation(inspection: Inspection) -> ShownConversation:
    """The conversation around an answer; linear in the number of its messages."""
    return ShownConversation(read_conversation(inspection.prompt, inspection.completion), inspection.schemas)


def _pointer(turn: Turn) -> str | None:
    """Where the turn stands in the body: always two steps deep."""
    if turn.origin is Origin.PROMPT:
        return None
    return turn.choice.node.pointer if turn.choice is not None else turn.pointer


def _turn_of(mismatch: Mismatch) -> int:
    """The turn at which it is told."""
    return mismatch.call.turn if isinstance(mismatch, CallWithoutResult | SameId) else mismatch.turn


def _mismatch_words(mismatch: Mismatch) -> str:
    match mismatch:
        case ResultWithoutCall(id=None):
            return "This result names no call."
        case ResultWithoutCall():
            return f"No call of this conversation has the ID {_id(mismatch.id)} that this result names."
        case CallWithoutResult(id=None):
            return "A call without an ID has no result."
        case CallWithoutResult():
            return f"The call {_id(mismatch.id)} has no result."
        case AnsweredAgain():
            return f"The call {_id(mismatch.id)} has a result already, in turn {nth(mismatch.first)}."
        case ResultBeforeCall():
            return f"This result stands before its call {_id(mismatch.id)}, which is in turn {nth(mismatch.call.turn)}."
        case SameId():
            return f"Two calls have the ID {_id(mismatch.id)}: their results cannot be told apart."
        case _:
            assert_never(mismatch)


def _id(text: str | None) -> str:
    return f"“{one_line(text or '', 80)}”"

"""The strings of an answer that hold certain characters, and how a finding about them is worded."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from inspector.core.findings import Evidence
from inspector.core.json.document import JsonNode
from inspector.core.rules.characters import Characters, Found
from inspector.core.rules.parts import arguments, bodies, calls, completions
from inspector.core.rules.values import called_name, counted, exactly, key_words

_CONTEXT = 24


@dataclass(frozen=True, slots=True)
class Piece:
    """One string: `place` is its node in the body. `acted_on` tells a call's arguments, names and IDs from prose."""

    place: JsonNode
    found: Found
    acted_on: bool

    @property
    def text(self) -> str:
        return self.found.text

    def sentence(self, what: str, hidden: list[str], at: int) -> str:
        """`2 controls (U+202E) in “city”: “…”`, where `hidden` are the characters and `at` is the place of the first."""
        codes = [f"U+{ord(character):04X}" for character in dict.fromkeys(hidden)]
        listed = ", ".join(codes[:3]) + (" …" if len(codes) > 3 else "")
        around = self.text[max(0, at - _CONTEXT) : at + _CONTEXT]
        return f"{counted(len(hidden), what)} ({listed}){self._where()}: {exactly(around, 80)}."

    def _where(self) -> str:
        return " in a name" if self.found.is_key else key_words(self.found.node)


def holding(characters: Characters) -> Callable[[Evidence], Iterator[Piece]]:
    """What finds every string with one of these characters; arguments that are JSON are looked at value by value."""

    def pieces(evidence: Evidence) -> Iterator[Piece]:
        in_body = [found for reading in bodies(evidence) for found in characters.strings_with(reading.document)]
        if in_body:
            opened = {reading.holder.index for reading in arguments(evidence) if reading.holder is not None}
            fateful = _acted_on(evidence)
            for found in in_body:
                if found.is_key or found.node.index not in opened:
                    yield Piece(found.node, found, not found.is_key and found.node.index in fateful)
        if all(characters.are_far_from(reading.document) for reading in bodies(evidence)):
            return
        for reading in arguments(evidence):
            for found in characters.strings_with(reading.document):
                yield Piece(reading.place(found.node), found, acted_on=True)

    return pieces


def _acted_on(evidence: Evidence) -> set[int]:
    """The body's nodes that programs act on: IDs, names, and arguments that are not JSON."""
    nodes = [node for completion in completions(evidence) for node in (completion.id, completion.model)]
    for _, call in calls(evidence):
        nodes += [call.id, called_name(call), call.arguments.node]
    return {node.index for node in nodes if node is not None}

"""What a report for people says of the prompt: every message in order, its parts by their kind, and its calls."""

from collections.abc import Iterator
from typing import assert_never

from inspector.core.arguments.words import verdict_word
from inspector.core.conversation.conversation import prompt_turns
from inspector.core.conversation.inline_data import Address
from inspector.core.conversation.parts import Audio, File, Image, Other, Part, Reasoning, Refusal, Text
from inspector.core.conversation.prompt import NotAsked, Waiting
from inspector.core.conversation.turn import Turn
from inspector.core.counting import nth
from inspector.core.inspection import Inspection
from inspector.core.json.document import JsonNode
from inspector.core.report.calls import scalar, told_arguments
from inspector.core.report.items import ERROR, Facts, Heading, Item, Quote, Words
from inspector.core.report.json import laid_out

_LONGEST_VALUE = 2_000


def told_prompt(inspection: Inspection, most: int) -> Iterator[Item]:
    """Nothing where nothing is known of it, one sentence where the service would not tell it."""
    turns = prompt_turns(inspection.prompt, inspection.completion)
    count = turns.count
    if not count and isinstance(inspection.prompt, NotAsked | Waiting):
        return
    yield Heading(2, f"Prompt ({count:,} message{'' if count == 1 else 's'})" if count else "Prompt")
    if turns.notice:
        yield Words(turns.notice)
    for turn in turns:
        yield from _told_turn(turn, most)


def _told_turn(turn: Turn, most: int) -> Iterator[Item]:
    yield Heading(3, f"Message {nth(turn.number)}: {turn.role or 'without a role'}")
    named = (("name", turn.name), ("tool_call_id", turn.tool_call_id))
    rows = tuple((name, scalar(node)) for name, node in named if node is not None)
    if rows:
        yield Facts(rows)
    for part in turn.parts:
        yield from _told_part(part, most)
    for number, call in enumerate(turn.calls):
        name = "without a name" if call.name is None else call.name or "with an empty name"
        yield Words(f"Tool call {nth(number)}: {name}", ERROR if call.arguments.is_faulty else "")
        yield Facts((("id", scalar(call.id)), ("arguments", verdict_word(call.arguments))))
        yield from told_arguments(call.arguments, most)


def _told_part(part: Part, most: int) -> Iterator[Item]:
    match part:
        case Text():
            yield Quote(part.said.beginning(most + 1))
        case Refusal():
            yield Words("Refusal:")
            yield Quote(part.said.beginning(most + 1))
        case Reasoning():
            yield Words("Reasoning:")
            yield Quote(part.said.beginning(most + 1))
        case Image():
            yield Facts((("image", _source_words(part.address, part.file_id)),))
        case File():
            named = (("name", scalar(part.name)),) if part.name is not None else ()
            yield Facts((("file", _source_words(part.address, part.file_id)), *named))
        case Audio():
            yield Facts((("audio", _size_words(part.format, part.size)),))
            if part.transcript is not None:
                yield Words("Transcript:")
                yield Quote(part.transcript.beginning(most + 1))
        case Other():
            yield Words(part.type or "part without a type")
            yield Quote(laid_out(part.node, most), is_json=True)
        case _:
            assert_never(part)


def _source_words(address: Address | None, file_id: JsonNode | None) -> str:
    """Where a picture or a file lies: at an address, in the message itself, or under an ID at the service."""
    if address is None:
        return f"ID {scalar(file_id)}" if file_id is not None else "not in the message"
    if address.is_data:
        return f"in the message: {_size_words(address.media_type, address.size)}"
    return address.text.beginning(_LONGEST_VALUE)


def _size_words(kind: str, size: int | None) -> str:
    counted = "size not known" if size is None else f"{size:,} byte{'' if size == 1 else 's'}"
    return f"{kind or 'type not said'}, {counted}"

"""The suggested reading as a view: the text as sent with what would go and what would come, told in words below."""

from inspector.core.arguments.cause import Cause
from inspector.core.arguments.verdict import Arguments, Verdict
from inspector.core.outline.outline import Row
from inspector.core.readings.detail import SHOWN_LIMIT, Reading, TextChange
from inspector.core.suggestion.suggestion import Edit, NoSuggestion, Suggestion

_GUESS = "A guess, not what the service sent; Copy gives the text as sent."
_REASONS_SHOWN = 8
_PLACES_SHOWN = 4


def doubtful_arguments(row: Row) -> Arguments | None:
    """The arguments of the call that a row stands in, if they are not JSON or JSON encoded twice."""
    given = row.call.arguments if row.call is not None else None
    if given is None or given.text is None:
        return None
    return given if given.verdict is Verdict.INVALID or given.cause is Cause.DOUBLE_ENCODED else None


def suggested_reading(text: str, outcome: Suggestion | NoSuggestion) -> Reading:
    """`text` with both sides of every change; where there is no suggestion, the text alone and the reason."""
    if isinstance(outcome, NoSuggestion):
        note = f"No reading is suggested. {outcome.why}"
        return Reading(text[:SHOWN_LIMIT], note=note, whole=len(text))
    parts: list[str] = []
    changes: list[TextChange] = []
    position = length = 0
    for edit in outcome.edits:
        parts.append(text[position : edit.start])
        length += edit.start - position
        for words, inserted in _sides(text, edit):
            changes.append(TextChange(length, length + len(words), inserted))
            parts.append(words)
            length += len(words)
        position = edit.end
    parts.append(text[position:])
    return Reading("".join(parts), note=_note(outcome, len(text)), changes=tuple(changes))


def _sides(text: str, edit: Edit) -> list[tuple[str, bool]]:
    """What goes and what comes; before a line break that goes, so that it stands in the line that it ends."""
    sides = [(text[edit.start : edit.end], False), (edit.replacement, True)]
    if sides[0][0].startswith("\n"):
        sides.reverse()
    return [side for side in sides if side[0]]


def _note(suggestion: Suggestion, length: int) -> str:
    places: dict[str, list[int]] = {}
    for edit in suggestion.edits:
        places.setdefault(edit.why, []).append(edit.start + 1)
    count = len(suggestion.edits)
    lines = [f"{_GUESS} {count:,} change{'' if count == 1 else 's'}, struck out what goes, underlined what comes:"]
    lines += [f"• {why} {_at(found, length)}" for why, found in list(places.items())[:_REASONS_SHOWN]]
    more = len(places) - _REASONS_SHOWN
    if more > 0:
        lines.append(f"• and changes of {more:,} more kind{'' if more == 1 else 's'}")
    if not suggestion.is_object:
        lines.append("The result would be JSON, but not an object.")
    return "\n".join(lines)


def _at(places: list[int], length: int) -> str:
    if places == [length + 1]:
        return "(at the end)"
    told = ", ".join(f"{place:,}" for place in places[:_PLACES_SHOWN])
    more = len(places) - _PLACES_SHOWN
    return f"(character{'' if len(places) == 1 else 's'} {told}{f' and {more:,} more' if more > 0 else ''})"

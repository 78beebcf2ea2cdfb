"""A suggested reading: edits of the exact text, each with its reason, or the reason why there are none."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Edit:
    """What stands from `start` up to `end`, in code points, becomes `replacement`; `why` is a sentence."""

    start: int
    end: int
    replacement: str
    why: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`result` is the text with the edits made, in the order of the text; it is JSON, which was proved by parsing it."""

    edits: tuple[Edit, ...]
    result: str = field(repr=False)
    is_object: bool = True


@dataclass(frozen=True, slots=True)
class NoSuggestion:
    """`why` is a sentence: what would have to be invented."""

    why: str


Step = tuple[Edit, ...] | NoSuggestion
"""What one fault leads to; the offsets are those of the text in which it was found."""


def applied(text: str, edits: tuple[Edit, ...]) -> str:
    """`text` with the edits made; they are in the order of the text and do not overlap."""
    parts: list[str] = []
    position = 0
    for edit in edits:
        parts += (text[position : edit.start], edit.replacement)
        position = edit.end
    parts.append(text[position:])
    return "".join(parts)

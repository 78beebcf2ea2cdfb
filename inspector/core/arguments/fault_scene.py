"""The surroundings of a fault, as the diagnosis looks at them, and tables of what may stand there."""

import re
from dataclasses import dataclass

from inspector.core.arguments.cause import Cause
from inspector.core.json.viable_prefix import Expecting

_WINDOW = 2000


@dataclass(frozen=True, slots=True)
class FaultScene:
    """Offsets are code points of `text`; `token` is where the broken string, number or literal starts, else `offset`.

    `last_end` is where the last thing in front of the fault ends, white space aside. `depth` counts the open containers;
    `path` is that of the fault.
    """

    text: str
    offset: int
    token: int
    last_end: int
    expecting: Expecting
    depth: int
    path: tuple[str | int, ...]

    @property
    def found(self) -> str:
        """The character at the fault."""
        return self.text[self.offset]

    @property
    def ahead(self) -> str:
        return excerpt(self.text, self.offset)

    @property
    def behind(self) -> str:
        """The text in front of the fault, without the white space at its end."""
        return self.text[max(self.last_end - _WINDOW, 0) : self.last_end]

    @property
    def is_adjacent(self) -> bool:
        """Whether the fault follows the last token without white space."""
        return self.last_end == self.offset


def excerpt(text: str, start: int) -> str:
    """What follows `start`, long enough to tell its form and short enough to cost the same in any text.

    It ends with U+0000 where the text goes on, so that no form takes the end of the excerpt for the end of the text.
    """
    end = start + _WINDOW
    return text[start:end] if end >= len(text) else f"{text[start:end]}\0"


Form = tuple[re.Pattern[str], Cause | None]
"""How a text may go on, and what that means; None for a form that is known and has no name among the causes."""


def forms(*rows: tuple[str, Cause | None]) -> tuple[Form, ...]:
    """A table, the first match decides."""
    return tuple((re.compile(pattern), cause) for pattern, cause in rows)


def meaning(table: tuple[Form, ...], text: str) -> Cause | None:
    """What the first form that begins `text` means; None without one."""
    return next((cause for pattern, cause in table if pattern.match(text)), None)

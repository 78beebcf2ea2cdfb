"""A text with what went and what came marked in it, as plain characters that nothing in the text can be taken for."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from inspector.core.comparison.words import Edit, Piece
from inspector.core.report.layout import safe

_TURN = 1 << 16
_RUN = re.compile(r"-+|\++")


@dataclass(frozen=True, slots=True)
class Marks:
    """`[-what went-]` and `{+what came+}`; with more of the inner signs where the text has these itself."""

    signs: int = 1

    def around(self, edit: Edit, text: str) -> str:
        """`text` as it is marked."""
        if edit is Edit.KEPT:
            return text
        sign, first, last = ("-", "[", "]") if edit is Edit.REMOVED else ("+", "{", "}")
        return f"{first}{sign * self.signs}{text}{sign * self.signs}{last}"

    @property
    def words(self) -> str:
        """What they mean."""
        went, came = self.around(Edit.REMOVED, "words"), self.around(Edit.ADDED, "words")
        return f"{went} only on the left, {came} only on the right"


USUAL = Marks()


def marks_for(pieces: Iterable[Piece]) -> Marks:
    """The shortest marks that do not stand in the text already."""
    return Marks(1 + max((length for piece in pieces for length in _signs_in(piece.text)), default=0))


def marked(pieces: Iterable[Piece], marks: Marks) -> str:
    """The text with its marks; stand-ins for what cannot be seen in plain text or would steer it."""
    return "".join(marks.around(piece.edit, safe_text(piece.text)) for piece in pieces)


def safe_text(text: str) -> str:
    """`text` with stand-ins, made bit by bit: other threads wait meanwhile."""
    return "".join(safe(text[at : at + _TURN]) for at in range(0, len(text), _TURN))


def _signs_in(text: str) -> Iterator[int]:
    """How many signs there are beside each bracket that could make a mark of them."""
    for match in _RUN.finditer(text):
        first, last = ("[", "]") if match[0][0] == "-" else ("{", "}")
        if text[match.start() - 1 : match.start()] == first or text[match.end() : match.end() + 1] == last:
            yield len(match[0])

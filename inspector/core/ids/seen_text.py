"""A text as a person sees it: without the invisible characters and colour codes that a copy brings along, and the way back.

An ID with a zero-width space in it looks right, and the server does not know it. What is left out is always said.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

_INVISIBLE = "\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff"
_COLOUR_CODE = "\x1b\\[[0-9;?]*+[A-Za-z]"
_LEFT_OUT = re.compile(f"[{_INVISIBLE}]++|{_COLOUR_CODE}")
_CODE = re.compile(_COLOUR_CODE)


@dataclass(frozen=True, slots=True)
class SeenText:
    """`text` is what is seen of `source`. Positions in it are carried back by `place`."""

    source: str
    text: str
    _cuts: tuple[int, ...] = field(default=(), repr=False)  # where something was left out, in `text`
    _left_out: tuple[int, ...] = field(default=(0,), repr=False)  # how much in all before the cut of that number

    @property
    def is_altered(self) -> bool:
        """Whether anything was left out."""
        return bool(self._cuts)

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where a part of `text` stands in the source, from its first to its last character."""
        return self._back(start), self._back(end - 1) + 1

    def left_out(self, start: int, end: int) -> int:
        """How many characters were left out in a part of `text` and right beside it; colour codes beside it do not count."""
        first, last = bisect_left(self._cuts, start), bisect_right(self._cuts, end)
        if first == last:
            return 0
        around = self.source[start + self._left_out[first] : end + self._left_out[last]]
        return len(around) - _edge_codes(around) - (end - start)

    def _back(self, position: int) -> int:
        return position + self._left_out[bisect_right(self._cuts, position)]


def _edge_codes(text: str) -> int:
    """How many characters the colour codes at both ends take."""
    return sum(end - start for start, end in _runs(_CODE, text) if start == 0 or end == len(text))


def _runs(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    """Where one match follows the other without a gap. As a repeated group the pattern would cost memory for each of them."""
    begin, end = 0, 0
    for match in pattern.finditer(text):
        if match.start() != end:
            if end > begin:
                yield begin, end
            begin = match.start()
        end = match.end()
    if end > begin:
        yield begin, end


def seen(source: str) -> SeenText:
    """`source` as a person sees it."""
    if source.isascii() and "\x1b" not in source:
        return SeenText(source, source)
    parts: list[str] = []
    cuts: list[int] = []
    left_out, at = [0], 0
    for begin, end in _runs(_LEFT_OUT, source):
        parts.append(source[at:begin])
        start = begin
        if source.startswith("chatcmpl-", end) and source[max(0, begin - 1) : begin].isalnum():
            parts.append("\n")  # it stands between two IDs rather than in one
            start += 1
        cuts.append(start - left_out[-1])
        left_out.append(left_out[-1] + end - start)
        at = end
    return SeenText(source, "".join([*parts, source[at:]]), tuple(cuts), tuple(left_out))

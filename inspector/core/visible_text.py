"""Text as shown beside text as sent: stand-ins for what a text widget would drop, alter or hide, and a map between the two.

Context: a text widget counts UTF-16 units where Python counts code points; it drops lone surrogates and a leading byte order
mark, turns CR, U+2028, U+2029, U+FDD0 and U+FDD1 into line breaks, and needs minutes for a line of a megabyte.
Choice: what cannot be shown is replaced, long lines are broken, and every position can be carried over and back, so that marks
stand on the exact character and copying goes to the source.
Price: a text that holds a stand-in's own characters looks like one; `stand_ins` tells them apart, for whoever paints.
"""

import re
from array import array
from bisect import bisect_right
from dataclasses import dataclass, field

LINE_LIMIT = 4096
"""UTF-16 units in a line before it is broken for showing."""

_UNSHOWABLE = "\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufdd0-\ufdef\ufeff\ufffe\uffff\ud800-\udfff"
_DIRECTION = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_INVISIBLE = (
    "\xa0\xad\u034f\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f\u2000-\u200d\u202f"
    "\u205f-\u2065\u206a-\u206f\u2800\u3000\u3164\ufe00-\ufe0f\uffa0\ufff0-\ufffc\U000110bd\U000110cd\U00013430-\U0001343f"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_ASTRAL = "\U00010000-\U0010ffff"
_UNSHOWABLE_CLASS = f"[{_UNSHOWABLE}]"
_INVISIBLE_CLASS = f"[{_UNSHOWABLE}{_DIRECTION}{_INVISIBLE}]"
# First a run of characters that need care, by one quick class; then what each of them needs.
_CAREFUL = {
    False: re.compile(f"[{_UNSHOWABLE}{_ASTRAL}]+"),
    True: re.compile(f"[{_UNSHOWABLE}{_DIRECTION}{_INVISIBLE}{_ASTRAL}]+"),
}
_STAND_IN_OR_ASTRAL = {
    False: re.compile(f"({_UNSHOWABLE_CLASS})|[{_ASTRAL}]+"),
    True: re.compile(f"({_INVISIBLE_CLASS})|(?:(?!{_INVISIBLE_CLASS})[{_ASTRAL}])+"),
}
_COUNTED = re.compile(f"\r(?!\n)|(?!\r){_INVISIBLE_CLASS}")
_ASCII_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
_MISLEADING_IN_A_LINE = re.compile(f"[\n\t{_UNSHOWABLE}{_DIRECTION}]")
_SHORT_NAMES = {
    **{chr(code): chr(0x2400 + code) for code in range(0x20)},
    "\x7f": "␡",
    "\x85": "⟦NEL⟧",
    "\xa0": "⟦NBSP⟧",
    "\xad": "⟦SHY⟧",
    "\u034f": "⟦CGJ⟧",
    "\u061c": "⟦ALM⟧",
    "\u180e": "⟦MVS⟧",
    "\u200b": "⟦ZWSP⟧",
    "\u200c": "⟦ZWNJ⟧",
    "\u200d": "⟦ZWJ⟧",
    "\u200e": "⟦LRM⟧",
    "\u200f": "⟦RLM⟧",
    "\u2028": "⟦LSEP⟧",
    "\u2029": "⟦PSEP⟧",
    "\u202a": "⟦LRE⟧",
    "\u202b": "⟦RLE⟧",
    "\u202c": "⟦PDF⟧",
    "\u202d": "⟦LRO⟧",
    "\u202e": "⟦RLO⟧",
    "\u202f": "⟦NNBSP⟧",
    "\u2060": "⟦WJ⟧",
    "\u2066": "⟦LRI⟧",
    "\u2067": "⟦RLI⟧",
    "\u2068": "⟦FSI⟧",
    "\u2069": "⟦PDI⟧",
    "\ufeff": "⟦BOM⟧",
    **{chr(0xFE00 + number): f"⟦VS{number + 1}⟧" for number in range(16)},
    **{chr(0xE0000 + code): f"⟦TAG {chr(code)}⟧" for code in range(0x21, 0x7F)},
}


def stand_in(character: str) -> str:
    """What is shown for a character that cannot be seen: a control picture, a short name or its number in brackets."""
    return _SHORT_NAMES.get(character) or f"⟦U+{ord(character):04X}⟧"


@dataclass(frozen=True, slots=True)
class Shown:
    """`text` may be handed to a text widget. Offsets into the source are code points, into what is shown UTF-16 units.

    The map is a list of runs, each with the units that one code point takes there; 0 code points where a line is broken.
    """

    text: str = field(repr=False)
    source_length: int
    length: int
    stand_ins: "array[int]" = field(repr=False)
    """Where stand-ins begin and end in what is shown, by turns."""
    _sources: "array[int]" = field(repr=False)
    _places: "array[int]" = field(repr=False)
    _widths: "array[int]" = field(repr=False)

    def to_shown_utf16(self, offset: int) -> int:
        """Where the character at `offset` of the source stands in what is shown; the end for its length."""
        offset = min(max(offset, 0), self.source_length)
        run = bisect_right(self._sources, offset) - 1
        return min(self._places[run] + (offset - self._sources[run]) * self._widths[run], self.length)

    def to_source(self, utf16_offset: int) -> int:
        """Which character of the source is shown at `utf16_offset`, be it in the middle of a stand-in."""
        place = min(max(utf16_offset, 0), self.length)
        run = bisect_right(self._places, place) - 1
        return min(self._sources[run] + (place - self._places[run]) // self._widths[run], self.source_length)


def shown(text: str, *, reveal: bool) -> Shown:
    """`text` for showing; with `reveal` every invisible and look-alike character has a stand-in, not only the unshowable."""
    is_plain = text.isascii() and not _ASCII_CONTROL.search(text)
    if is_plain and max(map(len, text.split("\n"))) <= LINE_LIMIT:
        return Shown(text, len(text), len(text), array("i"), array("i", (0,)), array("i", (0,)), array("i", (1,)))
    writer = _Writer()
    position = 0
    for run in () if is_plain else _CAREFUL[reveal].finditer(text):
        writer.write_plain(text[position : run.start()], 1)
        position = run.end()
        for match in _STAND_IN_OR_ASTRAL[reveal].finditer(run[0]):
            if match[1]:
                writer.write_stand_in(stand_in(match[1]))
            else:
                writer.write_plain(match[0], 2)
    writer.write_plain(text[position:], 1)
    return writer.shown()


def invisible_count(text: str) -> int:
    """How many characters of `text` cannot be seen or pass for another, line breaks and tabs aside."""
    if text.isascii() and not _ASCII_CONTROL.search(text):
        return 0
    return sum(1 for _ in _COUNTED.finditer(text))


def one_line(text: str, limit: int = 160) -> str:
    """The beginning of `text` for a cell: line breaks as ⏎, no control or direction characters, at most `limit` characters."""
    if len(text) <= limit and text.isprintable():
        return text
    line = _MISLEADING_IN_A_LINE.sub(_in_a_line, text[: limit + 1].replace("\r\n", "\n"))
    if len(line) <= limit and len(text) <= limit:
        return line
    cut = line[: limit - 1]
    half = cut.rfind("⟦", -10)
    return f"{cut[:half] if half >= 0 and '⟧' not in cut[half:] else cut}…"


def _in_a_line(match: re.Match[str]) -> str:
    return {"\n": "⏎", "\t": "⇥"}.get(match[0]) or stand_in(match[0])


class _Writer:
    """Collects what is shown, run by run, and breaks lines that grow too long."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.source, self.place, self.column = 0, 0, 0
        self.stand_ins = array("i")
        self.sources, self.places, self.widths = array("i"), array("i"), array("i")

    def write_plain(self, text: str, width: int) -> None:
        """Characters that are shown as they are and take `width` units each."""
        begin = 0
        while begin < len(text):
            newline = text.find("\n", begin)
            line_end = len(text) if newline < 0 else newline
            room = (LINE_LIMIT - self.column) // width
            if line_end - begin > room:
                self._write(text[begin : begin + room], room, width)
                self._break_line()
                begin += room
                continue
            end = line_end if newline < 0 else newline + 1
            self._write(text[begin:end], end - begin, width)
            if newline >= 0:
                self.column = 0
            begin = end

    def write_stand_in(self, name: str) -> None:
        """One character of the source, shown as `name`, whose own characters take one unit each."""
        if self.column + len(name) > LINE_LIMIT:
            self._break_line()
        self.stand_ins.extend((self.place, self.place + len(name)))
        self._write(name, 1, len(name))

    def shown(self) -> Shown:
        text = "".join(self.parts)
        return Shown(text, self.source, self.place, self.stand_ins, self.sources, self.places, self.widths)

    def _write(self, text: str, count: int, width: int) -> None:
        """`count` code points of the source, each `width` units of what is shown."""
        if not self.widths or self.widths[-1] != width:
            self._run(width)
        self.parts.append(text)
        self.source += count
        self.place += count * width
        self.column += count * width

    def _break_line(self) -> None:
        self._run(LINE_LIMIT + 1)
        self.parts.append("\n")
        self.place += 1
        self.column = 0

    def _run(self, width: int) -> None:
        self.sources.append(self.source)
        self.places.append(self.place)
        self.widths.append(width)

"""Which words of one text are which words of another: a longest row of common ones, at a bounded cost.

Context: the texts may have hundreds of thousands of words and nothing in common, and any search that is always exact grows with
the product of their lengths.
Choice: stretches of moderate size are matched exactly, with a bit for each word and whole rows of bits reckoned at once; larger
ones are first divided at phrases, or else at words, that stand once on either side. All of it draws on one budget, and where that
is spent, or a large stretch cannot be divided, nothing in it is matched and the result says so.
Price: words that are matched around a dividing one may not be the longest row that there is.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Sequence

BUDGET = 1 << 30
"""Pairs of words that may be held against each other in all: some tenths of a second."""
_MOST_AT_ONCE = 1 << 28
_MOST_WORDS = 1 << 20
"""Words, on both sides together, that are worth looking for dividing ones among."""
_PAIRS_A_WORD = 512
"""What looking for dividing words costs, in pairs for each word looked at."""
_PHRASE = 8
"""Words and spaces of a phrase."""
_TURN = 1 << 13
"""Items that are counted at once: other threads wait meanwhile."""
Match = tuple[int, int]
_Stretch = tuple[int, int, int, int]
"""Where a part begins and ends, left and right."""


def matches(left: Sequence[str], right: Sequence[str], budget: int = BUDGET) -> tuple[list[Match], bool]:
    """Places of common words, rising on both sides, and whether a part was left unmatched for its size."""
    search = _Search(left, right, budget)
    return list(search.matches()), search.is_coarse


class _Search:
    """Goes from stretch to stretch as long as the budget lasts."""

    def __init__(self, left: Sequence[str], right: Sequence[str], budget: int) -> None:
        self._left = left
        self._right = right
        self._budget = budget
        self.is_coarse = False

    def matches(self) -> Iterator[Match]:
        waiting: list[_Stretch | Match] = [(0, len(self._left), 0, len(self._right))]
        while waiting:
            each = waiting.pop()
            if len(each) == 2:
                yield each
            else:
                head, stretch, tail = self._without_ends(each)
                yield from head
                waiting += tail
                waiting += reversed(self._within(stretch))

    def _without_ends(self, stretch: _Stretch) -> tuple[list[Match], _Stretch, list[Match]]:
        """What a stretch has in common at its beginning, what lies between, and the common end, last first."""
        first, last, other_first, other_last = stretch
        left, right = self._left, self._right
        head: list[Match] = []
        tail: list[Match] = []
        while first < last and other_first < other_last and left[first] == right[other_first]:
            head.append((first, other_first))
            first, other_first = first + 1, other_first + 1
        while first < last and other_first < other_last and left[last - 1] == right[other_last - 1]:
            last, other_last = last - 1, other_last - 1
            tail.append((last, other_last))
        return head, (first, last, other_first, other_last), tail

    def _within(self, stretch: _Stretch) -> list[_Stretch | Match]:
        """The matches in a stretch, and smaller ones between them that are still to be searched."""
        first, last, other_first, other_last = stretch
        pairs, words = (last - first) * (other_last - other_first), last - first + other_last - other_first
        if not pairs:
            return []
        ours, theirs = self._left[first:last], self._right[other_first:other_last]
        if pairs <= min(self._budget, _MOST_AT_ONCE):
            self._budget -= pairs
            return [(first + one, other_first + other) for one, other in reversed([*_longest(ours, theirs)])]
        self._budget -= _PAIRS_A_WORD * words
        is_worth_it = self._budget > 0 and words <= _MOST_WORDS
        dividing = _dividing(ours, theirs) if is_worth_it else []
        if not dividing:
            self.is_coarse = True
            return []
        return list(_divided(stretch, dividing))


def _divided(stretch: _Stretch, dividing: list[Match]) -> Iterator[_Stretch | Match]:
    first, last, other_first, other_last = stretch
    begin, other_begin = first, other_first
    for one, other in dividing:
        yield begin, first + one, other_begin, other_first + other
        yield first + one, other_first + other
        begin, other_begin = first + one + 1, other_first + other + 1
    yield begin, last, other_begin, other_last


def _dividing(left: Sequence[str], right: Sequence[str]) -> list[Match]:
    """Places to divide at, rising on both sides: the first words of phrases that stand once on either, or else single ones."""
    return _rising(_once(_phrases(left), _phrases(right))) or _rising(_once(left, right))


def _phrases(words: Sequence[str]) -> Sequence[Hashable]:
    return [tuple(words[at : at + _PHRASE]) for at in range(len(words) - _PHRASE + 1)]


def _once(left: Sequence[Hashable], right: Sequence[Hashable]) -> list[Match]:
    """What stands once on either side, in the order of the left one."""
    ours, theirs = _counts(left), _counts(right)
    places = {each: at for at, each in enumerate(right) if theirs[each] == 1}
    return [(at, places[each]) for at, each in enumerate(left) if ours[each] == 1 and each in places]


def _counts(items: Sequence[Hashable]) -> Counter[Hashable]:
    counts: Counter[Hashable] = Counter()
    for at in range(0, len(items), _TURN):
        counts.update(items[at : at + _TURN])
    return counts


def _rising(pairs: list[Match]) -> list[Match]:
    """The most of them that rise on both sides."""
    lowest: list[int] = []  # the least place that a row of so many ends at
    enders: list[int] = []
    before: list[int] = []
    for at, (_, place) in enumerate(pairs):
        length = bisect_left(lowest, place)
        lowest[length : length + 1] = [place]
        enders[length : length + 1] = [at]
        before.append(enders[length - 1] if length else -1)
    row: list[Match] = []
    at = enders[-1] if enders else -1
    while at >= 0:
        row.append(pairs[at])
        at = before[at]
    return row[::-1]


def _longest(left: Sequence[str], right: Sequence[str]) -> Iterator[Match]:
    """A longest row of common words, from its end."""
    if len(left) < len(right):
        yield from ((one, other) for other, one in _longest(right, left))
        return
    rows = _rows(left, right)
    at, other = len(left) - 1, len(right) - 1
    while at >= 0 and other >= 0:
        byte, bit = at >> 3, 1 << (at & 7)
        if rows[other][byte] & bit:
            at -= 1
        elif other and not rows[other - 1][byte] & bit:
            other -= 1
        else:
            yield at, other
            at, other = at - 1, other - 1


def _rows(left: Sequence[str], right: Sequence[str]) -> list[bytes]:
    """For each word of `right` a bit for each of `left`: 0 where the longest row up to both is longer than without the latter.

    The reckoning is that of Hyyrö, Bit-parallel LCS-length computation revisited (2004).
    """
    size = len(left) // 8 + 1
    wanted = set(right)
    places: dict[str, list[int]] = defaultdict(list)
    for at, word in enumerate(left):
        if word in wanted:
            places[word].append(at)
    masks = {word: _mask(found, size) for word, found in places.items()}
    full = (1 << len(left)) - 1
    row, rows = full, []
    for word in right:
        common = row & masks.get(word, 0)
        row = ((row + common) | (row - common)) & full
        rows.append(row.to_bytes(size, "little"))
    return rows


def _mask(places: list[int], size: int) -> int:
    bits = bytearray(size)
    for at in places:
        bits[at >> 3] |= 1 << (at & 7)
    return int.from_bytes(bits, "little")

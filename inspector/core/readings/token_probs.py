"""Log probabilities as a text whose pieces carry their probability.

Tokens are bytes: a character may span several of them, and such tokens make one piece whose log probability is their sum.
A log probability of -9999.0 is the service's stand-in for “very unlikely” and not a measure, so it counts in no mean.
Source: the Chat Completions reference, `logprobs.content[].{token, logprob, bytes, top_logprobs}`.
"""

import math
from array import array
from bisect import bisect_right
from codecs import getincrementaldecoder
from collections.abc import Iterator
from dataclasses import dataclass, field
from heapq import nsmallest
from itertools import islice

from inspector.core.json.document import JsonDocument, JsonNode, Kind

SENTINEL = -9999.0
_LEAST_LIKELY = 5
_ROUNDING = 1e-3
"""Up to here a value above 0, which none should be, is taken for a rounded 0."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters [start, end) of the text and the tokens [first, last) that make them.

    `logprob` is None where it is no measure; `is_stand_in` tells that the service's stand-in is why.
    """

    start: int
    end: int
    first: int
    last: int
    logprob: float | None
    is_stand_in: bool = False

    @property
    def probability(self) -> float | None:
        return None if self.logprob is None else min(1.0, math.exp(self.logprob))


@dataclass(frozen=True, slots=True)
class TokenColumns:
    """The pieces of a text as columns, for a long answer has hundreds of thousands: a piece is made when somebody looks at it.

    `starts` and `firsts` have one entry more than there are pieces. In `logprobs` NaN stands for no measure.
    """

    text: str = field(repr=False)
    starts: "array[int]" = field(repr=False)
    firsts: "array[int]" = field(repr=False)
    logprobs: "array[float]" = field(repr=False)
    stand_ins: bytes = field(repr=False)

    def __len__(self) -> int:
        return len(self.logprobs)

    def piece(self, place: int) -> Piece:
        logprob = self.logprobs[place]
        return Piece(
            self.starts[place],
            self.starts[place + 1],
            self.firsts[place],
            self.firsts[place + 1],
            None if math.isnan(logprob) else logprob,
            bool(self.stand_ins[place]),
        )

    @property
    def perplexity(self) -> float | None:
        """exp of the mean negative log probability over the tokens that have one; infinite where that is too large a number."""
        tokens = measured = 0.0
        for logprob, first, last in zip(self.logprobs, self.firsts, islice(self.firsts, 1, None), strict=False):
            if not math.isnan(logprob):
                tokens, measured = tokens + last - first, measured + logprob
        if not tokens:
            return None
        try:
            return math.exp(-measured / tokens)
        except OverflowError:
            return math.inf

    @property
    def least_likely(self) -> tuple[Piece, ...]:
        """The few pieces with the lowest probability, the least likely first; stand-ins before all, and nothing untold."""
        told = (
            (-math.inf if is_stand_in else logprob, place)
            for place, (logprob, is_stand_in) in enumerate(zip(self.logprobs, self.stand_ins, strict=True))
            if is_stand_in or not math.isnan(logprob)
        )
        return tuple(self.piece(place) for _, place in nsmallest(_LEAST_LIKELY, told))


@dataclass(frozen=True, slots=True)
class Tokens:
    """What is told of the tokens of one list: plain values, so that it can be read in another process."""

    columns: TokenColumns
    perplexity: float | None
    least_likely: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class TokenMap:
    """`entries` are the token nodes that the pieces count."""

    tokens: Tokens
    entries: JsonNode

    @property
    def text(self) -> str:
        """The tokens' bytes joined."""
        return self.tokens.columns.text

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """All of them, each made anew."""
        return self._pieces(0, len(self.tokens.columns))

    @property
    def perplexity(self) -> float | None:
        return self.tokens.perplexity

    @property
    def least_likely(self) -> tuple[Piece, ...]:
        return self.tokens.least_likely

    def at(self, offset: int) -> Piece | None:
        """The piece that covers a code point of the text."""
        if not 0 <= offset < len(self.text):
            return None
        return self.tokens.columns.piece(bisect_right(self.tokens.columns.starts, offset) - 1)

    def within(self, start: int, end: int) -> tuple[Piece, ...]:
        """The pieces that touch a range of the text."""
        columns = self.tokens.columns
        first, last = bisect_right(columns.starts, start) - 1, bisect_right(columns.starts, end)
        return self._pieces(max(first, 0), min(last, len(columns)))

    def _pieces(self, first: int, last: int) -> tuple[Piece, ...]:
        return tuple(map(self.tokens.columns.piece, range(first, last)))


@dataclass(frozen=True, slots=True)
class TokenReading:
    """The work that reads the tokens of a list of them; takes long for a long one."""

    index: int

    def parts(self, document: JsonDocument | None, body: bytes) -> Iterator[Tokens]:  # noqa: ARG002 - see `AnswerWork`
        assert document is not None  # noqa: S101 - the list stands in it
        yield _tokens(JsonNode(document, self.index))


def read_tokens(logprobs: JsonNode | None) -> TokenMap | None:
    """The tokens of a choice; None where there are none."""
    entries = token_entries(logprobs)
    return TokenMap(_tokens(entries), entries) if entries is not None else None


def token_entries(logprobs: JsonNode | None) -> JsonNode | None:
    """The list of the tokens of a choice's content, or of its refusal; None where there are none."""
    if logprobs is None or logprobs.kind is not Kind.OBJECT:
        return None
    for key in ("content", "refusal"):
        entries = logprobs.get(key)
        if entries is not None and entries.kind is Kind.ARRAY and entries.count:
            return entries
    return None


def alternatives(entries: JsonNode, place: int) -> list[tuple[str, str]]:
    """What else the model might have said for a token: (token, log probability as sent), in the order sent."""
    top = entries.child(place).get("top_logprobs")
    if top is None or top.kind is not Kind.ARRAY:
        return []
    return [
        (_text(entry.get("token")), _text(entry.get("logprob")))
        for entry in top.children()
        if entry.kind is Kind.OBJECT
    ]


def _tokens(entries: JsonNode) -> Tokens:
    columns = _joined(entries)
    return Tokens(columns, columns.perplexity, columns.least_likely)


def _joined(entries: JsonNode) -> TokenColumns:
    decoder = getincrementaldecoder("utf-8")("replace")
    text: list[str] = []
    starts, firsts, measures, stand_ins = array("q", [0]), array("q", [0]), array("d"), bytearray()
    end, count = 0, entries.count
    logprobs: list[float | None] = []
    for place, entry in enumerate(entries.children(), 1):
        decoded = decoder.decode(_bytes_of(entry), final=place == count)
        text.append(decoded)
        end += len(decoded)
        logprobs.append(_logprob_of(entry))
        is_whole = not decoder.getstate()[0]
        if is_whole:
            measure, is_stand_in = _measure(logprobs)
            measures.append(measure)
            stand_ins.append(is_stand_in)
            starts.append(end)
            firsts.append(place)
            logprobs = []
    return TokenColumns("".join(text), starts, firsts, measures, bytes(stand_ins))


def _measure(logprobs: list[float | None]) -> tuple[float, bool]:
    """That of a piece, given those of its tokens, NaN where it is none; and whether there is a stand-in."""
    known = [logprob for logprob in logprobs if logprob is not None]
    is_stand_in = any(logprob <= SENTINEL for logprob in known)
    return (sum(known) if len(known) == len(logprobs) and not is_stand_in else math.nan), is_stand_in


def _bytes_of(entry: JsonNode) -> bytes:
    """The token's bytes, or those of its text where no bytes were sent."""
    given = entry.get("bytes")
    if given is not None and given.kind is Kind.ARRAY and given.count:
        values = [node.text for node in given.children() if node.kind is Kind.NUMBER]
        if len(values) == given.count and all(
            value.isdecimal() and len(value) < 4 and int(value) < 256 for value in values
        ):
            return bytes(int(value) for value in values)
    return _text(entry.get("token")).encode("utf-8", "replace")


def _logprob_of(entry: JsonNode) -> float | None:
    """The log probability, at most 0, or a stand-in, at most `SENTINEL`; None where neither was sent."""
    node = entry.get("logprob")
    if node is None or node.kind is not Kind.NUMBER or len(node.text) > 40:
        return None
    value = float(node.text)
    return min(value, 0.0) if value < _ROUNDING else None


def _text(node: JsonNode | None) -> str:
    if node is None:
        return ""
    return node.string if node.kind is Kind.STRING else node.text

"""Log probabilities as a text whose pieces carry their probability.

Tokens are bytes: a character may span several of them, and such tokens make one piece whose log probability is their sum.
A log probability of -9999.0 is the service's stand-in for “very unlikely” and not a measure, so it counts in no mean.
Source: the Chat Completions reference, `logprobs.content[].{token, logprob, bytes, top_logprobs}`.
"""

import math
from array import array
from bisect import bisect_right
from codecs import getincrementaldecoder
from dataclasses import dataclass, field
from heapq import nsmallest

from inspector.core.json.document import JsonNode, Kind

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
class TokenMap:
    """`text` is the tokens' bytes joined; `entries` are the token nodes that the pieces count."""

    text: str = field(repr=False)
    pieces: tuple[Piece, ...] = field(repr=False)
    entries: JsonNode
    starts: "array[int]" = field(repr=False)

    def at(self, offset: int) -> Piece | None:
        """The piece that covers a code point of the text."""
        place = bisect_right(self.starts, offset) - 1
        return self.pieces[place] if place >= 0 and offset < self.pieces[place].end else None

    def within(self, start: int, end: int) -> tuple[Piece, ...]:
        """The pieces that touch a range of the text."""
        return self.pieces[max(bisect_right(self.starts, start) - 1, 0) : bisect_right(self.starts, end)]

    @property
    def perplexity(self) -> float | None:
        """exp of the mean negative log probability over the tokens that have one; infinite where that is too large a number."""
        known = [piece for piece in self.pieces if piece.logprob is not None]
        tokens = sum(piece.last - piece.first for piece in known)
        if not tokens:
            return None
        try:
            return math.exp(-sum(piece.logprob or 0.0 for piece in known) / tokens)
        except OverflowError:
            return math.inf

    @property
    def least_likely(self) -> list[Piece]:
        """The few pieces with the lowest probability, the least likely first; stand-ins before all, and nothing untold."""
        told = (piece for piece in self.pieces if piece.is_stand_in or piece.logprob is not None)
        return nsmallest(_LEAST_LIKELY, told, key=lambda piece: -math.inf if piece.logprob is None else piece.logprob)


def read_tokens(logprobs: JsonNode | None) -> TokenMap | None:
    """The tokens of a choice's content, or of its refusal; None where there are none."""
    if logprobs is None or logprobs.kind is not Kind.OBJECT:
        return None
    for key in ("content", "refusal"):
        entries = logprobs.get(key)
        if entries is not None and entries.kind is Kind.ARRAY and entries.count:
            return _joined(entries)
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


def _joined(entries: JsonNode) -> TokenMap:
    decoder = getincrementaldecoder("utf-8")("replace")
    text: list[str] = []
    pieces: list[Piece] = []
    start, end, first = 0, 0, 0
    logprobs: list[float | None] = []
    for place, entry in enumerate(entries.children()):
        decoded = decoder.decode(_bytes_of(entry), final=place == entries.count - 1)
        text.append(decoded)
        end += len(decoded)
        logprobs.append(_logprob_of(entry))
        is_whole = not decoder.getstate()[0]
        if is_whole:
            pieces.append(_piece(start, end, first, logprobs))
            start, first, logprobs = end, place + 1, []
    return TokenMap("".join(text), tuple(pieces), entries, array("q", (piece.start for piece in pieces)))


def _piece(start: int, end: int, first: int, logprobs: list[float | None]) -> Piece:
    """`logprobs` are those of its tokens, in order."""
    known = [logprob for logprob in logprobs if logprob is not None]
    is_stand_in = any(logprob <= SENTINEL for logprob in known)
    is_measure = len(known) == len(logprobs) and not is_stand_in
    return Piece(start, end, first, first + len(logprobs), sum(known) if is_measure else None, is_stand_in)


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

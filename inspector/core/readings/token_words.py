"""The token view in words: what is said under it, and of one piece in its tooltip."""

from inspector.core.counting import nth
from inspector.core.json.document import JsonNode, Kind
from inspector.core.outline.outline import Outline, Row
from inspector.core.readings.token_probs import Piece, TokenMap, alternatives
from inspector.core.visible_text import one_line

_CHOICE = "/choices/*"


def logprobs_at(outline: Outline, row: Row) -> JsonNode | None:
    """The log probabilities of the choice that a row stands in; at the top those of the first choice that has any."""
    above: Row | None = row
    while above is not None and above.place != _CHOICE:
        above = above.parent
    if above is not None:
        return _held(above.node.get("logprobs") if above.node is not None else None)
    completion = outline.inspection.completion
    choices = completion.choices[:100] if completion is not None else ()
    return next((choice.logprobs for choice in choices if _held(choice.logprobs) is not None), None)


def tokens_note(tokens: TokenMap) -> str:
    """How sure the model was as a whole, and where it was least so."""
    count = tokens.entries.count
    words = [f"{count:,} token{'' if count == 1 else 's'}", f"perplexity {_measured(tokens.perplexity)}"]
    least = ", ".join(f"“{one_line(tokens.text[p.start : p.end], 30)}” {percent(p)}" for p in tokens.least_likely)
    return " · ".join([*words, f"least likely: {least}"] if least else words)


def percent(piece: Piece) -> str:
    """The probability in per cent, or that there is no measure."""
    probability = piece.probability
    if probability is None:
        return "no measure (stand-in for very unlikely)" if piece.is_stand_in else "no measure"
    return f"{probability:.1%}" if probability >= 0.001 else f"{probability:.2g}"


def piece_words(tokens: TokenMap, piece: Piece) -> str:
    """One piece: its tokens, its probability, and what else might have stood there."""
    lines = [f"“{one_line(tokens.text[piece.start : piece.end], 60)}”  {percent(piece)}"]
    if piece.last - piece.first > 1:
        lines.append(f"{piece.last - piece.first} tokens, told together because a character spans them")
    for place in range(piece.first, min(piece.last, piece.first + 4)):
        entry = tokens.entries.child(place)
        logprob, given = entry.get("logprob"), entry.get("bytes")
        lines.append(f"token {nth(place)}: log probability {logprob.text[:40] if logprob is not None else 'not sent'}")
        if given is not None and given.kind is Kind.ARRAY:
            lines.append(f"bytes {' '.join(node.text[:5] for node in given.children(0, 16))}")
        lines += [
            f"   {one_line(token, 40)}  {logprob[:20]}" for token, logprob in alternatives(tokens.entries, place)[:8]
        ]
    return "\n".join(lines)


def _measured(perplexity: float | None) -> str:
    if perplexity is None:
        return "not to be told"
    return f"{perplexity:,.3f}" if perplexity < 1e6 else f"{perplexity:.3g}"


def _held(logprobs: JsonNode | None) -> JsonNode | None:
    return logprobs if logprobs is not None and logprobs.kind is Kind.OBJECT and logprobs.count else None

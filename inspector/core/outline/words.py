"""What the value column of the tree says about a field: a preview, and words where the bare value needs them."""

from collections.abc import Callable

from inspector.core.inspection import Inspection
from inspector.core.json.document import JsonNode, Kind
from inspector.core.moment import Moment, in_words
from inspector.core.visible_text import one_line

PREVIEW = 160
FINISH_REASONS = {
    "stop": "the model ended by itself",
    "length": "the token limit was reached",
    "tool_calls": "the model called tools",
    "content_filter": "content was left out by a filter",
    "function_call": "the model called a function (old form)",
}
_MESSAGE = "/choices/*/message"


def preview(text: str, limit: int = PREVIEW) -> str:
    """`text` in one line that any widget can hold."""
    return one_line(text, limit)


def value_words(place: str, node: JsonNode, inspection: Inspection, moment: Moment) -> str:
    """The value column for the field at `place`."""
    if place == "":
        return _root(node, inspection)
    if place == "/created":
        return preview(in_words(node, moment))
    words = _WORDS.get(place)
    return words(node) if words is not None else plain_value(place, node)


def plain_value(place: str, node: JsonNode) -> str:
    """A value that needs no words of its own."""
    match node.kind:
        case Kind.STRING:
            return preview(node.beginning(PREVIEW + 1))
        case Kind.OBJECT:
            return "{}" if node.count == 0 else f"{{…}} {_counted(node.count, 'field')}"
        case Kind.ARRAY:
            return "[]" if node.count == 0 else f"[…] {_counted(node.count, 'item')}"
        case Kind.NULL:
            return "null · not reported" if place.startswith("/usage") else "null"
        case _:
            return preview(node.beginning(PREVIEW + 1))


def finish_words(reason: str | None) -> str:
    """`length · the token limit was reached`; an unknown reason alone."""
    if reason is None:
        return ""
    known = FINISH_REASONS.get(reason)
    return f"{preview(reason, 60) or '“”'} · {known}" if known else preview(reason, 60) or "“”"


def figure(usage: JsonNode, name: str) -> str:
    """A token count as sent, or `not reported`."""
    node = usage.get(name)
    return "not reported" if node is None or node.kind is Kind.NULL else preview(node.sent(41), 40)


def _root(node: JsonNode, inspection: Inspection) -> str:
    if inspection.completion is None:
        return plain_value("", node)
    found = _beginning_of(node.get("id"))
    return preview(found) if found is not None else "no id in the body"


def _choice(node: JsonNode) -> str:
    if node.kind is not Kind.OBJECT:
        return plain_value("", node)
    message = node.get("message")
    said = _message(message) if message is not None else "no message"
    reason = _beginning_of(node.get("finish_reason"))
    return f"{preview(reason, 40)} · {said}" if reason else said


def _message(node: JsonNode) -> str:
    if node.kind is not Kind.OBJECT:
        return plain_value("", node)
    refusal, content, calls = _beginning_of(node.get("refusal")), node.get("content"), node.get("tool_calls")
    legacy = node.get("function_call")
    parts = []
    if refusal:
        parts.append(f"refusal: {preview(refusal, 80)}")
    if content is not None and content.kind is not Kind.NULL:
        parts.append(plain_value("", content))
    if calls is not None and calls.kind is Kind.ARRAY and calls.count:
        parts.append(_counted(calls.count, "tool call"))
    if legacy is not None and legacy.kind is Kind.OBJECT:
        parts.append("function call")
    return preview(" · ".join(filter(None, parts))) or "empty"


def _call(node: JsonNode) -> str:
    holder = node if node.get("arguments") is not None else node.get("function") or node.get("custom")
    return _signature(holder) if holder is not None else plain_value("", node)


def _signature(holder: JsonNode) -> str:
    if holder.kind is not Kind.OBJECT:
        return plain_value("", holder)
    name = _beginning_of(holder.get("name")) or "no name"
    given = holder.get("arguments") or holder.get("input")
    inside = "" if given is None else given.beginning(PREVIEW)
    return f"{preview(name, 60)}({preview(inside, 80)})"


def _calls(node: JsonNode) -> str:
    return plain_value("", node) if node.kind is not Kind.ARRAY else _counted(node.count, "tool call")


def _choices(node: JsonNode) -> str:
    return plain_value("", node) if node.kind is not Kind.ARRAY else _counted(node.count, "choice")


def _usage(node: JsonNode) -> str:
    if node.kind is not Kind.OBJECT:
        return plain_value("/usage", node)
    prompt, answer, total = (figure(node, f"{name}_tokens") for name in ("prompt", "completion", "total"))
    return f"{prompt} prompt + {answer} completion · {total} total"


def _logprobs(node: JsonNode) -> str:
    members = (node.get("content"), node.get("refusal"))
    lists = [member for member in members if member is not None and member.kind is Kind.ARRAY]
    return _counted(sum(tokens.count for tokens in lists), "token") if lists else plain_value("", node)


def _audio(node: JsonNode) -> str:
    data = node.get("data")
    if data is None or data.kind is not Kind.STRING:
        return plain_value("", node)
    padding = data.document.source[max(data.start, data.end - 3) : data.end].count(b"=")
    return f"audio, {(data.end - data.start - 2) * 3 // 4 - padding:,} bytes"


def _token(node: JsonNode) -> str:
    token, logprob = node.get("token"), node.get("logprob")
    if token is None or logprob is None:
        return plain_value("", node)
    return f"{preview(token.sent(61), 60)} · {preview(logprob.sent(41), 40)}"


def _beginning_of(node: JsonNode | None) -> str | None:
    """As much of a string as a cell can show; None for any other kind and for an absent one."""
    return node.beginning(PREVIEW + 1) if node is not None and node.kind is Kind.STRING else None


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _metadata(node: JsonNode) -> str:
    """What the customer filed it under: `team: support, ticket: SUP-20421`."""
    if node.kind is not Kind.OBJECT or not node.count:
        return plain_value("", node)
    pairs = [f"{preview(child.key or '', 40)}: {plain_value('', child)}" for child in node.children(0, _MOST_PAIRS)]
    return preview(", ".join([*pairs, "…"] if node.count > _MOST_PAIRS else pairs))


_MOST_PAIRS = 16
"""As many as the service takes."""
_WORDS: dict[str, Callable[[JsonNode], str]] = {
    "/choices": _choices,
    "/choices/*": _choice,
    "/choices/*/finish_reason": lambda node: finish_words(_beginning_of(node)) or plain_value("", node),
    "/choices/*/logprobs": _logprobs,
    "/choices/*/logprobs/content/*": _token,
    _MESSAGE: _message,
    f"{_MESSAGE}/audio": _audio,
    f"{_MESSAGE}/tool_calls": _calls,
    f"{_MESSAGE}/tool_calls/*": _call,
    f"{_MESSAGE}/tool_calls/*/function": _signature,
    f"{_MESSAGE}/tool_calls/*/custom": _signature,
    f"{_MESSAGE}/function_call": _signature,
    "/metadata": _metadata,
    "/usage": _usage,
}

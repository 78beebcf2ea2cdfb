"""The outermost object: whether it is a completion at all, and what it says besides the choices."""

from collections.abc import Iterator

from inspector.core.completion import Completion, string_of
from inspector.core.findings import Severity
from inspector.core.json.document import JsonNode, Kind
from inspector.core.rules.parts import completions
from inspector.core.rules.rule import Spot, rule
from inspector.core.rules.values import is_kind, is_nothing, kind_words, quoted, shown

_SERVICE_TIERS = frozenset({"auto", "default", "flex", "scale", "priority", "fast"})
_OTHER_OBJECTS = {
    "chat.completion.chunk": "one piece of a streamed answer",
    "list": "a list, as an empty ID would fetch",
    "chat.completion.deleted": "the confirmation of a deletion",
    "chat.completion.message": "a stored prompt message",
    "response": "an answer of the Responses API",
    "text_completion": "an answer of the old completions API",
    "error": "an error",
}
_JUDGEMENTS = frozenset({b'"flagged"', b'"filtered"', b'"blocked"'})


@rule(
    "body-not-an-object",
    Severity.ERROR,
    "The body is not an object",
    "A completion is a JSON object; a client that looks for choices in anything else crashes.",
    over=completions,
)
def body_not_an_object(completion: Completion) -> Iterator[Spot]:
    if completion.root.kind is not Kind.OBJECT:
        yield completion.root, f"The body is {kind_words(completion.root)}, where a completion was due."


@rule(
    "error-in-body",
    Severity.ERROR,
    "The body tells of an error",
    "Clients that look only at the HTTP status take it for an answer, and then fail on the missing parts.",
    over=completions,
)
def error_in_body(completion: Completion) -> Iterator[Spot]:
    nodes = [completion.root.get("error"), *(choice.node.get("error") for choice in completion.choices)]
    if completion.root.get("choices") is None:
        nodes += [completion.root.get("detail"), completion.root.get("message")]
    for node in nodes:
        if node is not None and not is_kind(node, Kind.NULL, Kind.FALSE):
            yield node, f"The body says: {_error_words(node)}."


@rule(
    "other-object",
    Severity.WARNING,
    "The body calls itself something else",
    "Clients that check “object” refuse it; usually another kind of thing was fetched than a chat completion.",
    over=completions,
)
def other_object(completion: Completion) -> Iterator[Spot]:
    name = string_of(completion.object)
    if name is not None and name != "chat.completion":
        meaning = f", {_OTHER_OBJECTS[name]}" if name in _OTHER_OBJECTS else ""
        yield completion.object, f"“object” is {quoted(name)}{meaning}, where “chat.completion” was due."


@rule(
    "empty-identity",
    Severity.WARNING,
    "The ID or the model is empty",
    "The answer cannot be looked up again or told from others in logs and bills.",
    over=completions,
)
def empty_identity(completion: Completion) -> Iterator[Spot]:
    for name, node in (("id", completion.id), ("model", completion.model)):
        said = string_of(node)
        if said is not None and not said.strip():
            yield node, f"“{name}” is {'empty' if not said else 'only white space'}."


@rule(
    "unknown-service-tier",
    Severity.INFO,
    "The service tier is not a known one",
    "Price and speed depend on the tier; this one is in no public list.",
    over=completions,
)
def unknown_service_tier(completion: Completion) -> Iterator[Spot]:
    node = completion.root.get("service_tier")
    name = string_of(node)
    if name is not None and name not in _SERVICE_TIERS:
        yield node, f"“service_tier” is {quoted(name)}; known are {', '.join(sorted(_SERVICE_TIERS))}."


@rule(
    "moderation-flagged",
    Severity.WARNING,
    "Moderation flagged the prompt or the answer",
    "Providers may hold back, cut or count such content; repeated hits can cost the account.",
    over=completions,
)
def moderation_flagged(completion: Completion) -> Iterator[Spot]:
    root = completion.root
    judged = [root.get("moderation"), root.get("prompt_filter_results")]
    judged += [choice.node.get("content_filter_results") for choice in completion.choices]
    for part in judged:
        if part is not None:
            yield from _flags(part)


RULES = (body_not_an_object, error_in_body, other_object, moderation_flagged, empty_identity, unknown_service_tier)


def _error_words(node: JsonNode) -> str:
    """The server's own words in an error of any of the usual forms."""
    if node.kind is not Kind.OBJECT:
        return shown(node, 140)
    said = [member for name in ("message", "detail", "type", "code") if not is_nothing(member := node.get(name))]
    return shown(said[0], 140) if said and said[0] is not None else quoted(node.text, 140)


def _flags(part: JsonNode) -> Iterator[Spot]:
    """Every member below `part` that says true where something was flagged."""
    document = part.document
    index = document.kinds.find(Kind.TRUE, part.index, document.next_of(part.index))
    while index >= 0:
        if document.source[document.key_starts[index] : document.key_ends[index]] in _JUDGEMENTS:
            node = JsonNode(document, index)
            above = node.parent
            name = above.key if above is not None and above.key is not None else "the result"
            yield node, f"{quoted(node.key or '')} is true in {quoted(name, 40)}."
        index = document.kinds.find(Kind.TRUE, index + 1, document.next_of(part.index))

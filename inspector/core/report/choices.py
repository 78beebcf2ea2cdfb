"""What a report for people says of one choice: how it ended, what the model said, whom it called."""

from collections.abc import Iterator

from inspector.core.citations import citation_at, citing_object
from inspector.core.completion import Choice, Message, string_of
from inspector.core.counting import nth
from inspector.core.json.document import JsonNode, Kind
from inspector.core.outline.words import finish_words, value_words
from inspector.core.report.calls import Telling, told_call
from inspector.core.report.items import WARNING, Facts, Heading, Item, Quote, Words
from inspector.core.report.json import laid_out

_SAID = ("content", "refusal", "reasoning_content", "reasoning")
_SAID_IN_PARTS = ("content", "annotations")
_TEXT_PARTS = ("text", "thinking", "reasoning", "refusal")


def told_choice(telling: Telling, choice: Choice) -> Iterator[Item]:
    """The facts first, then what is to be read, then the calls."""
    yield Heading(2, f"Choice {nth(choice.node.place)}")
    message = choice.message
    texts = list(_texts(message)) if message is not None else []
    rows = [*_choice_facts(telling, choice)]
    if message is not None:
        told = ("tool_calls", "function_call", *(name for name, _ in texts))
        rows += _facts(message.node, "/choices/*/message", told, telling)
    yield Facts(tuple(rows))
    if message is None:
        yield Words("This choice holds no message.", WARNING)
        return
    for name, node in texts:
        yield Heading(3, name)
        yield from _text(node, telling.most)
    for number, call in enumerate(message.tool_calls):
        yield from told_call(telling, choice, call, number)


def _choice_facts(telling: Telling, choice: Choice) -> Iterator[tuple[str, str]]:
    """How the choice ended, and the index only where it is not what the order says."""
    told = ["message", "finish_reason"]
    if choice.finish_reason is not None:
        yield "finish_reason", finish_words(choice.finish_reason_text) or choice.finish_reason.text
    if choice.index is not None and choice.index.text == str(choice.node.place):
        told.append("index")
    yield from _facts(choice.node, "/choices/*", tuple(told), telling)


def _facts(node: JsonNode, place: str, told: tuple[str, ...], telling: Telling) -> Iterator[tuple[str, str]]:
    """The members of an object, each in a line, but for those told elsewhere."""
    for member in node.children():
        key = member.key or ""
        if key not in told:
            yield key, value_words(f"{place}/{key}", member, telling.inspection, telling.moment)


def _texts(message: Message) -> Iterator[tuple[str, JsonNode]]:
    """What is to be read rather than a fact, with its name."""
    for member in message.node.children():
        key, is_string = member.key or "", member.kind is Kind.STRING
        if (is_string and key in _SAID and member.beginning(1)) or (member.count and key in _SAID_IN_PARTS):
            yield key, member
        spoken = member.get("transcript") if key == "audio" else None
        if spoken is not None:
            yield "audio: transcript", spoken


def _text(node: JsonNode, most: int) -> Iterator[Item]:
    """A string as it is, the parts of an array each by its kind, anything else as JSON."""
    if node.kind is not Kind.ARRAY:
        yield _quote(node, most)
        return
    for part in node.children():
        kind = part.get("type")
        name = kind.beginning(400) if kind is not None and kind.kind is Kind.STRING else "part without a type"
        yield Words(f"{nth(part.place)}. {name}")
        if name == "url_citation":
            yield _citation(part)
            continue
        said = part.get(name) if name in _TEXT_PARTS else None
        yield _quote(said if said is not None and said.kind is Kind.STRING else part, most)


def _citation(entry: JsonNode) -> Facts:
    """What is cited, its address as a text among others."""
    message = entry.parent.parent if entry.parent is not None else None
    cited = citation_at(citing_object(entry), string_of(message.get("content")) if message is not None else None)
    rows = (
        ("title", cited.title),
        ("host", cited.host),
        ("url", cited.url),
        ("range", cited.range_words),
        ("cited", cited.excerpt),
    )
    return Facts(tuple((name, value) for name, value in rows if value))


def _quote(node: JsonNode, most: int) -> Quote:
    return Quote(node.beginning(most + 1)) if node.kind is Kind.STRING else Quote(laid_out(node, most), is_json=True)

"""The parts of a message, a closed union. Texts are strings of the document, decoded when somebody looks.

A part is read by what it holds under its type, in the spellings of the Chat Completions and Responses APIs, of Anthropic
and of Mistral; what does not fit is `Other`, so that nothing is left out.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeGuard

from inspector.core.completion import string_of
from inspector.core.conversation.inline_data import Address, base64_bytes, read_address
from inspector.core.json.document import JsonNode, Kind

_TEXT_TYPES = ("text", "input_text", "output_text")
_THOUGHT_TYPES = ("thinking", "reasoning", "reasoning_text", "summary_text")
_THOUGHT_MEMBERS = ("thinking", "reasoning", "text", "summary", "content")
_IMAGE_TYPES = ("image_url", "input_image", "image")
_FILE_TYPES = ("file", "input_file", "document")
_AUDIO_TYPES = ("input_audio", "audio", "output_audio")
_NO_NAME = ""


@dataclass(frozen=True, slots=True)
class Text:
    """Something said; `said` is the string that holds it."""

    node: JsonNode
    said: JsonNode


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why the model would not answer."""

    node: JsonNode
    said: JsonNode


@dataclass(frozen=True, slots=True)
class Reasoning:
    """What the model thought before it spoke."""

    node: JsonNode
    said: JsonNode


@dataclass(frozen=True, slots=True)
class Image:
    """A picture, never loaded here. `address` is None where it is known by `file_id` alone, or not at all."""

    node: JsonNode
    address: Address | None
    file_id: JsonNode | None = None


@dataclass(frozen=True, slots=True)
class File:
    """A file: its data in the address, or its ID at the service. `name` is its file name as sent."""

    node: JsonNode
    address: Address | None
    file_id: JsonNode | None = None
    name: JsonNode | None = None


@dataclass(frozen=True, slots=True)
class Audio:
    """Recorded or spoken sound. `size` is in bytes, where the data is there."""

    node: JsonNode
    format: str = ""
    size: int | None = None
    transcript: JsonNode | None = None


@dataclass(frozen=True, slots=True)
class Other:
    """Anything else, to be shown as its JSON; `type` is what it calls itself."""

    node: JsonNode
    type: str = ""


Part = Text | Refusal | Reasoning | Image | File | Audio | Other


def parts_in(content: JsonNode | None) -> Iterator[Part]:
    """The parts of a `content`, of whatever kind that is; none of null and of an empty string."""
    if content is None or content.kind is Kind.NULL:
        return
    if content.kind is Kind.STRING:
        if _is_said(content):
            yield Text(content, content)
    elif content.kind is Kind.ARRAY:
        for entry in content.children():
            yield from _part(entry)
    else:
        yield Other(content, _type(content))


def thoughts_in(node: JsonNode) -> Iterator[Reasoning]:
    """What a string, or an array of parts, tells of the model's thinking."""
    for said in _strings(node):
        yield Reasoning(node, said)


def audio_in(node: JsonNode) -> Audio:
    """The audio of an answer, or of an `input_audio` part."""
    transcript = node.get("transcript")
    return Audio(
        node,
        string_of(node.get("format")) or _NO_NAME,
        base64_bytes(node.get("data")),
        transcript if transcript is not None and _is_said(transcript) else None,
    )


def _part(entry: JsonNode) -> Iterator[Part]:
    if entry.kind is Kind.STRING:
        yield Text(entry, entry)
        return
    kind = _type(entry)
    if kind in _TEXT_TYPES:
        said = entry.get("text")
        yield Text(entry, said) if _is_string(said) else Other(entry, kind)
    elif kind == "refusal":
        said = entry.get("refusal")
        yield Refusal(entry, said) if _is_string(said) else Other(entry, kind)
    elif kind in _THOUGHT_TYPES:
        thoughts = list(_thoughts(entry))
        yield from thoughts or (Other(entry, kind),)
    elif kind in _IMAGE_TYPES:
        yield _image(entry)
    elif kind in _FILE_TYPES:
        yield _file(entry)
    elif kind in _AUDIO_TYPES:
        holder = entry.get(kind)
        yield audio_in(holder if holder is not None and holder.kind is Kind.OBJECT else entry)
    else:
        yield Other(entry, kind)


def _thoughts(entry: JsonNode) -> Iterator[Reasoning]:
    """The first member that holds thinking; a signature or encrypted thinking holds none."""
    for member in _THOUGHT_MEMBERS:
        held = entry.get(member)
        if held is not None and (found := [Reasoning(entry, said) for said in _strings(held)]):
            yield from found
            return


def _strings(node: JsonNode) -> Iterator[JsonNode]:
    """A string that is not empty, or those of an array's entries."""
    if _is_said(node):
        yield node
    elif node.kind is Kind.ARRAY:
        for entry in node.children():
            held = entry if entry.kind is Kind.STRING else _first(entry, "text", "thinking", "summary")
            if held is not None and _is_said(held):
                yield held


def _image(entry: JsonNode) -> Part:
    """`{image_url: {url}}`, `{image_url: "…"}`, or `{source: {type, url | media_type, data}}`."""
    held = _first(entry, "image_url", "source", "image") or entry
    address = read_address(held if held.kind is Kind.STRING else held.get("url"))
    file_id = _first(held, "file_id") or _first(entry, "file_id")
    if address is None and (data := _sourced(held)) is not None:
        address = data
    return Image(entry, address, file_id) if address or file_id else Other(entry, _type(entry))


def _file(entry: JsonNode) -> Part:
    held = _first(entry, "file", "source") or entry
    data = _first(held, "file_data", "file_url", "url")
    address = read_address(data) or _sourced(held)
    name, file_id = _first(held, "filename", "title") or _first(entry, "title"), _first(held, "file_id")
    return File(entry, address, file_id, name) if address or file_id or name else Other(entry, _type(entry))


def _sourced(held: JsonNode) -> Address | None:
    """Bare base64 beside its media type, which is not an address but says the same as one."""
    data = held.get("data")
    if data is None or not _is_said(data):
        return None
    media_type = string_of(held.get("media_type")) or _NO_NAME
    return Address(data, is_data=True, media_type=media_type.lower(), size=base64_bytes(data))


def _first(node: JsonNode, *names: str) -> JsonNode | None:
    """The first of these members that is there and not null."""
    members = (node.get(name) for name in names)
    return next((member for member in members if member is not None and member.kind is not Kind.NULL), None)


def _type(node: JsonNode) -> str:
    return string_of(node.get("type")) or _NO_NAME


def _is_string(node: JsonNode | None) -> TypeGuard[JsonNode]:
    return node is not None and node.kind is Kind.STRING


def _is_said(node: JsonNode) -> bool:
    """Whether it is a string of at least one character."""
    return node.kind is Kind.STRING and node.end - node.start > 2

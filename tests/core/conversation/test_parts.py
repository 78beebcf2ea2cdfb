"""The parts of a message in every spelling that is known, and what is told of pictures, files and sound unloaded."""

import base64
import json
from typing import Any

import pytest

from inspector.core.completion import string_of
from inspector.core.conversation.inline_data import Address, base64_bytes, read_address
from inspector.core.conversation.parts import Audio, File, Image, Other, Part, Reasoning, Refusal, Text, parts_in
from inspector.core.json.document import JsonNode
from tests.conversations import document


def part_of(entry: Any) -> Part:
    (part,) = parts_in(document([entry]).root)
    return part


def told(address: Address | None) -> tuple[bool, str, str, int | None] | None:
    return None if address is None else (address.is_data, address.host, address.media_type, address.size)


def texts(part: Part) -> list[str | None]:
    return [string_of(part.said)] if isinstance(part, Text | Refusal | Reasoning) else []


@pytest.mark.parametrize(
    ("entry", "sort", "said"),
    [
        ({"type": "text", "text": "a"}, Text, "a"),
        ({"type": "input_text", "text": "a"}, Text, "a"),
        ({"type": "output_text", "text": ""}, Text, ""),
        ("a", Text, "a"),
        ({"type": "refusal", "refusal": "no"}, Refusal, "no"),
        ({"type": "thinking", "thinking": "hm", "signature": "s"}, Reasoning, "hm"),
        ({"type": "thinking", "thinking": [{"type": "text", "text": "hm"}]}, Reasoning, "hm"),
        ({"type": "reasoning", "text": "hm"}, Reasoning, "hm"),
        ({"type": "reasoning", "summary": [{"type": "summary_text", "text": "hm"}]}, Reasoning, "hm"),
    ],
)
def test_what_is_said(entry: Any, sort: type, said: str) -> None:
    part = part_of(entry)
    assert type(part) is sort
    assert texts(part) == [said]
    assert part.node.raw == json.dumps(entry).encode()


@pytest.mark.parametrize(
    ("entry", "kind"),
    [
        ({"type": "text", "text": {"value": "a"}}, "text"),
        ({"type": "text"}, "text"),
        ({"type": "refusal", "refusal": None}, "refusal"),
        ({"type": "thinking", "signature": "s"}, "thinking"),
        ({"type": "redacted_thinking", "data": "x"}, "redacted_thinking"),
        ({"type": "image_url", "image_url": {}}, "image_url"),
        ({"type": "image_url", "image_url": {"url": ""}}, "image_url"),
        ({"type": "file", "file": {}}, "file"),
        ({"type": "hologram"}, "hologram"),
        ({"text": "a"}, ""),
        (7, ""),
        (None, ""),
    ],
)
def test_what_does_not_fit_stays_as_it_is(entry: Any, kind: str) -> None:
    part = part_of(entry)
    assert isinstance(part, Other)
    assert (part.type, part.node.raw) == (kind, json.dumps(entry).encode())


def test_a_content_that_is_an_object_is_one_part() -> None:
    (part,) = parts_in(document({"type": "odd"}).root)
    assert isinstance(part, Other)
    assert part.type == "odd"


def test_thinking_in_several_pieces_is_told_piece_by_piece() -> None:
    entry = {"type": "thinking", "thinking": [{"type": "text", "text": "a"}, {"type": "text", "text": "b"}]}
    assert [texts(part) for part in parts_in(document([entry]).root)] == [["a"], ["b"]]


PICTURE = "data:image/PNG;base64," + base64.b64encode(b"x" * 100).decode()


@pytest.mark.parametrize(
    ("entry", "address"),
    [
        ({"type": "image_url", "image_url": {"url": "https://a.example/dog.jpg"}}, (False, "a.example", "", None)),
        ({"type": "image_url", "image_url": "https://a.example/dog.jpg"}, (False, "a.example", "", None)),
        ({"type": "input_image", "image_url": PICTURE}, (True, "", "image/png", 100)),
        ({"type": "image", "source": {"type": "url", "url": PICTURE}}, (True, "", "image/png", 100)),
        (
            {"type": "image", "source": {"type": "base64", "media_type": "image/GIF", "data": "QUJD"}},
            (True, "", "image/gif", 3),
        ),
        ({"type": "image", "source": {"data": "QUI="}}, (True, "", "", 2)),
        ({"type": "image_url", "image_url": {"url": "file:///etc/passwd"}}, (False, "", "", None)),
        ({"type": "image_url", "image_url": {"url": "data:nonsense"}}, (True, "", "", None)),
        ({"type": "image_url", "image_url": {"url": "data:,hello"}}, (True, "", "", None)),
        ({"type": "input_image", "file_id": "file-1"}, None),
    ],
)
def test_pictures(entry: Any, address: Any) -> None:
    part = part_of(entry)
    assert isinstance(part, Image)
    assert told(part.address) == address
    assert string_of(part.file_id) == entry.get("file_id")


@pytest.mark.parametrize(
    ("entry", "name", "file_id", "address"),
    [
        (
            {"type": "file", "file": {"filename": "a.pdf", "file_data": "data:application/pdf;base64,QUJD"}},
            "a.pdf", None, (True, "", "application/pdf", 3),
        ),
        ({"type": "file", "file": {"file_id": "file-1"}}, None, "file-1", None),
        ({"type": "input_file", "filename": "a.txt"}, "a.txt", None, None),
        ({"type": "input_file", "file_url": "https://a.example/x"}, None, None, (False, "a.example", "", None)),
        (
            {"type": "document", "title": "T", "source": {"media_type": "application/pdf", "data": "QQ=="}},
            "T", None, (True, "", "application/pdf", 1),
        ),
    ],
)  # fmt: skip
def test_files(entry: Any, name: str | None, file_id: str | None, address: Any) -> None:
    part = part_of(entry)
    assert isinstance(part, File)
    assert (string_of(part.name), string_of(part.file_id), told(part.address)) == (name, file_id, address)


@pytest.mark.parametrize(
    ("entry", "facts"),
    [
        ({"type": "input_audio", "input_audio": {"data": "QUJD", "format": "wav"}}, ("wav", 3, None)),
        ({"type": "audio", "data": "QUJDRA==", "transcript": "hi"}, ("", 4, "hi")),
        ({"type": "input_audio", "input_audio": {"data": None, "transcript": ""}}, ("", None, None)),
    ],
)
def test_sound(entry: Any, facts: tuple[str, int | None, str | None]) -> None:
    part = part_of(entry)
    assert isinstance(part, Audio)
    assert (part.format, part.size, string_of(part.transcript)) == facts


def node(raw: bytes) -> JsonNode:
    return document(raw).root


@pytest.mark.parametrize("size", [*range(9), 5_000])
@pytest.mark.parametrize("slash", ["/", "\\/", "\\u002f"])
def test_the_size_of_data_is_known_without_decoding_it(size: int, slash: str) -> None:
    data = base64.b64encode(b"\xff" * size).decode()
    url = f"data:image{slash}webp;base64,{data.replace('/', slash)}"
    address = read_address(node(f'"{url}"'.encode()))
    assert told(address) == (True, "", "image/webp", size)
    assert base64_bytes(node(f'"{data.replace("/", slash)}"'.encode())) == size


def test_a_long_address_is_read_by_its_beginning() -> None:
    address = read_address(node(b'"https://a.example/' + b"x" * 50_000 + b'"'))
    assert told(address) == (False, "a.example", "", None)
    assert address is not None
    assert len(address.text.string) == 50_018


@pytest.mark.parametrize("raw", [b"null", b"7", b'""', b"{}"])
def test_what_is_no_text_is_no_address(raw: bytes) -> None:
    assert read_address(node(raw)) is None


def test_no_string_is_no_data() -> None:
    assert base64_bytes(None) is None
    assert base64_bytes(node(b"7")) is None
    assert base64_bytes(node(b'""')) == 0


def test_the_sort_of_every_part_is_one_of_seven() -> None:
    assert Part.__args__ == (Text, Refusal, Reasoning, Image, File, Audio, Other)

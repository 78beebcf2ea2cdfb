"""What a message cites: hosts that are told apart, and ranges that fit or are said not to."""

from typing import Any

import pytest

from inspector.core.citations import MOST, Citation, citations_of
from inspector.core.json.document import JsonDocument, JsonNode
from inspector.core.json.text import parse_body
from inspector.core.readings.detail import text_reading
from tests.answers import as_bytes
from tests.inspections import completion, inspected, outlined

URL = "https://ferries.example/winter"
TEXT = "See 🌌 the ferry."


def cited(*annotations: Any, content: Any = TEXT) -> tuple[Citation, ...]:
    completed = inspected(completion(content=content, annotations=list(annotations))).completion
    assert completed is not None
    message = completed.choices[0].message
    assert message is not None
    return citations_of(message.node)


def citation(**fields: Any) -> dict[str, Any]:
    return {
        "type": "url_citation",
        "url_citation": {"url": URL, "title": "Winter", "start_index": 4, "end_index": 9} | fields,
    }


def test_a_citation_as_it_should_be() -> None:
    (one,) = cited(citation())
    assert one == Citation(
        "/choices/0/message/annotations/0/url_citation",
        URL,
        "Winter",
        "ferries.example",
        "characters 4 to 9",
        (4, 9),
        "🌌 the",
    )
    assert one.head == "Winter — ferries.example"


def test_the_fields_may_stand_in_the_entry_itself() -> None:
    (one,) = cited({"type": "url_citation", "url": URL, "start_index": 0, "end_index": 3})
    assert (one.excerpt, one.head) == ("See", "ferries.example")


def test_what_is_no_object_is_no_citation() -> None:
    assert cited("text", 3, None) == ()
    assert cited() == ()
    document = parse_body(b'{"content": "a", "annotations": {"url": "b"}}')
    assert isinstance(document, JsonDocument)
    assert citations_of(document.root) == ()


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://аpple.com/", "аpple.com, in ASCII xn--pple-43d.com"),
        ("file:///etc/passwd", "no host"),
        ("", ""),
        (None, ""),
    ],
)
def test_the_host_is_told_so_that_look_alikes_are_seen(url: str | None, host: str) -> None:
    assert cited(citation(url=url))[0].host == host


def test_a_citation_of_nothing_says_so() -> None:
    assert cited({"type": "url_citation"})[0].head == "A citation without a title and an address"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"end_index": 99}, "start_index 4 and end_index 99 do not fit: the content has 16 characters"),
        ({"start_index": -1}, "start_index -1 and end_index 9 do not fit: the content has 16 characters"),
        ({"start_index": 10}, "start_index 10 and end_index 9 do not fit: the content has 16 characters"),
        ({"start_index": "4"}, "start_index (a string) and end_index 9 are no range of characters"),
        ({"end_index": 9.5}, "start_index 4 and end_index 9.5 are no range of characters"),
        ({"end_index": 10**50}, "start_index 4 and end_index (a number) are no range of characters"),
    ],
)
def test_a_range_that_does_not_fit_is_said_not_to(fields: dict[str, Any], words: str) -> None:
    (one,) = cited(citation(**fields))
    assert (one.range_words, one.cited, one.excerpt) == (words, None, "")


def test_a_range_may_be_absent_or_about_no_text() -> None:
    assert cited({"url": URL, "start_index": 1})[0].range_words == "no range given"
    assert cited(citation(), content=[])[0].range_words == "start_index 4 and end_index 9, but the content is no text"


def test_a_long_excerpt_is_cut() -> None:
    (one,) = cited(citation(start_index=0, end_index=400), content="a" * 500)
    assert one.excerpt == "a" * 299 + "…"
    assert one.cited == (0, 400)


def test_only_so_many_are_listed() -> None:
    assert len(cited(*[citation()] * (MOST + 5))) == MOST


@pytest.mark.parametrize(
    ("pointer", "count"),
    [
        ("/choices/0", 1),
        ("/choices/0/message", 1),
        ("/choices/0/message/content", 1),
        ("/choices/0/message/role", 0),
        ("/model", 0),
    ],
)
def test_citations_come_with_the_text_of_their_message(pointer: str, count: int) -> None:
    outline = outlined(completion(content=TEXT, annotations=[citation()]))
    reading = text_reading(outline, outline.find(pointer))
    assert len(reading.citations) == count
    assert reading.is_prose


def test_a_long_text_is_decoded_as_far_as_it_is_cited(monkeypatch: pytest.MonkeyPatch) -> None:
    def whole(_node: JsonNode) -> str:
        raise AssertionError("all of it was decoded")

    def of(content: str, *ranges: tuple[int, int]) -> tuple[Citation, ...]:
        annotations = [{"start_index": first, "end_index": last} for first, last in ranges]
        document = parse_body(as_bytes({"content": content, "annotations": annotations}))
        assert isinstance(document, JsonDocument)
        return citations_of(document.root)

    text = "See 🌌 the ferry " * 10_000
    with monkeypatch.context() as patch:
        patch.setattr(JsonNode, "beginning", lambda node, most: text[:most] if most == 9 else whole(node))
        assert [each.excerpt for each in of(text, (4, 9), (0, 3))] == ["🌌 the", "See"]
        assert of(text) == ()
    assert "the content has 160,000 characters" in of(text, (4, 999_999))[0].range_words

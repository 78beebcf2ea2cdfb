"""Page after page: which is asked for next, where it ends, and what is said of what is missing."""

import json
from typing import Any

import pytest

from inspector.core.conversation import paging
from inspector.core.conversation.paging import PromptPages
from inspector.core.conversation.prompt import PromptMessages, PromptUnavailable
from inspector.core.exchange import Failed, FailureKind, MessagesPage
from tests.report_bodies import URL, received

FIRST = MessagesPage(None, 100)


def page(*ids: Any, more: Any = False, **envelope: Any) -> bytes:
    data = [{"id": one, "role": "user", "content": "x"} for one in ids]
    return json.dumps({"object": "list", "data": data, "has_more": more} | envelope).encode()


def taken(*bodies: bytes, pages: PromptPages | None = None) -> PromptPages:
    reader = pages or PromptPages()
    for body in bodies:
        assert reader.next is not None
        reader.take(received(body))
    return reader


def told(pages: PromptPages) -> tuple[int, str]:
    assert isinstance(pages.prompt, PromptMessages)
    return len(list(pages.prompt.messages)), pages.prompt.notice


def test_it_begins_at_the_beginning() -> None:
    assert PromptPages().next == FIRST


def test_one_page_is_all_there_is() -> None:
    pages = taken(page("a", "b", last_id="b"))
    assert pages.next is None
    assert told(pages) == (2, "")


def test_the_next_page_begins_after_the_last_message() -> None:
    pages = taken(page("a", "b", more=True, last_id="b"))
    assert pages.next == MessagesPage("b")
    pages = taken(page("c", more=True), pages=pages)
    assert pages.next == MessagesPage("c")
    taken(page("d", more=False, last_id=None), pages=pages)
    assert pages.next is None
    assert told(pages) == (4, "")


def test_pages_keep_their_bytes() -> None:
    body = b'\xef\xbb\xbf{"data": [{"role":"user", "x":1.0e0, "x":\t-0}]}'
    prompt = taken(body).prompt
    assert isinstance(prompt, PromptMessages)
    assert [document.source for document in prompt.pages] == [body[3:]]


@pytest.mark.parametrize("more", [None, 1, "true", False])
def test_only_a_plain_true_says_that_there_are_more(more: Any) -> None:
    assert taken(page("a", more=more)).next is None


def test_an_id_that_was_asked_from_before_ends_the_prompt() -> None:
    pages = taken(page("a", more=True), page("b", more=True), page("a", more=True))
    assert pages.next is None
    count, notice = told(pages)
    assert count == 3
    assert notice.startswith("Only the first 3 messages of the prompt are here. ")


@pytest.mark.parametrize(
    "body",
    [
        page(more=True, last_id="a"),
        page("a", more=True, last_id=""),
        page("a", more=True, last_id=7),
        page("a", more=True, last_id="x" * 600),
        page("a", more=True, last_id="\ud83d"),
        page(None, more=True),
        page(more=True),
    ],
)
def test_more_that_cannot_be_asked_for_is_said(body: bytes) -> None:
    pages = taken(body)
    assert pages.next is None
    assert "not how to ask for them" in told(pages)[1]


@pytest.mark.parametrize(("name", "limit"), [("MOST_MESSAGES", 2), ("MOST_PAGES", 2), ("MOST_BYTES", 100)])
def test_there_is_a_limit_to_everything(monkeypatch: pytest.MonkeyPatch, name: str, limit: int) -> None:
    monkeypatch.setattr(paging, name, limit)
    pages = taken(page("a", more=True), page("b", more=True))
    assert pages.next is None
    assert "as many as are fetched" in told(pages)[1]


def test_the_room_for_the_next_page_is_what_the_others_left() -> None:
    body = page("a", more=True)
    assert taken(body).room == paging.MOST_BYTES - len(body)


def test_no_messages_at_all_are_a_prompt_of_none() -> None:
    assert told(taken(page())) == (0, "The service has no prompt messages of this completion.")


@pytest.mark.parametrize("body", [b"", b"<html>", b"{", b"[1", b'{"data": {}}', b"{}", b"null", b'"x"'])
def test_what_is_no_list_is_no_prompt(body: bytes) -> None:
    prompt = taken(body).prompt
    assert isinstance(prompt, PromptUnavailable)
    assert ("not JSON" in prompt.sentence) == (body in (b"", b"<html>", b"{", b"[1"))


@pytest.mark.parametrize("status", [204, 302, 400, 401, 403, 404, 405, 418, 429, 500, 501, 503, 524])
def test_a_refusal_is_one_sentence_with_its_status(status: int) -> None:
    pages = PromptPages()
    pages.take(received(b'{"error": {"message": "<b>no</b>"}}', status=status))
    assert pages.next is None
    assert isinstance(pages.prompt, PromptUnavailable)
    sentence = pages.prompt.sentence
    assert sentence.endswith(f"(status {status}).")
    assert "<b>" not in sentence
    assert len(sentence) < 120


def test_refusals_are_told_apart() -> None:
    sentences = set()
    for status in (400, 401, 403, 404, 405, 429, 500, 302):
        pages = PromptPages()
        pages.take(received(b"", status=status))
        assert isinstance(pages.prompt, PromptUnavailable)
        sentences.add(pages.prompt.sentence.partition(" (")[0])
    assert len(sentences) == 8


@pytest.mark.parametrize("kind", FailureKind)
def test_a_failure_is_one_sentence(kind: FailureKind) -> None:
    pages = PromptPages()
    pages.take(Failed(kind, URL, "secret detail"))
    assert isinstance(pages.prompt, PromptUnavailable)
    assert pages.prompt.sentence.startswith("The ")
    assert pages.prompt.sentence.endswith(".")
    assert "secret" not in pages.prompt.sentence


def test_a_page_that_fails_leaves_those_before_it() -> None:
    pages = taken(page("a", more=True))
    pages.take(Failed(FailureKind.DEADLINE, URL))
    assert told(pages) == (
        1,
        "Only the first message of the prompt is here. The prompt messages did not come in time.",
    )

"""IDs in pasted text: what is found, in which order, why, and what is left alone."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inspector.core.candidates import Candidate, IdKind, find_candidates

LOG = """2026-11-20 INFO request id: 9f8e7d6c5b4a done in 12 ms
GET https://sudoapp.dev/api/v1/chat/completions/knTMaJC0EJfM5OMP7I3xkAk?limit=1 200
ChatCompletion(id='chatcmpl-AbC-12_x', choices=[Choice(...)])
{"id": "b3Jhbmdl-Ry8mVtK0", "object": "chat.completion"}, tool call_57dixHCqoRODkTtv,
again chatcmpl-AbC-12_x. completion_id=foo; resp_68a1b2c3d4"""


def found(text: str) -> list[tuple[str, str, str]]:
    return [(one.text, one.kind.value, one.reason) for one in find_candidates(text).candidates]


def test_a_log_gives_each_id_once_in_order_with_its_reason() -> None:
    assert found(LOG) == [
        ("knTMaJC0EJfM5OMP7I3xkAk", "chat completion", "path segment after completions/"),
        ("chatcmpl-AbC-12_x", "chat completion", "starts with chatcmpl-"),
        ("b3Jhbmdl-Ry8mVtK0", "chat completion", "value of key id"),
        ("call_57dixHCqoRODkTtv", "tool call", "starts with call_"),
        ("foo", "chat completion", "value of key completion_id"),
        ("resp_68a1b2c3d4", "response", "starts with resp_"),
    ]


def test_where_each_was_found() -> None:
    assert [LOG[one.start : one.start + len(one.text)] for one in find_candidates(LOG).candidates] == [
        one.text for one in find_candidates(LOG).candidates
    ]


@pytest.mark.parametrize("text", ["chatcmpl-x", "call_1", "/v1/completions/x", "{}", "\u200bx", "sk-1"])
def test_a_text_without_white_space_is_an_id_as_it_stands(text: str) -> None:
    assert find_candidates(f" \n{text}\t").candidates == (Candidate(text, IdKind.COMPLETION, "the whole text", 2),)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('a \\"id\\": \\"0f8fad5b-d9cd-469f\\"', "0f8fad5b-d9cd-469f"),
        ("the id is chatcmpl-abc.", "chatcmpl-abc"),
        ("(see gen-1795021200-0LxX)", "gen-1795021200-0LxX"),
        ("at completions/gen%2D12345a now", "gen-12345a"),
        ("at completions/a%2Fb now", "a/b"),
        ("ID = knTMaJC0EJfM5", "knTMaJC0EJfM5"),
        ("chatCompletionId: x", "x"),
    ],
)
def test_one_id_in_other_surroundings(text: str, expected: str) -> None:
    assert [(one.text, one.is_completion) for one in find_candidates(text).candidates] == [(expected, True)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n ",
        "id: string, the ID of it",
        'a row with id=12345 and "id": 7',
        "run_tests and msg_type in file-name, batch_size of my-gen-12345a",
        "session id: ab12cd34 user-id=ef56ab78 trace id = 0af7651916cd43dd",
        "grid=abc123def invalid_id: abc123 ids: abc123",
        "nochatcmpl-abc _chatcmpl-abc x",
        "chatcmpl- and gen- alone",
    ],
)
def test_what_only_looks_alike_is_left_alone(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("resp_1a2b3c", "response"),
        ("toolu_1a2b3c", "tool call"),
        ("req_1a2b3c", "request"),
        ("msg_1a2b3c", "message"),
        ("run_1a2b3c", "run"),
        ("thread_1a2b3c", "thread"),
        ("asst_1a2b3c", "assistant"),
        ("file-1a2b3c", "file"),
        ("batch_1a2b3c", "batch"),
    ],
)
def test_other_kinds_are_named(text: str, kind: str) -> None:
    (one,) = find_candidates(f"see {text}").candidates
    assert (one.text, one.kind, one.is_completion) == (text, IdKind(kind), False)


@settings(deadline=None)
@given(st.text(alphabet=st.sampled_from("chatmpl-gen_id :=\"'/completions%2E.\n{}0")))
def test_any_text_is_searched_without_fault(text: str) -> None:
    for one in find_candidates(text).candidates:
        assert one.text
        assert not one.text.isspace()


@pytest.mark.parametrize(
    "piece", ["id ", "id:", "completions/", "completions/%", "chatcmpl-", 'id:"', "gen-1", "id" + " " * 50]
)
def test_the_search_is_linear(piece: str) -> None:
    text = "x " + piece * (400_000 // len(piece))
    begin = time.process_time()
    find_candidates(text)
    assert time.process_time() - begin < 10

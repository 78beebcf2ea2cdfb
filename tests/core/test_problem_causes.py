"""What may be behind an answer that is no completion, and the ID to report it with."""

import pytest

from inspector.core.problems.problem import request_id_of
from inspector.core.problems.status_words import WRONG_BASE_URL
from tests.problems import problem, received


def test_causes_of_not_found_in_the_order_to_check() -> None:
    causes = problem(received(404, "{}")).causes
    words = ["store: true", "OpenAI", "another app", "too fresh", "30 days", "copied", "https://sudoapp.dev/api"]
    assert [word for cause, word in zip(causes, words, strict=True) if word in cause] == words


def test_a_400_has_the_causes_of_not_found_too() -> None:
    assert set(problem(received(404)).causes) < set(problem(received(400)).causes)


@pytest.mark.parametrize(
    ("requested", "word"),
    [
        ("resp_1", "Responses API"),
        ("msg_1", "message"),
        ("gen-1", "router"),
        ("req_1", "a request,"),
        ("call_1", "tool call"),
        ("chatcmpl-tool-1", "tool call"),
        ("cmpl-1", "older Completions"),
        ("sk-1", "API keys"),
        ("chatcmpl-a…z", "a part of it"),
        ("chatcmpl-a...z", "a part of it"),
    ],
)
def test_an_id_of_another_kind_comes_first(requested: str, word: str) -> None:
    for status in (400, 403, 404):
        assert word in problem(received(status), requested).causes[0]
    assert not any(word in cause for cause in problem(received(500), requested).causes)


@pytest.mark.parametrize("requested", ["chatcmpl-1", "knTMaJC0EJfM5OMP7I3xkAk", "", None])
def test_any_other_id_is_not_blamed(requested: str | None) -> None:
    assert problem(received(404), requested).causes == problem(received(404), "chatcmpl-1").causes


def test_a_base_url_with_a_double_v1_comes_first() -> None:
    doubled = problem(received(404, url="https://sudoapp.dev/api/v1/v1/chat/completions/x"))
    assert "/v1/v1" in doubled.causes[0]


@pytest.mark.parametrize("body", ['{"detail":"Not Found"}', "<html><title>404</title>"])
def test_an_answer_of_another_application_points_to_the_base_url(body: str) -> None:
    causes = problem(received(404, body)).causes
    assert causes[0] == WRONG_BASE_URL
    assert causes.count(WRONG_BASE_URL) == 1


@pytest.mark.parametrize(
    ("headers", "body", "found"),
    [
        ({"X-Request-ID": "a", "cf-ray": "c"}, "{}", "a"),
        ({"Request-Id": "b"}, "{}", "b"),
        ({"CF-Ray": "c"}, "{}", "c"),
        ({}, '{"request_id":"d"}', "d"),
        ({}, '{"error":{"request_id":"e"}}', "e"),
        ({}, '{"request_id":5,"error":"x"}', None),
        ({}, "{}", None),
        ({}, "x", None),
        ({"x-request-id": "y" * 999}, "", "y" * 200),
    ],
)
def test_the_request_id(headers: dict[str, str], body: str, found: str | None) -> None:
    assert problem(received(404, body, headers)).request_id == found


def test_the_request_id_of_an_answer_without_its_document() -> None:
    assert request_id_of(received(200, headers={"x-request-id": "a"})) == "a"

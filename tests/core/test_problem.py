"""Every way in which an answer can be no completion, as it reads in the end."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.core.inspection import inspect_received
from inspector.core.problems.problem import problem_of_answer
from tests.problems import problem, received

NESTED = {
    "error": {"message": "No completion\nfound", "type": "invalid_request_error", "param": "id", "code": "missing"}
}
PROBLEM_JSON = '{"type":"about:blank","title":"Bad","status":400,"detail":"id is odd"}'
FORMS = [
    ("spec 400", 400, '{"error":{"message":"Bad ID","type":"invalid"}}', "bad-request",
     ["“Bad ID (type invalid)”", "HTTP 400 Bad Request"]),
    ("spec 401", 401, '{"error":{"message":"Bad key","type":"auth"}}', "unauthorized", ["did not accept the API key", "Bad key"]),
    ("spec 500", 500, '{"error":{"message":"Oops","type":"server_error"}}', "server-error", ["Oops", "HTTP 500"]),
    ("spec 502", 502, '{"error":{"message":"Upstream","type":"upstream"}}', "bad-gateway", ["Upstream", "HTTP 502"]),
    (
        "openai inside",
        400,
        json.dumps({"error": {"message": f"Error from OpenAI API: {json.dumps(NESTED, indent=2)}", "type": "upstream"}}),
        "bad-request",
        ["Error from OpenAI API: No completion found (type invalid_request_error, code missing, param id)"],
    ),
    ("404", 404, '{"error":{"message":"No such completion"}}', "not-found", ["No such completion", "HTTP 404 Not Found"]),
    ("without type", 400, '{"error":{"message":"Not here"}}', "bad-request", ["“Not here”"]),
    ("plain 429", 429, "Slow down.", "rate-limited", ["“Slow down.”", "HTTP 429 Too Many Requests"]),
    ("empty 429", 429, "", "rate-limited", ["gave no reason"]),
    (
        "503 without message",
        503,
        '{"error":{"type":"upstream_rate_limited","scope":"provider:openai","detail":"Used up"}}',
        "overloaded",
        ["“Used up (type upstream_rate_limited, scope provider:openai)”"],
    ),
    ("503 type alone", 503, '{"error":{"type":"upstream_rate_limited"}}', "overloaded", ["“upstream_rate_limited”"]),
    ("code alone", 500, '{"error":{"code":1042}}', "server-error", ["“1042”"]),
    ("edge text", 524, "error code: 524", "edge-timeout", ["“error code: 524”", "HTTP 524"]),
    ("edge page", 502, "<html><title>Bad &amp; gone</title><h1>x</h1></html>", "bad-gateway",
     ["an HTML page titled “Bad & gone”, 52 bytes"]),
    ("page without title", 504, "<!DOCTYPE html><p>x", "edge-timeout", ["an HTML page, 19 bytes"]),
    ("detail", 404, '{"detail":"Not Found"}', "not-found", ["“Not Found”"]),
    ("detail list", 422, '{"detail":[{"loc":["path","id",0],"msg":"too long","type":"t"}]}', "bad-request",
     ["“path.id.0: too long (type t)”"]),
    ("loc is text", 422, '{"detail":[{"loc":"path","msg":"too long"}]}', "bad-request", ["“too long”"]),
    ("error text", 403, '{"error":"not yours"}', "forbidden", ["“not yours”"]),
    ("oauth", 401, '{"error":"invalid_token","error_description":"It expired"}', "unauthorized", ["“invalid_token: It expired”"]),
    ("spring", 500, '{"error":"Internal","message":"Internal"}', "server-error", ["“Internal”"]),
    ("code message", 400, '{"code":"40001","message":"bad id"}', "bad-request", ["“bad id (code 40001)”"]),
    ("errors", 400, '{"errors":[{"message":"one"},{"message":"two"}]}', "bad-request", ["“one; two”"]),
    ("google", 404, '[{"error":{"message":"gone","code":404}}]', "not-found", ["“gone (code 404)”"]),
    ("problem json", 400, PROBLEM_JSON, "bad-request", ["“id is odd (type about:blank)”"]),
    ("json text", 400, '"just words"', "bad-request", ["“just words”"]),
    ("unknown json", 418, '{"teapot":true}', "unexpected-status", ['“{"teapot":true}”']),
    ("empty error", 500, '{"error":{}}', "server-error", ['“{"error":{}}”']),
    ("null error", 500, '{"error":null,"message":"m"}', "server-error", ["“m”"]),
    ("empty string", 500, '""', "server-error", ['“""”']),
    ("broken json", 500, '{"error":', "server-error", ['“{"error":”']),
    ("braces in words", 400, '{"error":{"message":"use {id} here"}}', "bad-request", ["“use {id} here”"]),
    ("quoted without words", 400, '{"error":{"message":"E: {\\"a\\":1}"}}', "bad-request", ['“E: {"a":1}”']),
    ("binary", 500, b"\x00\x01\x02", "server-error", ["3 bytes that are not text"]),
    ("not utf-8", 500, b"\xff\xfe\xfd\xfc", "server-error", ["4 bytes that are not text"]),
    ("mostly utf-8", 500, b"caf\xe9 is closed until tomorrow", "server-error", ["is closed until tomorrow"]),
    ("payment", 402, "", "payment-required", ["HTTP 402"]),
    ("gone", 410, "", "not-found", ["HTTP 410 Gone"]),
    ("proxy", 407, "", "proxy", ["proxy", "HTTP 407"]),
    ("overloaded", 529, "", "overloaded", ["(HTTP 529)"]),
    ("not modified", 304, "", "unexpected-status", ["HTTP 304"]),
    ("no content", 204, "", "empty", ["empty body", "HTTP 204 No Content"]),
    ("empty", 200, "", "empty", ["empty body", "HTTP 200 OK"]),
    ("blank", 200, b"\xef\xbb\xbf \n ", "empty", ["empty body"]),
    ("html under 200", 200, "<html><title>Wi-Fi</title>", "not-json", ["an HTML page titled “Wi-Fi”, 26 bytes", "HTTP 200"]),
    ("edge text under 200", 200, "error code: 524", "not-json", ["“error code: 524”"]),
    ("stream", 200, 'data: {"id":1}\n\n', "not-json", ["stream of events"]),
    ("array", 200, "[1]", "not-an-object", ["an array where an object should be"]),
    ("null", 200, "null", "not-an-object", ["null where"]),
    ("cut", 200, '{"id":\n"chat', "truncated", ["line 2, column 6", "after 12 bytes"]),
    ("broken inside", 200, '{"id":x}', "not-json", ["line 1, column 7 (byte 6)", "x"]),
    ("error in body", 200, '{"choices":null,"error":{"message":"Provider","code":502}}', "error-in-body",
     ["“Provider (code 502)”", "HTTP 200"]),
    ("error, no choices", 200, '{"choices":[],"error":"down"}', "error-in-body", ["“down”"]),
    ("detail under 200", 200, '{"detail":"Not Found"}', "error-in-body", ["“Not Found”"]),
]  # fmt: skip


@pytest.mark.fault(row="the service refuses or fails")
@pytest.mark.parametrize(
    ("status", "body", "kind", "phrases"), [case[1:] for case in FORMS], ids=[case[0] for case in FORMS]
)
def test_every_form_of_error_reads_well(status: int, body: bytes | str, kind: str, phrases: list[str]) -> None:
    found = problem(received(status, body))
    assert (found.kind, found.status) == (kind, status)
    for phrase in phrases:
        assert phrase in found.message
    assert found.hint
    assert "\n" not in found.message


@pytest.mark.parametrize(
    "body",
    [
        '{"choices":[{}],"error":{"message":"one choice failed"}}',
        '{"id":"x","object":"chat.completion"}',
        '{"choices":[],"message":"no error member"}',
        '{"object":"list","message":"no completion, but no error either"}',
        "{}",
        '{"error":null,"choices":null}',
        '{"error":{},"choices":null}',
    ],
)
def test_what_may_be_a_completion_is_no_problem(body: str) -> None:
    assert inspect_received(received(200, body), None).problem is None


@pytest.mark.fault(row="the service refuses or fails")
@pytest.mark.parametrize("body", ["", '{"error":{"message":"m"}}', "<html>"])
def test_every_status_is_told(body: str) -> None:
    for status in (*range(300, 600), 100, 600, 999):
        found = problem(received(status, body))
        assert found.status == status
        assert f"HTTP {status}" in found.message
        assert found.kind == found.kind.lower()
        assert found.causes


def test_the_reason_is_the_servers_own_where_it_sent_one() -> None:
    assert "(HTTP 404 Nope)" in problem(received(404, reason="Nope")).message


def test_the_servers_own_reason_is_shown_safely() -> None:
    assert "(HTTP 404 ⟦RLO⟧No␛[31m⟦NEL⟧)" in problem(received(404, reason="\u202eNo\x1b[31m\x85")).message
    assert len(problem(received(404, reason="x" * 5000)).message) < 300


@pytest.mark.fault(row="a redirect")
@pytest.mark.parametrize(
    ("location", "where"),
    [
        ("https://user:pw@elsewhere.example:8/x", "points to elsewhere.example:8;"),
        ("/login", "another address on the same server"),
        ("https://[half", "another address on the same server"),
    ],
)
def test_a_redirect_names_the_host_and_says_that_the_key_stayed(location: str, where: str) -> None:
    found = problem(received(302, headers={"Location": location}))
    assert found.kind == "redirect"
    assert where in found.message
    assert "the key was not sent there" in found.message
    assert "another address on the same server" in problem(received(307)).message


@pytest.mark.fault(row="JSON that breaks off or is none")
def test_a_cut_body_says_how_much_was_announced() -> None:
    body = '{"choices":[{"message"'
    cut = problem(received(200, body, {"Content-Length": "4096"}))
    assert "Of the 4,096 bytes that the server announced, 22 arrived." in cut.message
    for length in ("22", "many", "9" * 5000):
        assert "announced" not in problem(received(200, body, {"Content-Length": length})).message


def test_places_of_a_cut_body_do_not_count_the_byte_order_mark() -> None:
    assert "line 1, column 3" in problem(received(200, b"\xef\xbb\xbf{}x")).message


def test_html_by_its_content_type_alone() -> None:
    found = problem(received(502, "Bad gateway", {"Content-Type": "text/html; charset=utf-8"}))
    assert "an HTML page, 11 bytes" in found.message
    mislabelled = problem(received(502, '{"error":"oops"}', {"Content-Type": "text/html"}))
    assert "“oops”" in mislabelled.message


def test_a_long_title_is_cut() -> None:
    assert f"“{'x' * 199}…”" in problem(received(502, f"<html><title>{'x' * 300}")).message


def test_words_are_capped_and_shown_safely() -> None:
    found = problem(received(500, json.dumps({"error": "\x1b[31m" + "x" * 5000 + "\u202e\ud83d"})))
    assert len(found.server_words) == 2000
    assert found.server_words.endswith("…")
    assert found.server_words.startswith("␛[31m")
    assert len(found.message) < 700
    assert "line one\nline two" in problem(received(500, "line one\r\nline two")).server_words
    assert problem(received(500, json.dumps({"error": "\ufeffa\ufeffb"}))).server_words == "⟦BOM⟧a⟦BOM⟧b"


def test_words_quoted_ever_deeper_come_to_an_end() -> None:
    message: object = "core"
    for _ in range(9):
        message = {"error": {"message": f"outer: {json.dumps(message)}"}}
    deep = {"error": [[[[["core"]]]]]}
    assert "outer" in problem(received(500, json.dumps(message))).message
    assert problem(received(500, json.dumps(deep))).message
    long = problem(received(500, json.dumps({"error": "x {" + " " * 70_000 + "}"}))).message
    assert "“x {" in long


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(st.characters()),
    lambda inner: (
        st.lists(inner)
        | st.dictionaries(
            st.sampled_from(["error", "errors", "message", "detail", "type", "code", "loc", "choices", "request_id"]) | st.text(),
            inner,
        )
    ),
)  # fmt: skip


@pytest.mark.fault(row="no completion in the body")
@given(st.integers(100, 999), JSON, st.text())
def test_any_json_under_any_status_is_told(status: int, value: object, requested: str) -> None:
    found = inspect_received(received(status, json.dumps(value)), requested).problem
    assert found is not None or 200 <= status < 300
    if found is not None:
        assert found.message.strip()
        assert found.kind
        assert len(found.server_words) <= 2000
        found.message.encode()


@given(
    st.sampled_from([200, 404, 502]),
    st.binary(),
    st.dictionaries(st.sampled_from(["content-type", "location", "retry-after"]), st.text()),
)
def test_any_bytes_are_told(status: int, body: bytes, headers: dict[str, str]) -> None:
    found = inspect_received(received(status, body, headers), None).problem
    assert found is None or found.message.encode()


def test_without_the_fault_the_place_is_left_out() -> None:
    found = problem_of_answer(received(200, '{"a":'), None)
    assert found is not None
    assert found.kind == "not-json"

"""IDs in pasted text: what is found, in which order, why, and what is left alone."""

import re
import sys
import time
import tracemalloc
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inspector.core.candidates import Found, IdKind, counted, decoded, find_candidates
from inspector.core.id_pattern import IdPattern, read_id_pattern
from inspector.core.ids.kinds import without_keys
from tests.pasted_log import FOR_PREFIXED, LINES, NEAR_MISSES, NOTATIONS, pasted_log

LOG = """2026-11-20 INFO request id: 9f8e7d6c5b4a done in 12 ms
GET https://sudoapp.dev/api/v1/chat/completions/knTMaJC0EJfM5OMP7I3xkAk?limit=1 200
ChatCompletion(id='chatcmpl-AbC-12_x', choices=[Choice(...)])
{"id": "b3Jhbmdl-Ry8mVtK0", "object": "chat.completion"}, tool call_57dixHCqoRODkTtv,
again chatcmpl-AbC-12_x. completion_id=foo; resp_68a1b2c3d4"""
UUID = "6f1c2a74-93de-4b0f-8a55-2f7f1f0b9c31"
HEX = "4bf92f3577b34da6a3ce929d0e0e4736"
BARE = "knTMaJC0EJfM5OMP7I3xkAk"


def found(text: str) -> list[tuple[str, str, str]]:
    return [(one.text, one.kind.value, one.why) for one in find_candidates(text).candidates]


def completions(text: str) -> list[str]:
    return [one.text for one in find_candidates(text).candidates if one.is_completion]


def kinds(text: str) -> dict[str, str]:
    return {one.text: one.kind.value for one in find_candidates(text).candidates}


class TestALog:
    def test_gives_each_id_once_in_order_with_its_reason(self) -> None:
        assert found(LOG) == [
            ("9f8e7d6c5b4a", "request", "value of key request id"),
            ("knTMaJC0EJfM5OMP7I3xkAk", "chat completion", "path segment after completions/"),
            ("chatcmpl-AbC-12_x", "chat completion", "starts with chatcmpl-"),
            ("b3Jhbmdl-Ry8mVtK0", "chat completion", "value of key id"),
            ("call_57dixHCqoRODkTtv", "tool call", "starts with call_"),
            ("foo", "chat completion", "value of key completion_id"),
            ("resp_68a1b2c3d4", "response", "starts with resp_"),
        ]

    def test_tells_where_each_was_found(self) -> None:
        answer = find_candidates(LOG)
        assert [LOG[one.start : one.end] for one in answer.candidates] == [one.text for one in answer.candidates]
        assert answer.lines == (1, 2, 3, 4, 4, 5, 5)
        assert answer.note == ""

    def test_of_two_thousand_lines_gives_exactly_the_right_list(self) -> None:
        log = pasted_log()
        answer = find_candidates(log.text)
        assert log.text.count("\n") == LINES
        assert len(log.completions) == 300
        assert tuple(one.text for one in answer.candidates if one.is_completion) == log.completions
        assert tuple(one.text for one in answer.candidates if not one.is_completion) == log.others

    def test_counts_where_its_completions_stand_again(self) -> None:
        log = pasted_log()
        as_seen = re.sub("[\u200b\xad\ufeff]", "", log.text)
        again = sum(max(0, as_seen.count(it) - 1) for it in log.completions)
        assert again > 300
        assert find_candidates(log.text).repeats == again

    def test_names_the_line_of_each(self) -> None:
        text = pasted_log().text
        answer = find_candidates(text)
        expected = [text.count("\n", 0, one.start) + 1 for one in answer.candidates]
        assert list(answer.lines) == expected

    @pytest.mark.parametrize(
        "it", ["chatcmpl-AbCdEfGhIjKlMnOpQrStUvWxYz123", BARE, UUID, "gen-1795021200-0LxXG0YkV7mr"]
    )
    @pytest.mark.parametrize("notation", NOTATIONS)
    def test_holds_an_id_in_every_notation(self, notation: object, it: str) -> None:
        assert callable(notation)
        assert completions(notation(it)) == [it]

    @pytest.mark.parametrize("notation", FOR_PREFIXED)
    def test_holds_an_id_with_a_prefix_in_more(self, notation: object) -> None:
        assert callable(notation)
        assert completions(notation("chatcmpl-AbCdEfGhIjKlMnOpQrStUvWxYz123")) == [
            "chatcmpl-AbCdEfGhIjKlMnOpQrStUvWxYz123"
        ]

    @pytest.mark.parametrize("line", NEAR_MISSES)
    def test_has_lines_that_only_look_alike(self, line: str) -> None:
        assert found(f"so {line}") == []


class TestAWordAlone:
    @pytest.mark.parametrize(
        "text", ["chatcmpl-x", "{}", "sk-1", "ab/cd==", "a,b", "x-y_z.v:1", "é", "()", UUID, "a%zz"]
    )
    def test_is_an_id_as_it_stands(self, text: str) -> None:
        (one,) = find_candidates(f" \n{text}\t").candidates
        assert (one.text, one.is_completion, one.why, one.start) == (text, True, "the whole text", 2)

    @pytest.mark.parametrize("text", ['"x"', "x.", "x,", "(x)", "[x]", "<x>;", "“x”", "`x`:", "'x',", 'x"', "x…"])
    def test_is_taken_without_what_stands_around_it(self, text: str) -> None:
        (one,) = find_candidates(text).candidates
        assert (one.text, one.why) == ("x", "the whole text, without what stands around it")
        assert text[one.start : one.end] == "x"

    def test_of_another_kind_is_taken_but_with_a_word_about_it(self) -> None:
        said = "the whole text, though it looks as if it is the ID of a tool call, not of a chat completion"
        assert found("call_1") == [("call_1", "chat completion", said)]

    def test_without_its_invisible_characters_says_so(self) -> None:
        assert found("\u200bx") == [("x", "chat completion", "the whole text, without 1 invisible character")]
        said = "the whole text, without 2 invisible characters"
        assert found("\ufeffcall\u00ad-1") == [("call-1", "chat completion", said)]

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("/v1/completions/x", ["x"]),
            (f"https://dash.example/logs/{BARE}", [BARE]),
            (f"https://dash.example/logs/{UUID}#top", [UUID]),
            (f"/logs/{BARE}", [f"/logs/{BARE}"]),
            ("https://dash.example/logs/app2026x.log", ["https://dash.example/logs/app2026x.log"]),
            ("https://h.example/v1/chat/completions/a%2Fb%2C", ["a/b,"]),
            ("https://h.example/?next=https%3A%2F%2Fh%2Fcompletions%2Fx%3Fa%3D1", ["x"]),
            ("https://h.example/?a=1&generation_id=x", ["x"]),
            ("chatcmpl-abc?limit=1", ["chatcmpl-abc"]),
            ('{"id":"chatcmpl-a.b:c"}', ["chatcmpl-a.b:c"]),
            ("chatcmpl-a,chatcmpl-b", ["chatcmpl-a", "chatcmpl-b"]),
            ('"a","b"', ["a", "b"]),
            ("abc123x;def456y", ["abc123x", "def456y"]),
            ("https://h.example/nothing", ["https://h.example/nothing"]),
        ],
    )
    def test_with_the_signs_of_more_is_searched_first(self, text: str, expected: list[str]) -> None:
        assert completions(text) == expected

    def test_in_which_only_other_ids_are_found_is_not_taken(self) -> None:
        assert found('{"request_id":"ab12cd34"}') == [("ab12cd34", "request", "value of key request_id")]


class TestAList:
    @pytest.mark.parametrize(
        "text",
        [
            "abc123x def456y",
            "abc123x, def456y",
            "abc123x; def456y.",
            '["abc123x", "def456y"]',
            "('abc123x', 'def456y',)",
            '{\n  "abc123x",\n  "def456y"\n}',
            "`abc123x` | `def456y`",
            "abc123x\r\ndef456y\r\n",
            "“abc123x” and".removesuffix(" and") + " “def456y”",
            '\\"abc123x\\", \\"def456y\\"',
        ],
    )
    def test_gives_its_items(self, text: str) -> None:
        assert [(text, why) for text, _, why in found(text)] in (
            [("abc123x", "item of a list"), ("def456y", "item of a list")],
            [("abc123x", "item of a list"), ("def456y", "item of a list, without the “.” behind it")],
        )

    def test_of_lines_may_hold_any_words(self) -> None:
        assert completions("foo\nbar\n\nfoo\n12345") == ["foo", "bar", "12345"]

    def test_names_items_of_other_kinds(self) -> None:
        assert kinds("chatcmpl-abc, call_ab12cd, sess_ab12cd") == {
            "chatcmpl-abc": "chat completion",
            "call_ab12cd": "tool call",
            "sess_ab12cd": "something else",
        }

    @pytest.mark.parametrize(
        "text", ["nothing of that kind", "hello, world", "abc123x and", "abc123x (", "a 2026-11-20", "a b"]
    )
    def test_is_not_any_sentence(self, text: str) -> None:
        assert found(text) == []


class TestATable:
    @pytest.mark.parametrize(
        "text",
        [
            "id,model\nabc123x,gpt-4o\ndef456y,o3",
            "\ufeffmodel;Completion ID\r\ngpt-4o;abc123x\r\no3;def456y\r\n",
            '"model","completion_id"\n"a ""quoted"", name","abc123x"\n"two\nlines, id: x","def456y"',
            "model\tgeneration-id\ngpt-4o\tabc123x\n\no3\tdef456y\nshort row",
            "| id | model |\n|----|-------|\n| abc123x | gpt-4o |\n| def456y | o3 |",
            " id      | model\n---------+-------\n abc123x | gpt-4o\n def456y | o3\n(2 rows)\n",
            "completionId\nabc123x\ndef456y",
            "request_id,response.body.id\nnone,abc123x\n7,def456y",
        ],
    )
    def test_gives_the_column_of_ids(self, text: str) -> None:
        assert [(it, why) for it, _, why in found(text)] == [
            ("abc123x", "in the column of IDs"),
            ("def456y", "in the column of IDs"),
        ]

    def test_with_a_column_that_says_it_holds_completions_takes_any_value_of_it(self) -> None:
        text = 'id,completion_id\nrow12345,foo\nrow12346,\nrow12347,n/a\nrow12348,--\nrow12349,a b\nrow12350,"ba"r'
        assert completions(text) == ["foo"]
        assert find_candidates(text).lines == (2,)

    def test_leaves_counters_alone_and_names_other_kinds(self) -> None:
        assert kinds("id,x\n1,a\nuser_ab12,a\ncall_ab12cd,a\nchatcmpl-ab,a\n2026-11-20,a") == {
            "user_ab12": "something else",
            "call_ab12cd": "tool call",
            "chatcmpl-ab": "chat completion",
        }

    @pytest.mark.parametrize("text", [" id,model ", "x,y\nabc123x,z w", "id of it\nabc123x y"])
    def test_without_a_head_or_rows_is_none(self, text: str) -> None:
        assert "in the column of IDs" not in [why for _, _, why in found(text)]

    @pytest.mark.parametrize("fault", ['"' + "x" * 140_000, "a\rb c"])
    def test_that_breaks_off_says_so_and_the_rest_is_searched_as_text(self, fault: str) -> None:
        answer = find_candidates(f"id,x\nabc123x,y\n{fault}\nghi789z,w\nchatcmpl-abc,w")
        assert [one.text for one in answer.candidates] == ["abc123x", "chatcmpl-abc"]
        assert answer.note == "The table could be read only up to line 2; what stands below was searched as text."


class TestAKey:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ('a \\"id\\": \\"0f8fad5b-d9cd-469f\\"', "0f8fad5b-d9cd-469f"),
            ("ID = knTMaJC0EJfM5", "knTMaJC0EJfM5"),
            ("chatCompletionId: x", "x"),
            ("completion ID knTMaJC0EJfM5 failed", "knTMaJC0EJfM5"),
            ('generation id is "knTMaJC0EJfM5" today', "knTMaJC0EJfM5"),
            ("{:id => 'knTMaJC0EJfM5' }", "knTMaJC0EJfM5"),
            ("<completion_id>x1</completion_id> y", "x1"),
            ("next is %22id%22%3A%22knTMaJC0EJfM5%22%2C", "knTMaJC0EJfM5"),
            ("a ?completion_id=a%2Fb&c=d", "a/b"),
            ("he said\\nid: knTMaJC0EJfM5", "knTMaJC0EJfM5"),
            ("response.id: knTMaJC0EJfM5, x", "knTMaJC0EJfM5"),
            ("response_id: knTMaJC0EJfM5, x", "knTMaJC0EJfM5"),
            ("the completion.id = x_", "x"),
            ('{"data": [{ "id": "knTMaJC0EJfM5", "x": 1}]}', "knTMaJC0EJfM5"),
            ("Stream(id='knTMaJC0EJfM5', x)", "knTMaJC0EJfM5"),
            ('{"id": "knTMaJC0EJfM5", "type": "x"}', "knTMaJC0EJfM5"),
            (f'{{"id": "{UUID}", "n": 1}}', UUID),
            (f"completion_id={UUID} x", UUID),
            ("( id='cut off knTMaJC0EJfM5", None),
            ("id='knTMaJC0EJfM5 was cut", "knTMaJC0EJfM5"),
            ('{"completion_ids": ["x", "y"], "n": [1]}', ["x", "y"]),
            ('{"completion_ids": [12]}', None),
            ("completion_ids: x", None),
            ('{"id":"https://h.example/a1"}', None),
            ('{"user": {"id": "ab12cd34"}} ', None),
            ("User(id='ab12cd34')", None),
            ("user.id=ab12cd34 ", None),
            ("(id ab12cd34)", None),
            ("completion_id=request.id, completion_id=get(id), completion_id=own_id", None),
            ("id=ab12cd(1), id=ab12cd.ef, id: ab12cd:ef", None),
            ('completion_id="None", completion_id: "null"', None),
        ],
    )
    def test_names_a_completion_or_not(self, text: str, expected: str | list[str] | None) -> None:
        assert completions(f"so {text}") == (
            [] if expected is None else [expected] if isinstance(expected, str) else expected
        )

    @pytest.mark.parametrize(
        ("text", "kind"),
        [
            ("trace_id=@ x", "trace"),
            ("parentSpanId: @ x", "span"),
            ("X-Request-ID: @ x", "request"),
            ('{"tool_call_id": "@"}', "tool call"),
            ('{"tool_calls":[{"id":"@"}]}', "tool call"),
            ("ChatCompletionMessageToolCall(id='@', function=None)", "tool call"),
            ('{"id": "@", "type": "function"}', "tool call"),
            ('{"id": "@", "role": "user"}', "message"),
            ("{'id': '@', 'object': 'thread.run'}", "run"),
            ("run id @ ended", "run"),
            ("message.id=@ ", "message"),
        ],
    )
    def test_names_something_else(self, text: str, kind: str) -> None:
        assert kinds(text.replace("@", "ab12cd34ef")) == {"ab12cd34ef": kind}

    @pytest.mark.parametrize("text", ["profile_id=ab12cd34", '{"id":"ab12cd34","object":"model"}', "an invalid: id, b"])
    def test_of_others_is_left_alone(self, text: str) -> None:
        assert found(f"so {text}") == []


class TestAnAddress:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("at completions/gen%2D12345a now", [("gen-12345a", "starts with gen-")]),
            ("at completions/a%2Fb now", [("a/b", "path segment after completions/")]),
            ("at completions/user_ab12cd34 now", [("user_ab12cd34", "path segment after completions/")]),
            ("at completions/chatcmpl-abc.json now", [("chatcmpl-abc", "starts with chatcmpl-")]),
            ("at completions/chatcmpl-abc: now", [("chatcmpl-abc", "starts with chatcmpl-")]),
            ("at completions/call_ab12cd now", [("call_ab12cd", "starts with call_")]),
            ("at completions/x/ and completions/x", [("x", "path segment after completions/")]),
            ("at completions%2F%3F now", []),
            ("at completions/test.py:12:3 now", []),
            ("at chatcmpl%2DAb now", [("chatcmpl-Ab", "starts with chatcmpl-")]),
            ("at chatcmpl-Ab%2Dc now", [("chatcmpl-Ab-c", "starts with chatcmpl-")]),
            ("at http://h/generation/ab12cd34 now", [("ab12cd34", "path segment after generation/")]),
            ("at http://h/logs/today now", []),
            ("at http://h/logs/chatcmpl-ab now", [("chatcmpl-ab", "starts with chatcmpl-")]),
            ("at /var/logs/ab12cd34 now", []),
        ],
    )
    def test_ends_in_an_id(self, text: str, expected: list[tuple[str, str]]) -> None:
        assert [(it, why) for it, _, why in found(text)] == expected


class TestAPrefix:
    @pytest.mark.parametrize(
        "text",
        [
            "resp_1a2b3c toolu_1a2b3c req_1a2b3c msg_1a2b3c run_1a2b3c thread_1a2b3c asst_1a2b3c file-1a2b3c batch_1a2b3c now",
        ],
    )
    def test_names_other_kinds(self, text: str) -> None:
        names = "response", "tool call", "request", "message", "run", "thread", "assistant", "file", "batch"
        assert list(kinds(text).values()) == list(names)

    def test_is_no_prefix_of_a_name_in_a_program(self) -> None:
        assert found("call_1abc(x), req_1abc=3, see run_step_2 and file-a1b.py: run_1abc() - thread_1a") == []

    def test_ends_where_a_sentence_or_a_path_goes_on(self) -> None:
        assert completions(
            "it is chatcmpl-abc. Next chatcmpl-def: ok, chatcmpl-ghi-, chatcmpl-jkl.choices[0], -chatcmpl-x"
        ) == [
            "chatcmpl-abc",
            "chatcmpl-def",
            "chatcmpl-ghi",
            "chatcmpl-jkl",
        ]

    @pytest.mark.parametrize("before", ["\\n", "\\x1b[0m", "\\u001b[32m", "[1;31m", "%3D", "\n-", "编号", "\x1b[1m"])
    def test_begins_a_word_behind(self, before: str) -> None:
        assert completions(f"a {before}chatcmpl-abc b") == ["chatcmpl-abc"]

    @pytest.mark.parametrize("behind", ["…", "...", "***", "[…]"])
    def test_of_an_id_that_was_cut_is_only_explained(self, behind: str) -> None:
        assert found(f"see chatcmpl-AbC1{behind} now") == [
            ("chatcmpl-AbC1", "beginning of an ID", "starts with chatcmpl-")
        ]

    def test_of_an_id_that_may_be_whole_says_so(self) -> None:
        it = "chatcmpl-AbCdEfGhIjKlMnOpQrStUvWxYz123"
        assert found(f"fetching {it}... ok") == [
            (it, "chat completion", "starts with chatcmpl-, may be cut short, as “…” follows")
        ]
        assert found(f"fetching {it}... ok, got **{it}**") == found(f"fetching {it}... ok")
        assert kinds(f"masked {it}* here") == {it: "beginning of an ID"}
        assert (
            found(f"at completions/{BARE}... now")[0][2]
            == "path segment after completions/, may be cut short, as “…” follows"
        )


class TestEvidence:
    def test_that_says_more_counts_at_the_first_place(self) -> None:
        text = f"lock {UUID}\n id: {UUID}\n completion_id={UUID}\n request_id={UUID}"
        answer = find_candidates(text)
        assert found(text) == [(UUID, "chat completion", "value of key completion_id")]
        assert (answer.candidates[0].start, answer.lines) == (5, (1,))

    def test_of_another_kind_counts_more_than_a_bare_key(self) -> None:
        assert kinds('{"id": "ab12cd34ef"} and tool_call_id=ab12cd34ef') == {"ab12cd34ef": "tool call"}

    def test_says_that_a_uuid_may_be_anything(self) -> None:
        assert found(f"a {UUID} b") == [(UUID, "UUID", "looks like a UUID")]
        assert found(f"a x-{UUID} b {UUID}-0 c_{UUID}") == []
        assert kinds(f"\\n{UUID} b %20{UUID[:-1]}0") == {UUID: "UUID", f"{UUID[:-1]}0": "UUID"}

    def test_of_a_trace_context(self) -> None:
        assert found(f"traceparent: 00-{HEX}-00f067aa0ba902b7-01 x") == [(HEX, "trace", "part of a traceparent")]
        assert found(f"x0-{HEX}-00f067aa0ba902b7-01 x") == []

    @pytest.mark.parametrize(
        ("kind", "words"),
        [
            (IdKind.COMPLETION, ""),
            (IdKind.ASSISTANT, "is the ID of an assistant, not of a chat completion"),
            (IdKind.RUN, "is the ID of a run, not of a chat completion"),
            (IdKind.OTHER, "is the ID of something else, not of a chat completion"),
            (IdKind.UUID, "is a UUID, and nothing beside it says that it names a chat completion"),
            (IdKind.PIECE, "is only the beginning of an ID"),
            (
                IdKind.KEY,
                "looks like an API key, and a key is never sent as an ID",
            ),
        ],
    )
    def test_is_told_in_words(self, kind: IdKind, words: str) -> None:
        assert kind.refusal == words


KEY = "sk-live-0123456789abcdefWXYZ"
BARE_KEY = HEX * 2


class TestAnApiKey:
    @pytest.mark.parametrize(
        "text",
        [
            KEY,
            BARE_KEY,
            f"“{KEY}”,",
            f'{{"key":"{KEY}"}}',
            f'{{"key":"{BARE_KEY}"}}',
            f"see completion_id={KEY} x",
            f"GET /v1/chat/completions/{KEY} x",
            f'{{"id": "{BARE_KEY}", "n": 1}}',
            f'{{"id": "{KEY}", "object": "chat.completion"}}',
            f"id\n{KEY}\n",
            f"abc123x, {KEY}",
            f"abc123x, {BARE_KEY}",
            "sk-" + "a" * 40,
        ],
    )
    def test_is_never_taken_for_a_completion_and_shown_by_its_end(self, text: str) -> None:
        keys = [one for one in find_candidates(text).candidates if one.kind is IdKind.KEY]
        assert [one.text for one in keys] in ([KEY], [BARE_KEY], ["sk-" + "a" * 40], [text])
        assert [one.name for one in keys] == [f"…{one.text[-4:]}" for one in keys]
        assert all(one.text == "abc123x" for one in find_candidates(text).candidates if one.is_completion)

    @pytest.mark.parametrize(
        "key",
        [
            "sudo_0123456789abcdefWXYZ",
            "gsk_0123456789abcdefWXYZ",
            "xai-0123456789abcdefWXYZ",
            "sk-proj-0123456789-abcdefWXYZ",
            "hf_0123456789abcdefWXYZ",
            "ghp_0123456789abcdefWXYZ",
            "AIza0123456789abcdefWXYZ",
            "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0",
        ],
    )
    def test_of_other_services_is_known_by_its_beginning(self, key: str) -> None:
        assert [one.kind for one in find_candidates(key).candidates] == [IdKind.KEY]
        assert find_candidates(f"completion_id={key} sent").completions == []

    def test_that_may_be_an_id_all_the_same_says_how_it_is_given(self) -> None:
        (bare,), (key,) = find_candidates(BARE_KEY).candidates, find_candidates(KEY).candidates
        assert bare.refusal == f"{IdKind.KEY.refusal}; if it is an ID, give it as completions/…"
        assert find_candidates(f"completions/{BARE_KEY}").completions == [BARE_KEY]
        assert key.refusal == IdKind.KEY.refusal

    def test_is_shown_by_its_end_wherever_a_text_is_shown(self) -> None:
        text = f"key={KEY}, then chatcmpl-abc123 and risk-free {HEX}"
        assert without_keys(text) == f"key=…{KEY[-4:]}, then chatcmpl-abc123 and risk-free {HEX}"

    def test_that_fits_the_profile_s_pattern_is_still_one(self) -> None:
        pattern = read_id_pattern(r"sk-\S+")
        assert isinstance(pattern, IdPattern)
        answer = find_candidates(f"see {KEY} there", pattern)
        assert [(one.text, one.kind) for one in answer.candidates] == [(KEY, IdKind.KEY)]

    @pytest.mark.parametrize(
        "text",
        [
            f"at completions/{BARE_KEY} x",
            f"completion_id={BARE_KEY} x",
            f"see chatcmpl-{HEX}{HEX}",
            f"risk-{HEX}",
            "sk-1",
        ],
    )
    def test_is_not_what_is_named_as_an_id_or_only_begins_alike(self, text: str) -> None:
        (one,) = find_candidates(text).candidates
        assert one.is_completion
        assert one.name == one.text


class TestMentions:
    @pytest.mark.parametrize(
        ("text", "count"),
        [
            ("chatcmpl-abc chatcmpl-def", 0),
            ("chatcmpl-abc chatcmpl-def, 'chatcmpl-abc' (chatcmpl-abc)", 2),
            ("see chatcmpl-abc and chatcmpl-abcd, chatcmpl-abc-d", 0),
            ("see chatcmpl-abc, chatcmpl-def\\nchatcmpl-abc\\t%3Dchatcmpl-def%26 [1mchatcmpl-def_", 3),
            ("foo\nbar\nfoo", 0),
            ("abc123x\ndef456y\nabc123x", 1),
            ("see call_ab12cd, call_ab12cd and chatcmpl-abc", 0),
        ],
    )
    def test_of_completions_are_counted_as_whole_words(self, text: str, count: int) -> None:
        assert find_candidates(text).repeats == count


class TestInvisibleCharacters:
    def test_within_and_beside_an_id_are_left_out_and_told(self) -> None:
        text = "é see chat\u200bcmpl-ab\u00adc\u200d, then completion_id=\ufefffoo and chatcmpl-x"
        assert [(it, why) for it, _, why in found(text)] == [
            ("chatcmpl-abc", "starts with chatcmpl-, without 3 invisible characters"),
            ("foo", "value of key completion_id, without 1 invisible character"),
            ("chatcmpl-x", "starts with chatcmpl-"),
        ]
        assert [text[one.start : one.end] for one in find_candidates(text).candidates] == [
            "chat\u200bcmpl-ab\u00adc",
            "foo",
            "chatcmpl-x",
        ]

    def test_between_two_ids_stay_between_them(self) -> None:
        assert completions("see chatcmpl-abc\u200bchatcmpl-def") == ["chatcmpl-abc", "chatcmpl-def"]
        assert completions("abc123x\u200b\u200bchatcmpl-def") == ["abc123x", "chatcmpl-def"]

    def test_colour_codes_are_told_only_within_an_id(self) -> None:
        assert found("see \x1b[1mchatcmpl-\x1b[31mabc\x1b[0m x") == [
            ("chatcmpl-abc", "chat completion", "starts with chatcmpl-, without 5 invisible characters")
        ]

    def test_alone_are_nothing(self) -> None:
        assert find_candidates("\u200b \ufeff") == Found()


ALPHABET = [
    *"chatmpl-gen_id :=\"'/%2E.,;|\n\t\r{}[]()0aZ\\…*é",
    "completions/",
    "chatcmpl-",
    "completion_id",
    "call_1a",
    "\u200b",
    "\ufeff",
]
ALPHABET += ["\x1b[0m", "id,", "logs/", "://", UUID, f"00-{HEX}-00f067aa0ba902b7-01", "\ud800", "ids:[", "\xad", "..."]


@settings(deadline=None, max_examples=300)
@given(st.lists(st.sampled_from(ALPHABET), max_size=30).map("".join))
def test_any_text_is_searched_without_fault_and_places_are_right(text: str) -> None:
    answer = find_candidates(text)
    assert len(answer.lines) == len(answer.candidates)
    assert answer.repeats >= 0
    assert len({one.text for one in answer.candidates}) == len(answer.candidates)
    assert [one.start for one in answer.candidates] == sorted(one.start for one in answer.candidates)
    for one, line in zip(answer.candidates, answer.lines, strict=True):
        assert one.text.strip()
        assert line == text.count("\n", 0, one.start) + 1
        assert one.text in _readings(text[one.start : one.end])


def _readings(there: str) -> tuple[str, str, str]:
    """What a part of a text may be read as."""
    seen = re.sub("[\u200b\ufeff\xad]|\x1b\\[0m", "", there)
    return there, seen, unquote(seen, errors="replace")


PIECES = [
    "id ",
    "id:",
    "completions/",
    "completions/%",
    "chatcmpl-",
    'id:"',
    "gen-1",
    "id" + " " * 50,
    "\\ngen-",
    "call_a1",
    "(",
]
PIECES += [
    ".....",
    "\u200b",
    "a\u200b",
    "\x1b[0m",
    '"a",',
    '"a',
    "id\n",
    'id,x\n"a',
    'ids:["a",',
    "/logs/a1://",
    "-abcd" * 3,
    "a_",
]
PIECES += [
    "run_a_",
    "{id",
    "chatcmpl-a...",
    "00-" + HEX,
    "abc123x ",
    "id%3D",
    "id->",
    "x\n",
    "chatcmpl%2D",
    "]",
    "`",
    "\\",
    "[1m",
]


@pytest.mark.parametrize("piece", PIECES)
def test_the_search_is_linear(piece: str) -> None:
    text = "id,x\nx y " + piece * (60_000 // len(piece))
    begin = time.process_time()
    find_candidates(text)
    find_candidates("".join(text.split()))
    assert time.process_time() - begin < 5


@pytest.mark.parametrize("run", ["\u200b", "\x1b[0m", "\x1b[0m\u200b", "\ufeff\u2060"])
@pytest.mark.parametrize("around", ["chatcmpl-abc{}123", "{}", '{{"id": "chatcmpl-abc{}123"}}', "see {} and more"])
def test_a_run_of_what_is_left_out_costs_no_more_than_its_length(around: str, run: str) -> None:
    text = around.format(run * (240_000 // len(run)))
    begin = time.process_time()
    tracemalloc.start()
    found = find_candidates(text)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert time.process_time() - begin < 5
    assert most < 10 * sys.getsizeof(text), "no memory for each of the characters"
    assert [each.text for each in found.candidates] == ["chatcmpl-abc123"] * ("abc" in around)


def test_others_are_counted_by_what_they_name() -> None:
    found = find_candidates("see call_ab12cd, call_ef34gh, batch_ab12, batch_cd34, req_ab12cd and chatcmpl-x")
    assert counted(found.others) == "2 tool calls, 2 batches, 1 request"
    assert found.completions == ["chatcmpl-x"]
    assert (IdKind.OTHER.plural, IdKind.PIECE.plural) == ("other things", "beginnings of IDs")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-8-sig"])
def test_a_file_is_read_in_the_encoding_that_its_mark_tells(encoding: str) -> None:
    assert completions(decoded("see chatcmpl-é\nchatcmpl-abc".encode(encoding))) == ["chatcmpl-abc"]
    assert "\ufffd" in decoded(b"a\xff")

"""The samples show what the index says that they show."""

import base64
import io
import json
import re
import unicodedata
import wave
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

import jsonschema_rs
import pytest

from inspector.bundle import bundled
from inspector.core.inputs import CompletionId, read_completion_id
from inspector.demo.samples import Sample, load_samples

SAMPLES = load_samples()
BY_STEM = {sample.file.rsplit(".", 1)[0]: sample for sample in SAMPLES}
NO_JSON = {"html-under-200", "body-cut", "empty-body", "error-429", "error-502", "error-524"}
NO_COMPLETION = {"error-under-200", *(stem for stem, sample in BY_STEM.items() if sample.status != 200)}
COMPLETIONS = sorted(BY_STEM.keys() - NO_JSON - NO_COMPLETION)
PROMPTS = [sample for sample in SAMPLES if sample.messages]


def _body(stem: str) -> Any:
    return json.loads(BY_STEM[stem].body())


def _raw(stem: str) -> str:
    return BY_STEM[stem].body().decode()


def _message(stem: str) -> Any:
    return _body(stem)["choices"][0]["message"]


def _arguments(stem: str) -> list[str]:
    return [call["function"]["arguments"] for call in _message(stem)["tool_calls"]]


def _strictly(text: str) -> Any:
    """`text` as RFC 8259 reads it: no NaN, no Infinity. Raises ValueError."""

    def refuse(word: str) -> Any:
        raise ValueError(word)

    return json.loads(text, parse_constant=refuse)


def _fault_at(text: str) -> int:
    with pytest.raises(json.JSONDecodeError) as fault:
        _strictly(text)
    return fault.value.pos


# The index


def test_the_index_names_every_file_once_and_no_other():
    listed = sorted(sample.file for sample in SAMPLES)
    there = sorted(entry.name for entry in bundled("samples").iterdir() if entry.is_file())
    assert sorted([*listed, "index.json", ".gitattributes"]) == there
    prompts = sorted(entry.name for entry in bundled("samples", "messages").iterdir())
    assert sorted(sample.messages for sample in PROMPTS) == prompts
    assert len(prompts) >= 6


def test_no_checkout_changes_a_line_ending():
    assert b"* -text\n" in bundled("samples", ".gitattributes").read_bytes()
    assert not any(b"\r" in sample.body() for sample in SAMPLES)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.file)
def test_an_entry_can_be_shown_and_asked_for(sample: Sample):
    assert 0 < len(sample.shows) <= 60
    assert sample.shows.isascii()
    assert read_completion_id(sample.id) == CompletionId(sample.id)
    assert all(name == name.lower() for name in sample.headers)
    assert sample.status == 200 or f"({sample.status})" in sample.shows


def test_the_ids_have_the_forms_that_are_seen_and_differ():
    ids = [sample.id for sample in SAMPLES]
    assert len(set(ids)) == len(ids)
    others = [name for name in ids if not re.fullmatch(r"chatcmpl-demo[A-Za-z0-9]{25}", name)]
    forms = [r"gen-\d{10}-\w{20}", r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", r"kn\w{21}", r"[\w-]{25}"]
    assert len(others) == len(forms)
    for form in forms:
        assert any(re.fullmatch(form, name) for name in others), form


@pytest.mark.parametrize("stem", BY_STEM)
def test_what_is_meant_to_be_json_is_json(stem):
    body = BY_STEM[stem].body()
    if stem in NO_JSON:
        with pytest.raises(ValueError):
            json.loads(body)
    else:
        json.loads(body)
        assert BY_STEM[stem].content_type == "application/json"


@pytest.mark.parametrize("stem", COMPLETIONS)
def test_a_completion_has_its_own_id_and_choices(stem):
    body = _body(stem)
    assert body["object"] == "chat.completion"
    assert body.get("id", BY_STEM[stem].id) == BY_STEM[stem].id
    assert body["choices"]


@pytest.mark.parametrize("sample", PROMPTS, ids=lambda sample: sample.file)
def test_a_prompt_is_a_whole_list_of_the_samples_messages(sample: Sample):
    envelope = json.loads(bundled("samples", "messages", sample.messages or "").read_bytes())
    entries = envelope["data"]
    assert [entry["id"] for entry in entries] == [f"{sample.id}-{n}" for n in range(len(entries))]
    assert (envelope["object"], envelope["has_more"]) == ("list", False)
    assert (envelope["first_id"], envelope["last_id"]) == (entries[0]["id"], entries[-1]["id"])
    assert entries[-1]["role"] == "user"
    assert all({"id", "role", "content", "content_parts", "name"} <= entry.keys() for entry in entries)


def test_the_agent_trace_answers_every_call_it_makes():
    trace = BY_STEM["agent-trace"].prompt() or []
    assert {entry["role"] for entry in trace} == {"system", "user", "assistant", "tool"}
    calls = {call["id"]: call["function"] for entry in trace for call in entry.get("tool_calls", ())}
    answers = {entry["tool_call_id"]: entry["name"] for entry in trace if entry["role"] == "tool"}
    assert answers == {name: function["name"] for name, function in calls.items()}
    assert all(isinstance(_strictly(function["arguments"]), dict) for function in calls.values())
    (held,) = _arguments("agent-trace")
    assert _strictly(held)["room_id"] == "boathouse-3"


def test_one_prompt_is_longer_than_a_page():
    assert len(BY_STEM["usage-null"].prompt() or []) > 20


# Tool calls


def test_of_two_tool_calls_one_is_json_and_one_is_python():
    fine, python = _arguments("two-tool-calls")
    assert _strictly(fine) == {"order_id": "LF-77154", "with_tracking": True}
    assert _fault_at(python) == 1
    assert "True" in python
    assert "None" in python


@pytest.mark.parametrize(
    ("stem", "reason", "tokens"), [("cut-off-by-length", "length", 300), ("cut-off-unsaid", "tool_calls", 800)]
)
def test_a_cut_off_call_ends_too_early_at_a_round_number(stem, reason, tokens):
    (text,) = _arguments(stem)
    _fault_at(text)
    closers = ('"', "]", "}")
    mended = text + ('"' if text.count('"') % 2 else "")
    for closer in _closing(mended):
        assert closer in closers
        mended += closer
    assert isinstance(_strictly(mended), dict), "something else is wrong with it than its end"
    assert _body(stem)["choices"][0]["finish_reason"] == reason
    assert _body(stem)["usage"]["completion_tokens"] == tokens


def _closing(text: str) -> Iterator[str]:
    """The brackets that are still open, innermost first. `text` has no brackets and no quotes inside its strings."""
    still_open: list[str] = []
    for char in text:
        if char in "{[":
            still_open.append("}" if char == "{" else "]")
        elif char in "}]":
            still_open.pop()
    return reversed(still_open)


def test_a_trailing_comma_is_all_that_is_wrong():
    (text,) = _arguments("trailing-comma")
    assert text[_fault_at(text) - 1 :].strip() in ("}", ",\n}")
    assert _strictly(text.replace(",\n}", "\n}"))["repeat"] == ["sat", "sun"]


def test_double_encoded_arguments_are_a_string_of_an_object():
    (text,) = _arguments("double-encoded")
    assert isinstance(_strictly(text), str)
    assert isinstance(_strictly(_strictly(text)), dict)


def test_concatenated_arguments_are_three_objects():
    (text,) = _arguments("concatenated")
    decoder, objects, start = json.JSONDecoder(), [], 0
    while start < len(text):
        found, start = decoder.raw_decode(text, start)
        objects.append(found)
    assert [found["place"] for found in objects] == ["Skarholm", "Trondvik", "Little Fjord"]


def test_the_nested_arguments_are_big_valid_and_keep_their_numbers():
    (text,) = _arguments("nested-arguments")
    assert isinstance(_strictly(text), dict)
    assert len(text) > 2000
    for spelling in ("112.50", "1.10", "1.2E+3", "-0.0", "0.190", "90071992547409931"):
        assert spelling in text


BROKEN: dict[str, Callable[[str], bool]] = {
    "cutOff": lambda text: text.endswith('"san'),
    "trailingComma": lambda text: text.endswith(",}"),
    "pythonLiteral": lambda text: "True" in text,
    "unquoted": lambda text: text.startswith("{place:"),
    "codeFence": lambda text: text.startswith("```json"),
    "extraData": lambda text: json.JSONDecoder().raw_decode(text)[1] < len(text),
    "concatenated": lambda text: "}{" in text,
    "rawControl": lambda text: "\n" in text,
    "nan": lambda text: "NaN" in text,
    "unescapedQuote": lambda text: 'it "the best' in text,
    "escapedText": lambda text: text.startswith('{\\"'),
    "badEscape": lambda text: r"\U" in text,
    "comment": lambda text: "//" in text,
    "expression": lambda text: "60 * 60" in text,
    "leadingZero": lambda text: "01067" in text,
    "byteOrderMark": lambda text: text.startswith("\ufeff"),
    "notJson": lambda text: "{" not in text,
    "doubleEncoded": lambda text: isinstance(_strictly(_strictly(text)), dict),
    "empty": lambda text: text == "",
    "justNull": lambda text: text == "null",
}


def test_every_broken_call_is_broken_in_the_way_that_its_id_says():
    calls = _message("every-broken-call")["tool_calls"]
    assert len(calls) == len(BROKEN)
    for call, (word, is_so) in zip(calls, BROKEN.items(), strict=True):
        text = call["function"]["arguments"]
        assert call["id"].startswith(f"call_{word}")
        assert len(call["id"]) == 29
        assert is_so(text), word
        if word not in ("doubleEncoded", "justNull"):
            with pytest.raises(ValueError):
                _strictly(text)


def test_the_calls_with_holes_have_them():
    calls = _message("calls-with-holes")["tool_calls"]
    assert calls[0] is None
    ids = [call.get("id") for call in calls[1:]]
    assert ids[0] == ids[1]
    assert None in ids
    assert "" in ids
    assert "get_stock" in ids
    kinds = {type((call["function"] or {}).get("arguments", ...)) for call in calls[1:]}
    assert kinds == {str, dict, list, type(None), type(...)}


def test_the_broken_schema_is_broken_by_json_that_is_valid():
    (text,) = _arguments("schema-violation")
    schema = _body("schema-violation")["tools"][0]["function"]["parameters"]
    paths = {tuple(error.instance_path) for error in jsonschema_rs.validator_for(schema).iter_errors(_strictly(text))}
    assert {("title",), ("priority",), ("order_id",), ("hours",), ()} == paths


def test_a_custom_tool_takes_text_that_is_no_json():
    custom, function = _message("custom-tool")["tool_calls"]
    assert custom["type"] == "custom"
    _fault_at(custom["custom"]["input"])
    assert isinstance(_strictly(function["function"]["arguments"]), dict)


def test_the_old_form_has_no_tool_calls():
    message = _message("function-call")
    assert "tool_calls" not in message
    assert isinstance(_strictly(message["function_call"]["arguments"]), dict)
    assert _body("function-call")["choices"][0]["finish_reason"] == "function_call"


# Answers


def test_the_plain_answer_is_in_order():
    body = _body("plain-answer")
    assert body["choices"][0]["finish_reason"] == "stop"
    usage = body["usage"]
    assert usage["prompt_tokens"] + usage["completion_tokens"] == usage["total_tokens"]


def test_the_story_is_markdown_with_code_a_table_and_a_letter():
    text = _message("customer-story")["content"]
    assert len(text) >= 3000
    assert text.count("```python") == 3
    assert "|:--|" in text
    assert "\n> Dear" in text


def test_a_refusal_has_no_content():
    assert _message("refusal")["content"] is None
    assert _message("refusal")["refusal"].startswith("I'm sorry")


def test_the_content_filter_stops_in_mid_sentence():
    assert _body("content-filter")["choices"][0]["finish_reason"] == "content_filter"
    assert _message("content-filter")["content"][-1].isalpha()


def test_three_choices_are_out_of_order():
    indexes = [choice["index"] for choice in _body("three-choices")["choices"]]
    assert sorted(indexes) == [0, 1, 2] != indexes


def test_the_token_probabilities_spell_the_answer():
    tokens = _body("logprobs")["choices"][0]["logprobs"]["content"]
    assert b"".join(bytes(token["bytes"]) for token in tokens).decode() == _message("logprobs")["content"]
    assert 38 <= len(tokens) <= 42
    parts = [token for token in tokens if token["token"].startswith("bytes:")]
    assert b"".join(bytes(token["bytes"]) for token in parts).decode() == " 🧦"
    assert [token["token"] for token in tokens if token["logprob"] == -9999.0] == [" twice"]
    for token in tokens:
        tops = token["top_logprobs"]
        assert len(tops) == 5
        assert all(first["logprob"] >= second["logprob"] for first, second in pairwise(tops))
        own = {key: token[key] for key in ("token", "logprob", "bytes")}
        assert (own in tops) is (token["logprob"] != -9999.0)


def test_the_citations_point_at_their_links():
    message = _message("citations")
    for note in message["annotations"]:
        cited = note["url_citation"]
        assert message["content"][cited["start_index"] : cited["end_index"]].endswith(f"]({cited['url']}))")
    assert len(message["annotations"]) == 3


def test_the_audio_can_be_played():
    audio = _message("audio")["audio"]
    with wave.open(io.BytesIO(base64.b64decode(audio["data"], validate=True))) as sound:
        assert (sound.getnchannels(), sound.getsampwidth(), sound.getframerate()) == (1, 2, 8000)
        frames = sound.readframes(sound.getnframes())
    assert len(frames) == 2 * sound.getnframes() > 4000
    assert len(set(frames)) > 100, "silence"
    assert audio["transcript"]


def test_the_content_comes_in_parts():
    kinds = [part["type"] for part in _message("content-parts")["content"]]
    assert kinds == ["thinking", "reasoning", "text", "text", "image_url", "hologram"]


def test_the_extra_fields_keep_their_numbers_and_tools():
    body, raw = _body("extra-fields"), _raw("extra-fields")
    assert body["seed"] == 4944116822809979520 > 2**53
    assert '"cost": 0.00110' in raw
    assert '"temperature": 0.20' in raw
    assert [tool["function"]["name"] for tool in body["tools"]] == ["get_weather", "find_ferry"]
    assert {"request_id", "metadata", "x_groq", "provider", "input_user", "moderation"} <= body.keys()


def test_odd_json_is_odd():
    raw = _raw("odd-json")
    assert raw.count('"model"') == 2
    for spelling in (
        "1.10",
        "1E400",
        "-0.0",
        "1.2e2",
        "1795011300.0",
        "123456789012345678901234567890",
        r"\u0057",
        r"\/",
    ):
        assert spelling in raw
    assert _arguments("odd-json")[0].count('"price"') == 2


def test_a_router_adds_its_own():
    body = _body("through-a-router")
    assert body["provider"]
    assert body["usage"]["cost"]
    assert body["choices"][0]["native_finish_reason"] == "completed"
    assert _message("through-a-router")["reasoning_details"]


def test_usage_is_null_or_does_not_add_up():
    assert _body("usage-null")["usage"] is None
    usage = _body("usage-mismatch")["usage"]
    assert usage["prompt_tokens"] + usage["completion_tokens"] != usage["total_tokens"]
    assert usage["completion_tokens_details"]["reasoning_tokens"] > usage["completion_tokens"]
    assert usage["prompt_tokens_details"]["cached_tokens"] > 0


def test_one_date_is_in_milliseconds():
    assert _body("created-milliseconds")["created"] > 10**11


def test_the_hidden_characters_are_there():
    text = _message("hidden-characters")["content"]
    assert {"\u202e", "\u200b", "\x1b", "\x07", "\x7f", "\u2028", "\ufeff", "\u00ad", "\U000e0068"} <= set(text)
    assert "<img src=" in text
    assert "<script>" in text
    assert any(
        unicodedata.category(char) == "Cf"
        for char in _message("hidden-characters")["tool_calls"][0]["function"]["name"]
    )


def test_half_an_emoji_cannot_be_encoded():
    text = _message("half-emoji")["content"]
    assert "\0" in text
    with pytest.raises(UnicodeEncodeError):
        text.encode()


def test_an_answer_may_lack_id_and_date():
    assert _body("without-id").keys().isdisjoint({"id", "created"})


def test_many_scripts_are_there():
    names = {unicodedata.name(char, "").split(" ")[0] for char in _message("many-scripts")["content"]}
    assert {"CJK", "HIRAGANA", "HANGUL", "ARABIC", "HEBREW", "DEVANAGARI", "THAI", "GREEK", "ZERO", "REGIONAL"} <= names


# Errors and odd transports


def test_the_provider_s_error_sits_inside_the_message():
    message = _body("error-400")["error"]["message"]
    inner = json.loads(message.removeprefix("Error from OpenAI API: "))
    assert inner["error"].keys() == {"message", "type", "param", "code"}


@pytest.mark.parametrize("stem", ["error-400", "error-401", "error-403", "error-404", "error-500"])
def test_an_error_has_the_form_of_the_service(stem):
    assert _body(stem)["error"].keys() == {"message", "type"}


def test_a_limit_says_when_to_come_back():
    assert BY_STEM["error-429"].headers["retry-after"] == "12"
    assert BY_STEM["error-429"].headers["ratelimit-remaining"] == "0"
    assert BY_STEM["error-503"].headers["retry-after"] == "30"
    assert _body("error-503")["error"].keys() == {"type", "scope", "detail"}


@pytest.mark.parametrize("stem", ["error-502", "html-under-200"])
def test_a_web_page_says_that_it_is_one(stem):
    assert BY_STEM[stem].content_type == "text/html; charset=UTF-8"
    assert _raw(stem).startswith("<!DOCTYPE html>")


def test_the_edge_answers_in_plain_text():
    assert (_raw("error-524"), BY_STEM["error-524"].content_type) == ("error code: 524", "text/plain; charset=UTF-8")


def test_an_error_may_come_under_status_200():
    assert BY_STEM["error-under-200"].status == 200
    assert _body("error-under-200")["choices"] is None
    assert _body("error-under-200")["error"]["code"] == 502


def test_a_cut_body_ends_inside_a_string():
    raw = _raw("body-cut")
    assert len(re.findall(r'(?<!\\)"', raw)) % 2 == 1


def test_what_is_slow_gives_time_to_cancel_and_still_ends_within_a_minute():
    drips = [sample for sample in SAMPLES if sample.drip]
    seconds = [len(sample.body()) / sample.drip.size * sample.drip.pause for sample in drips if sample.drip]
    seconds += [sample.delay for sample in SAMPLES if sample.delay]
    assert len(seconds) == 2
    assert all(5 < lasting < 50 for lasting in seconds)

"""Bodies made after the service's description and then spoilt, through everything that looks at an answer: nothing raises."""

import json
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from inspector.core.inspection import Inspection
from inspector.core.outline.outline import Outline, Row
from inspector.core.outline.summary import status_words, summarise
from inspector.core.readings import detail
from inspector.core.readings.token_probs import read_tokens
from inspector.core.readings.token_words import logprobs_at, piece_words
from inspector.core.report.html import html_report
from inspector.core.report.json import json_report
from inspector.core.report.markdown import markdown_report
from inspector.core.report.redaction import redacted
from inspector.core.report.text import text_report
from inspector.core.rules.spec_types import TYPES
from inspector.core.spec_fields import FIELDS, REQUIRED
from inspector.core.visible_text import shown
from tests.answers import NOW, answered, outline_of, saved
from tests.json_texts import json_texts, mutated
from tests.outline_rows import rows_of
from tests.report_contract import check_report

MOST_ROWS = 40
GONE = object()
STEERING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


class Spelled(str):
    """A number by its spelling."""

    __slots__ = ()


NUMBERS = st.sampled_from(
    ["0", "-0", "-1", "1.5", "-9999.0", "-8000", "1e400", "-1e-400", "9" * 400, "2147483648"]
).map(Spelled)
TEXTS = st.text(max_size=6) | st.sampled_from(
    ["stop", "length", "\ud83d", "\u202e", "\ufeff", "a\x1b[31m\r\n", "```", "<b>&", "[x](y)", "0", " ", "x" * 300]
)
ARGUMENTS = st.sampled_from(["{", '{"a": tru', "{'a': 1}", '{"city": 7}', '"{}"', "\u3000", "[1,]", "null", "{}x"]) | (
    mutated(json_texts())
)
SCALARS = TEXTS | NUMBERS | st.booleans() | st.none()
ANYTHING = st.recursive(
    SCALARS,
    lambda kept: st.lists(kept, max_size=2) | st.dictionaries(TEXTS, kept, max_size=2),
    max_leaves=4,
)
TOKENS = st.fixed_dictionaries(
    {"token": TEXTS, "logprob": NUMBERS}, optional={"bytes": st.lists(st.integers(-1, 256), max_size=3)}
)
CITATIONS = st.fixed_dictionaries({"start_index": NUMBERS, "end_index": NUMBERS, "url": TEXTS})
UNTYPED: dict[str, st.SearchStrategy[Any]] = {
    "/choices/*/logprobs": st.fixed_dictionaries({"content": st.lists(TOKENS, max_size=3)}),
    "/choices/*/message/annotations": st.lists(CITATIONS, max_size=2),
    "/choices/*/message/audio": st.fixed_dictionaries({"expires_at": NUMBERS, "data": TEXTS, "transcript": TEXTS}),
    "/choices/*/message/tool_calls/*/function/arguments": ARGUMENTS,
    "/usage/completion_tokens_details": st.dictionaries(st.sampled_from(["reasoning_tokens", "audio_tokens"]), NUMBERS),
}
OF_TYPE = {"string": TEXTS, "integer": st.integers(0, 5000), "null": st.none()}


def described(place: str) -> st.SearchStrategy[Any]:
    """What the description allows at a place; anything where it does not say."""
    if place in UNTYPED:
        return UNTYPED[place]
    if place in FIELDS:
        members = {name: described(f"{place}/{name}") for name in FIELDS[place]}
        required = {name: members.pop(name) for name in REQUIRED[place]}
        return st.fixed_dictionaries(required, optional=members)
    if f"{place}/*" in FIELDS:
        return st.lists(described(f"{place}/*"), max_size=2)
    return st.one_of([OF_TYPE[name] for name in TYPES[place]]) if place in TYPES else ANYTHING


BODIES = described("")
SPOILS = st.just(GONE) | st.sampled_from([[], {}, "", None, True]) | SCALARS | ANYTHING


@st.composite
def spoilt(draw: st.DrawFn) -> bytes:
    """A body with up to three of its values taken away or replaced."""
    body = draw(BODIES)
    for _ in range(draw(st.integers(0, 3))):
        path = draw(st.sampled_from(list(_paths(body))))
        body = _with(body, path, draw(SPOILS))
    return "".join(_written(body)).encode("utf-8", "surrogatepass")


def _paths(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    below = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, inner in below:
        yield from _paths(inner, (*path, step))


def _with(value: Any, path: tuple[Any, ...], new: Any) -> Any:
    if not path:
        return new
    below = value.items() if isinstance(value, dict) else enumerate(value)
    changed = [(step, _with(inner, path[1:], new) if step == path[0] else inner) for step, inner in below]
    kept = [(step, inner) for step, inner in changed if inner is not GONE]
    return dict(kept) if isinstance(value, dict) else [inner for _, inner in kept]


def _written(value: Any) -> Iterator[str]:
    """JSON; where all is gone there is nothing."""
    if isinstance(value, dict):
        members = (f"{_quoted(key)}: {''.join(_written(inner))}" for key, inner in value.items())
        yield f"{{{', '.join(members)}}}"
    elif isinstance(value, list):
        yield f"[{', '.join(''.join(_written(inner)) for inner in value)}]"
    elif isinstance(value, Spelled):
        yield str(value)
    elif value is not GONE:
        yield _quoted(value) if isinstance(value, str) else json.dumps(value)


def _quoted(text: str) -> str:
    """A JSON string; every second one with its characters as they are, lone surrogates among them."""
    return json.dumps(text, ensure_ascii=len(text) % 2 == 0)


def look_through(inspection: Inspection) -> None:
    """Everything that a person or a program may ask of an answer."""
    look_at(inspection)
    for told in (inspection, redacted(inspection)):
        check_report(report_in_all_forms(told))


def look_at(inspection: Inspection) -> None:
    """The rows of the tree and every view of each."""
    assert not STEERING.search(status_words(inspection))
    outline = outline_of(inspection)
    if inspection.completion is not None and inspection.tally is not None:
        summarise(inspection.completion, outline.moment, inspection.tally)
    for row in islice(rows_of(outline), MOST_ROWS):
        look_at_row(outline, row)


def look_at_row(outline: Outline, row: Row) -> None:
    words = outline.words(row)
    assert not STEERING.search(f"{words.name}{words.value}{words.state}")
    assert outline.has_children(row) == bool(outline.children(row))
    assert row.pointer == outline.find(row.pointer).pointer
    tokens = read_tokens(logprobs_at(outline, row))
    readings = [
        detail.text_reading(outline, row),
        detail.json_reading(outline, row),
        detail.raw_reading(outline, row),
        detail.response_reading(outline, row),
        *([detail.tokens_reading(tokens)] if tokens is not None else []),
    ]
    for reading in readings:
        detail.note_of(reading)
        view = shown(reading.text, reveal=True)
        for offset in (reading.fault, *(reading.chosen or ())):
            assert offset is None or view.to_source(view.to_shown_utf16(offset)) == offset
    if tokens is not None:
        assert all(piece_words(tokens, piece) for piece in tokens.pieces)


def report_in_all_forms(inspection: Inspection) -> str:
    """The one for programs is given back."""
    assert not STEERING.search(text_report(inspection, NOW))
    assert not STEERING.search(json_report(inspection, indented=False))
    assert markdown_report(inspection, NOW)
    assert html_report([inspection], NOW)
    return json_report(inspection)


@pytest.mark.fault(row="a field of another type, or none")
@settings(max_examples=30, deadline=None)
@given(spoilt(), st.sampled_from([200, 200, 404, 503]))
@example(b'{"choices": [{"logprobs": {"content": [{"token": "a", "logprob": -8000}]}}]}', 200)
def test_a_spoilt_completion_can_be_looked_through(body: bytes, status: int) -> None:
    look_through(saved(body))
    look_through(answered(body, status=status))


@settings(max_examples=30, deadline=None)
@given(json_texts() | mutated(json_texts()))
@example("nope")
@example('{"": [], "\\t": []}')
def test_any_text_can_be_looked_through(text: str) -> None:
    look_through(saved(text.encode("utf-8", "surrogatepass")))


WHOLE: dict[str, Any] = {
    "choices": [
        {
            "message": {
                "tool_calls": [{"function": {"name": "f", "arguments": '{"a": 1}'}, "id": "c", "type": "function"}],
                "annotations": [
                    {"type": "url_citation", "url_citation": {"start_index": 0, "end_index": 1, "url": "u"}}
                ],
                "audio": {"id": "a", "expires_at": 1, "data": "", "transcript": "t"},
                "role": "assistant",
                "content": "c",
                "refusal": None,
            },
            "logprobs": {"content": [{"token": "c", "logprob": -0.5, "bytes": [99], "top_logprobs": []}]},
            "index": 0,
            "finish_reason": "stop",
        }
    ],
    "usage": {
        "prompt_tokens_details": {"cached_tokens": 1},
        "completion_tokens_details": {"reasoning_tokens": 1},
        "prompt_tokens": 2,
        "completion_tokens": 2,
        "total_tokens": 4,
    },
    "id": "i",
    "object": "chat.completion",
    "created": 1_795_000_000,
    "model": "m",
    "service_tier": "auto",
    "system_fingerprint": "fp",
}
"""A completion with every field that the description knows, and what is usual below those that it leaves open."""
INSTEAD = [None, 7, "x", [], {"": [None]}, GONE]


def _place(path: tuple[Any, ...]) -> str:
    return "".join(f"/{'*' if isinstance(step, int) else step}" for step in path)


def test_nothing_that_is_described_is_left_out() -> None:
    assert {f"{place}/{name}" for place, names in FIELDS.items() for name in names} <= set(map(_place, _paths(WHOLE)))


@pytest.mark.fault(row="a field of another type, or none")
@pytest.mark.parametrize("path", list(_paths(WHOLE)), ids=_place)
def test_any_value_in_the_place_of_any_field_can_be_looked_at(path: tuple[Any, ...]) -> None:
    for value in INSTEAD:
        inspection = answered("".join(_written(_with(WHOLE, path, value))).encode())
        outline = outline_of(inspection)
        assert not STEERING.search(status_words(inspection))
        look_at_row(outline, outline.find("".join(f"/{step}" for step in path)))
        check_report(json_report(inspection))
        assert text_report(inspection, NOW)


@pytest.mark.fault(row="huge numbers, depths, strings, counts")
def test_a_number_that_python_refuses_to_convert_can_be_looked_through() -> None:
    number = "9" * 5000
    usage = f'{{"completion_tokens": {number}, "total_tokens": -{number}}}'
    choice = f'{{"index": {number}, "logprobs": {{"content": [{{"token": {number}, "logprob": -{number}}}]}}}}'
    inspection = saved(f'{{"created": {number}, "usage": {usage}, "choices": [{choice}]}}'.encode())
    look_at(inspection)
    assert report_in_all_forms(inspection).count(number) >= 6
    assert report_in_all_forms(redacted(inspection)).count(number) >= 4

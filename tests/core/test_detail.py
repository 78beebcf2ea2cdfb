"""The readings of a row: exact texts, and marks that stand on the right character."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from inspector.core.arguments.words import explain
from inspector.core.json.document import JsonDocument, JsonNode, Kind
from inspector.core.json.text import parse_text
from inspector.core.outline.outline import Outline, Row
from inspector.core.readings import detail
from inspector.core.readings.detail import (
    SHOWN_LIMIT,
    Reading,
    body_reading,
    json_reading,
    note_of,
    path_words,
    raw_reading,
    response_reading,
    row_at,
    text_reading,
    tokens_reading,
    words_around,
)
from inspector.core.readings.response_text import response_text
from inspector.core.readings.token_probs import read_tokens
from inspector.core.report.text import text_report
from inspector.core.schemas.tool_schemas import ToolSchemas
from tests.answers import NOW, SAMPLES, Body, answered, calling, completion, of_sample, outline_of, saved
from tests.outline_rows import nodes_of, rows_of

MESSAGE = "/choices/0/message"
ARGUMENTS = f"{MESSAGE}/tool_calls/0/function/arguments"
MIXED = 'é😀"\\\n'
REST = "Save the body to see all of it."


def document_of(outline: Outline) -> JsonDocument:
    assert outline.inspection.document is not None
    return outline.inspection.document


def outlined(body: Body) -> Outline:
    return outline_of(saved(body))


def reading_of_arguments(arguments: Any, **more: Any) -> Reading:
    outline = outlined(calling(arguments, **more))
    return text_reading(outline, outline.find(ARGUMENTS))


def scalars(text: str) -> list[str]:
    """The strings, numbers and literals of a JSON text, each as it is spelled."""
    document = parse_text(text)
    assert isinstance(document, JsonDocument)
    return [node.text for node in nodes_of(document) if node.kind not in (Kind.OBJECT, Kind.ARRAY)]


@pytest.mark.parametrize("name", SAMPLES)
class TestEverySample:
    def test_every_row_has_every_reading(self, name: str) -> None:
        outline = outline_of(of_sample(name))
        for row in rows_of(outline):
            for maker in (text_reading, json_reading, raw_reading, response_reading):
                reading = maker(outline, row)
                assert reading.fault is None or 0 <= reading.fault <= len(reading.text)
                if reading.chosen is not None:
                    assert 0 <= reading.chosen[0] < reading.chosen[1] <= len(reading.text)
                assert note_of(reading) == reading.note
            assert path_words(row)

    def test_text_is_the_string_itself_and_json_has_every_spelling(self, name: str) -> None:
        outline = outline_of(of_sample(name))
        for row in rows_of(outline):
            if row.node is None:
                continue
            if row.node.kind is Kind.STRING and row.node.string:
                assert text_reading(outline, row).text == row.node.string
            if row.arguments is None:
                assert scalars(json_reading(outline, row).text) == scalars(row.node.text)

    def test_the_chosen_range_is_the_value_to_the_byte(self, name: str) -> None:
        outline = outline_of(of_sample(name))
        for row in rows_of(outline):
            reading = raw_reading(outline, row)
            assert reading.text.encode("utf-8", "surrogateescape") == outline.inspection.body
            if row.node is not None and row.inner is None and row.parent is not None:
                assert chosen_bytes(reading) == row.node.raw

    def test_a_byte_of_the_body_leads_back_to_its_row(self, name: str) -> None:
        outline = outline_of(of_sample(name))
        for row in rows_of(outline):
            if row.node is not None and row.inner is None:
                assert row_at(outline, row.node.start) is row
                key = row.node.document.key_starts[row.node.index]
                assert key < 0 or row_at(outline, key) is row


def chosen_bytes(reading: Reading) -> bytes:
    assert reading.chosen is not None
    return reading.text[slice(*reading.chosen)].encode("utf-8", "surrogateescape")


class TestText:
    def test_the_whole_answer_is_a_report(self) -> None:
        outline = outlined(completion({"content": "Hello"}))
        assert text_reading(outline, outline.root).text == text_report(outline.inspection, NOW)

    @pytest.mark.parametrize("pointer", ["/choices/0", MESSAGE, f"{MESSAGE}/content"])
    def test_a_choice_and_a_message_are_what_was_said(self, pointer: str) -> None:
        outline = outlined(completion({"content": f"Hello {MIXED}\x00"}))
        reading = text_reading(outline, outline.find(pointer))
        assert (reading.text, reading.is_json) == (f"Hello {MIXED}\x00", False)

    @pytest.mark.parametrize("content", [None, "", [{"type": "text", "text": "Hello"}], {"a": 1}])
    def test_where_nothing_was_said_in_one_string_they_are_json(self, content: Any) -> None:
        outline = outlined(completion({"content": content}))
        reading = text_reading(outline, outline.find(MESSAGE))
        assert reading.is_json
        assert json.loads(reading.text) == {"role": "assistant", "content": content}

    @pytest.mark.parametrize("choice", [None, {}, [1], "text", {"message": None}, {"message": {"content": None}}])
    def test_a_choice_that_says_nothing_is_json(self, choice: Any) -> None:
        outline = outlined({"choices": [choice]})
        reading = text_reading(outline, outline.find("/choices/0"))
        assert json.loads(reading.text) == choice

    def test_a_text_in_the_place_of_a_message_is_what_was_said(self) -> None:
        outline = outlined({"choices": [{"message": "text"}]})
        assert text_reading(outline, outline.find("/choices/0")).text == "text"

    def test_an_empty_string_shows_its_quotes(self) -> None:
        outline = outlined(completion({"content": ""}))
        assert text_reading(outline, outline.find(f"{MESSAGE}/content")).text == '""'

    @pytest.mark.fault(row="bytes that are no UTF-8")
    def test_lone_surrogates_and_bytes_that_are_not_utf8_are_kept(self) -> None:
        outline = outlined(b'{"id":"\\ud83d","model":"\xff\xc3\xa9"}')
        assert text_reading(outline, outline.find("/id")).text == "\ud83d"
        assert text_reading(outline, outline.find("/model")).text == "\udcffé"

    def test_an_absent_field_is_told(self) -> None:
        outline = outlined({"id": "a", "choices": []})
        row = outline.find("/model")
        assert row.node is None
        assert text_reading(outline, row) == Reading(
            "", note="The spec requires this field, and the body does not hold it."
        )
        assert json_reading(outline, row) == Reading("")

    def test_a_range_is_json(self) -> None:
        outline = outlined({"many": list(range(1500))})
        reading = text_reading(outline, outline.children(outline.find("/many"))[1])
        assert json.loads(reading.text) == list(range(1500))

    def test_a_long_string_is_cut_and_that_is_said(self) -> None:
        outline = outlined(completion({"content": "é" * (SHOWN_LIMIT + 1)}))
        reading = text_reading(outline, outline.find(f"{MESSAGE}/content"))
        assert reading.text == "é" * SHOWN_LIMIT
        assert note_of(reading) == f"Shown here: the first 131,072 characters. {REST}"


class TestArguments:
    @pytest.mark.parametrize(
        ("arguments", "marked"),
        [
            ("{'city': 1}", "'"),
            (f'{{"{"é😀" * 9}": tru }}', " "),
            ('{"a": "é😀\ud83d", "b": \ud83d}', "\ud83d"),
            ('{"a": 1,}', "}"),
            ('{"a": 1}x', "x"),
            ('{"a": "line\nbreak"}', "\n"),
        ],
    )
    def test_the_mark_stands_on_the_first_character_that_cannot_be(self, arguments: str, marked: str) -> None:
        reading = reading_of_arguments(arguments)
        assert reading.text == arguments
        assert reading.fault is not None
        assert reading.text[reading.fault] == marked
        assert reading.text[: reading.fault] == arguments[: reading.fault]
        assert (reading.is_json, reading.is_grave, reading.starts_at) == (True, True, 0)

    def test_arguments_that_end_too_early_are_marked_at_their_end(self) -> None:
        reading = reading_of_arguments('{"a": "é😀')
        assert reading.fault == len(reading.text)

    @pytest.mark.parametrize("arguments", ["{}", "[1]", ""])
    def test_what_can_be_parsed_or_is_empty_has_no_mark(self, arguments: str) -> None:
        reading = reading_of_arguments(arguments)
        assert (reading.text, reading.fault, reading.is_json) == (arguments, None, True)

    def test_free_text_is_not_json(self) -> None:
        call = {"id": "a", "type": "custom", "custom": {"name": "f", "input": "{free"}}
        outline = outlined(completion({"tool_calls": [call]}))
        reading = text_reading(outline, outline.find(f"{MESSAGE}/tool_calls/0/custom/input"))
        assert (reading.text, reading.is_json, reading.fault, reading.note) == ("{free", False, None, "")

    def test_given_as_an_object_they_are_json(self) -> None:
        reading = reading_of_arguments({"a": [1]})
        assert json.loads(reading.text) == {"a": [1]}
        assert reading.note == ""

    @pytest.mark.parametrize(
        ("length", "broken_at"),
        [
            (SHOWN_LIMIT, SHOWN_LIMIT - 1),
            (2 * SHOWN_LIMIT, SHOWN_LIMIT - 1),
            (2 * SHOWN_LIMIT, SHOWN_LIMIT),
            (3 * SHOWN_LIMIT, SHOWN_LIMIT + 1),
            (3 * SHOWN_LIMIT, 2 * SHOWN_LIMIT),
            (3 * SHOWN_LIMIT, 3 * SHOWN_LIMIT - 1),
        ],
    )
    def test_a_fault_far_into_a_long_text_is_in_sight(self, length: int, broken_at: int) -> None:
        text = '{"é": "' + "é" * (broken_at - 8) + '"☠'
        text += "x" * (length - len(text))
        reading = reading_of_arguments(text)
        assert reading.fault is not None
        assert reading.text[reading.fault] == "☠"
        assert reading.starts_at + reading.fault == broken_at
        assert reading.text == text[reading.starts_at : reading.starts_at + SHOWN_LIMIT]
        assert len(reading.text) == SHOWN_LIMIT
        if length > SHOWN_LIMIT:
            assert f"131,072 of {length:,} characters" in note_of(reading)

    def test_a_long_text_that_is_cut_off_shows_its_end(self) -> None:
        text = '{"a": "' + "é" * (2 * SHOWN_LIMIT)
        reading = reading_of_arguments(text)
        assert reading.text == text[-SHOWN_LIMIT:]
        assert reading.fault == SHOWN_LIMIT
        assert reading.starts_at == len(text) - SHOWN_LIMIT

    def test_the_note_says_where_and_why_with_the_finish_reason_as_witness(self) -> None:
        body = calling('{"a": [1, 2', usage={"completion_tokens": 300})
        body["choices"][0]["finish_reason"] = "length"
        outline = outlined(body)
        row = outline.find(ARGUMENTS)
        assert row.arguments is not None
        note = text_reading(outline, row).note
        assert note.startswith("Line 1, column 12: ")
        assert note.endswith(explain(row.arguments, "length", 300))
        assert explain(row.arguments, "length", 300) != explain(row.arguments, None, None)

    @pytest.mark.parametrize("usage", [None, {}, {"completion_tokens": "300"}, {"completion_tokens": 10**30}, [300]])
    @pytest.mark.parametrize("reason", [None, 7, "length"])
    def test_witnesses_that_say_nothing_are_passed_over(self, usage: Any, reason: Any) -> None:
        body = calling("{", usage=usage)
        body["choices"][0]["finish_reason"] = reason
        outline = outlined(body)
        row = outline.find(ARGUMENTS)
        assert row.arguments is not None
        heard = "length" if reason == "length" else None
        assert text_reading(outline, row).note.endswith(explain(row.arguments, heard, None))

    def test_each_choice_is_heard_for_its_own_calls(self) -> None:
        message = calling("{")["choices"][0]["message"]
        choices = [{"message": message, "finish_reason": reason} for reason in ("stop", "length")]
        outline = outlined({"choices": choices})
        notes = []
        for place, reason in enumerate(("stop", "length")):
            row = outline.find(ARGUMENTS.replace("/choices/0", f"/choices/{place}"))
            assert row.arguments is not None
            notes.append(text_reading(outline, row).note)
            assert notes[-1].endswith(explain(row.arguments, reason, None))
        assert notes[0] != notes[1]

    def test_what_breaks_the_schema_is_in_the_note(self) -> None:
        tools = ToolSchemas.read(
            '[{"type":"function","function":{"name":"get_weather","parameters":{"type":"object","required":["city"]}}}]'
        )
        assert isinstance(tools, ToolSchemas)
        for arguments, breaks in (("{}", True), ('{"city": 1}', False)):
            outline = outline_of(saved(calling(arguments), tools=tools))
            reading = text_reading(outline, outline.find(ARGUMENTS))
            assert (reading.breaks_schema, reading.is_grave, reading.fault) == (breaks, breaks, None)
            assert ("city" in reading.note) == breaks

    def test_their_json_is_that_of_what_they_hold(self) -> None:
        outline = outlined(calling('{"a":1.50,"a":[2]}'))
        row = outline.find(ARGUMENTS)
        reading = json_reading(outline, row)
        assert reading.text == '{\n  "a": 1.50,\n  "a": [\n    2\n  ]\n}'
        assert reading.note == "These are the arguments, decoded from the string."
        inside = outline.children(row)[1]
        assert json_reading(outline, inside) == Reading("[\n  2\n]", is_json=True)

    def test_broken_they_have_the_json_of_the_string(self) -> None:
        outline = outlined(calling("{\n"))
        assert json_reading(outline, outline.find(ARGUMENTS)) == Reading('"{\\n"', is_json=True)

    def test_all_that_is_inside_them_is_their_string_in_the_body(self) -> None:
        outline = outlined(calling('{"a": [{"b": 1}]}'))
        string = outline.find(ARGUMENTS).node
        assert string is not None
        for row in rows_of(outline):
            if row.inner is not None:
                assert chosen_bytes(raw_reading(outline, row)) == string.raw


class TestJson:
    def test_a_long_value_is_cut_and_nothing_is_claimed_of_its_length(self) -> None:
        outline = outlined({"many": ["é" * 1000] * 500})
        reading = json_reading(outline, outline.find("/many"))
        assert len(reading.text) == SHOWN_LIMIT
        assert note_of(reading) == f"Shown here: the first 131,072 characters. {REST}"

    def test_a_value_that_just_fits_is_not_called_cut(self) -> None:
        outline = outlined({"whole": "x" * (SHOWN_LIMIT - 2)})
        reading = json_reading(outline, outline.find("/whole"))
        assert (len(reading.text), note_of(reading)) == (SHOWN_LIMIT, "")

    def test_long_arguments_have_both_notes(self) -> None:
        outline = outlined(calling(json.dumps({"many": ["x" * 1000] * 500})))
        reading = json_reading(outline, outline.find(ARGUMENTS))
        assert reading.note.splitlines() == [
            "These are the arguments, decoded from the string.",
            f"Shown here: the first 131,072 characters. {REST}",
        ]


class TestRaw:
    def test_of_the_whole_answer_nothing_is_chosen(self) -> None:
        outline = outlined(completion({}))
        reading = raw_reading(outline, outline.root)
        assert (reading.chosen, reading.starts_at, note_of(reading)) == (None, 0, "")
        assert reading.text.encode() == outline.inspection.body

    def test_many_characters_of_several_bytes_are_no_reason_to_say_that_some_are_missing(self) -> None:
        outline = outlined(b'{"id": "%s"}' % ("é😀" * 100).encode())
        reading = raw_reading(outline, outline.find("/id"))
        assert note_of(reading) == ""
        assert chosen_bytes(reading) == b'"%s"' % ("é😀" * 100).encode()

    @pytest.mark.parametrize(
        ("arguments", "marked"),
        [
            ("{\"city\": 'Ulm'}", b"'"),
            ('{"é😀": "\U0001f600\\n\\"", x}', b"x"),
            ('{"a": 1', b'"'),
            ("{'a'}", b"'"),
        ],
    )
    def test_the_character_where_arguments_stop_being_json_is_marked_in_the_body(
        self, arguments: str, marked: bytes
    ) -> None:
        for body in (calling(arguments), json.dumps(calling(arguments), ensure_ascii=False).encode()):
            outline = outlined(body)
            row = outline.find(ARGUMENTS)
            reading = raw_reading(outline, row)
            assert row.arguments is not None
            assert row.arguments.fault is not None
            assert row.node is not None
            assert chosen_bytes(reading) == row.node.raw
            assert reading.fault is not None
            assert reading.text[reading.fault :].encode().startswith(marked)
            before = reading.text[: reading.fault].encode()[row.node.start + 1 :]
            assert json.loads(b'"%s"' % before) == arguments[: row.arguments.fault.offset]
            assert reading.note == "The marked character is where the arguments stop being JSON."

    def test_in_very_long_arguments_it_is_not_looked_for(self) -> None:
        outline = outlined(calling('{"a": "' + "x" * 70_000))
        assert raw_reading(outline, outline.find(ARGUMENTS)).fault is None

    def test_of_an_absent_field_the_object_without_it_is_chosen(self) -> None:
        outline = outlined(b'{"choices": [{"message": {"content": "x"}}]}')
        assert chosen_bytes(raw_reading(outline, outline.find(f"{MESSAGE}/role"))) == b'{"content": "x"}'
        assert raw_reading(outline, outline.find("/model")).chosen is None

    def test_the_body_is_read_without_its_byte_order_mark(self) -> None:
        outline = outlined(b'\xef\xbb\xbf{"id": "a"}')
        reading = raw_reading(outline, outline.find("/id"))
        assert chosen_bytes(reading) == b'"a"'
        assert row_at(outline, 7) is outline.find("/id")

    @pytest.mark.parametrize(("before", "after"), [(0, 300_000), (300_000, 300_000), (300_000, 0), (100_000, 20_000)])
    def test_the_window_of_a_big_body_is_around_the_value(self, before: int, after: int) -> None:
        body = b'{"a":"%s","id":"here","z":"%s"}' % ("é".encode() * before, "😀".encode() * after)
        outline = outlined(body)
        reading = raw_reading(outline, outline.find("/id"))
        assert chosen_bytes(reading) == b'"here"'
        shown = reading.text.encode()
        assert body[reading.starts_at :].startswith(shown)
        assert abs(len(shown) - SHOWN_LIMIT) <= 3
        last = reading.starts_at + len(shown)
        assert note_of(reading) == f"Shown here: bytes {reading.starts_at:,} to {last:,} of {len(body):,}. {REST}"
        assert reading.chosen is not None
        place = reading.starts_at + len(reading.text[: reading.chosen[0]].encode())
        assert row_at(outline, place) is outline.find("/id")

    def test_a_value_bigger_than_the_window_is_chosen_to_its_end(self) -> None:
        outline = outlined(b'{"id":"a","z":"%s"}' % (b"x" * 300_000))
        reading = raw_reading(outline, outline.find("/z"))
        assert reading.chosen == (14, SHOWN_LIMIT)

    def test_without_a_document_every_byte_belongs_to_the_answer(self) -> None:
        outline = outlined(b"<html>")
        assert row_at(outline, 3) is outline.root

    def test_of_repeated_keys_the_byte_tells_which(self) -> None:
        outline = outlined(b'{"a":1,"a":2}')
        first, second = outline.children(outline.root)[:2]
        assert row_at(outline, 5) is first
        assert row_at(outline, 11) is second
        assert chosen_bytes(raw_reading(outline, first)) == b"1"


FILLERS = st.lists(
    st.sampled_from(
        ["é".encode(), "😀".encode(), "€".encode(), b"x", b"\xff", b"\x80", b"\xf0\x9f", b"\x80" * 9, b"\xe2"]
    ),
    max_size=60,
).map(b"".join)


@given(FILLERS, FILLERS, FILLERS, st.integers(8, 200))
@example(b"\x80" * 500, b"\x80" * 500, b"\x80" * 500, 64)
@example("é".encode() * 100, b"", "😀".encode() * 100, 33)
def test_a_window_never_splits_a_character_nor_loses_a_byte(
    before: bytes, value: bytes, after: bytes, limit: int
) -> None:
    outline = outlined(b'["%s","%s","%s"]' % (before, value, after))
    document = document_of(outline)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(detail, "SHOWN_LIMIT", limit)
        for row in outline.children(outline.root):
            reading = raw_reading(outline, row)
            shown = reading.text.encode("utf-8", "surrogateescape")
            first, last = reading.starts_at, reading.starts_at + len(shown)
            assert document.source[first:last] == shown
            assert limit - 3 <= len(shown) <= limit + 3 or len(document.source) < limit
            whole = document.text(0, first) + reading.text + document.text(last, len(document.source))
            assert whole == document.text(0, len(document.source))
            assert row.node is not None
            assert first <= row.node.start < last
            assert chosen_bytes(reading) == document.source[row.node.start : min(row.node.end, last)]
            if first == 0 and last == len(document.source):
                assert reading.note == ""
            else:
                assert f"bytes {first:,} to {last:,} of {len(document.source):,}" in reading.note


class TestBodyWithoutStructure:
    @pytest.mark.parametrize(
        ("body", "marked"),
        [
            (b'{"id": x}', "x"),
            ('{"é😀": "a" ☠'.encode(), "☠"),
            (b'\xef\xbb\xbf{"id": \xc3\xa9}', "é"),
            (b'{"id": "\xff" \xfe', "\udcfe"),
            (b"<html>", "<"),
        ],
    )
    def test_a_file_is_marked_where_it_stops_being_json(self, body: bytes, marked: str) -> None:
        outline = outlined(body)
        for reading in (raw_reading(outline, outline.root), json_reading(outline, outline.root)):
            assert reading.text.encode("utf-8", "surrogateescape") == body
            assert reading.fault is not None
            assert reading.text[reading.fault] == marked
            assert not reading.is_json

    def test_a_file_that_ends_too_early_is_marked_at_its_end(self) -> None:
        reading = body_reading(saved(b'{"id": "\xc3\xa9'))
        assert reading.fault == len(reading.text)

    def test_an_empty_file_has_no_mark(self) -> None:
        assert body_reading(saved(b"")) == Reading("")

    @pytest.mark.parametrize("body", [b"<html>", b"error code: 524", b"not found", b"\n <p>", b"\xff\xfe"])
    def test_an_answer_that_was_never_meant_as_json_has_no_mark(self, body: bytes) -> None:
        inspection = answered(body, status=502)
        assert inspection.fault is not None
        reading = body_reading(inspection)
        assert reading.fault is None
        assert reading.text.encode("utf-8", "surrogateescape") == body

    @pytest.mark.parametrize("body", [b'{"id": x', b"\n [1, x", b'\xef\xbb\xbf {"id": x'])
    @pytest.mark.parametrize("status", [200, 500])
    def test_an_answer_that_begins_as_json_is_marked(self, body: bytes, status: int) -> None:
        reading = body_reading(answered(body, status=status))
        assert reading.fault is not None
        assert reading.text[reading.fault :] == "x"

    def test_a_fault_far_into_a_big_body_is_in_sight(self) -> None:
        body = b'{"id": "%s" ' % ("é".encode() * 200_000) + "☠".encode() + b"x" * 5
        reading = body_reading(saved(body))
        assert reading.fault is not None
        assert reading.text[reading.fault] == "☠"
        assert body.endswith(reading.text.encode())
        assert len(reading.text.encode()) >= SHOWN_LIMIT
        assert f"of {len(body):,}. {REST}" in reading.note

    def test_a_big_page_is_shown_from_its_beginning(self) -> None:
        reading = body_reading(answered(b"<" + b"x" * 200_000, status=502))
        assert reading.text == "<" + "x" * (SHOWN_LIMIT - 1)
        assert reading.note == f"Shown here: bytes 0 to 131,072 of 200,001. {REST}"


def test_the_response_is_the_same_for_every_row() -> None:
    outline = outline_of(answered(completion({})))
    expected = response_text(outline.inspection)
    assert {response_reading(outline, row).text for row in rows_of(outline)} == {expected}


def test_tokens_make_the_text_of_the_answer() -> None:
    sent = ("Hel", "lo", "!" * 200_000)
    entries = [{"token": each, "logprob": -0.5} for each in sent]
    outline = outlined({"choices": [{"logprobs": {"content": entries}}]})
    tokens = read_tokens(document_of(outline).find("/choices/0/logprobs"))
    assert tokens is not None
    reading = tokens_reading(tokens)
    assert reading.tokens is tokens
    assert reading.text == f"Hello{'!' * (SHOWN_LIMIT - 5)}"
    assert f"131,072 of {200_005:,} characters" in note_of(reading)
    assert note_of(reading).startswith(reading.note)


@pytest.mark.parametrize(
    ("reading", "note"),
    [
        (Reading(""), ""),
        (Reading("abc", whole=3), ""),
        (Reading("abc", note="A note.", whole=3), "A note."),
        (Reading("abc", whole=4), f"Shown here: 3 of 4 characters. {REST}"),
        (Reading("abc", note="A note.", whole=4000), f"A note.\nShown here: 3 of 4,000 characters. {REST}"),
        (Reading("", note="A note.", whole=4), "A note."),
    ],
)
def test_what_is_left_out_is_said(reading: Reading, note: str) -> None:
    assert note_of(reading) == note


def _rows_by_path(outline: Outline) -> Iterator[tuple[str, Row]]:
    return ((path_words(row), row) for row in rows_of(outline))


def test_where_a_row_stands() -> None:
    outline = outlined(calling(json.dumps(json.dumps({"a": {"b": 1}})), **{"x\ny": 1}))  # type: ignore[arg-type]
    paths = dict(_rows_by_path(outline))
    assert paths["the whole answer"] is outline.root
    assert paths[ARGUMENTS] is outline.find(ARGUMENTS)
    assert f"{ARGUMENTS} → decoded" in paths
    assert f"{ARGUMENTS} → /a/b" in paths
    assert "/x⏎y" in paths
    assert max(map(len, dict(_rows_by_path(outlined({"x" * 999: 1}))))) == 160


def test_a_row_of_the_deepest_level_has_all_readings() -> None:
    outline = outlined(b'{"a":' * 100_000 + b"0" + b"}" * 100_000)
    floor = outline.find("/a" * 100_000)
    node = floor.node
    assert isinstance(node, JsonNode)
    assert json_reading(outline, floor).text.startswith('{\n  "a": {\n    "a":')
    assert raw_reading(outline, floor).chosen == (node.start, SHOWN_LIMIT)
    assert row_at(outline, node.start + 500) is floor


def test_what_is_said_over_and_under_a_view() -> None:
    row = outline_of(answered(b'{"id": "x"}')).root
    assert words_around(row, None, "Rendered.") == (path_words(row), "")
    assert words_around(row, Reading("x", note="A note."), "Rendered.") == (path_words(row), "A note.\nRendered.")

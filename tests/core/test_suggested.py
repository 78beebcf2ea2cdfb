"""The suggested reading as a view: both sides of every change, the text as sent inside of it, and the words below."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.core.arguments.cause import Cause
from inspector.core.readings.detail import Reading, TextChange
from inspector.core.readings.suggested import doubtful_arguments, suggested_reading
from inspector.core.suggestion.suggest import suggest
from inspector.core.suggestion.suggestion import NoSuggestion, Suggestion, applied
from tests.inspections import call, completion, outlined
from tests.json_texts import json_texts, mutated, unhurried

CALL = "/choices/0/message/tool_calls/0"


def read(text: str) -> Reading:
    return suggested_reading(text, suggest(text))


def sides(reading: Reading) -> list[tuple[str, bool]]:
    return [(reading.text[change.start : change.end], change.inserted) for change in reading.changes]


def test_what_goes_and_what_comes_both_stand_in_the_text() -> None:
    reading = read('{"a": True, }')
    assert reading.text == '{"a": Truetrue, }'
    assert sides(reading) == [("True", False), ("true", True), (",", False)]
    assert reading.source == '{"a": True, }'


def test_what_comes_for_a_line_break_stands_in_the_line_that_it_ended() -> None:
    reading = read('{"a": "x\ny"}')
    assert sides(reading) == [("\\n", True), ("\n", False)]
    assert reading.source == '{"a": "x\ny"}'


def test_the_note_tells_that_it_is_a_guess_and_what_changes_where() -> None:
    assert read('{"a": 1,}').note == (
        "A guess, not what the service sent; Copy gives the text as sent. 1 change, struck out what goes, underlined what "
        "comes:\n• The comma after the last item is taken out. (character 8)"
    )


def test_the_note_tells_places_of_a_kind_together_and_the_end_by_name() -> None:
    note = read("{'a': ['b', 'c'], 'd': 'e").note
    assert "10 changes" in note
    assert "(characters 2, 4, 8, 10 and 5 more)" in note
    assert note.endswith("(at the end)")


def test_the_note_tells_a_few_kinds_of_changes() -> None:
    suggestion = suggest('{"a": 1,}')
    assert isinstance(suggestion, Suggestion)
    edits = tuple(replace(suggestion.edits[0], start=at, end=at, replacement=" ", why=f"{at}.") for at in range(9))
    note = suggested_reading("x" * 9, Suggestion(edits, "")).note
    assert "• 7. (character 8)" in note
    assert "8. (" not in note
    assert note.endswith("• and changes of 1 more kind")


def test_the_note_tells_a_result_that_is_no_object() -> None:
    assert "not an object" in read("[1,]").note
    assert "not an object" not in read('{"a": 1,}').note


def test_where_there_is_no_suggestion_the_text_stands_alone_with_the_reason() -> None:
    reading = read('{"a": 12')
    assert reading.text == reading.source == '{"a": 12'
    assert reading.changes == ()
    assert reading.note == ("No reading is suggested. The text ends inside the number 12: more digits may be missing.")


def test_a_long_text_without_a_suggestion_is_cut() -> None:
    reading = suggested_reading("x" * 200_000, NoSuggestion("No."))
    assert len(reading.text) < reading.whole == 200_000


@given(mutated(json_texts()), st.data())
@unhurried
def test_the_view_holds_the_text_as_sent_and_the_result(text: str, data: st.DataObject) -> None:
    outcome = suggest(text)
    reading = suggested_reading(text, outcome)
    assert reading.source == text
    start = data.draw(st.integers(0, len(reading.text)))
    end = data.draw(st.integers(start, len(reading.text)))
    come = {at for change in reading.changes if change.inserted for at in range(change.start, change.end)}
    assert reading.sent(start, end) == "".join(reading.text[at] for at in range(start, end) if at not in come)
    if isinstance(outcome, Suggestion):
        gone = {at for change in reading.changes if not change.inserted for at in range(change.start, change.end)}
        assert "".join(char for at, char in enumerate(reading.text) if at not in gone) == outcome.result
        assert outcome.result == applied(text, outcome.edits)


def test_half_of_what_comes_is_nothing_that_was_sent() -> None:
    reading = Reading("aXYb", changes=(TextChange(1, 3, inserted=True),))
    assert [reading.sent(0, 2), reading.sent(1, 2), reading.sent(2, 4)] == ["a", "", "b"]


@pytest.mark.parametrize(
    ("arguments", "is_doubtful"),
    [('{"a": 1,}', True), ('"{\\"a\\": 1}"', True), ("{}", False), ("null", False), ("", False), ({"a": 1}, False)],
)
def test_a_suggestion_is_offered_for_what_is_not_json_and_for_json_encoded_twice(
    arguments: object, is_doubtful: bool
) -> None:
    outline = outlined(completion(tool_calls=[call(arguments)]))
    for pointer in (f"{CALL}/function/arguments", f"{CALL}/function/name", CALL):
        assert (doubtful_arguments(outline.find(pointer)) is not None) == is_doubtful
    assert doubtful_arguments(outline.find("/choices/0/message")) is None


def test_a_row_inside_arguments_that_were_encoded_twice_belongs_to_their_call() -> None:
    outline = outlined(completion(tool_calls=[call('"{\\"a\\": 1}"')]))
    (inner,) = outline.children(outline.find(f"{CALL}/function/arguments"))
    found = doubtful_arguments(inner)
    assert found is not None
    assert found.cause is Cause.DOUBLE_ENCODED

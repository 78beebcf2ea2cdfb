"""The conversation in words: who speaks, what is said as sent, which call has which verdict, and what does not fit."""

import json
from dataclasses import replace
from typing import Any

import pytest

from inspector.core.conversation.conversation import NOT_ASKED
from inspector.core.conversation.tool_links import ResultWithoutCall, ToolLinks
from inspector.core.readings.shown_conversation import ShownConversation, shown_conversation
from inspector.core.readings.shown_turn import Attached, Called, Line, Piece, Said, ShownTurn, Tone
from inspector.core.readings.turn_pieces import KEPT, LARGEST, MOST_CALLS, MOST_PARTS
from inspector.core.readings.turn_pieces import LONG as VERY_LONG
from tests.conversations import calling, carried, conversation, result
from tests.inspections import completion, inspected

LONG = {"place": "Skarholm", "nights": [{"date": f"2026-11-2{day}", "kp": 4.330, "chance": 1e2} for day in range(3)]}


def shown(messages: list[Any], *answers: dict[str, Any]) -> ShownConversation:
    return ShownConversation(conversation(messages, *answers), {})


def turn(message: Any) -> ShownTurn:
    return shown([message]).turn(0)


def pieces(message: Any) -> tuple[Piece, ...]:
    return turn(message).pieces


def flags(seen: ShownConversation) -> list[tuple[int, str]]:
    return [
        (number, piece.words)
        for number in range(len(seen))
        for piece in seen.turn(number).pieces
        if isinstance(piece, Line) and piece.tone is Tone.WARNING
    ]


@pytest.mark.parametrize(
    ("role", "title"),
    [
        ("system", "System"),
        ("user", "User"),
        ("assistant", "Assistant"),
        ("tool", "Tool"),
        ("<b>x", "<b>x"),
        ("", "No role"),
    ],
)
def test_a_turn_is_headed_by_its_role(role: str, title: str) -> None:
    seen = turn({"role": role, "content": "Hi", "name": "Ann\n"})
    assert (seen.role, seen.title, seen.facts, seen.pointer) == (role, title, "Ann⏎", None)
    assert seen.pieces == (Said("Hi"),)


def test_a_turn_without_content_says_so() -> None:
    assert pieces({"role": "user", "content": None}) == (Line("Nothing is said"),)


def test_parts_are_shown_by_their_kind() -> None:
    content = [
        {"type": "text", "text": "Look"},
        {"type": "thinking", "thinking": "hm"},
        {"type": "refusal", "refusal": "no"},
        {"type": "image_url", "image_url": {"url": "https://аpple.com/x.png"}},
        {"type": "image_url", "image_url": {"url": "data:image/png;base64,AAAA"}},
        {"type": "file", "file": {"filename": "a.pdf", "file_id": "file-1"}},
        {"type": "input_audio", "input_audio": {"format": "wav", "data": "AAAA"}},
        {"type": "hologram", "v": 3},
    ]
    seen = pieces({"role": "user", "content": content})
    picture = seen[5]
    assert isinstance(picture, Attached)
    assert picture.picture is not None
    assert picture.picture.string == "data:image/png;base64,AAAA"
    assert (picture.words, picture.address) == ("Image · image/png · 3 bytes · in the message", "")
    assert [*seen[:5], *seen[6:]] == [
        Said("Look"),
        Said("hm", "reasoning"),
        Line("The model refused", Tone.WARNING),
        Said("no"),
        Attached("Image · at аpple.com, in ASCII xn--pple-43d.com · not loaded", "https://аpple.com/x.png"),
        Attached("File · a.pdf · file-1"),
        Attached("Audio · wav · 3 bytes"),
        Said('{"type": "hologram", "v": 3}', "hologram", is_code=True),
    ]


@pytest.mark.parametrize(
    ("image", "words"),
    [
        ({"url": "data:text"}, "Image · in the message"),
        ({"url": "file.png"}, "Image · without a host · not loaded"),
        ({"file_id": "file-1"}, "Image · file-1"),
    ],
)
def test_what_is_known_of_an_image(image: dict[str, str], words: str) -> None:
    (seen,) = pieces({"role": "user", "content": [{"type": "image_url", "image_url": image}]})
    assert isinstance(seen, Attached)
    assert seen.words == words


def test_a_spoken_answer_has_its_transcript() -> None:
    seen = pieces({"role": "assistant", "audio": {"transcript": "Hello", "data": "AAAA"}})
    assert seen == (Attached("Audio · 3 bytes"), Said("Hello", "transcript"))
    assert pieces({"role": "assistant", "audio": {"id": "a"}}) == (Attached("Audio"),)


def test_a_part_without_a_type_is_shown_as_it_is() -> None:
    assert pieces({"role": "user", "content": [3]}) == (Said("3", "a part without a type", is_code=True),)


def test_parts_and_calls_beyond_the_most_are_counted() -> None:
    many = pieces({"role": "user", "content": [{"type": "text", "text": "a"}] * (MOST_PARTS + 3)})
    assert len(many) == MOST_PARTS + 1
    assert many[-1] == Line("3 more parts are not shown here.", Tone.WARNING)
    calls = pieces(calling(*map(str, range(MOST_CALLS + 2))))
    assert sum(isinstance(piece, Called) for piece in calls) == MOST_CALLS
    assert calls[-1] == Line("2 more calls are not shown here.", Tone.WARNING)


def called(arguments: Any, **fields: Any) -> tuple[Piece, ...]:
    call = {"id": "call_1", "type": "function", "function": {"name": "look_up", "arguments": arguments}} | fields
    return pieces({"role": "assistant", "content": None, "tool_calls": [call]})


@pytest.mark.parametrize(
    ("arguments", "words", "tone"),
    [
        ('{"a": 1}', "valid JSON object", Tone.GOOD),
        ('{"a": 1,}', "not JSON: trailing comma at character 9", Tone.ERROR),
        ("[1]", "valid JSON, but an array, not an object", Tone.ERROR),
        ("", "empty", Tone.ERROR),
    ],
)
def test_a_call_has_its_verdict(arguments: str, words: str, tone: Tone) -> None:
    seen = called(arguments)
    assert seen[:2] == (Called("look_up", "call_1"), Line(words, tone))
    (said,) = seen[2:]
    assert isinstance(said, Said)
    assert said.text == arguments
    assert said.fault == (8 if "," in arguments else None)


def test_arguments_that_are_not_a_string_are_shown_too() -> None:
    assert called({"a": 1})[2:] == (Said('{"a": 1}', is_code=True),)
    assert called(None)[2:] == (Said("null", is_code=True),)
    seen = pieces({"role": "assistant", "tool_calls": [{"id": 3, "function": {}}]})
    assert seen == (Called("no name"), Line("absent", Tone.ERROR))


def test_free_text_is_neither_good_nor_bad() -> None:
    seen = called("", type="custom", custom={"name": "run", "input": "ls"}, function=None)
    assert seen == (Called("run", "call_1"), Line("free text", Tone.PLAIN), Said("ls", is_code=True))


def test_long_arguments_are_laid_out_and_copied_as_sent() -> None:
    text = json.dumps(LONG, separators=(",", ":"))
    seen = called(text)
    assert seen[1] == Line("valid JSON object · indented", Tone.GOOD)
    said = seen[2]
    assert isinstance(said, Said)
    assert said.text == text
    assert said.beginning(10_000, 100) == (
        '{\n  "place": "Skarholm",\n  "nights": [\n'
        + ",\n".join(f'    {{"date":"2026-11-2{day}","kp":4.33,"chance":100.0}}' for day in range(3))
        + "\n  ]\n}",
        False,
    )


def test_a_tools_result_is_laid_out_where_it_is_json() -> None:
    text = json.dumps(LONG)
    seen = shown(
        [calling("c1"), result("c1", text), result("c2", "{broken"), result("c3", '{"a":1}'), result("c4", "done")]
    )
    (said,) = seen.turn(1).pieces
    assert isinstance(said, Said)
    assert (said.text, said.label, said.is_code) == (text, "JSON, indented", True)
    assert said.beginning(31, 3) == ('{\n  "place": "Skarholm",\n  "nig', True)
    assert [seen.turn(number).pieces[-1] for number in (2, 3, 4)] == [
        Said("{broken"),
        Said('{"a":1}', is_code=True, layout=None),
        Said("done"),
    ]


def test_a_very_long_result_is_shown_as_sent() -> None:
    text = json.dumps(["x" * 100] * (LARGEST // 100))
    (said,) = pieces({"role": "tool", "content": text})
    assert said == Said(text)


@pytest.mark.parametrize(
    ("characters", "lines", "begins"),
    [
        (100, 100, ("a\nb\n\nc", False)),
        (100, 2, ("a\nb", True)),
        (3, 9, ("a\nb", True)),
        (100, 4, ("a\nb\n\nc", False)),
    ],
)
def test_a_text_is_cut_by_characters_and_by_lines(characters: int, lines: int, begins: tuple[str, bool]) -> None:
    assert Said("a\nb\n\nc").beginning(characters, lines) == begins


def test_the_text_of_a_turn_is_all_that_is_said() -> None:
    seen = turn({"role": "user", "content": [{"type": "text", "text": "a"}, {"type": "text", "text": "b"}]})
    assert seen.text == "a\n\nb"


def test_every_choice_is_an_answer_with_its_end() -> None:
    body = completion()
    body["choices"] = [
        {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": "One"}},
        {"index": 1, "finish_reason": None, "message": {"content": "Two"}},
        {"index": 2, "finish_reason": "<b>", "message": None},
    ]
    seen = shown_conversation(inspected(body))
    assert seen.notice == NOT_ASKED
    assert [(turn.title, turn.facts) for turn in map(seen.turn, range(len(seen)))] == [
        ("Assistant", "answer 1 of 3 · stop · the model ended by itself"),
        ("No role", "answer 2 of 3 · null"),
        ("No role", "answer 3 of 3 · <b>"),
    ]
    assert [seen.turn(at).pointer for at in range(3)] == ["/choices/0", "/choices/1", "/choices/2"]


def test_a_single_answer_has_no_number() -> None:
    body = completion()
    del body["choices"][0]["finish_reason"]
    assert shown_conversation(inspected(body)).turn(0).facts == ""


def test_a_place_of_the_body_lies_in_a_turn() -> None:
    seen = shown([{"role": "user", "content": "a"}], {"content": "b"}, {"content": "c"})
    places = ("", "/choices", "/choices/0", "/choices/1/message/content", "/choices/10", "/usage", "/data/0")
    assert [seen.find(place) for place in places] == [None, None, 1, 2, None, None, None]
    inside = ShownConversation(carried([{"role": "user", "content": "a"}], {"content": "b"}), {})
    assert [inside.find(place) for place in ("/input_messages/0/content", "/choices/0")] == [0, 1]
    assert inside.turn(0).pointer == "/input_messages/0"


def test_a_result_says_which_call_it_answers() -> None:
    seen = shown([calling("c1", "c2"), result("c2"), {"role": "tool", "name": "look_up", "tool_call_id": "c1"}])
    assert [seen.turn(number).facts for number in range(3)] == [
        "",
        "look_up · answers turn 1",
        "look_up · answers turn 1",
    ]
    assert flags(seen) == []


def test_what_does_not_match_is_told_in_words() -> None:
    nameless = {"role": "assistant", "tool_calls": [{"type": "function", "function": {"name": "f", "arguments": "{}"}}]}
    seen = shown(
        [
            result("early"),
            calling("early", "c1", "c1"),
            result("c1"),
            result("c1"),
            result("c1"),
            result("nowhere"),
            calling("lost"),
            nameless,
            {"role": "user", "content": "?"},
        ],
        {"content": "b"},
    )
    assert flags(seen) == [
        (0, "This result stands before its call “early”, which is in turn 2."),
        (1, "Two calls have the ID “c1”: their results cannot be told apart."),
        (4, "The call “c1” has a result already, in turn 4."),
        (5, "No call of this conversation has the ID “nowhere” that this result names."),
        (6, "The call “lost” has no result."),
        (7, "A call without an ID has no result."),
    ]


def test_a_result_that_names_no_call_is_told() -> None:
    read = conversation([calling("c1"), {"role": "tool", "content": "x"}])
    links = ToolLinks(mismatches=(ResultWithoutCall(1, None),))
    assert flags(ShownConversation(replace(read, links=links), {})) == [(1, "This result names no call.")]


def test_schemas_are_held_against_the_answers_calls() -> None:
    tools = [{"type": "function", "function": {"name": "f", "parameters": {"type": "object", "required": ["a"]}}}]
    body = completion(
        content=None, tool_calls=[{"id": "c", "type": "function", "function": {"name": "f", "arguments": "{}"}}]
    )
    seen = shown_conversation(inspected(body | {"tools": tools})).turn(0).pieces
    assert seen[1] == Line("fails its schema, valid JSON object", Tone.ERROR)


@pytest.mark.parametrize("role", ["user", "tool"])
def test_of_a_very_long_text_the_beginning_is_decoded_and_all_of_it_is_copied(role: str) -> None:
    text = "\u201cA line\u201d\n" * (VERY_LONG // 10)
    message = {"role": role, "content": text}
    (said,) = (piece for piece in pieces(message) if isinstance(piece, Said))
    assert said.text == text[:KEPT]
    assert said.size == f"{len(json.dumps(text)):,} bytes"
    assert said.beginning(20, 100) == (text[:20], True)
    assert said.beginning(KEPT + 20, 10**9) == (text[: KEPT + 20], True)
    assert said.beginning(10**9, 10**9) == (text, False)
    assert (said.whole, turn(message).text) == (text, text)


def test_of_a_very_long_value_the_beginning_is_shown_as_sent() -> None:
    values = list(range(VERY_LONG // 4))
    (said,) = (
        piece
        for piece in pieces({"role": "user", "content": {"type": "odd", "values": values}})
        if isinstance(piece, Said)
    )
    assert said.is_code
    assert said.layout is None
    assert len(said.text) == KEPT
    assert json.loads(said.whole)["values"] == values
    assert Said("Hi").size == "2 characters"

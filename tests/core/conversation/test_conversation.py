"""The turns of a conversation: which there are, in which order, from which text."""

import json
from typing import Any

import pytest
from hypothesis import given

from inspector.core.completion import read_completion, string_of
from inspector.core.conversation import conversation as words
from inspector.core.conversation.conversation import read_conversation
from inspector.core.conversation.parts import Audio, Other, Reasoning, Refusal, Text
from inspector.core.conversation.prompt import NotAsked, Prompt, PromptMessages, PromptUnavailable, Waiting, listed_in
from inspector.core.conversation.turn import Origin, Turn
from tests.conversations import carried, conversation, document, prompt
from tests.json_texts import json_texts, unhurried

HELLO = {"id": "m-0", "role": "user", "content": "Hello 👋", "content_parts": None, "name": "ann"}


def turn_of(message: Any) -> Turn:
    return conversation([message]).turns[0]


def said(turn: Turn) -> list[tuple[type, str | None]]:
    """The texts of a turn with the sort of their parts."""
    return [
        (type(part), string_of(part.said) if isinstance(part, Text | Refusal | Reasoning) else None)
        for part in turn.parts
    ]


def test_the_prompt_comes_first_and_then_an_answer_for_each_choice() -> None:
    shown = conversation([{"role": "system", "content": "Be kind."}, HELLO], {"role": "assistant"}, {"role": "x"})
    assert [(turn.number, turn.origin, turn.role) for turn in shown.turns] == [
        (0, Origin.PROMPT, "system"),
        (1, Origin.PROMPT, "user"),
        (2, Origin.ANSWER, "assistant"),
        (3, Origin.ANSWER, "x"),
    ]
    assert [turn.pointer for turn in shown.turns] == ["/data/0", "/data/1", "/choices/0/message", "/choices/1/message"]
    assert (shown.prompt_count, shown.notice) == (2, "")
    assert string_of(shown.turns[1].name) == "ann"
    assert shown.turns[0].name is None


def test_every_page_is_told_and_each_turn_stands_in_its_own() -> None:
    pages = prompt(
        [{"role": "system", "content": "1"}, {"role": "user", "content": "2"}], [{"role": "user", "content": "3"}]
    )
    turns = read_conversation(pages, None).turns
    assert [turn.pointer for turn in turns] == ["/data/0", "/data/1", "/data/0"]
    assert [turn.node.document for turn in turns] == [pages.pages[0], pages.pages[0], pages.pages[1]]
    assert [said(turn)[0][1] for turn in turns] == ["1", "2", "3"]


def test_a_page_may_be_the_bare_array_and_one_without_a_list_holds_nothing() -> None:
    bare, odd = document([HELLO]), document({"data": {"0": HELLO}})
    assert listed_in(bare) == bare.root
    assert listed_in(odd) is None
    assert [node.pointer for node in PromptMessages((odd, bare)).messages] == ["/0"]


def test_messages_that_the_body_carries_are_used_and_it_is_said() -> None:
    shown = carried([HELLO], {"role": "assistant", "content": "Hi"})
    assert [(turn.origin, turn.pointer) for turn in shown.turns] == [
        (Origin.BODY, "/input_messages/0"),
        (Origin.ANSWER, "/choices/0/message"),
    ]
    assert "input_messages" in shown.notice


@pytest.mark.parametrize("carried_messages", [[], None, {}, "text"])
def test_a_body_that_carries_no_messages_leaves_the_prompt_to_the_service(carried_messages: Any) -> None:
    body = read_completion(document({"input_messages": carried_messages, "choices": []}))
    assert [turn.origin for turn in read_conversation(prompt([HELLO]), body).turns] == [Origin.PROMPT]


@pytest.mark.parametrize(
    ("state", "notice"),
    [
        (NotAsked(), words.NOT_ASKED),
        (Waiting(), words.WAITING),
        (PromptUnavailable("The service has none."), "The service has none."),
        (prompt([], notice="The end is missing."), "The end is missing."),
        (prompt([]), ""),
    ],
)
def test_one_sentence_tells_what_is_with_the_prompt(state: Prompt, notice: str) -> None:
    shown = read_conversation(state, read_completion(document({"choices": [{"message": {"role": "assistant"}}]})))
    assert shown.notice == notice
    assert [turn.origin for turn in shown.turns] == [Origin.ANSWER]


def test_nothing_at_all_is_an_empty_conversation() -> None:
    assert read_conversation(NotAsked(), None).turns == ()


@pytest.mark.parametrize("odd", ["text", 17, None, [1, {"type": "text", "text": "x"}], True])
def test_an_entry_that_is_no_message_is_still_a_turn(odd: Any) -> None:
    turn = turn_of(odd)
    assert (turn.role, turn.name, turn.message, turn.calls, turn.tool_call_id) == ("", None, None, (), None)
    assert turn.node.text == json.dumps(odd)


def test_a_choice_without_a_message_is_a_turn_of_its_own_json() -> None:
    body = read_completion(document({"choices": [{"text": "old", "tool_calls": [{"id": "x"}]}]}))
    (turn,) = read_conversation(NotAsked(), body).turns
    assert (turn.pointer, turn.role, turn.calls) == ("/choices/0", "", ())
    assert turn.parts == (Other(turn.node),)
    assert turn.choice is body.choices[0]


def test_an_answer_says_what_it_thought_said_refused_and_spoke() -> None:
    message = {
        "role": "assistant",
        "content": "Yes.",
        "refusal": "No.",
        "reasoning": "Hm.",
        "reasoning_details": [{"type": "reasoning.text", "text": "Hm."}],
        "audio": {"data": "AAAA", "transcript": "Yes!"},
    }
    turn = conversation([], message).turns[0]
    assert said(turn) == [(Reasoning, "Hm."), (Text, "Yes."), (Refusal, "No."), (Audio, None)]
    assert turn.text_bytes == len("Hm." + "Yes." + "No.")


def test_thinking_that_comes_in_details_alone_is_told() -> None:
    message = {"reasoning_content": "", "reasoning_details": [{"text": "a"}, {"summary": "b"}, {"data": "c"}, "d", 4]}
    assert said(turn_of(message)) == [(Reasoning, "a"), (Reasoning, "b"), (Reasoning, "d")]


@pytest.mark.parametrize(
    "empty", [{"content": None}, {"content": ""}, {}, {"refusal": "", "audio": None, "content": []}]
)
def test_what_is_empty_is_no_part(empty: dict[str, Any]) -> None:
    assert turn_of({"role": "assistant"} | empty).parts == ()


PARTS = [{"type": "text", "text": "a"}, {"type": "text", "text": "b"}]


@pytest.mark.parametrize("content", [None, ..., "", "ab", "a\nb"])
def test_content_that_its_parts_say_once_more_is_not_told_twice(content: Any) -> None:
    message = {"role": "user", "content_parts": PARTS} | ({} if content is ... else {"content": content})
    assert said(turn_of(message)) == [(Text, "a"), (Text, "b")]


@pytest.mark.parametrize(("content", "told"), [("ac", "ac"), ([{"type": "text", "text": "c"}], "c")])
def test_content_that_says_something_else_than_its_parts_is_told_too(content: Any, told: str) -> None:
    turn = turn_of({"role": "user", "content": content, "content_parts": PARTS})
    assert said(turn) == [(Text, told), (Text, "a"), (Text, "b")]


def test_the_calls_of_an_earlier_turn_are_judged_like_those_of_the_answer() -> None:
    calls = [None, {"id": "c", "function": {"name": "f", "arguments": "{'a': 1}"}}]
    turn = turn_of({"role": "assistant", "tool_calls": calls, "function_call": {"name": "g", "arguments": "{}"}})
    assert [(call.name, call.arguments.verdict.value, call.pointer) for call in turn.calls] == [
        ("f", "invalid", "/data/0/tool_calls/1"),
        ("g", "object", "/data/0/function_call"),
    ]


def test_texts_are_exact() -> None:
    raw = rb'{"data": [{"role": "us\u0065r", "content": "1.0 \ud83d \u0000\r\n \u202e", "content": "last \u00e9"}]}'
    (turn,) = read_conversation(PromptMessages((document(raw),)), None).turns
    assert turn.role == "user"
    assert said(turn) == [(Text, "last é")]
    assert [child.raw for child in turn.node.children()][1] == rb'"1.0 \ud83d \u0000\r\n \u202e"'


@unhurried
@given(json_texts())
def test_whatever_a_list_and_a_body_hold_can_be_looked_at(text: str) -> None:
    page = document(
        f'{{"data": [{text}, {{"role": "tool", "content": {text}, "tool_calls": {text}}}]}}'.encode(
            "utf-8", "surrogatepass"
        )
    )
    body = read_completion(
        document(
            f'{{"choices": [{{"message": {{"content": {text}, "audio": {text}}}}}]}}'.encode("utf-8", "surrogatepass")
        )
    )
    shown = read_conversation(PromptMessages((page,)), body)
    assert len(shown.turns) == 3
    for turn in shown.turns:
        assert turn.text_bytes >= sum(len(text) for _, text in said(turn) if text)
        assert [call.node.document for call in turn.calls] == [turn.node.document] * len(turn.calls)


def test_of_very_many_choices_the_first_are_in_it_and_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "LOOKED_THROUGH", 2)
    choice = {"index": 0, "message": {"role": "assistant", "content": "yes"}}
    for count, notice in ((2, ""), (3, "Of 3 choices the first 2 are shown here.")):
        completion = read_completion(document({"choices": [choice] * count}))
        found = read_conversation(prompt([{"role": "user", "content": "Well?"}]), completion)
        assert [turn.role for turn in found.turns] == ["user", "assistant", "assistant"]
        assert found.notice == notice

"""Which result belongs to which call, and every way in which they do not match."""

from typing import Any

import pytest

from inspector.core.conversation import tool_links
from inspector.core.conversation.conversation import read_conversation
from inspector.core.conversation.prompt import NotAsked
from inspector.core.conversation.tool_links import (
    AnsweredAgain,
    CallPlace,
    CallWithoutResult,
    Mismatch,
    ResultBeforeCall,
    ResultWithoutCall,
    SameId,
)
from tests.conversations import calling, carried, conversation, prompt, result

USER = {"role": "user", "content": "Go on"}
ANSWER = {"role": "assistant", "content": "Done"}


def mismatches(*messages: Any) -> tuple[Mismatch, ...]:
    return conversation(messages, ANSWER).links.mismatches


def test_results_find_their_calls_in_whatever_order_they_come() -> None:
    links = conversation([USER, calling("a", "b"), result("b"), result("a"), calling("c"), result("c")], ANSWER).links
    assert links.mismatches == ()
    assert links.results == {CallPlace(1, 0): 3, CallPlace(1, 1): 2, CallPlace(4, 0): 5}
    assert links.calls == {2: CallPlace(1, 1), 3: CallPlace(1, 0), 5: CallPlace(4, 0)}


def test_ids_that_come_again_in_the_next_round_are_matched_in_their_own_round() -> None:
    links = conversation([calling("0"), result("0"), calling("0"), result("0")], ANSWER).links
    assert links.mismatches == ()
    assert links.calls == {1: CallPlace(0, 0), 3: CallPlace(2, 0)}


def test_a_result_goes_to_the_latest_round_and_only_then_to_an_earlier_one() -> None:
    links = conversation([calling("0"), calling("0"), result("0"), result("0")], ANSWER).links
    assert links.calls == {2: CallPlace(1, 0), 3: CallPlace(0, 0)}
    assert links.mismatches == ()


def test_the_old_form_is_matched_by_name() -> None:
    call = {"role": "assistant", "function_call": {"name": "f", "arguments": "{}"}}
    links = conversation([call, {"role": "function", "name": "f", "content": "1"}], ANSWER).links
    assert links.calls == {1: CallPlace(0, 0)}
    assert links.mismatches == ()


def test_a_result_of_no_call() -> None:
    assert mismatches(USER, result("x")) == (ResultWithoutCall(1, "x"),)
    assert mismatches(calling("a"), result("a"), result("x")) == (ResultWithoutCall(2, "x"),)


def test_a_call_of_an_earlier_turn_that_nothing_answers() -> None:
    assert mismatches(calling("a", "b"), result("b"), USER) == (CallWithoutResult(CallPlace(0, 0), "a"),)
    assert mismatches(calling(None), USER) == (CallWithoutResult(CallPlace(0, 0), None),)


def test_calls_of_the_answer_wait_for_nothing() -> None:
    assert conversation([USER], calling("a"), calling("b")).links.mismatches == ()


def test_without_an_answer_the_last_turn_is_the_last_that_was_said() -> None:
    assert read_conversation(prompt([USER, calling("a")]), None).links.mismatches == ()
    open_call = read_conversation(prompt([calling("a"), USER]), None).links.mismatches
    assert open_call == (CallWithoutResult(CallPlace(0, 0), "a"),)


def test_where_the_end_is_missing_no_call_is_said_to_be_open() -> None:
    assert conversation([calling("a"), USER], ANSWER, notice="The end is missing.").links.mismatches == ()


def test_a_call_answered_twice() -> None:
    again = mismatches(calling("a"), result("a"), result("a"))
    assert again == (AnsweredAgain(2, CallPlace(0, 0), 1, "a"),)


def test_a_result_before_its_call() -> None:
    links = conversation([result("a"), calling("a"), USER], ANSWER).links
    assert links.mismatches == (ResultBeforeCall(0, CallPlace(1, 0), "a"),)
    assert (links.calls, links.results) == ({0: CallPlace(1, 0)}, {CallPlace(1, 0): 0})


def test_a_call_answered_before_and_after() -> None:
    assert mismatches(result("a"), calling("a"), result("a")) == (
        ResultBeforeCall(0, CallPlace(1, 0), "a"),
        AnsweredAgain(2, CallPlace(1, 0), 0, "a"),
    )


def test_two_calls_of_one_turn_with_the_same_id() -> None:
    links = conversation([calling("a", "a"), result("a"), result("a")], ANSWER).links
    assert links.mismatches == (SameId(CallPlace(0, 1), CallPlace(0, 0), "a"),)
    assert links.calls == {1: CallPlace(0, 0), 2: CallPlace(0, 1)}


def test_of_very_many_calls_that_nothing_answers_the_first_are_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tool_links, "MOST_UNANSWERED", 3)
    answer = calling("a", "a", "b", "b")
    assert conversation([USER], answer).links.mismatches == (SameId(CallPlace(1, 1), CallPlace(1, 0), "a"),)
    told = conversation([calling("c"), result("c")], answer).links.mismatches
    assert told == (SameId(CallPlace(2, 1), CallPlace(2, 0), "a"), SameId(CallPlace(2, 3), CallPlace(2, 2), "b"))
    assert mismatches(calling("a", "b", "c", "d"), USER) == tuple(
        CallWithoutResult(CallPlace(0, place), name) for place, name in enumerate("abcd")
    )


@pytest.mark.parametrize("unsaid", [{}, {"tool_call_id": None}, {"tool_call_id": ""}, {"tool_call_id": 4}])
def test_a_list_that_tells_no_ids_of_results_is_not_judged_by_them(unsaid: dict[str, Any]) -> None:
    nameless = {"role": "tool", "content": "7"} | unsaid
    assert mismatches(calling("a"), nameless, ANSWER, USER) == ()


def test_a_result_without_an_id_among_others_belongs_to_nothing_that_is_known() -> None:
    messages = [calling("a"), result("a"), calling("b"), {"role": "tool", "content": "7"}, calling("c"), USER]
    assert mismatches(*messages) == (ResultWithoutCall(3, None), CallWithoutResult(CallPlace(4, 0), "c"))


def test_the_body_s_own_messages_are_what_was_sent_so_a_result_must_name_its_call() -> None:
    shown = carried([calling("a"), {"role": "tool", "content": "7"}], ANSWER)
    assert shown.links.mismatches == (ResultWithoutCall(1, None),)


def test_entries_that_are_no_calls_have_no_place() -> None:
    message = {"role": "assistant", "tool_calls": [None, {"id": "a"}, "x", {"id": "b"}], "function_call": 3}
    shown = conversation([message, result("b"), result("a")], ANSWER)
    assert shown.links.calls == {1: CallPlace(0, 1), 2: CallPlace(0, 0)}
    assert [call.pointer for call in shown.turns[0].calls] == ["/data/0/tool_calls/1", "/data/0/tool_calls/3"]


def test_a_choice_without_a_message_calls_nobody() -> None:
    assert read_conversation(NotAsked(), None).links.calls == {}


def test_ten_thousand_calls_of_one_id_are_linked_without_looking_at_each_other() -> None:
    rounds = 5_000
    links = conversation([*(calling("a") for _ in range(rounds)), *(result("a") for _ in range(rounds))], ANSWER).links
    assert links.mismatches == ()
    assert len(links.calls) == rounds

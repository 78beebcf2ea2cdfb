"""Results and calls of the prompt: in a body that carries it, where findings have a place, and in the service's list."""

from inspector.core.conversation.prompt import NotAsked, PromptUnavailable
from inspector.core.inspection import inspect_again, inspect_file, with_prompt
from tests.conversations import calling, prompt, result
from tests.core.rules.conftest import NOW, edited

USER = {"role": "user", "content": "Go on"}


def carrying(*messages: object) -> dict[str, object]:
    return {"/input_messages": [USER, *messages]}


FIRES = [
    (
        "result-without-call",
        carrying(result("x")),
        "/input_messages/1",
        "Message 2 of the prompt is a tool result that answers “x”, which nothing called.",
    ),
    (
        "result-without-call",
        carrying({"role": "tool", "content": "7"}),
        "/input_messages/1",
        "Message 2 of the prompt is a tool result that names no call.",
    ),
    (
        "result-without-call",
        carrying(result("a"), calling("a")),
        "/input_messages/1",
        "Message 2 of the prompt is the result of “a”, which is called only later.",
    ),
    (
        "result-without-call",
        carrying(calling("a"), result("a"), result("b\u202e\n" * 99)),
        "/input_messages/3",
        "Message 4 of the prompt is a tool result that answers “b",
    ),
    (
        "call-answered-twice",
        carrying(calling("a"), result("a"), result("a")),
        "/input_messages/3",
        "Message 4 of the prompt answers “a” again, after message 3 of the prompt.",
    ),
    (
        "call-never-answered",
        carrying(calling("a", "b"), result("b")),
        "/input_messages/1",
        "The call of “look_up”, ID “a”, in message 2 of the prompt has no result.",
    ),
    (
        "call-never-answered",
        carrying({"role": "assistant", "tool_calls": [{"function": {}}]}),
        "/input_messages/1",
        "The call in message 2 of the prompt has no result.",
    ),
]
QUIET = [
    ("result-without-call", carrying(calling("a"), result("a"))),
    ("result-without-call", {"/choices/0/message/role": "tool"}),
    ("call-answered-twice", carrying(calling("a"), result("a"), calling("a"), result("a"))),
    ("call-never-answered", carrying(calling("a"), result("a"))),
    ("call-never-answered", {"/choices/0/message/tool_calls": calling("a")["tool_calls"]}),
]


def test_fires(fires) -> None:  # type: ignore[no-untyped-def]
    fires()


def test_stays_quiet(quiet) -> None:  # type: ignore[no-untyped-def]
    quiet()


def test_findings_over_the_service_s_list_have_no_place_in_the_body() -> None:
    alone = inspect_file(edited({"/created": None}), "saved.json", NOW)
    told = with_prompt(alone, prompt([USER, result("x")]))
    (found,) = told.findings[len(alone.findings) :]
    assert alone.findings == told.findings[:-1] != ()
    assert (found.rule, found.severity.word, found.pointer) == ("result-without-call", "warning", "")
    assert "Message 2 of the prompt" in found.message


def test_a_second_answer_about_the_prompt_takes_the_place_of_the_first() -> None:
    told = with_prompt(inspect_file(edited({}), "saved.json", NOW), prompt([USER, result("x")]))
    assert [found.rule for found in told.findings] == ["result-without-call"]
    assert with_prompt(told, PromptUnavailable("No.")).findings == ()
    assert with_prompt(told, NotAsked()).prompt == NotAsked()


def test_an_answer_that_is_judged_again_keeps_its_prompt() -> None:
    told = with_prompt(inspect_file(edited({}), "saved.json", NOW), prompt([USER, result("x")]))
    again = inspect_again(told, None, NOW)
    assert (again.prompt, again.findings) == (told.prompt, told.findings)

"""What is told before several completions are fetched."""

import pytest

from inspector.core.candidates import find_candidates
from inspector.core.confirmation import Confirmation
from tests.pasted_log import pasted_log


def test_a_log_is_told_in_figures_and_kinds() -> None:
    told = Confirmation.of(find_candidates(pasted_log().text))
    assert told.total == 300
    assert told.sentence(300) == (
        "300 completions will be fetched. They are mentioned in 505 more places, and each is fetched once. 144 other IDs are "
        "left out, as they do not name completions: 36 tool calls, 24 requests, 12 runs, 12 messages, 12 UUIDs, 12 threads, "
        "12 spans, 12 responses, 12 traces."
    )


@pytest.mark.parametrize(
    ("checked", "begun"),
    [
        (2, "2 completions will be fetched."),
        (1, "1 of 2 completions will be fetched."),
        (0, "None of the 2 completions will be fetched: check those that are wanted."),
    ],
)
def test_it_follows_what_is_checked(checked: int, begun: str) -> None:
    assert Confirmation.of(find_candidates("chatcmpl-a, chatcmpl-b")).sentence(checked) == begun


def test_one_of_anything_is_told_as_one() -> None:
    told = Confirmation.of(find_candidates("see chatcmpl-a, chatcmpl-b and call_ab12cd of chatcmpl-a"))
    assert told.sentence(2) == (
        "2 completions will be fetched. They are mentioned in one more place, and each is fetched once. 1 other ID is left "
        "out, as it does not name a completion: 1 tool call."
    )


def test_what_could_not_be_read_is_told_too() -> None:
    broken = find_candidates("id,x\nabc123x,y\nabc124x,y\na\rb c\nchatcmpl-abc,w")
    assert broken.note
    assert Confirmation.of(broken).sentence(3) == f"3 completions will be fetched. {broken.note}"

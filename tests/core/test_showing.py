"""What the window needs of an answer at first sight."""

import pytest

from inspector.core.moment import Moment
from inspector.core.outline.showing import Showing, is_long, showing_of
from tests.answers import NOW, Body, answered, calling, completion, saved


def shown(body: Body, status: int = 200) -> Showing:
    return showing_of(answered(body, status=status), Moment(NOW))


def test_the_first_row_is_that_of_the_first_error() -> None:
    assert shown(calling("{")).first.pointer == "/choices/0/message/tool_calls/0/function/arguments"


def test_without_an_error_the_whole_answer_is_looked_at_first() -> None:
    showing = shown(completion({"content": "fine"}))
    assert showing.first is showing.outline.root
    assert showing.summary is not None
    assert "gpt-4o" in showing.summary.facts
    assert showing.status.startswith("Received ")


@pytest.mark.parametrize("body", [b"nope", b'{"error": {"message": "no"}}'])
def test_what_is_no_completion_has_no_summary(body: bytes) -> None:
    showing = shown(body, status=404)
    assert showing.summary is None
    assert showing.status.startswith("No completion: ")


@pytest.mark.parametrize(
    ("body", "long"),
    [
        (b"[" + b"1," * 20_000 + b"1]", True),
        (b"[" + b"1," * 10_000 + b"1]", False),
        (b"no JSON", False),
    ],
)
def test_many_values_make_it_long(body: bytes, long: bool) -> None:
    assert is_long(saved(body)) is long

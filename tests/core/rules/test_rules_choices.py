"""The list of choices: presence, shape and order."""

from collections.abc import Callable
from typing import Any


def choice(index: Any, **more: Any) -> dict[str, Any]:
    return {"index": index, "message": {"role": "assistant", "content": "Yes."}, "finish_reason": "stop", **more}


FIRES = [
    ("no-choices", {"/choices": ...}, "", "no “choices”"),
    ("no-choices", {"/choices": None}, "/choices", "is null"),
    ("no-choices", {"/choices": {"0": choice(0)}}, "/choices", "is an object"),
    ("no-choices", {"/choices": []}, "/choices", "empty array"),
    ("choice-not-an-object", {"/choices": [choice(0), None]}, "/choices/1", "Choice 2 is null"),
    ("choice-without-message", {"/choices/0/message": ...}, "/choices/0", "no “message”"),
    ("choice-without-message", {"/choices/0/message": "Yes."}, "/choices/0/message", "is text, where an object"),
    ("choice-without-message", {"/choices/0": {"index": 0, "delta": {}}}, "/choices/0", "streamed answer"),
    ("choice-without-message", {"/choices/0": {"index": 0, "text": "Yes."}}, "/choices/0", "old completions API"),
    ("choice-index", {"/choices/0/index": ...}, "/choices/0", "Choice 1 has no “index”"),
    ("choice-index", {"/choices/0/index": None}, "/choices/0/index", "is null"),
    ("choice-index", {"/choices/0/index": -1}, "/choices/0/index", "is -1, not a count"),
    ("choice-index", {"/choices/0/index": "0"}, "/choices/0/index", "is “0”"),
    (
        "repeated-choice-index",
        {"/choices": [choice(0), choice(1), choice(0)]},
        "/choices/2/index",
        "the index 0 of choice 1",
    ),
    ("choice-order", {"/choices": [choice(2), choice(0), choice(1)]}, "/choices", "the order 2, 0, 1."),
    ("choice-order", {"/choices": [choice(9 - place) for place in range(10)]}, "/choices", "9, 8, 7, 6, 5, 4, 3, 2 …"),
    ("choice-order", {"/choices": [choice(0), choice(2)]}, "/choices", "of 3 choices some did not come"),
    ("choice-order", {"/choices/0/index": 1}, "/choices", "of 2 choices some"),
]
QUIET = [
    ("no-choices", {}),
    ("no-choices", {"/choices": None, "/error": {"message": "no"}}),
    ("no-choices", {"body": b"[]"}),
    ("choice-not-an-object", {"/choices": [choice(0), {}]}),
    ("choice-not-an-object", {"/choices": 1}),
    ("choice-without-message", {"/choices/0/message": {}}),
    ("choice-index", {"/choices": [choice(0), choice(1)]}),
    ("repeated-choice-index", {"/choices": [choice(0), choice(1), choice(None)]}),
    ("choice-order", {"/choices": [choice(0), choice(1), choice(2)]}),
    ("choice-order", {"/choices": [choice(0), choice(None), choice(2)]}),
    ("choice-order", {"/choices": [choice(1), choice(1)]}),
    ("choice-order", {"/choices": []}),
]


def test_fires(fires: Callable[[], None]) -> None:
    fires()


def test_stays_quiet(quiet: Callable[[], None]) -> None:
    quiet()

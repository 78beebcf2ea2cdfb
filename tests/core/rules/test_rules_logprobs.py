"""Log probabilities that are none."""

from collections.abc import Callable
from typing import Any

LOGPROBS = "/choices/0/logprobs"


def tokens(*logprobs: Any) -> dict[str, Any]:
    return {
        LOGPROBS: {"content": [{"token": '"logprob": 5', "logprob": each, "top_logprobs": []} for each in logprobs]}
    }


FIRES = [
    (
        "logprob-sentinel",
        tokens(-0.1, -9999.0, -9999),
        f"{LOGPROBS}/content/1/logprob",
        "2 log probabilities of -9999",
    ),
    ("logprob-above-zero", tokens(-0.1, 0.25), f"{LOGPROBS}/content/1/logprob", "The log probability is 0.25"),
    (
        "logprob-above-zero",
        {LOGPROBS: ('{"content": [{"logprob": 3e-2}]}',)},
        f"{LOGPROBS}/content/0/logprob",
        "is 3e-2",
    ),
]
QUIET = [
    ("logprob-sentinel", tokens(-0.1, -9999.5, -99990)),
    ("logprob-sentinel", {LOGPROBS: ...}),
    ("logprob-above-zero", tokens(-0.1, 0, 0.0, -3)),
    ("logprob-above-zero", {}),
]


def test_fires(fires: Callable[[], None]) -> None:
    fires()


def test_stays_quiet(quiet: Callable[[], None]) -> None:
    quiet()

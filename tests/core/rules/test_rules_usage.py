"""The audit of the token counts."""

from collections.abc import Callable

FIRES = [
    ("usage-not-reported", {"/usage": None}, "/usage", "null: not reported"),
    ("usage-not-reported", {"/usage": ...}, "", "has no “usage”"),
    ("usage-not-reported", {"/usage": [1]}, "/usage", "is an array"),
    ("usage-sum", {"/usage/total_tokens": 99}, "/usage/total_tokens", "21 + 11 is 32, but the total says 99 (+67)"),
    ("token-count-out-of-range", {"/usage/prompt_tokens": -1}, "/usage/prompt_tokens", "“prompt_tokens” is -1"),
    (
        "token-count-out-of-range",
        {"/usage/completion_tokens_details": {"reasoning_tokens": -5}},
        "/usage/completion_tokens_details/reasoning_tokens",
        "-5",
    ),
    (
        "token-count-out-of-range",
        {"/usage/x_details": ('{"x_details":' * 2000 + '{"a_tokens": -7}' + "}" * 2000,)},
        "/usage" + "/x_details" * 999,
        "“a_tokens” is -7",
    ),
    ("token-count-out-of-range", {"/usage/total_tokens": 2**31}, "/usage/total_tokens", "2,147,483,648"),
    ("token-count-out-of-range", {"/usage/total_tokens": ("1" * 5000,)}, "/usage/total_tokens", "5,000 digits"),
    (
        "reasoning-exceeds-completion",
        {"/usage/completion_tokens_details": {"reasoning_tokens": 12}},
        "/usage/completion_tokens_details/reasoning_tokens",
        "12 reasoning tokens of 11 completion tokens",
    ),
    (
        "cached-exceeds-prompt",
        {"/usage/prompt_tokens_details": {"cached_tokens": 22}},
        "/usage/prompt_tokens_details/cached_tokens",
        "22 cached tokens of 21 prompt tokens",
    ),
    (
        "prediction-exceeds-completion",
        {"/usage/completion_tokens_details": {"accepted_prediction_tokens": 6, "rejected_prediction_tokens": 6}},
        "/usage/completion_tokens_details/accepted_prediction_tokens",
        "6 + 6 accepted prediction tokens and rejected prediction tokens of 11",
    ),
    (
        "cache-split",
        {"/usage/prompt_cache_hit_tokens": 16, "/usage/prompt_cache_miss_tokens": 16},
        "/usage/prompt_cache_hit_tokens",
        "16 hits and 16 misses make 32, but the prompt has 21 tokens",
    ),
    ("nothing-counted", {"/usage/completion_tokens": 0}, "/usage/completion_tokens", "not empty"),
    (
        "nothing-counted",
        {
            "/usage/completion_tokens": 0,
            "/choices/0/message/content": None,
            "/choices/0/message/tool_calls": [
                {"id": "a", "type": "function", "function": {"name": "f", "arguments": "{}"}}
            ],
        },
        "/usage/completion_tokens",
        "not empty",
    ),
    ("reasoning-not-reported", {"/model": "o4-mini-2025-04-16"}, "/usage/completion_tokens_details", "is not reported"),
    (
        "reasoning-not-reported",
        {"/choices/0/message/reasoning_content": "Hm.", "/usage/completion_tokens_details": ...},
        "/usage",
        "is not reported",
    ),
]
QUIET = [
    ("usage-not-reported", {}),
    ("usage-not-reported", {"/usage": {}}),
    ("usage-not-reported", {"body": b'{"error": {"message": "no"}}'}),
    ("usage-sum", {"/usage/prompt_tokens": 88, "/usage/total_tokens": 99}),
    ("usage-sum", {"/usage/total_tokens": None}),
    ("usage-sum", {"/usage": None}),
    ("usage-sum", {"/usage/total_tokens": ("3.2e1",)}),
    ("token-count-out-of-range", {"/usage/total_tokens": 2**31 - 1, "/usage/prompt_tokens": 0}),
    ("token-count-out-of-range", {"/usage/total_time": -1, "/usage/total_tokens": ("1.5",), "/usage/cost": -1}),
    ("reasoning-exceeds-completion", {"/usage/completion_tokens_details": {"reasoning_tokens": 11}}),
    ("reasoning-exceeds-completion", {"/usage/completion_tokens_details": {"reasoning_tokens": None}}),
    ("cached-exceeds-prompt", {"/usage/prompt_tokens_details": {"cached_tokens": 21}}),
    ("cached-exceeds-prompt", {"/usage/prompt_tokens_details": []}),
    (
        "prediction-exceeds-completion",
        {"/usage/completion_tokens_details": {"accepted_prediction_tokens": 6, "rejected_prediction_tokens": 5}},
    ),
    ("cache-split", {"/usage/prompt_cache_hit_tokens": 16, "/usage/prompt_cache_miss_tokens": 5}),
    ("cache-split", {"/usage/prompt_cache_hit_tokens": 16}),
    ("nothing-counted", {"/usage/completion_tokens": 0, "/choices/0/message/content": " "}),
    ("nothing-counted", {"/usage/completion_tokens": 0, "/choices/0/message": None}),
    ("reasoning-not-reported", {}),
    ("reasoning-not-reported", {"/model": "gpt-5", "/usage/completion_tokens_details": {"reasoning_tokens": 0}}),
    ("reasoning-not-reported", {"/model": "gpt-5", "/usage": None}),
    ("reasoning-not-reported", {"/model": "gpt-5", "/usage": {"reasoning_tokens": 3}}),
    ("reasoning-not-reported", {"/choices/0/message/reasoning": None, "/choices/0/message/reasoning_content": ""}),
    ("reasoning-not-reported", {"/choices/0/message": None}),
]


def test_fires(fires: Callable[[], None]) -> None:
    fires()


def test_stays_quiet(quiet: Callable[[], None]) -> None:
    quiet()

"""The reason for the end, held against the message."""

from collections.abc import Callable

REASON = "/choices/0/finish_reason"
MESSAGE = "/choices/0/message"
CALL = {"id": "call_7", "type": "function", "function": {"name": "track", "arguments": "{}"}}
CALLING = {"role": "assistant", "content": None, "tool_calls": [CALL]}
LEGACY = {"role": "assistant", "content": None, "function_call": CALL["function"]}

FIRES = [
    ("finish-reason-missing", {REASON: ...}, "/choices/0", "Choice 1 has no “finish_reason”"),
    ("finish-reason-missing", {REASON: None}, REASON, "is null"),
    ("finish-reason-missing", {REASON: ""}, REASON, "is empty"),
    ("finish-reason-missing", {REASON: 3}, REASON, "is 3"),
    (
        "finish-reason-unknown",
        {REASON: "eos_token"},
        REASON,
        "“eos_token” is not one of the service's finish reasons; elsewhere it means “stop”",
    ),
    ("finish-reason-unknown", {REASON: "MAX_TOKENS"}, REASON, "elsewhere it means “length”"),
    ("finish-reason-unknown", {REASON: "tired"}, REASON, "finish reasons."),
    ("finish-reason-error", {REASON: "error"}, REASON, "the provider failed"),
    ("cut-off-by-limit", {REASON: "length"}, REASON, "token limit after 11 tokens"),
    ("cut-off-by-limit", {REASON: "length", "/usage": None}, REASON, "token limit; the answer"),
    ("cut-off-by-limit", {REASON: "max_tokens"}, REASON, "token limit"),
    ("content-filtered", {REASON: "content_filter"}, REASON, "a filter flagged it"),
    ("content-filtered", {REASON: "SAFETY"}, REASON, "a filter flagged it"),
    ("calls-missing", {REASON: "tool_calls"}, REASON, "“tool_calls”, but no tool is called"),
    ("calls-missing", {REASON: "function_call", f"{MESSAGE}/tool_calls": []}, REASON, "“function_call”, but"),
    ("calls-unannounced", {MESSAGE: CALLING}, REASON, "“stop”, but the message holds 1 tool call"),
    ("calls-unannounced", {MESSAGE: CALLING, REASON: "eos_token"}, REASON, "1 tool call"),
    (
        "finish-reason-of-other-form",
        {MESSAGE: LEGACY, REASON: "tool_calls"},
        REASON,
        "“tool_calls”, but the message holds “function_call”",
    ),
    (
        "finish-reason-of-other-form",
        {MESSAGE: CALLING, REASON: "function_call"},
        REASON,
        "the message holds “tool_calls”",
    ),
]
QUIET = [
    ("finish-reason-missing", {}),
    ("finish-reason-unknown", {REASON: "function_call"}),
    ("finish-reason-unknown", {REASON: "error"}),
    ("finish-reason-unknown", {REASON: None}),
    ("finish-reason-error", {REASON: "length"}),
    ("cut-off-by-limit", {}),
    ("content-filtered", {REASON: None}),
    ("calls-missing", {MESSAGE: CALLING, REASON: "tool_calls"}),
    ("calls-missing", {REASON: "tool_calls", MESSAGE: None}),
    ("calls-missing", {}),
    ("calls-unannounced", {MESSAGE: CALLING, REASON: "tool_calls"}),
    ("calls-unannounced", {MESSAGE: CALLING, REASON: "length"}),
    ("finish-reason-of-other-form", {MESSAGE: CALLING, REASON: "tool_calls"}),
    ("finish-reason-of-other-form", {MESSAGE: LEGACY, REASON: "function_call"}),
    ("finish-reason-of-other-form", {MESSAGE: {**CALLING, **LEGACY}, REASON: "tool_calls"}),
]


def test_fires(fires: Callable[[], None]) -> None:
    fires()


def test_stays_quiet(quiet: Callable[[], None]) -> None:
    quiet()

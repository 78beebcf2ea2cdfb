"""The outermost object."""

from collections.abc import Callable

FIRES = [
    ("body-not-an-object", {"body": b"[1]"}, "", "The body is an array"),
    ("body-not-an-object", {"body": b"null"}, "", "The body is null"),
    (
        "error-in-body",
        {"/error": {"message": "Provider returned error", "code": 502}},
        "/error",
        "The body says: “Provider returned error”.",
    ),
    ("error-in-body", {"/error": "Overloaded"}, "/error", "“Overloaded”"),
    ("error-in-body", {"/error": {"message": None, "type": "upstream"}}, "/error", "“upstream”"),
    ("error-in-body", {"/error": {"status": 7}}, "/error", '“{"status": 7}”'),
    ("error-in-body", {"/choices/0/error": {"code": 502}}, "/choices/0/error", "The body says: 502."),
    ("error-in-body", {"body": b'{"detail": "Not Found"}'}, "/detail", "“Not Found”"),
    ("error-in-body", {"body": b'{"code": 7, "message": "No such thing"}'}, "/message", "“No such thing”"),
    (
        "other-object",
        {"/object": "chat.completion.chunk"},
        "/object",
        "“chat.completion.chunk”, one piece of a streamed answer",
    ),
    ("other-object", {"/object": "thing"}, "/object", "“object” is “thing”, where"),
    ("empty-identity", {"/id": ""}, "/id", "“id” is empty"),
    ("empty-identity", {"/model": " "}, "/model", "“model” is only white space"),
    ("unknown-service-tier", {"/service_tier": "gold"}, "/service_tier", "“gold”; known are auto, default, fast"),
    (
        "moderation-flagged",
        {
            "/moderation": {"output": {"results": [{"flagged": True, "model": True}, {"flagged": False}]}},
            "/other": {"flagged": True},
        },
        "/moderation/output/results/0/flagged",
        "“flagged” is true in “the result”",
    ),
    (
        "moderation-flagged",
        {"/choices/0/content_filter_results": {"hate": {"filtered": True, "severity": "high"}}},
        "/choices/0/content_filter_results/hate/filtered",
        "“filtered” is true in “hate”",
    ),
]
QUIET = [
    ("body-not-an-object", {"body": b"{}"}),
    ("body-not-an-object", {"body": b"["}),
    ("error-in-body", {"/error": None}),
    ("error-in-body", {"/error": False, "/message": "hello"}),
    ("other-object", {}),
    ("other-object", {"/object": None}),
    ("empty-identity", {"/id": None}),
    ("empty-identity", {}),
    ("unknown-service-tier", {"/service_tier": "priority"}),
    ("unknown-service-tier", {"/service_tier": None}),
    ("moderation-flagged", {"/moderation": {"output": {"results": [{"flagged": False}, True]}}}),
    ("moderation-flagged", {"/flagged": True, "/choices/0/flagged": True}),
]


def test_fires(fires: Callable[[], None]) -> None:
    fires()


def test_stays_quiet(quiet: Callable[[], None]) -> None:
    quiet()

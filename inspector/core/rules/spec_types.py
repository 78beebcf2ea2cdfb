"""What spec rules know beyond `core.spec_fields`: the described types, and members that are sent without being described.

Source of the types: `resources/sudo-openapi.yaml`, schema ChatCompletion. `*` stands for any array index.
"""

_CHOICE, _MESSAGE = "/choices/*", "/choices/*/message"
_CALL = "/choices/*/message/tool_calls/*"

TYPES: dict[str, tuple[str, ...]] = {
    "/choices": ("array",),
    "/created": ("integer",),
    "/id": ("string",),
    "/model": ("string",),
    "/object": ("string",),
    "/service_tier": ("string", "null"),
    "/system_fingerprint": ("string", "null"),
    "/usage": ("object",),
    f"{_CHOICE}/finish_reason": ("string",),
    f"{_CHOICE}/index": ("integer",),
    f"{_CHOICE}/message": ("object",),
    f"{_MESSAGE}/content": ("string", "null"),
    f"{_MESSAGE}/refusal": ("string", "null"),
    f"{_MESSAGE}/role": ("string",),
    f"{_MESSAGE}/tool_calls": ("array", "null"),
    f"{_CALL}/function": ("object",),
    f"{_CALL}/id": ("string",),
    f"{_CALL}/type": ("string",),
    f"{_CALL}/function/arguments": ("string",),
    f"{_CALL}/function/name": ("string",),
    "/usage/completion_tokens": ("integer",),
    "/usage/prompt_tokens": ("integer",),
    "/usage/total_tokens": ("integer",),
}
"""The types by place; a member without an entry may be anything."""

TOLD_ELSEWHERE = frozenset(
    {
        "/choices",
        "/created",
        "/usage",
        "/error",
        f"{_CHOICE}/error",
        f"{_CHOICE}/finish_reason",
        f"{_CHOICE}/index",
        f"{_CHOICE}/message",
        f"{_MESSAGE}/content",
        f"{_MESSAGE}/function_call",
        f"{_CALL}/custom",
        f"{_CALL}/function",
        f"{_CALL}/id",
        f"{_CALL}/index",
        f"{_CALL}/function/arguments",
        f"{_CALL}/function/name",
    }
)
"""Places whose faults have a rule of their own."""

WELL_KNOWN: dict[str, frozenset[str]] = {
    "": frozenset(
        [
            "request_id",
            "seed",
            "tools",
            "tool_choice",
            "parallel_tool_calls",
            "response_format",
            "temperature",
            "top_p",
            "presence_penalty",
            "frequency_penalty",
            "metadata",
            "input_user",
            "moderation",
            "provider",
            "x_groq",
            "prompt_logprobs",
            "input_messages",
            "prompt_filter_results",
            "citations",
        ]
    ),
    _CHOICE: frozenset(["native_finish_reason", "stop_reason", "matched_stop", "content_filter_results"]),
    _MESSAGE: frozenset(
        ["reasoning_content", "reasoning", "reasoning_details", "thinking", "images", "name", "parsed"]
    ),
    _CALL: frozenset({"extra_content"}),
    f"{_CALL}/function": frozenset(),
    "/usage": frozenset(
        [
            "cost",
            "cost_details",
            "is_byok",
            "prompt_cache_hit_tokens",
            "prompt_cache_miss_tokens",
            "reasoning_tokens",
            "queue_time",
            "prompt_time",
            "completion_time",
            "total_time",
        ]
    ),
}
"""Members that providers are known to add, by the place of their object."""

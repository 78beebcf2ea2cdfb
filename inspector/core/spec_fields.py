"""Which fields the service's description knows, by place in a completion; `*` stands for any array index.

Source: `resources/sudo-openapi.yaml`, schema ChatCompletion. Below the untyped fields (annotations, audio, logprobs and
the usage details) nothing is known and so nothing is called unknown.
"""

FIELDS: dict[str, tuple[str, ...]] = {
    "": ("id", "object", "created", "model", "choices", "usage", "service_tier", "system_fingerprint"),
    "/choices/*": ("index", "message", "finish_reason", "logprobs"),
    "/choices/*/message": ("role", "content", "refusal", "tool_calls", "annotations", "audio"),
    "/choices/*/message/tool_calls/*": ("id", "type", "function"),
    "/choices/*/message/tool_calls/*/function": ("name", "arguments"),
    "/usage": (
        "prompt_tokens",
        "completion_tokens",
        "total_tokens",
        "prompt_tokens_details",
        "completion_tokens_details",
    ),
}
REQUIRED: dict[str, tuple[str, ...]] = {
    "": ("id", "object", "created", "model", "choices", "usage"),
    "/choices/*": ("index", "message", "finish_reason"),
    "/choices/*/message": ("role",),
    "/choices/*/message/tool_calls/*": ("id", "type", "function"),
    "/choices/*/message/tool_calls/*/function": ("name", "arguments"),
    "/usage": ("prompt_tokens", "completion_tokens", "total_tokens"),
}


def is_unknown(place: str) -> bool:
    """Whether the field at `place` stands in an object that the description knows, without being one of its fields."""
    parent, _, key = place.rpartition("/")
    known = FIELDS.get(parent)
    return bool(place) and known is not None and key != "*" and key not in known

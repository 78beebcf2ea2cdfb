"""IDs that people paste although they do not name a chat completion, known by how they begin."""

_KINDS = (
    ("resp_", "a response of the Responses API"),
    ("msg_", "a message"),
    ("gen-", "a generation of a router such as OpenRouter"),
    ("req_", "a request, not its completion"),
    ("req-", "a request, not its completion"),
    ("call_", "a tool call inside a completion"),
    ("toolu_", "a tool call inside a message"),
    ("chatcmpl-tool-", "a tool call inside a completion"),
    ("fc_", "a function call of the Responses API"),
    ("rs_", "a reasoning item of the Responses API"),
    ("cmpl-", "a text completion of the older Completions API"),
    ("run_", "a run of the Assistants API"),
    ("thread_", "a thread of the Assistants API"),
    ("asst_", "an assistant"),
    ("batch_", "a batch"),
    ("file-", "a file"),
    ("fp_", "a system fingerprint"),
    ("modr-", "a moderation"),
)


def foreign_id_cause(requested: str | None) -> str | None:
    """Why `requested` may be the wrong kind of ID, as a possible cause; None where it looks like any other ID."""
    if not requested:
        return None
    if requested.startswith("sk-"):
        return (
            "What was typed begins with “sk-”, as API keys do; the ID of a completion usually begins with “chatcmpl-”."
        )
    if "…" in requested or "..." in requested:
        return "The ID holds “…”, so it was probably copied from a place that shows only a part of it."
    for start, kind in sorted(_KINDS, key=lambda known: -len(known[0])):
        if requested.startswith(start):
            return f"The ID begins with “{start}”, as the ID of {kind} does; that of a completion usually begins with “chatcmpl-”."
    return None

"""All rules, in the order in which their findings are told: what came at all, what it means for a call, then the details.

A rule is one small generator (see `rule`), written in the module that is named after what it looks at.
"""

from inspector.core.findings import Rule
from inspector.core.rules import (
    annotations,
    arguments,
    call_forms,
    calls,
    choices,
    controls,
    conversation,
    created,
    envelope,
    finish_reason,
    hidden_text,
    keys,
    logprobs,
    message,
    numbers,
    response,
    spec,
    tools,
    usage,
)

ALL_RULES: tuple[Rule, ...] = (
    *response.RULES,
    *envelope.RULES,
    *choices.RULES,
    *finish_reason.RULES,
    *arguments.RULES,
    *tools.RULES,
    *calls.RULES,
    *call_forms.RULES,
    *message.RULES,
    *keys.RULES,
    *numbers.RULES,
    *hidden_text.RULES,
    *controls.RULES,
    *annotations.RULES,
    *usage.RULES,
    *created.RULES,
    *logprobs.RULES,
    *spec.RULES,
    *conversation.RULES,
)

"""One line on an inspection: what the table of completions shows and the filter asks.

Small and flat, so that ten thousand are nothing: texts are cut at 200 characters, and of parts the first thousand are kept.
"""

from collections import Counter
from dataclasses import dataclass
from pathlib import PurePath

from inspector.core.completion import Choice, Completion, count_of, string_of
from inspector.core.findings import Severity
from inspector.core.inspection import Checks, Inspection
from inspector.core.json.document import KIND_WORDS, Kind
from inspector.core.moment import likely_seconds

_MOST_CHARACTERS = 200
_MOST_PARTS = 1_000


@dataclass(frozen=True, slots=True)
class Digest:
    """`id` is the ID asked for, or the file's name. `problem` is the kind of the problem, where there is one.

    `finish_reasons` has one a choice, in order: text as sent, `absent` where there is none, anything else as spelled (`null`).
    `tools` (names, "" where there is none), `verdicts` and `schema` have one a call; `causes` one a faulty call, where known.
    `created` and `fetched_at` are Unix seconds. `counts` are the findings: infos, warnings, errors. `rules` are those that fired.
    Where it is not `is_checked`, nothing was looked for: there are no findings and no `schema`.
    """

    id: str
    status: int | None
    problem: str | None
    created: float | None
    model: str | None
    finish_reasons: tuple[str, ...]
    tools: tuple[str, ...]
    verdicts: tuple[str, ...]
    causes: tuple[str, ...]
    schema: tuple[str, ...]
    worst: Severity | None
    counts: tuple[int, int, int]
    rules: frozenset[str]
    prompt_tokens: int | None
    completion_tokens: int | None
    total_tokens: int | None
    elapsed_ms: float | None
    fetched_at: float | None
    size: int
    is_checked: bool = False


def digest_of(inspection: Inspection) -> Digest:
    """The one line on an inspection."""
    completion, received, problem = inspection.completion, inspection.received, inspection.problem
    calls = list(completion.first_calls(_MOST_PARTS)) if completion else []
    choices = completion.choices[:_MOST_PARTS] if completion else ()
    causes = (call.arguments.cause for call in calls if call.arguments.is_faulty)
    is_checked = inspection.checks is Checks.DONE
    counts = Counter(finding.severity for finding in inspection.findings)
    return Digest(
        id=_short(_name(inspection)),
        status=received.status if received else None,
        problem=problem.kind if problem else None,
        created=likely_seconds(completion.created) if completion else None,
        model=_model(completion),
        finish_reasons=tuple(_short(_finish_reason(choice)) for choice in choices),
        tools=tuple(_short(call.name or "") for call in calls),
        verdicts=tuple(call.arguments.verdict.value for call in calls),
        causes=tuple(cause.value for cause in causes if cause is not None),
        schema=tuple(inspection.schemas[call.pointer].verdict.value for call in calls) if is_checked else (),
        worst=inspection.worst,
        counts=(counts[Severity.INFO], counts[Severity.WARNING], counts[Severity.ERROR]),
        rules=frozenset(finding.rule for finding in inspection.findings),
        prompt_tokens=_tokens(completion, "prompt_tokens"),
        completion_tokens=_tokens(completion, "completion_tokens"),
        total_tokens=_tokens(completion, "total_tokens"),
        elapsed_ms=received.timings.last_byte_ms if received else None,
        fetched_at=inspection.source.fetched_at,
        size=inspection.size,
        is_checked=is_checked,
    )


def nothing_yet(name: str, problem: str | None = None) -> Digest:
    """The line of what was not fetched yet, or never can be."""
    none = (None,) * 3
    return Digest(
        _short(name), None, problem, None, None, (), (), (), (), (), None, (0, 0, 0), frozenset(), *none, None, None, 0
    )


def _name(inspection: Inspection) -> str:
    return inspection.requested if inspection.requested is not None else PurePath(inspection.source.path or "").name


def _model(completion: Completion | None) -> str | None:
    model = string_of(completion.model) if completion else None
    return None if model is None else _short(model)


def _finish_reason(choice: Choice) -> str:
    node = choice.finish_reason
    if node is None:
        return "absent"
    if node.kind is Kind.STRING:
        return node.string
    return node.text if node.end - node.start <= _MOST_CHARACTERS else KIND_WORDS[node.kind]


def _tokens(completion: Completion | None, name: str) -> int | None:
    usage = completion.usage if completion else None
    return count_of(usage.get(name)) if usage is not None else None


def _short(text: str) -> str:
    return text[:_MOST_CHARACTERS]

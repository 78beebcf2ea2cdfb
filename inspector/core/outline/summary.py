"""One line about a completion: who answered, how it ended, which calls, how many tokens."""

from dataclasses import dataclass

from inspector.core.completion import Completion, count_of, string_of
from inspector.core.inspection import Checks, Inspection
from inspector.core.json.document import JsonNode, Kind
from inspector.core.moment import Moment, ago, seconds_of
from inspector.core.outline.words import figure, preview
from inspector.core.tally import Tally


@dataclass(frozen=True, slots=True)
class UsageFigures:
    """The counts as sent, or `not reported`; `prompt_share` is prompt / (prompt + completion) where both are counts."""

    prompt: str
    completion: str
    total: str
    prompt_share: float | None

    @property
    def sentence(self) -> str:
        return f"{self.prompt} prompt tokens, {self.completion} completion tokens, {self.total} in total"


@dataclass(frozen=True, slots=True)
class Summary:
    """`facts` are short phrases to set beside each other; `usage` is None where the body reports none."""

    facts: tuple[str, ...]
    usage: UsageFigures | None


def summarise(completion: Completion, moment: Moment, tally: Tally | None) -> Summary:
    """What the strip above the detail says. Without a tally nothing has been counted yet."""
    facts = [
        preview(string_of(completion.model) or "no model named", 60),
        _created(completion.created, moment),
        _ends(tally) if tally is not None else "",
        _calls(tally) if tally is not None else "",
    ]
    return Summary(tuple(fact for fact in facts if fact), _usage(completion.usage))


def status_words(inspection: Inspection) -> str:
    """What the status bar says once an answer is shown."""
    source, received = inspection.source, inspection.received
    took = f" in {received.timings.last_byte_ms:,.0f} ms" if received is not None else ""
    size = f"{inspection.size:,} bytes{took}"
    if inspection.problem is not None:
        return f"No completion: {preview(inspection.problem.message, 150)}"
    notice = f" · {inspection.notice}" if inspection.notice else ""
    return f"{'Opened' if source.path is not None else 'Received'} {size} · {_found(inspection)}{notice}"


def _found(inspection: Inspection) -> str:
    if inspection.checks is Checks.STOPPED:
        return f"{inspection.checks.value}: fetch or open it again to have that done"
    if inspection.checks is Checks.RUNNING:
        return inspection.checks.value
    worst = inspection.worst
    count = sum(finding.severity == worst for finding in inspection.findings)
    return "nothing found" if worst is None else f"worst finding: {worst.word} ({count:,})"


def _created(created: JsonNode | None, moment: Moment) -> str:
    seconds = seconds_of(created) if created is not None else None
    return "" if seconds is None else ago(moment.now - seconds)


def _ends(tally: Tally) -> str:
    reasons = [(reason or "no finish reason", count) for reason, count in tally.ends]
    if not reasons:
        return "no choices"
    if tally.choices == 1:
        return preview(reasons[0][0], 40)
    named = ", ".join(f"{count} x {preview(reason, 30)}" for reason, count in reasons)
    return f"{tally.choices:,} choices: {named}"


def _calls(tally: Tally) -> str:
    if not tally.calls:
        return ""
    words = f"{tally.calls:,} tool call{'' if tally.calls == 1 else 's'}"
    return f"{words}, {tally.faulty:,} faulty" if tally.faulty else f"{words}, nothing faulty"


def _usage(usage: JsonNode | None) -> UsageFigures | None:
    if usage is None or usage.kind is not Kind.OBJECT:
        return None
    prompt, answer = count_of(usage.get("prompt_tokens")), count_of(usage.get("completion_tokens"))
    share = prompt / (prompt + answer) if prompt is not None and answer is not None and prompt + answer > 0 else None
    figures = [figure(usage, f"{part}_tokens") for part in ("prompt", "completion", "total")]
    return UsageFigures(figures[0], figures[1], figures[2], share)

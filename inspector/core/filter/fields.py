"""What a filter can ask for: the fields of a digest by the names that people write."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum

from inspector.core.arguments.cause import Cause
from inspector.core.arguments.verdict import Verdict
from inspector.core.digest import Digest
from inspector.core.filter.tree import Operator
from inspector.core.findings import Severity
from inspector.core.rules.finish_reason import KNOWN
from inspector.core.schemas.verdict import SchemaVerdict


class Measure(Enum):
    """How the amounts of a field are written."""

    COUNT = "a number, such as 3"
    NUMBER = "a number, such as 1000"
    DURATION = "a time such as 300ms, 2s or 1.5min"
    SIZE = "a size such as 500, 20kB or 1.5MB"
    TIME = "a date such as 2026-01-31 or 2026-01-31T09:30 (UTC)"


@dataclass(frozen=True, slots=True)
class TextField:
    """`known` are the values that can be told beforehand."""

    name: str
    title: str
    read: Callable[[Digest], tuple[str, ...]]
    usual: Operator
    known: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AmountField:
    """What can be more or less; None where it is not known."""

    name: str
    title: str
    measure: Measure
    read: Callable[[Digest], float | None]
    usual: Operator = Operator.MORE


@dataclass(frozen=True, slots=True)
class Flag:
    """What is so or not, and stands alone."""

    name: str
    title: str
    read: Callable[[Digest], bool]


Field = TextField | AmountField | Flag

TEXT_OPERATORS = (Operator.BEGINS, Operator.IS, Operator.IS_NOT, Operator.CONTAINS, Operator.LACKS)
AMOUNT_OPERATORS = (
    Operator.IS,
    Operator.IS_NOT,
    Operator.MORE,
    Operator.AT_LEAST,
    Operator.LESS,
    Operator.AT_MOST,
)


def operators_of(field: Field) -> tuple[Operator, ...]:
    """What may stand behind the name, without the colon that amounts take for `==` as well."""
    if isinstance(field, Flag):
        return ()
    return TEXT_OPERATORS if isinstance(field, TextField) else AMOUNT_OPERATORS


def _one(text: str | None) -> tuple[str, ...]:
    return () if text is None else (text,)


def _words(kinds: Iterable[str]) -> tuple[str, ...]:
    return tuple(str(kind) for kind in kinds)


_ERROR, _WARNING, _INFO = Severity.ERROR - 1, Severity.WARNING - 1, Severity.INFO - 1
_GOOD = (Verdict.OBJECT, Verdict.FREE_TEXT)

_FIELDS: tuple[Field, ...] = (
    Flag("invalid", "arguments that are not JSON", lambda digest: Verdict.INVALID in digest.verdicts),
    Flag("faulty", "arguments that are no JSON object", lambda digest: any(v not in _GOOD for v in digest.verdicts)),
    Flag("failed", "no completion came", lambda digest: digest.problem is not None),
    AmountField("error", "findings that are errors", Measure.COUNT, lambda digest: digest.counts[_ERROR]),
    AmountField("warning", "findings that are warnings", Measure.COUNT, lambda digest: digest.counts[_WARNING]),
    AmountField("info", "other findings", Measure.COUNT, lambda digest: digest.counts[_INFO]),
    TextField("id", "the ID, or the file’s name", lambda digest: (digest.id,), Operator.CONTAINS),
    TextField("model", "the model", lambda digest: _one(digest.model), Operator.CONTAINS),
    TextField(
        "finish_reason",
        "the finish reason of a choice",
        lambda digest: digest.finish_reasons,
        Operator.IS,
        (*sorted(KNOWN), "null", "absent"),
    ),
    TextField("tool", "the name of a called function", lambda digest: digest.tools, Operator.BEGINS),
    TextField("verdict", "what arguments are", lambda digest: digest.verdicts, Operator.BEGINS, _words(Verdict)),
    TextField("cause", "why arguments are faulty", lambda digest: digest.causes, Operator.BEGINS, _words(Cause)),
    TextField(
        "schema",
        "how arguments stand against the schema",
        lambda digest: digest.schema,
        Operator.BEGINS,
        _words(SchemaVerdict),
    ),
    TextField("rule", "the rule behind a finding", lambda digest: tuple(digest.rules), Operator.BEGINS),
    TextField("problem", "why no completion came", lambda digest: _one(digest.problem), Operator.BEGINS),
    AmountField("status", "the HTTP status", Measure.NUMBER, lambda digest: digest.status, Operator.IS),
    AmountField("tokens", "tokens in total", Measure.NUMBER, lambda digest: digest.total_tokens),
    AmountField("prompt_tokens", "tokens of the prompt", Measure.NUMBER, lambda digest: digest.prompt_tokens),
    AmountField(
        "completion_tokens", "tokens of the completion", Measure.NUMBER, lambda digest: digest.completion_tokens
    ),
    AmountField("calls", "tool calls", Measure.COUNT, lambda digest: len(digest.tools)),
    AmountField("choices", "choices", Measure.COUNT, lambda digest: len(digest.finish_reasons)),
    AmountField("latency", "the time to the last byte", Measure.DURATION, lambda digest: digest.elapsed_ms),
    AmountField("size", "bytes of the body", Measure.SIZE, lambda digest: digest.size),
    AmountField("created", "when the model answered", Measure.TIME, lambda digest: digest.created),
    AmountField("fetched", "when it was fetched", Measure.TIME, lambda digest: digest.fetched_at),
)
FIELDS: dict[str, Field] = {field.name: field for field in _FIELDS}

"""What is told of a schema check beside the arguments that it is about."""

from typing import assert_never

from inspector.core.schemas.verdict import SchemaCheck, SchemaVerdict, Violation
from inspector.core.visible_text import one_line

_MOST = 20


def with_schema(verdict: str, check: SchemaCheck | None) -> str:
    """The verdict's words for the tree, with those of the check; what fails is said first."""
    if check is None or check.verdict is SchemaVerdict.NOT_CHECKED:
        return verdict
    if check.verdict is SchemaVerdict.PASSES:
        return f"{verdict}, passes its schema"
    return f"function not offered, {verdict}" if check.reason else f"fails its schema, {verdict}"


def schema_note(check: SchemaCheck) -> str:
    """The check in sentences, one a line."""
    return "\n".join([check_words(check), *_listed(check.violations), *_listed(check.notes)])


def check_words(check: SchemaCheck) -> str:
    """How the check ended, in one sentence."""
    match check.verdict:
        case SchemaVerdict.FAILS:
            return check.reason or "The arguments break the schema of the function:"
        case SchemaVerdict.PASSES:
            return "The arguments pass the schema of the function."
        case SchemaVerdict.NOT_CHECKED:
            return f"Not checked against a schema. {check.reason}".strip()
        case _:
            assert_never(check.verdict)


def _listed(violations: tuple[Violation, ...]) -> list[str]:
    lines = [
        f"• {one_line(violation.pointer or 'the whole', 80)}: {violation.message}" for violation in violations[:_MOST]
    ]
    return lines + ([f"• and {len(violations) - _MOST:,} more"] if len(violations) > _MOST else [])

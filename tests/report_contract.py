"""The contract of the JSON report, written out by hand: `check_report` says where a report breaks it.

A report is given as text, since spelled numbers and repeated keys are part of the promise. Nothing of the program is used here.
"""

import json
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

VERDICTS = {"object", "not-object", "invalid", "empty", "not-a-string", "absent", "free-text"}
CAUSES = {
    *("cut-off", "trailing-comma", "python-literal", "unquoted", "code-fence", "extra-data", "concatenated"),
    *(
        "raw-control-character",
        "nan-or-infinity",
        "unescaped-quote",
        "escaped-text",
        "bad-escape",
        "comment",
        "expression",
    ),
    *("leading-zero-or-bad-number", "byte-order-mark", "not-json", "too-deep"),
}
CAUSES_OF_NOT_OBJECT = {"double-encoded"}
SCHEMA_VERDICTS = {"passes", "fails", "not-checked"}
SEVERITIES = {"error", "warning", "info"}
KEBAB = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
POINTER = re.compile(r"(/([^~/]|~[01])*)*")


class Spelled(str):
    """A number as it is spelled."""

    __slots__ = ()


def read_spelled(text: str) -> Any:
    """JSON as Python values with two differences: numbers are `Spelled`, objects are lists of `("key", value)` tuples."""
    return json.loads(
        text,
        parse_int=Spelled,
        parse_float=Spelled,
        parse_constant=_reject,
        object_pairs_hook=lambda pairs: ("{}", pairs),
    )


def check_report(text: str) -> dict[str, Any]:
    """The report as plain values; raises AssertionError with every breach of the contract."""
    report: dict[str, Any] = json.loads(text, parse_constant=_reject)
    breaches = list(_breaches(report))
    assert not breaches, "\n".join(breaches)
    return report


def _reject(name: str) -> Any:
    raise AssertionError(f"{name} is not JSON")


def _breaches(report: Any) -> Iterator[str]:
    yield from _members(
        report,
        "",
        id=_text_or_null,
        source=_source,
        completion=_anything,
        messages=_list_or_null,
        tool_calls=_list_of(_tool_call),
        usage=_object_or_null,
        findings=_list_of(_finding),
        error=_error,
    )
    for call in report["tool_calls"]:
        if not _resolves(report["completion"], call["pointer"]):
            yield f"tool call at {call['pointer']} is not in the completion"


def _source(value: Any, place: str) -> Iterator[str]:
    yield from _members(
        value,
        place,
        kind=_one_of({"service", "file"}),
        url=_text_or_null,
        path=_text_or_null,
        status=_int_or_null,
        elapsed_ms=_number_or_null,
        bytes=_int,
        sha256=_matching(r"[0-9a-f]{64}"),
        request_id=_text_or_null,
        fetched_at=_moment_or_null,
    )


def _tool_call(value: Any, place: str) -> Iterator[str]:
    yield from _members(
        value, place, pointer=_pointer, id=_anything, type=_anything, name=_text_or_null, arguments=_arguments
    )


def _arguments(value: Any, place: str) -> Iterator[str]:
    yield from _members(
        value,
        place,
        text=_text_or_null,
        verdict=_one_of(VERDICTS),
        error=_fault_or_null,
        cause=_one_of({*CAUSES, *CAUSES_OF_NOT_OBJECT, None}),
        schema=_schema,
    )
    verdict, text, error, cause = (value[key] for key in ("verdict", "text", "error", "cause"))
    if (verdict == "invalid") != (error is not None):
        yield f"{place}: an error belongs to invalid and to nothing else"
    if (verdict in ("not-a-string", "absent")) != (text is None):
        yield f"{place}: text is null only where the body holds no string"
    allowed = {"invalid": CAUSES, "not-object": CAUSES_OF_NOT_OBJECT}.get(verdict, set())
    if cause is not None and cause not in allowed:
        yield f"{place}: cause {cause} with verdict {verdict}"
    if error is not None and not 0 <= error["offset"] <= len(text):
        yield f"{place}: the offset is outside of the text"
    if error is not None:
        before = text[: error["offset"]]
        expected = (before.count("\n") + 1, len(before) - before.rfind("\n"))
        if (error["line"], error["column"]) != expected:
            yield f"{place}: line and column should be {expected}"
    if verdict == "empty" and text.strip():
        yield f"{place}: empty, yet it holds characters"


def _schema(value: Any, place: str) -> Iterator[str]:
    yield from _members(value, place, verdict=_one_of(SCHEMA_VERDICTS), violations=_list_of(_violation))
    if (value["verdict"] == "fails") != bool(value["violations"]):
        yield f"{place}: violations belong to fails"


def _violation(value: Any, place: str) -> Iterator[str]:
    yield from _members(value, place, pointer=_pointer, message=_sentence)


def _finding(value: Any, place: str) -> Iterator[str]:
    rule = _matching(KEBAB.pattern)
    yield from _members(value, place, rule=rule, severity=_one_of(SEVERITIES), pointer=_pointer, message=_sentence)


def _error(value: Any, place: str) -> Iterator[str]:
    if value is not None:
        kind = _matching(KEBAB.pattern)
        yield from _members(
            value,
            place,
            kind=kind,
            status=_int_or_null,
            message=_sentence,
            hint=_text_or_null,
            request_id=_text_or_null,
        )


def _fault_or_null(value: Any, place: str) -> Iterator[str]:
    if value is not None:
        yield from _members(value, place, offset=_int, line=_int, column=_int, message=_sentence)


def _members(value: Any, place: str, **checks: Any) -> Iterator[str]:
    """Exactly these members, in this order."""
    if not isinstance(value, dict):
        yield f"{place}: an object was expected, not {value!r}"
    elif list(value) != list(checks):
        yield f"{place}: the members are {list(value)}, expected {list(checks)}"
    else:
        for key, check in checks.items():
            yield from check(value[key], f"{place}/{key}")


def _list_of(check: Any) -> Any:
    def checked(value: Any, place: str) -> Iterator[str]:
        if not isinstance(value, list):
            yield f"{place}: a list was expected"
            return
        for at, item in enumerate(value):
            yield from check(item, f"{place}/{at}")

    return checked


def _one_of(values: set[Any]) -> Any:
    return _that(lambda value: value in values, f"one of {values}")


def _matching(pattern: str) -> Any:
    return _that(lambda value: isinstance(value, str) and re.fullmatch(pattern, value) is not None, pattern)


def _that(holds: Any, wanted: str) -> Any:
    def checked(value: Any, place: str) -> Iterator[str]:
        if not holds(value):
            yield f"{place}: {value!r} is not {wanted}"

    return checked


def _is_moment(value: Any) -> bool:
    return value is None or (value.endswith("Z") and datetime.fromisoformat(value) is not None)


def _is_int(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _resolves(document: Any, pointer: str) -> bool:
    for step in pointer.split("/")[1:]:
        key = step.replace("~1", "/").replace("~0", "~")
        try:
            document = document[int(key)] if isinstance(document, list) else document[key]
        except (KeyError, IndexError, ValueError, TypeError):
            return False
    return True


_anything = _that(lambda _value: True, "anything")
_text_or_null = _that(lambda value: value is None or isinstance(value, str), "a string or null")
_list_or_null = _that(lambda value: value is None or isinstance(value, list), "a list or null")
_object_or_null = _that(lambda value: value is None or isinstance(value, dict), "an object or null")
_int = _that(_is_int, "an integer")
_int_or_null = _that(lambda value: value is None or _is_int(value), "an integer or null")
_number_or_null = _that(lambda value: value is None or _is_int(value) or isinstance(value, float), "a number or null")
_moment_or_null = _that(_is_moment, "a moment in UTC as RFC 3339 or null")
_pointer = _that(lambda value: isinstance(value, str) and POINTER.fullmatch(value) is not None, "a JSON Pointer")
_sentence = _that(lambda value: isinstance(value, str) and value.strip() != "", "a sentence")

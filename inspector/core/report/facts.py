"""Facts of an inspection that every report tells in the same way."""

from datetime import UTC, datetime

from inspector.core.completion import string_of
from inspector.core.inspection import Inspection
from inspector.core.json.fault import describe_body
from inspector.core.json.text import BYTE_ORDER_MARK, JsonFault
from inspector.core.problems.problem import request_id_of


def report_id(inspection: Inspection) -> str | None:
    """The ID that was asked for, or else the one that the body holds."""
    if inspection.requested is not None or inspection.completion is None:
        return inspection.requested
    return string_of(inspection.completion.id)


def request_id(inspection: Inspection) -> str | None:
    """What the service's support wants to know: its own name for the request."""
    if inspection.problem is not None and inspection.problem.request_id is not None:
        return inspection.problem.request_id
    return request_id_of(inspection.received, inspection.document) if inspection.received else None


def fetched_at(inspection: Inspection) -> str | None:
    """RFC 3339 in UTC, to the millisecond."""
    seconds = inspection.source.fetched_at
    if seconds is None:
        return None
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def not_json_sentence(body: bytes, fault: JsonFault) -> str:
    """Where a body that should be JSON stops being JSON. Lines and columns count from 1, columns in characters."""
    found = describe_body(body.removeprefix(BYTE_ORDER_MARK), fault)
    return f"This is not JSON from line {found.line:,}, column {found.column:,} on. {found.message}"

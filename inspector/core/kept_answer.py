"""An answer as it is kept to be shown again: what cannot be found anew goes into a head of JSON, the body follows as it came.

What was read out of the body (document, completion, findings) is not kept: it weighs many times what the body does, and
reading 10 KB again takes some milliseconds.
"""

import json
from dataclasses import asdict, replace
from typing import Any

from inspector.core.exchange import Received, Timings
from inspector.core.inspection import Inspection, Source, inspect
from inspector.core.problems.problem import Problem
from inspector.core.schemas.tool_schemas import ToolSchemas


def packed(inspection: Inspection) -> bytes:
    """`inspection` for the store."""
    received = inspection.received
    head: dict[str, Any] = {"requested": inspection.requested, "source": asdict(inspection.source)}
    if received is not None:
        head["received"] = asdict(replace(received, body=b"")) | {"body": None}
    if _is_failure(inspection) and inspection.problem is not None:
        head["problem"] = asdict(inspection.problem)
    return json.dumps(head).encode() + b"\n" + inspection.body


def unpacked(data: bytes, tools: ToolSchemas | None, now: float) -> Inspection:
    """The inspection that was packed into `data`, held against these tools. `now` is Unix seconds, for files."""
    unread = unread_in(data)
    return unread if unread.problem is not None else inspect(unread, tools, now)


def unread_in(data: bytes) -> Inspection:
    """What was packed into `data`, to be read again; where it has a problem, no answer came and there is nothing to read."""
    line, _, body = data.partition(b"\n")
    head = json.loads(line)
    received = _received(head["received"], body) if "received" in head else None
    problem = None
    if "problem" in head:
        problem = Problem(**head["problem"] | {"causes": tuple(head["problem"]["causes"])})
    return Inspection(head["requested"], Source(**head["source"]), body, received, problem=problem)


def body_in(data: bytes) -> bytes:
    """The body that was packed into `data`."""
    return data.partition(b"\n")[2]


def _is_failure(inspection: Inspection) -> bool:
    """Whether no whole answer came: then the problem cannot be read out of the answer."""
    return inspection.source.path is None and inspection.source.fetched_at is None


def _received(head: dict[str, Any], body: bytes) -> Received:
    given = head | {
        "body": body,
        "headers": tuple((name, value) for name, value in head["headers"]),
        "timings": Timings(**head["timings"]),
        "notes": tuple(head["notes"]),
    }
    return Received(**given)

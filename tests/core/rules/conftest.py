"""Pairs for every rule: bodies on which it fires, and bodies close to them on which it stays quiet.

A test module lists them as `FIRES` (rule, edits, pointer, words of the sentence) and `QUIET` (rule, edits). Edits change the
healthy completion below: a JSON pointer names the member to set, `...` deletes it, and a tuple holds raw JSON text. Besides,
`body` gives the whole body as bytes, and `content-type` and `notes` turn the file into an answer of the service.
"""

import json
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from inspector.core.exchange import Received, Timings
from inspector.core.findings import Finding
from inspector.core.inspection import Inspection, inspect_file, inspect_received

NOW = 1_763_800_000
HEALTHY: dict[str, Any] = {
    "id": "chatcmpl-BdkQrZ5mWc0aLxUu2Tn9",
    "object": "chat.completion",
    "created": 1_763_700_000,
    "model": "gpt-4o-mini-2024-07-18",
    "choices": [
        {
            "index": 0,
            "message": {"role": "assistant", "content": "The parcel left Lübeck on Monday. 📦", "refusal": None},
            "logprobs": None,
            "finish_reason": "stop",
        }
    ],
    "usage": {
        "prompt_tokens": 21,
        "completion_tokens": 11,
        "total_tokens": 32,
        "prompt_tokens_details": None,
        "completion_tokens_details": None,
    },
    "service_tier": "default",
    "system_fingerprint": None,
}


def edited(edits: dict[str, Any]) -> bytes:
    """The healthy completion with these edits, or the body that they give."""
    if "body" in edits:
        return edits["body"]
    body, raw = json.loads(json.dumps(HEALTHY)), dict[str, str]()
    for pointer, value in edits.items():
        if pointer.startswith("/"):
            *parents, last = pointer.split("/")[1:]
            holder = body
            for part in parents:
                holder = holder[int(part) if isinstance(holder, list) else part]
            place = int(last) if isinstance(holder, list) else last
            if value is ...:
                del holder[place]
            elif isinstance(value, tuple):
                holder[place] = f"raw JSON {len(raw)}"
                raw[f'"raw JSON {len(raw)}"'] = value[0]
            else:
                holder[place] = value
    text = json.dumps(body)
    for stand_in, spelling in raw.items():
        text = text.replace(stand_in, spelling)
    return text.encode()


def inspected(edits: dict[str, Any]) -> Inspection:
    """The edited completion as a file, or as an answer of the service where the edits speak of one."""
    body = edited(edits)
    if "content-type" not in edits and "notes" not in edits:
        return inspect_file(body, "saved.json", NOW)
    content_type = edits.get("content-type", "application/json")
    headers = (("content-type", content_type),) if content_type is not None else ()
    received = Received(
        "https://sudoapp.dev/api/v1/chat/completions/x",
        200,
        "OK",
        "HTTP/1.1",
        headers,
        body,
        len(body),
        Timings(1.0, 2.0, NOW),
        edits.get("notes", ()),
    )
    return inspect_received(received, "x")


def assert_fires(rule: str, edits: dict[str, Any], pointer: str, words: str) -> None:
    inspection = inspected(edits)
    hits = [finding for finding in inspection.findings if finding.rule == rule]
    assert [finding.pointer for finding in hits] == [pointer]
    assert words in hits[0].message
    assert len(hits[0].message) <= 240
    assert hits[0].message.isprintable()
    assert pointer == "" or (inspection.document is not None and inspection.document.find(pointer) is not None)


def assert_stays_quiet(rule: str, edits: dict[str, Any]) -> None:
    assert [finding for finding in inspected(edits).findings if finding.rule == rule] == []


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    for name, check in (("FIRES", assert_fires), ("QUIET", assert_stays_quiet)):
        if name.lower() in metafunc.fixturenames:
            cases = getattr(metafunc.module, name)
            metafunc.parametrize(
                name.lower(), [partial(check, *case) for case in cases], ids=[case[0] for case in cases]
            )


@pytest.fixture
def inspection_of() -> Callable[[dict[str, Any]], Inspection]:
    return inspected


@pytest.fixture
def findings_of() -> Callable[[dict[str, Any]], tuple[Finding, ...]]:
    return lambda edits: inspected(edits).findings


@pytest.fixture
def healthy() -> bytes:
    return edited({})

"""The answers of the demo service: a sample as it is kept, a page of a list, or an error in the service's own form."""

import json
import secrets
from collections.abc import Mapping
from typing import Any

from inspector.demo.http_server import Drip, HttpAnswer
from inspector.demo.paging import BadQuery, Item, page, read_page_query
from inspector.demo.samples import Sample

_JSON = "application/json"
_IN_MILLISECONDS = 1e11


def sampled(sample: Sample, pace: float) -> HttpAnswer:
    """The sample's own bytes, status and headers; its pauses take `pace` times as long as the index says."""
    drip = sample.drip
    return HttpAnswer(
        sample.status,
        _headers(sample.content_type, sample.headers),
        sample.body(),
        delay=sample.delay * pace,
        drip=Drip(drip.size, drip.pause * pace) if drip else None,
        ends_after=sample.ends_after,
    )


def stored_completions(samples: tuple[Sample, ...], asked: Mapping[str, str]) -> HttpAnswer:
    """A page of the completions that a store would list, oldest first, each in the bytes of its sample."""
    stored = [entry for sample in samples if (entry := _stored(sample)) and _matches(entry[0], asked)]
    stored.sort(key=lambda entry: _stored_at(entry[0]))
    return _paged([item for _, item in stored], asked)


def messages(sample: Sample, asked: Mapping[str, str]) -> HttpAnswer:
    """A page of the sample's prompt."""
    prompt = sample.prompt()
    if prompt is None:
        return error(404, "not_found_error", f"No messages are stored for '{sample.id}'.")
    return _paged([Item(message["id"], json.dumps(message).encode()) for message in prompt], asked)


def error(status: int, kind: str, sentence: str, headers: Mapping[str, str] | None = None) -> HttpAnswer:
    body = json.dumps({"error": {"message": sentence, "type": kind}}).encode()
    return HttpAnswer(status, _headers(_JSON, headers or {}), body)


def _stored(sample: Sample) -> tuple[dict[str, Any], Item] | None:
    """The sample decoded and as it is kept, where it is a completion that says its own ID; the others are never listed."""
    body = sample.body() if sample.status == 200 else b""
    try:
        completion = json.loads(body)
    except ValueError:
        return None
    return (completion, Item(sample.id, body)) if completion["choices"] and completion.get("id") == sample.id else None


def _stored_at(completion: Mapping[str, Any]) -> float:
    """Unix seconds; a sample whose `created` is in milliseconds was stored at that time all the same."""
    created = float(completion["created"])
    return created / 1000 if created > _IN_MILLISECONDS else created


def _matches(completion: Mapping[str, Any], asked: Mapping[str, str]) -> bool:
    """Whether it has the model and every `metadata[key]=value` that was asked for."""
    metadata = completion.get("metadata") or {}
    wanted = {name[9:-1]: value for name, value in asked.items() if name.startswith("metadata[") and name.endswith("]")}
    same_model = asked.get("model", completion["model"]) == completion["model"]
    return same_model and all(metadata.get(name) == value for name, value in wanted.items())


def _paged(items: list[Item], asked: Mapping[str, str]) -> HttpAnswer:
    wanted = read_page_query(asked)
    body = wanted if isinstance(wanted, BadQuery) else page(items, wanted)
    if isinstance(body, BadQuery):
        return error(400, "invalid_request_error", body.sentence)
    return HttpAnswer(200, _headers(_JSON, {}), body)


def _headers(content_type: str, own: Mapping[str, str | None]) -> tuple[tuple[str, str], ...]:
    """What every answer carries, changed by its own headers; None takes one away."""
    usual = {
        "server": "sudo-inspector-demo",
        "content-type": content_type,
        "x-request-id": f"req_{secrets.token_hex(16)}",
    }
    return tuple((name, value) for name, value in (usual | dict(own)).items() if value is not None)

"""The transport side of an answer as text: status, timings, sizes, request ID and headers."""

from datetime import UTC, datetime

from inspector.core.inspection import Inspection
from inspector.core.problems.problem import request_id_of


def response_text(inspection: Inspection) -> str:
    """Aligned lines for the Response view. Headers come with their secrets already masked."""
    received, source = inspection.received, inspection.source
    lines: list[tuple[str, str]] = []
    if source.path is not None:
        lines.append(("File", source.path))
    if source.url is not None:
        lines.append(("Request", f"GET {source.url}"))
    if received is None:
        lines.append(("Response", "none: no HTTP answer belongs to these bytes"))
    else:
        lines += [
            ("Status", f"{received.status} {received.reason}".strip()),
            ("Protocol", received.http_version),
            ("Request ID", request_id_of(received, inspection.document) or "not sent"),
            ("Fetched", _utc(received.timings.fetched_at)),
            ("First byte", f"{received.timings.first_byte_ms:,.1f} ms"),
            ("Last byte", f"{received.timings.last_byte_ms:,.1f} ms"),
            ("On the wire", f"{received.wire_bytes:,} bytes"),
        ]
    lines += [("Body", f"{inspection.size:,} bytes"), ("SHA-256", inspection.sha256)]
    text = _aligned(lines)
    if received is not None:
        notes = "".join(f"\n{note}" for note in received.notes)
        text += f"{notes}\n\nHeaders\n{_aligned(list(received.headers))}"
    return text


def _aligned(lines: list[tuple[str, str]]) -> str:
    width = min(max((len(name) for name, _ in lines), default=0), 32)
    return "\n".join(f"{name:<{width}}  {value}" for name, value in lines)


def _utc(seconds: float) -> str:
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d %H:%M:%S} UTC"

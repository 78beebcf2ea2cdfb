"""An answer without the API key that it was asked for with."""

from dataclasses import replace

from inspector.core.exchange import Received
from inspector.core.secret import Secret

KEY_WITHHELD = "The answer repeated the API key. Each copy was replaced by *** before anything else looked at it."


def without_key(received: Received, key: Secret) -> Received:
    """`received` with the key replaced where the server echoed it, so that no view, report or copy can hold it."""
    body = received.body
    if key.is_spelled_in(body):
        body = key.redacted_from(body.decode("latin-1")).encode("latin-1")
    headers = tuple((name, key.redacted_from(value)) for name, value in received.headers)
    if body == received.body and headers == received.headers:
        return received
    return replace(received, body=body, headers=headers, notes=(*received.notes, KEY_WITHHELD))

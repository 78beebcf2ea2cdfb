"""What a schema refers to: followed inside of it, never outside; and where a schema is broken."""

import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from inspector.core.json.document import JsonDocument
from inspector.core.json.text import parse_text
from inspector.core.schemas.tool_schemas import SchemaVerdict
from inspector.core.schemas.violations import find
from tests.schema_checks import a, check

NESTED = {"x": {"$defs": {"y~/z": {"type": "null"}}}}


def test_no_reference_leaves_the_schema() -> None:
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}/schema.json"
        for schema in (
            {"$ref": url},
            {"$schema": url},
            {"$id": url, "$ref": "other.json"},
            a({"$dynamicRef": f"{url}#x"}),
        ):
            found = check(schema)
            assert found.verdict is SchemaVerdict.NOT_CHECKED
        server.shutdown()
    assert asked == []


@pytest.mark.parametrize(
    ("schema", "reason"),
    [
        ({"$ref": "https://example.com/x"}, "at /$ref, to “https://example.com/x”, which is outside of it and never fetched"),
        (a({"$ref": "file:///etc/hostname"}), "at /properties/a/$ref, to “file:///etc/hostname”, which is outside"),
        (a({"$ref": "other.json#/x"}), "is outside of it"),
        (a({"$ref": "#/nowhere"}), "to “#/nowhere”, which is not there"),
        ({**NESTED, "$ref": "#/x/$defs/0"}, "is not there"),
        ({"allOf": [{}], "$ref": "#/allOf/1"}, "is not there"),
        ({"allOf": [{}], "$ref": "#/allOf/x"}, "is not there"),
        ({"required": ["a"], "$ref": "#/required/0"}, "is not there"),
        (a({"$ref": "#no-anchor"}), "is not there"),
        (a({"$id": "https://example.com/inner"}), "at /properties/a/$id, to “https://example.com/inner”"),
        ({"$schema": "http://json-schema.org/draft-03/schema#"}, '$schema names "http://json-schema.org/draft-03/schema#"'),
        (a({"type": "strin"}), 'not valid at /properties/a/type: "strin" is no type'),
        (a({"type": 5}), "at /properties/a/type: 5 is no type"),
        ({"properties": {"type": 5}}, "at /properties/type: “properties.type” must be true or false or an object, but is 5"),
        (a({"required": True}), "at /properties/a/required: “properties.a.required” must be an array, but is true"),
        ({"minimum": "3"}, 'at /minimum: “minimum” must be a number, but is "3" (a string)'),
        ({"maxLength": -1}, "at /maxLength: “maxLength” is -1; it must be at least 0"),
        ({"$id": "::"}, "Invalid URI reference"),
        ({"const": 10**5000}, "holds a number too large"),
        ({"\ud83d": 1}, "holds a name with half of a character"),
    ],
)  # fmt: skip
def test_a_schema_that_cannot_be_used_says_where(schema: object, reason: str) -> None:
    sys.set_int_max_str_digits(0)
    try:
        found = check(schema)
    finally:
        sys.set_int_max_str_digits(4300)
    assert found.verdict is SchemaVerdict.NOT_CHECKED
    assert reason in found.reason
    assert found.reason.startswith("“f” was not checked: ")


@pytest.mark.parametrize(
    "schema",
    [
        {"$ref": "#/x/$defs/y~0~1z", **NESTED},
        {"$ref": "#/x/%24defs/y~0~1z", **NESTED},
        {"$ref": "#null", "$defs": {"n": {"$anchor": "null", "type": "null"}}},
        {"$dynamicRef": "#null", "$defs": {"n": {"$dynamicAnchor": "null", "type": "null"}}},
        {"$ref": "#/anyOf/0", "anyOf": [{"type": "null"}, True]},
        {"$id": "https://example.com/root", "$ref": "#/definitions/n", "definitions": {"n": {"type": "null"}}},
        {"$ref": "#/$defs/n", "$defs": {"n": False}},
        {
            "$schema": "http://json-schema.org/draft-07/schema#",
            "allOf": [{"$ref": "#null"}],
            "definitions": {"n": {"$id": "#null", "type": "null"}},
        },
    ],
)
def test_references_inside_the_schema_are_followed(schema: object) -> None:
    found = check(schema)
    assert found.reason == ""
    assert found.verdict is SchemaVerdict.FAILS


def test_values_are_found_by_their_path() -> None:
    document = parse_text('{"a": [{"b": 1}]}')
    assert isinstance(document, JsonDocument)
    assert find(document.root, ("a", 0, "b")) is not None
    for path in (("a", 1), ("x", "b", 0), ("a", 0, 0), ("a", "b")):
        assert find(document.root, path) is None


def test_what_only_looks_like_a_reference_is_none() -> None:
    schema = {"properties": {"$ref": {"const": {"$ref": "http://x/"}}}, "default": {"$ref": "#/nowhere"}}
    assert check(schema, {"a": 1}).verdict is SchemaVerdict.PASSES

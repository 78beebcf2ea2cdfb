"""Every demand of a JSON Schema, as it reads when arguments break it."""

import json
from typing import Any

import pytest

from inspector.core.schemas.tool_schemas import SchemaVerdict
from tests.schema_checks import check

DRAFT_4 = "http://json-schema.org/draft-04/schema#"
DRAFT_6 = "http://json-schema.org/draft-06/schema#"
DRAFT_7 = "http://json-schema.org/draft-07/schema#"
DRAFT_2019 = "https://json-schema.org/draft/2019-09/schema"


def told(parameters: dict[str, Any], arguments: str, *, strict: bool = False) -> list[tuple[str, str]]:
    found = check(parameters, arguments, strict=strict)
    assert found.reason == ""
    return [(violation.pointer, violation.message) for violation in found.violations]


def notes(parameters: dict[str, Any], arguments: str) -> list[tuple[str, str]]:
    return [(note.pointer, note.message) for note in check(parameters, arguments).notes]


MANY = [f"choice {number}" for number in range(15)]
ONE_VALUE = [
    ({"type": "string"}, "5", "“a” must be a string, but is 5 (a number)."),
    ({"type": "integer"}, '"5"', '“a” must be a whole number, but is "5" (a string).'),
    ({"type": "integer"}, "1.50", "“a” must be a whole number, but is 1.50 (a number)."),
    ({"type": "boolean"}, "null", "“a” must be true or false, but is null."),
    ({"type": ["string", "null"]}, "[]", "“a” must be null or a string, but is an array."),
    ({"type": ["string", "null", "array"]}, "{}", "“a” must be an array, null or a string, but is an object."),
    ({"enum": ["celsius", 1.50, None]}, "5", '“a” is 5, but must be one of: "celsius", 1.5, null.'),
    ({"enum": ["celsius"]}, '"Celsius"', '“a” is "Celsius", but must be one of: "celsius"; did you mean “celsius”?'),
    ({"enum": []}, '"x"', '“a” is "x", but must be one of: nothing at all.'),
    ({"enum": MANY}, "5", "“a” is 5, but must be one of: " + ", ".join(f'"{name}"' for name in MANY[:10]) + " and 5 more."),
    ({"const": {"x": 1}}, "2", '“a” is 2, but must be {"x": 1}.'),
    ({"format": "date"}, '"tomorrow"', '“a” is "tomorrow", which is no valid date, such as 2026-11-22.'),
    ({"format": "regex"}, '"("', '“a” is "(", which is no valid regex.'),
    ({"pattern": "^[a-z]+$"}, '"A"', '“a” is "A", which does not match the pattern "^[a-z]+$".'),
    ({"minLength": 2}, '"x"', "“a” has 1 character; it must have at least 2."),
    ({"maxLength": 1}, '"xyz"', "“a” has 3 characters; it must have at most 1."),
    ({"minItems": 2}, "[1]", "“a” has 1 item; it must have at least 2."),
    ({"maxItems": 1}, "[1,2]", "“a” has 2 items; it must have at most 1."),
    ({"minProperties": 2}, '{"x":1}', "“a” has 1 member; it must have at least 2."),
    ({"maxProperties": 1}, '{"x":1,"y":2}', "“a” has 2 members; it must have at most 1."),
    ({"minimum": 2}, "1.10", "“a” is 1.10; it must be at least 2."),
    ({"maximum": 2}, "1e400", "“a” is 1e400; it must be at most 2."),
    ({"exclusiveMinimum": 2}, "2", "“a” is 2; it must be more than 2."),
    ({"exclusiveMaximum": 2}, "2", "“a” is 2; it must be less than 2."),
    ({"maximum": 4944116822809979519}, "4944116822809979520",
     "“a” is 4944116822809979520; it must be at most 4944116822809979519."),
    ({"multipleOf": 0.1}, "0.35", "“a” is 0.35; it must be a multiple of 0.1."),
    ({"uniqueItems": True}, "[1,1.0]", "“a” holds the same item more than once."),
    ({"contains": {"type": "string"}}, "[1]", "“a” does not hold the items that it must hold, or holds too many of them."),
    ({"prefixItems": [{}], "unevaluatedItems": False}, "[1,2]",
     "“a” has items that its schema does not describe, and no others are allowed."),
    ({"not": {"type": "string"}}, '"x"', "“a” is of a form that the schema rules out."),
    ({"anyOf": [{"type": "string"}, {"type": "null"}]}, "5", "“a” must be a string or null, but is 5 (a number)."),
    ({"anyOf": [{"minimum": 3}, {"maximum": 1}]}, "2", "“a” fits none of the forms that the schema allows."),
    ({"oneOf": [{"type": "number"}, {"minimum": 1}]}, "2", "“a” fits more than one of the forms of which it must fit exactly one."),
    ({"anyOf": [{"enum": ["x"]}, {"type": "null"}]}, "5", '“a” is 5, but must be one of: "x".'),
    ({"allOf": [{"anyOf": [{"minimum": 3}]}]}, "2", "“a” is 2; it must be at least 3."),
]  # fmt: skip


@pytest.mark.parametrize(("schema", "value", "sentence"), ONE_VALUE)
def test_every_demand_on_one_value(schema: dict[str, Any], value: str, sentence: str) -> None:
    assert told({"type": "object", "properties": {"a": schema}}, f'{{"a": {value}}}') == [("/a", sentence)]


@pytest.mark.parametrize(
    ("schema", "value", "sentence"),
    [
        ({"$schema": DRAFT_7, "items": [{}], "additionalItems": False}, [1, 2], "has more items than its schema describes"),
        ({"$schema": DRAFT_7, "contentEncoding": "base64"}, "{", 'is not encoded as "base64".'),
        ({"$schema": DRAFT_7, "contentMediaType": "application/json"}, "{", 'does not hold "application/json".'),
        ({"$schema": DRAFT_6, "exclusiveMinimum": 3}, 3, "must be more than 3."),
        ({"$schema": DRAFT_4, "minimum": 3, "exclusiveMinimum": True}, 3, "must be more than 3."),
        ({"$schema": DRAFT_2019, "items": [{"type": "null"}]}, [1], "must be null"),
    ],
)  # fmt: skip
def test_drafts_by_their_schema_member(schema: dict[str, Any], value: object, sentence: str) -> None:
    draft = schema.pop("$schema")
    [(_, message)] = told({"$schema": draft, "properties": {"a": schema}}, json.dumps({"a": value}))
    assert sentence in message


ADDRESS = {
    "type": "object",
    "properties": {"street": {"type": "string"}, "zip/code": {"type": "string"}},
    "required": ["street"],
    "additionalProperties": False,
}


def test_nested_places_are_pointers_and_program_paths() -> None:
    parameters = {
        "properties": {"to": {"type": "array", "items": {"$ref": "#/$defs/address"}}},
        "$defs": {"address": ADDRESS},
    }
    assert told(parameters, '{"to": [{"street": "x"}, {"stret": "y", "zip/code": 5}]}') == [
        ("/to/1/zip~1code", "“to[1].zip/code” must be a string, but is 5 (a number)."),
        ("/to/1/stret", "“stret” is not in the schema; did you mean “street”?"),
        ("/to/1", "“street” is missing in “to[1]”."),
    ]


def test_of_an_optional_object_the_faults_inside_are_told() -> None:
    parameters = {"properties": {"to": {"anyOf": [ADDRESS, {"type": "null"}]}}}
    assert told(parameters, '{"to": {"street": 5}}') == [
        ("/to/street", "“to.street” must be a string, but is 5 (a number).")
    ]


def test_of_forms_told_apart_by_a_constant_the_meant_one_is_told() -> None:
    circle = {"type": "object", "properties": {"kind": {"const": "circle"}, "radius": {"type": "number"}}}
    square = {"type": "object", "properties": {"kind": {"enum": ["square"]}, "side": {"type": "number"}}}
    parameters = {"properties": {"shape": {"oneOf": [circle, square]}}}
    assert told(parameters, '{"shape": {"kind": "square", "side": "5"}}') == [
        ("/shape/side", '“shape.side” must be a number, but is "5" (a string).')
    ]  # fmt: skip


def test_demands_on_the_arguments_as_a_whole() -> None:
    assert told({"minProperties": 1}, "{}") == [("", "The arguments object has 0 members; it must have at least 1.")]
    assert told({"properties": {"a": False}}, '{"a": 1}') == [("/a", "“a” is not allowed.")]
    assert told({"dependentRequired": {"a": ["b"]}}, '{"a": 1}') == [("", "“b” is missing.")]
    assert told({"propertyNames": {"pattern": "^a"}}, '{"b/c": 1}') == [
        ("/b~1c", 'The name “b/c” is not allowed here: "b/c" does not match "^a".')
    ]  # fmt: skip


def test_names_that_nothing_describes_are_told_one_by_one() -> None:
    parameters = {"allOf": [{"properties": {"city": {}}}], "unevaluatedProperties": False}
    assert told(parameters, '{"citty": 1, "zzz": 2}') == [
        ("/citty", "“citty” is not in the schema; did you mean “city”?"),
        ("/zzz", "“zzz” is not in the schema."),
    ]


CITY = {"type": "object", "properties": {"city": {"type": "string"}, "max_items": {}}}


def test_an_unknown_parameter_is_a_note_where_the_schema_allows_it() -> None:
    assert told(CITY, '{"citty": "x", "MaxItems": 1}') == []
    assert notes(CITY, '{"citty": "x", "MaxItems": 1, "q": 2}') == [
        ("/citty", "“citty” is not in the schema; did you mean “city”?"),
        ("/MaxItems", "“MaxItems” is not in the schema; did you mean “max_items”?"),
        ("/q", "“q” is not in the schema."),
    ]


def test_an_unknown_parameter_is_a_violation_where_the_schema_or_strict_mode_forbids_it() -> None:
    closed = {**CITY, "additionalProperties": False}
    told_closed = [("/citty", "“citty” is not in the schema; did you mean “city”?")]
    assert told(closed, '{"citty": "x"}') == told_closed
    assert told(closed, '{"citty": "x"}', strict=True) == told_closed
    assert notes(closed, '{"citty": "x"}') == []
    assert told(CITY, '{"citty": "x"}', strict=True) == [
        ("/citty", "“citty” is not in the schema; did you mean “city”? Strict mode allows no others.")
    ]


def test_an_unknown_parameter_inside_is_found_too() -> None:
    parameters = {"properties": {"to": {"$ref": "#/$defs/to"}}, "$defs": {"to": {"allOf": [CITY]}}}
    assert [pointer for pointer, _ in notes(parameters, '{"to": {"citty": 1}}')] == ["/to/citty"]


@pytest.mark.parametrize(
    "parameters",
    [
        {},
        {"type": "object"},
        {**CITY, "additionalProperties": True},
        {**CITY, "additionalProperties": {"type": "string"}},
        {**CITY, "unevaluatedProperties": {}},
        {**CITY, "patternProperties": {"^x": {}}},
        {"anyOf": [CITY, {"type": "object"}]},
    ],
)
def test_where_any_name_is_welcome_none_is_noted(parameters: dict[str, Any]) -> None:
    assert notes(parameters, '{"citty": "x"}') == []


def test_names_too_long_to_be_slips_get_no_question() -> None:
    [(_, message)] = notes(CITY, json.dumps({"city" * 50: 1}))
    assert "did you mean" not in message


def test_of_repeated_keys_the_last_counts_and_a_note_says_so() -> None:
    parameters = {"properties": {"a/b": {"type": "integer"}}}
    assert told(parameters, '{"a/b": "x", "a/b": 1}') == []
    assert told(parameters, '{"a/b": 1, "a/b": "x"}') != []
    assert notes(parameters, '{"a/b": "x", "a/b": 1}') == [
        ("/a~1b", "“a/b” is given more than once; the last one was checked.")
    ]


def test_half_characters_are_checked_as_replacement_characters() -> None:
    parameters = {"properties": {"a": {"maxLength": 1}}}
    assert told(parameters, '{"a": "\\ud83d"}') == []
    assert "U+FFFD" in notes(parameters, '{"a": "\\ud83d"}')[0][1]
    assert told(parameters, '{"a": "\\ud83dx"}') == [("/a", "“a” has 2 characters; it must have at most 1.")]


def test_only_the_first_hundred_are_listed() -> None:
    found = check(
        {"items": {}, "additionalProperties": {"type": "string"}}, json.dumps({str(n): n for n in range(150)})
    )
    assert len(found.violations) == 101
    assert found.violations[-1].message == "50 more are not listed."
    names = check({"properties": {}, "additionalProperties": False}, json.dumps({str(n): n for n in range(150)}))
    assert names.violations[-1].message == "50 more are not listed."
    noted = check({"properties": {}}, json.dumps({str(n): n for n in range(150)}))
    assert (noted.verdict, noted.notes[-1].message) == (SchemaVerdict.PASSES, "50 more are not listed.")

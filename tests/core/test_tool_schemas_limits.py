"""What a hostile schema or hostile arguments could do, and that none of it comes about."""

import json
import subprocess
import sys
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.core.completion import read_completion
from inspector.core.json.document import JsonDocument
from inspector.core.json.text import parse_text
from inspector.core.schemas.check import ParameterSchema, read_schema
from inspector.core.schemas.survey import TOO_MUCH, Effort, states
from inspector.core.schemas.tool_schemas import SchemaCheck, SchemaVerdict, ToolSchemas
from inspector.core.schemas.walk import SchemaWalk
from tests.schema_checks import a, check, check_all


def promptly(parameters: object, arguments: object = None) -> SchemaCheck:
    began = time.process_time()
    found = check(parameters, arguments)
    assert time.process_time() - began < 30
    return found


def fanned_out(keyword: str, levels: int) -> dict[str, Any]:
    parts: dict[str, Any] = {f"d{n}": {keyword: [{"$ref": f"#/$defs/d{n + 1}"}] * 2} for n in range(levels)}
    return {"$ref": "#/$defs/d0", "$defs": {**parts, f"d{levels}": {"type": "string"}}}


def test_a_pattern_that_backtracks_for_ever_elsewhere_ends_at_once() -> None:
    found = promptly(a({"pattern": "(a+)+$"}), {"a": "a" * 40 + "b"})
    assert found.verdict is SchemaVerdict.FAILS
    assert promptly({"patternProperties": {"(a+)+$": False}}, {"a" * 40 + "b": 1}).verdict is SchemaVerdict.PASSES


@pytest.mark.parametrize("pattern", [r"(?=a)(a+)+$", r"(a+)+\1$", "(", "(?<!a)b", "((a{1000}){1000}){1000}"])
def test_patterns_that_cannot_be_matched_in_linear_time_are_not_used(pattern: str) -> None:
    found = promptly(a({"pattern": pattern}), {"a": "a" * 40 + "b"})
    assert found.verdict is SchemaVerdict.NOT_CHECKED
    assert "at /properties/a/pattern: the pattern" in found.reason


@pytest.mark.parametrize("keyword", ["allOf", "anyOf", "oneOf"])
@pytest.mark.parametrize("levels", [12, 60])
def test_references_that_fan_out_do_not_run_away(keyword: str, levels: int) -> None:
    found = promptly(fanned_out(keyword, levels), {})
    assert found.verdict is (SchemaVerdict.FAILS if levels == 12 else SchemaVerdict.NOT_CHECKED)
    assert ("too long" in found.reason) == (levels == 60)


def test_recursion_over_the_arguments_does_not_run_away() -> None:
    tree = {"properties": {"a": {"anyOf": [{"$ref": "#"}, {"$ref": "#"}]}}}
    assert promptly(tree, '{"a":' * 5 + "1" + "}" * 5).verdict is SchemaVerdict.PASSES
    assert "too long" in promptly(tree, '{"a":' * 60 + "1" + "}" * 60).reason


@pytest.mark.parametrize(
    "schema",
    [
        {"$ref": "#"},
        {"anyOf": [{"$ref": "#"}, {"$ref": "#"}]},
        {"not": {"$ref": "#"}},
        {"$dynamicRef": "#x", "$dynamicAnchor": "x"},
        {"$ref": "#/$defs/a", "$defs": {"a": {"$ref": "#/$defs/b"}, "b": {"$ref": "#/$defs/a"}}},
    ],
)
def test_references_in_a_ring_are_refused(schema: object) -> None:
    assert "in a ring" in promptly(schema).reason


def test_a_long_chain_of_references_is_refused() -> None:
    parts = {f"d{n}": {"$ref": f"#/$defs/d{n + 1}"} for n in range(5000)}
    assert "too deep" in promptly({"$ref": "#/$defs/d0", "$defs": {**parts, "d5000": {}}}).reason


def test_the_deepest_that_is_checked_fits_a_small_stack() -> None:
    """Worker threads have 512 KiB on some systems; running over is no exception but the end of the process."""
    code = (
        "import json, threading; from inspector.core.completion import read_completion as r\n"
        "from inspector.core.json.text import parse_body as p; from inspector.core.schemas.tool_schemas import ToolSchemas as T\n"
        "def go(s, a):\n"
        "    b = json.dumps({'choices': [{'message': {'tool_calls': [{'function': {'name': 'f', 'arguments': a}}]}}]})\n"
        "    [c] = T.read(json.dumps({'name': 'f', 'parameters': s})).check_all(r(p(b.encode()))).values()\n"
        "    print(c.verdict.value)\n"
        "def run():\n"
        "    s = {'type': 'string'}\n"
        "    for n in range(95): s = {'not': s} if n % 2 else {'anyOf': [s]}\n"
        "    go({'additionalProperties': s}, '{\"a\": 1}')\n"
        "    c = {f'd{n}': {'anyOf': [{'$ref': f'#/$defs/d{n + 1}'}]} for n in range(195)}\n"
        "    go({'$ref': '#/$defs/d0', '$defs': {**c, 'd195': {'type': 'string'}}}, '{}')\n"
        "    go({'additionalProperties': {'$ref': '#'}, 'type': 'object'}, '{\"a\":' * 195 + '1' + '}' * 195)\n"
        "threading.stack_size(512 * 1024); t = threading.Thread(target=run); t.start(); t.join()\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout.split()) == (0, ["passes", "fails", "fails"]), done.stderr


def test_a_large_value_is_not_copied_into_a_thousand_errors() -> None:
    schema = {"allOf": [{"required": [f"k{n}"]} for n in range(1000)]}
    assert "too long" in promptly(schema, {"a": "x" * 1_000_000}).reason


def test_a_large_value_alone_is_checked() -> None:
    assert promptly(a({"type": "string"}), {"a": "x" * 2_000_000}).verdict is SchemaVerdict.PASSES
    assert promptly(a({"items": {"type": "string"}}), {"a": list(range(20_000))}).verdict is SchemaVerdict.FAILS


def test_a_wide_pattern_over_a_long_text_is_refused() -> None:
    wide = {"pattern": "([ab]?){50000}[cd]"}
    assert "too long" in promptly(a(wide), {"a": "ab" * 500}).reason
    assert "too long" in promptly({"patternProperties": {wide["pattern"]: {}}}, {"a": "ab" * 500}).reason


def test_many_wide_patterns_are_not_even_compiled() -> None:
    schema = {"properties": {str(n): {"pattern": f"(.{{50000}}){n}"} for n in range(500)}}
    assert "the patterns in its schema are too large" in promptly(schema).reason


def test_a_huge_schema_is_not_compiled() -> None:
    assert "larger than 512 KiB" in promptly({"description": "x" * 600_000}).reason


def test_one_call_cannot_use_up_the_effort_of_all_but_many_can() -> None:
    schema = {"properties": {"a": {"items": {"type": "null"}}}}
    dear, large = json.dumps({"a": [None] * 60_000}), json.dumps({"a": [None] * 48_000})
    found = check_all(schema, [dear, "{}", large, large, large, large, "{}"])
    assert [one.verdict.value for one in found] == ["not-checked", *["passes"] * 4, "not-checked", "not-checked"]
    assert "too long" in found[0].reason
    assert "too much else" in found[-2].reason
    assert "too much else" in found[-1].reason


def similar(first: int, last: int) -> list[str]:
    """Names of a hundred characters that differ in their order alone."""
    return [f"{number:050b}".replace("0", "ab").replace("1", "ba") for number in range(first, last)]


@pytest.mark.parametrize("closing", [{"additionalProperties": False}, {}])
def test_names_are_not_compared_without_end(closing: dict[str, Any]) -> None:
    known: dict[str, Any] = {name: {} for name in similar(0, 500)}
    found = promptly({"properties": known} | closing, dict.fromkeys(similar(500, 700), 1))
    told = found.violations if closing else found.notes
    assert len(told) == 101
    assert "did you mean" in told[0].message
    assert told[99].message.endswith("is not in the schema.")
    assert told[100].message == "100 more are not listed."


def test_values_are_not_compared_without_end() -> None:
    found = promptly(a({"items": {"enum": similar(0, 200)}}), {"a": similar(200, 300)})
    assert "did you mean" in found.violations[0].message
    assert "did you mean" not in found.violations[-1].message


def test_calls_that_were_not_offered_are_not_compared_without_end() -> None:
    tools = [{"name": name, "parameters": {}} for name in similar(0, 500)]
    schemas = ToolSchemas.read(json.dumps(tools))
    assert isinstance(schemas, ToolSchemas)
    calls = [{"function": {"name": name, "arguments": "{}"}} for name in similar(500, 600)]
    document = parse_text(json.dumps({"choices": [{"message": {"tool_calls": calls}}]}))
    assert isinstance(document, JsonDocument)
    began = time.process_time()
    first, *_, last = schemas.check_all(read_completion(document)).values()
    assert time.process_time() - began < 30
    assert "did you mean" in first.violations[0].message
    assert "was not offered. Offered:" in last.violations[0].message


def test_a_schema_is_not_made_ready_when_all_effort_is_spent() -> None:
    document = parse_text("{" + " " * 100 + "}")
    assert isinstance(document, JsonDocument)
    assert read_schema(document.root, strict=False, effort=Effort(0)) == TOO_MUCH


def test_states_are_counted_without_running_over() -> None:
    assert states("abc") == 3
    assert states("a{2}") == 8
    assert states("a{2,}") == 10
    assert states("a{0,3}") == 18
    assert states("\\p{L}") == 500
    assert states("(((a{999}){999}){999}){999}") == 100_000


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ('{"a": ' + "1" * 4001 + "}", "a number too large or too long to be compared (111111111111…)"),
        ('{"a": 1e99999}', "a number too large"),
        ('{"a": 1E-99999}', "a number too large"),
        ('{"a": ' + "[" * 250 + "]" * 250 + "}", "nested more than 200 levels deep"),
        ('{"a": ' + "[" * 100_000 + "]" * 100_000 + "}", "nested more than 200 levels deep"),
        ('{"a": {"\\ud83d": 1}}', "a name with half of a character"),
    ],
)
def test_arguments_that_the_validator_cannot_take(arguments: str, reason: str) -> None:
    found = promptly(a({"type": "integer"}), arguments)
    assert found.verdict is SchemaVerdict.NOT_CHECKED
    assert reason in found.reason


@pytest.mark.parametrize("number", ["1" * 4000, "1e400", "1.0", "-0", "-0.0", "9007199254740993", "1e10000"])
def test_numbers_are_exact(number: str) -> None:
    assert check(a({"type": "integer"}), f'{{"a": {number}}}').verdict is SchemaVerdict.PASSES


class PanicException(BaseException):
    """What a panic in the validator looks like from Python."""


class FailingValidator:
    """Stands in for a validator that fails as none should."""

    def __init__(self, error: BaseException) -> None:
        self.error = error

    def iter_errors(self, value: object) -> list[Any]:
        raise self.error


def with_failing(error: BaseException) -> SchemaCheck:
    document = parse_text("{}")
    assert isinstance(document, JsonDocument)
    validator: Any = FailingValidator(error)
    return ParameterSchema(document.root, SchemaWalk({}), validator, strict=False).check(document.root, Effort())


def test_a_validator_that_fails_leaves_the_arguments_unchecked() -> None:
    assert with_failing(ValueError("odd")).reason == "The validator gave up on the arguments (odd)."
    assert "a fault inside the validator itself" in with_failing(PanicException("boom")).reason
    with pytest.raises(KeyboardInterrupt):
        with_failing(KeyboardInterrupt())


def test_the_validator_is_not_loaded_before_it_is_needed() -> None:
    code = "import sys, inspector.core.schemas.tool_schemas; print('jsonschema_rs' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.strip() == "False"


LEAVES = st.sampled_from(["string", "object", "#", "#/$defs/a", "^a", "date", 0, 1, -1, 2.5, True, False, None, ""])
KEYWORDS = st.sampled_from(
    [
        *(
            "type",
            "properties",
            "items",
            "prefixItems",
            "anyOf",
            "oneOf",
            "allOf",
            "not",
            "if",
            "then",
            "else",
            "enum",
            "const",
        ),
        *(
            "pattern",
            "format",
            "minimum",
            "multipleOf",
            "minLength",
            "maxItems",
            "uniqueItems",
            "contains",
            "minContains",
        ),
        *(
            "required",
            "additionalProperties",
            "patternProperties",
            "propertyNames",
            "dependentRequired",
            "dependentSchemas",
        ),
        *(
            "dependencies",
            "unevaluatedProperties",
            "unevaluatedItems",
            "additionalItems",
            "$defs",
            "$ref",
            "$id",
            "$anchor",
        ),
        *("$dynamicRef", "$recursiveRef", "$schema", "contentEncoding", "a"),
    ]
)
SCHEMAS = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYWORDS, inner, max_size=4), max_leaves=15
)
VALUES = st.recursive(
    LEAVES | st.text(max_size=4) | st.integers(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("ab"), inner, max_size=2),
    max_leaves=8,
)


@given(st.dictionaries(KEYWORDS, SCHEMAS, max_size=4), st.dictionaries(st.sampled_from("abc"), VALUES, max_size=3))
def test_any_schema_and_any_arguments_give_one_of_three_verdicts(schema: object, arguments: object) -> None:
    found = check(schema, arguments)
    assert (found.verdict is SchemaVerdict.FAILS) == bool(found.violations)
    assert (found.verdict is SchemaVerdict.NOT_CHECKED) == bool(found.reason)

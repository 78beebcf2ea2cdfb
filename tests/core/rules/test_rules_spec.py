"""The table of the service's members, held against the service's own description, and what deviates from it."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from inspector.bundle import bundled
from inspector.core.inspection import inspect_file
from inspector.core.rules import spec
from inspector.core.rules.spec_types import TOLD_ELSEWHERE, TYPES, WELL_KNOWN
from inspector.core.spec_fields import FIELDS, REQUIRED
from tests.core.rules.conftest import NOW, edited

CALLS = "/choices/0/message/tool_calls"
CALL = {"id": "call_7", "type": "function", "function": {"name": "track", "arguments": "{}"}}

FIRES = [
    ("missing-field", {"/id": ...}, "", "“id” is missing"),
    ("missing-field", {"/choices/0/message/role": ...}, "/choices/0/message", "“role” is missing"),
    ("missing-field", {CALLS: [{"id": "a", "function": CALL["function"]}]}, f"{CALLS}/0", "“type” is missing"),
    ("missing-field", {"/usage/total_tokens": ...}, "/usage", "“total_tokens” is missing"),
    ("wrong-type", {"/id": 7}, "/id", "“id” is 7, where the service's description says string"),
    (
        "wrong-type",
        {"/service_tier": True},
        "/service_tier",
        "is true, where the service's description says string or null",
    ),
    ("wrong-type", {"/usage/total_tokens": "32"}, "/usage/total_tokens", "is “32”"),
    (
        "wrong-type",
        {"/usage/total_tokens": ("32.0",)},
        "/usage/total_tokens",
        "is 32.0, where the service's description says integer",
    ),
    ("wrong-type", {CALLS: {}}, CALLS, "is an object, where the service's description says array or null"),
    ("wrong-type", {"/choices/0/message/refusal": []}, "/choices/0/message/refusal", "is an array"),
    ("unknown-field", {"/surprise": 1}, "/surprise", "“surprise” is not in the service's description"),
    (
        "unknown-field",
        {CALLS: [{**CALL, "function": {**CALL["function"], "a/b": 1}}]},
        f"{CALLS}/0/function/a~1b",
        "“a/b”",
    ),
    ("undescribed-fields", {"/seed": 7, "/metadata": {"team": "web"}}, "", "not described: seed, metadata."),
    ("undescribed-fields", {"/usage/cost": 0.1}, "/usage", "cost"),
]
QUIET = [
    ("missing-field", {}),
    ("missing-field", {"/choices": ..., "/created": ..., "/usage": ...}),
    ("missing-field", {CALLS: [{"type": "function"}]}),
    ("missing-field", {"body": b'{"error": "no"}'}),
    ("missing-field", {"body": b"[]"}),
    ("wrong-type", {}),
    ("wrong-type", {"/created": "now", "/usage": 7, "/choices/0/message/content": []}),
    ("unknown-field", {}),
    ("unknown-field", {"/seed": 7, "/error": {}, "/choices/0/logprobs": {"surprise": 1}}),
    ("undescribed-fields", {}),
    ("undescribed-fields", {"/surprise": 7}),
]


def test_fires(fires: Callable[[], None]) -> None:
    fires()


def test_stays_quiet(quiet: Callable[[], None]) -> None:
    quiet()


def test_the_table_is_that_of_the_description() -> None:
    schemas = described(bundled("sudo-openapi.yaml").read_text("utf-8"))["components"]["schemas"]
    objects = dict(objects_of(schemas, "ChatCompletion", ""))

    assert {place: set(names) for place, names in FIELDS.items()} == {
        place: set(schema["properties"]) for place, schema in objects.items()
    }
    assert {place: set(names) for place, names in REQUIRED.items()} == {
        place: set(schema["required"]) for place, schema in objects.items()
    }
    assert dict(types_of(objects)) == TYPES


def test_the_other_tables_speak_of_places_that_exist() -> None:
    assert set(WELL_KNOWN) == set(FIELDS)
    assert all(not WELL_KNOWN[place] & set(FIELDS[place]) for place in FIELDS)
    assert {place.rpartition("/")[0] for place in TOLD_ELSEWHERE} <= set(FIELDS)


def described(text: str) -> dict[str, Any]:
    """The `components` of the description: mappings by indentation and lists of plain words; folded texts are skipped."""
    root: dict[str, Any] = {}
    above: list[tuple[int, Any, str]] = []
    folded = 1_000
    for line in text[text.index("\ncomponents:") :].splitlines():
        indent, words = len(line) - len(line.lstrip()), line.strip()
        if not words or indent > folded:
            continue
        if words.startswith("- "):
            _, holder, key = above[-1]
            holder[key] = [*(holder[key] or []), words[2:].strip("'")]
            continue
        while above and indent <= above[-1][0]:
            above.pop()
        holder = above[-1][1][above[-1][2]] if above else root
        key, _, value = words.partition(":")
        holder[key] = value.strip(" '") or {}
        above.append((indent, holder, key))
        folded = indent if value.strip() == ">-" else 1_000
    return root


def objects_of(schemas: dict[str, Any], name: str, place: str) -> Iterator[tuple[str, dict[str, Any]]]:
    schema = schemas[name]
    yield place, schema
    for key, member in schema["properties"].items():
        items = member.get("items", {})
        for reference, below in ((member.get("$ref"), key), (items.get("$ref"), f"{key}/*")):
            if reference is not None:
                yield from objects_of(schemas, reference.rpartition("/")[2], f"{place}/{below}")


def types_of(objects: dict[str, dict[str, Any]]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for place, schema in objects.items():
        for key, member in schema["properties"].items():
            types = "object" if "$ref" in member else member.get("type")
            if types is not None:
                yield f"{place}/{key}", (types,) if isinstance(types, str) else tuple(types)


def test_more_forms_than_are_remembered_are_looked_at_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spec, "_MOST_FORMS", 1)
    body = edited({CALLS: [{**CALL, f"extra{number}": 1} for number in (1, 2, 2)] + [CALL]})
    found = [each.pointer for each in inspect_file(body, "answer.json", NOW).findings if each.rule == "unknown-field"]
    assert found == [f"{CALLS}/0/extra1", f"{CALLS}/1/extra2", f"{CALLS}/2/extra2"]

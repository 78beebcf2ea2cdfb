"""All rules together: their identity, their tests, and that they hold on any body."""

import json
import re
import runpy
import time
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inspector.core.findings import Finding, Severity
from inspector.core.inspection import inspect_file
from inspector.core.rules import ALL_RULES
from inspector.core.rules.rule import MOST_HITS

Findings = Callable[[dict[str, Any]], tuple[Finding, ...]]
CALLING = {
    "role": "assistant",
    "content": None,
    "annotations": [{"type": "url_citation", "start_index": 0, "end_index": 0, "url": "https://example.com"}],
    "audio": {"id": "audio_1", "expires_at": 1_763_900_000, "data": "", "transcript": ""},
    "tool_calls": [
        {"id": "call_1", "type": "function", "function": {"name": "track", "arguments": '{"id": 7, "city": "Lübeck"}'}},
        {"id": "call_2", "type": "custom", "custom": {"name": "run", "input": "SELECT 1"}},
    ],
    "function_call": {"name": "track", "arguments": "{}"},
}


def test_ids_are_unique_and_kebab_case() -> None:
    ids = [rule.id for rule in ALL_RULES]
    assert len(ids) == len(set(ids)) >= 34
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name) for name in ids)


@pytest.mark.parametrize("rule", ALL_RULES, ids=lambda rule: rule.id)
def test_titles_and_reasons_are_written_for_people(rule: Any) -> None:
    assert rule.title[0].isupper()
    assert not rule.title.endswith(".")
    assert len(rule.title) <= 70
    assert rule.why[0].isupper() or rule.why[0] == "“"
    assert rule.why.endswith(".")
    assert 40 <= len(rule.why) <= 200


def test_titles_tell_the_rules_apart() -> None:
    assert len({rule.title for rule in ALL_RULES}) == len(ALL_RULES)


def test_every_rule_has_a_body_on_which_it_fires_and_one_on_which_it_does_not() -> None:
    modules = [
        runpy.run_path(str(path)) for path in Path(__file__).parent.glob("test_rules_*.py") if path != Path(__file__)
    ]
    for cases in ("FIRES", "QUIET"):
        covered = {case[0] for module in modules for case in module.get(cases, ())}
        assert covered == {rule.id for rule in ALL_RULES}


def test_a_healthy_completion_has_no_findings(findings_of: Findings) -> None:
    assert findings_of({}) == ()


def test_healthy_tool_calls_have_no_findings(findings_of: Findings) -> None:
    calls = [
        {
            "id": f"call_{place}",
            "type": "function",
            "function": {"name": "track", "arguments": json.dumps({"id": place})},
        }
        for place in range(3)
    ]
    message = {"role": "assistant", "content": None, "refusal": None, "tool_calls": calls, "annotations": []}
    assert findings_of({"/choices/0/message": message, "/choices/0/finish_reason": "tool_calls"}) == ()


def test_findings_come_in_the_order_of_the_rules(findings_of: Findings) -> None:
    order = [rule.id for rule in ALL_RULES]
    places = [
        order.index(finding.rule) for finding in findings_of({"/choices/0/message": CALLING, "/created": None, "/x": 1})
    ]
    assert len(set(places)) > 5
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("entries", "told"), [(MOST_HITS, ""), (MOST_HITS + 1, "in 1 more place,"), (1600, "in 1,500 more places,")]
)
def test_a_rule_tells_a_hundred_places_and_how_many_more(findings_of: Findings, entries: int, told: str) -> None:
    found = [
        finding for finding in findings_of({"/choices": [None] * entries}) if finding.rule == "choice-not-an-object"
    ]
    assert [finding.pointer for finding in found[:MOST_HITS]] == [f"/choices/{place}" for place in range(MOST_HITS)]
    assert [told in finding.message for finding in found[MOST_HITS:]] == [True] * bool(told)
    assert all(finding.pointer == "" for finding in found[MOST_HITS:])


def test_severities_are_all_in_use() -> None:
    assert {rule.severity for rule in ALL_RULES} == set(Severity)


SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**30), 10**30),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(alphabet=st.characters(), max_size=20),
    st.sampled_from(
        [
            "",
            " ",
            "length",
            "tool_calls",
            "error",
            "{",
            '{"a": 1, "a": 2}',
            "<think>",
            "\ud800",
            "\u202e\x1b\x00",
            "a\u200bb",
        ]
    ),
    st.sampled_from([0, -1, 10**400, -9999.0, 1e300, 5e-324]),
)
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4)
)


@given(data=st.data())
@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
def test_any_mutation_is_judged_without_an_exception_and_every_pointer_leads_somewhere(
    healthy: bytes, data: st.DataObject
) -> None:
    body = json.loads(healthy)
    body["choices"].append(
        {"index": 1, "finish_reason": "tool_calls", "message": deepcopy(CALLING), "logprobs": {"content": []}}
    )
    for _ in range(data.draw(st.integers(1, 4))):
        body = mutated(body, data)
    text = json.dumps(body, ensure_ascii=data.draw(st.booleans()))
    inspection = inspect_file(text.encode("utf-8", "surrogatepass"), "x", 1_763_800_000)
    assert inspection.document is not None
    for finding in inspection.findings:
        assert inspection.document.find(finding.pointer) is not None
        assert finding.message.endswith(".")
        assert len(finding.message) <= 300
        assert "\n" not in finding.message


def mutated(body: Any, data: st.DataObject) -> Any:
    """The body with one node deleted, renamed or replaced."""
    places = list(nodes_of(body))
    if not places:
        return data.draw(VALUES)
    holder, key = data.draw(st.sampled_from(places))
    action = data.draw(st.sampled_from(["delete", "rename", "replace"]))
    if action == "delete":
        del holder[key]
    elif action == "rename" and isinstance(holder, dict):
        holder[data.draw(st.text(max_size=8))] = holder.pop(key)
    else:
        holder[key] = data.draw(VALUES)
    return body


def nodes_of(value: Any) -> Any:
    """Every (holder, key) below a value."""
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, member in members:
        yield value, key
        yield from nodes_of(member)


@given(body=st.binary(max_size=60))
def test_any_bytes_are_judged_without_an_exception(body: bytes) -> None:
    inspection = inspect_file(body, "x", 1_763_800_000)
    assert inspection.findings or inspection.document is not None


def wide(size: int) -> bytes:
    return b'{"choices": [' + b", ".join([b'{"a": 1e999, "a": "\\ud83d", "b": null}'] * size) + b"]}"


def deep(size: int) -> bytes:
    return b'{"a":[1e999,"\\u202e",' * size + b"0" + b"]}" * size


@pytest.mark.parametrize("body", [wide, deep])
def test_many_faulty_nodes_take_linear_time(body: Callable[[int], bytes]) -> None:
    small, large = (min(seconds(body(size)) for _ in range(3)) for size in (500, 2_000))
    assert large < 9 * small


def seconds(body: bytes) -> float:
    started = time.process_time()
    assert len(inspect_file(body, "x", 1_763_800_000).findings) > MOST_HITS
    return time.process_time() - started

"""Paths in four notations lead to the value they were made of."""

import json
import shutil
import subprocess
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.core.notations import Decode, Path, jq, json_path, json_pointer, path_of, python, python_string
from tests.inspections import call, completion, outlined
from tests.outline_rows import rows_of

CITY = ("choices", 0, "message", "tool_calls", 0, "function", "arguments", Decode(), "city")
KEYS = st.text() | st.sampled_from(
    ["", "'", '"', "\\", "a b", "a/b", "~1", "not", "\x00", "\ud83d", "é", "\\(x)", "\x7f"]
)
PATHS = st.lists(KEYS | st.integers(0, 3) | st.just(Decode()), max_size=6).map(tuple)


def holding(path: Path) -> Any:
    """A value in which the path leads to 42."""
    value: Any = 42
    for step in reversed(path):
        if isinstance(step, Decode):
            value = json.dumps(value)
        else:
            value = [None] * step + [value] if isinstance(step, int) else {"decoy": 0, step: value}
    return value


def test_arguments_are_decoded_on_the_way() -> None:
    arguments = "/choices/0/message/tool_calls/0/function/arguments"
    assert json_pointer(CITY) == f"{arguments} → /city"
    assert json_path(CITY) == "$['choices'][0]['message']['tool_calls'][0]['function']['arguments'] → $['city']"
    assert jq(CITY) == ".choices[0].message.tool_calls[0].function.arguments | fromjson | .city"
    assert python(CITY) == 'json.loads(body["choices"][0]["message"]["tool_calls"][0]["function"]["arguments"])["city"]'


def test_the_whole_answer() -> None:
    assert (json_pointer(()), json_path(()), jq(()), python(())) == ("", "$", ".", "body")


def test_a_string_that_was_only_decoded() -> None:
    assert jq(("a", Decode())) == ".a | fromjson"
    assert jq((Decode(), Decode(), 0)) == ". | fromjson | . | fromjson | .[0]"
    assert json_path(("a", Decode())) == "$['a'] → $"


def test_escapes_of_the_normalized_path() -> None:
    assert json_path(("'\\\n\x0b\ud800é\"",)) == r"""$['\'\\\n\u000b\ud800é"']"""


def test_keys_that_jq_reads_as_words_are_quoted() -> None:
    assert jq(("and", "a1", "1a", 0, "\U000e0001")) == r'.["and"].a1["1a"][0]["\udb40\udc01"]'


def test_long_escapes_of_python() -> None:
    assert python_string('\n\x7f\u2028\U000e0001"') == r'"\n\x7f\u2028\U000e0001\""'


@given(PATHS)
def test_the_python_form_leads_to_the_value(path: Path) -> None:
    assert eval(python(path), {"json": json, "body": holding(path)}) == 42


@given(PATHS)
def test_the_pointer_leads_to_the_value(path: Path) -> None:
    value = holding(path)
    for number, part in enumerate(json_pointer(path).split(" → ") if all(plain(path)) else []):
        value = json.loads(value) if number else value
        for step in part.split("/")[1:]:
            name = step.replace("~1", "/").replace("~0", "~")
            value = value[int(name)] if isinstance(value, list) else value[name]
    assert value == 42 or not all(plain(path))


def plain(path: Path) -> list[bool]:
    return [not isinstance(step, str) or "→" not in step for step in path]


@given(PATHS)
def test_the_normalized_path_leads_to_the_value(path: Path) -> None:
    if not all(plain(path)):
        return
    value = holding(path)
    for number, part in enumerate(json_path(path).split(" → $")):
        value = json.loads(value) if number else value
        for selector in selectors(part if number else part[1:]):
            value = value[selector]
    assert value == 42


def selectors(part: str) -> list[str | int]:
    """A reader of normalized paths, character by character."""
    found: list[str | int] = []
    at = 0
    while at < len(part):
        assert part[at] == "["
        if part[at + 1] != "'":
            end = part.index("]", at)
            found.append(int(part[at + 1 : end]))
            at = end + 1
            continue
        name, at = "", at + 2
        while part[at] != "'":
            escape = part[at : at + 2] if part[at] == "\\" else ""
            if escape == "\\u":
                name, at = name + chr(int(part[at + 2 : at + 6], 16)), at + 6
            elif escape:
                name, at = (
                    name + {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r"}.get(escape[1], escape[1]),
                    at + 2,
                )
            else:
                name, at = name + part[at], at + 1
        found.append(name)
        at += 2
    return found


def test_the_jq_form_is_spelled_so_that_no_key_ends_its_string() -> None:
    assert jq(('a"b\\c', 1, "plain")) == '.["a\\"b\\\\c"][1].plain'
    assert jq(("\x01",)) == '.["\\u0001"]'


@pytest.mark.skipif(shutil.which("jq") is None, reason="jq is not installed")
def test_the_jq_form_leads_to_the_value() -> None:
    keys = [
        "",
        "'",
        '"',
        "\\",
        "a b",
        "a/b",
        "not",
        "\x01",
        "é",
        "\\(1)",
        "\x7f",
        "😀",
        "$__loc__",
        "\u2028",
        "end",
        "a",
    ]
    paths: list[Path] = [*((key,) for key in keys), *((2, key, Decode(), 1, key) for key in keys), (), (Decode(),)]
    for path in paths:
        run = subprocess.run(
            ["jq", jq(path)], check=False, input=json.dumps(holding(path)), capture_output=True, text=True
        )
        assert run.stdout == "42\n", (jq(path), run.stderr)


BODIES = (
    completion(tool_calls=[call('{"city": "Bonn", "a/b": [1, {"": null}]}')]),
    completion(tool_calls=[call(json.dumps('{"city": "Bonn"}'))]),
    completion(tool_calls=[call(json.dumps(json.dumps('{"city": ["Bonn"]}')))]),
    completion(tool_calls=[call({"city": "Bonn"})]),
    completion(content=list(range(1001))),
)


@pytest.mark.parametrize("body", BODIES)
def test_the_path_of_every_row_leads_to_its_value(body: dict[str, Any]) -> None:
    rows = list(rows_of(outlined(body)))
    for row in rows:
        if row.node is not None:
            found = eval(python(path_of(row)), {"json": json, "body": body})
            assert found == json.loads(row.node.text), python(path_of(row))
    assert len(rows) > 10


def test_the_path_of_an_absent_field_is_where_it_would_be() -> None:
    body = completion()
    del body["model"]
    (row,) = (row for row in rows_of(outlined(body)) if row.node is None)
    assert path_of(row) == ("model",)

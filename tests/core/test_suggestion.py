"""What is suggested for broken arguments: an edit for each cause that justifies one, else a refusal that says why."""

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.core.json.document import JsonDocument, Kind
from inspector.core.json.text import parse_text
from inspector.core.suggestion.draft import Draft
from inspector.core.suggestion.suggest import EDIT_LIMIT, STEP_LIMIT, TEXT_LIMIT, suggest
from inspector.core.suggestion.suggestion import Edit, NoSuggestion, Suggestion, applied
from tests.json_texts import json_texts, mutated, unhurried
from tests.outline_rows import nodes_of

DATA = Path(__file__).parents[1] / "data"
CASES = {case["id"]: case for case in json.loads((DATA / "argument_cases.json").read_text("utf-8"))["cases"]}
EXPECTED = json.loads((DATA / "argument_suggestions.json").read_text("utf-8"))["suggestions"]
MARK = "\ufeff"

READ = [
    # cut off
    ('{"city": "Par', '{"city": "Par"}'),
    ('{"a": {"b": [1, 2 ', '{"a": {"b": [1, 2 ]}}'),
    ('{"a": 1,', '{"a": 1}'),
    ('{"a": [1, ', '{"a": [1 ]}'),
    ('{"a": true', '{"a": true}'),
    ("{", "{}"),
    ("[", "[]"),
    ('"a', '"a"'),
    ('{"a": "\\ud83d\\ude00', '{"a": "\\ud83d\\ude00"}'),
    # trailing comma
    ('{"a": [1, 2, ], }', '{"a": [1, 2 ] }'),
    # Python
    ("{'a': True, 'b': None, 'c': \"d\"}", '{"a": true, "b": null, "c": "d"}'),
    ("{'a': 'it\\'s \"x\"'}", '{"a": "it\'s \\"x\\""}'),
    ("{'a': '\\x41\\a\\v\\d\\n\\u00e9\\\n'}", '{"a": "\\u0041\\u0007\\u000b\\\\d\\n\\u00e9"}'),
    ("{'a': 'b", '{"a": "b"}'),
    ("{'a': (1, 'b'), 'c': ()}", '{"a": [1, "b"], "c": []}'),
    ("'{\"a\": 1}'", '{"a": 1}'),
    ("True", "true"),
    # quotes missing
    ("{city: Paris, n: 2024-01-01, t: 12:30}", '{"city": "Paris", "n": "2024-01-01", "t": "12:30"}'),
    ('{"a": New York }', '{"a": "New York" }'),
    ('{"a": Paris"}', '{"a": "Paris"}'),
    ('{a": 1, 2: 3}', '{"a": 1, "2": 3}'),
    ('{"a": 12 apples}', '{"a": "12 apples"}'),
    ('{"a": [true story]}', None),
    # fences
    ('```json\n{"a": 1}\n```', '{"a": 1}'),
    ('Here:\n```json\n{"a": 1}\n```\nDone.', '{"a": 1}'),
    ('{"a": 1}\n```', '{"a": 1}\n'),
    ('```\n{"a": [', '{"a": []}'),
    ('`{"a": 1}`', '{"a": 1}'),
    ('json\n{"a": 1}', '{"a": 1}'),
    # more after the value
    ('{"a": 1} and so on', '{"a": 1} '),
    ('{"a": 1}}', '{"a": 1}'),
    # control characters
    ('{"a": "x\ny\t\x01z"}', '{"a": "x\\ny\\t\\u0001z"}'),
    ('{"a": \x01\x02 1}', '{"a":  1}'),
    ('{"a": "x\ny\\"z\n', '{"a": "x\\ny\\"z\\n"}'),
    # quotes
    ('{"a": "say "hi" now"}', '{"a": "say \\"hi\\" now"}'),
    ('{"a": "x""}', '{"a": "x\\""}'),
    # escapes
    ('{"a": "\\d+ it\\\'s \\u12"}', '{"a": "\\\\d+ it\'s \\\\u12"}'),
    ('{"a": "C:\\dev\\x"}', '{"a": "C:\\\\dev\\\\x"}'),
    ('{"a": "\\d\\n"}', '{"a": "\\\\d\\n"}'),
    ('{\\"a\\": \\"b\\\\n\\/\\u00e9\\"}', '{"a": "b\\n/é"}'),
    ('{"a": \\n1\\n}', '{"a": 1}'),
    ('"{\\"a\\": \\"\\\\n\\"}"', '{"a": "\\n"}'),
    ('"\\"{\\\\\\"a\\\\\\": 1}\\""', '{"a": 1}'),
    # comments
    ('{"a": 1 // one\n}', '{"a": 1 \n}'),
    ('{/* a */"a": 1 # one\n}', '{"a": 1 \n}'),
    ('{"a": 1} // done', '{"a": 1} '),
    # numbers
    ('{"a": .5, "b": +1, "c": 5., "d": -.5, "e": 1_000_000}', '{"a": 0.5, "b": 1, "c": 5.0, "d": -0.5, "e": 1000000}'),
    # byte order mark
    (MARK + '{"a": 1}', '{"a": 1}'),
    ("ï»¿[1]", "[1]"),
    ('{"a": ' + MARK + "1}", '{"a": 1}'),
]

REFUSED = [
    ("", "no text"),
    (" \n", "no text"),
    ('{"a": 12', "inside the number 12: more digits may be missing"),
    ('{"a": -1.5e', "inside the number -1.5e"),
    ('{"a": -', "inside the number -"),
    ('{"a": tru', "inside the word tru"),
    ('{"a": "x\\', "inside an escape"),
    ('{"a": "x\\u12', "inside an escape"),
    ('{"a": "\\ud83d', "inside an escape"),
    ('{"a', "inside a key"),
    ('{"a\\', "inside a key"),
    ('{"a"', "after the key “a”: its value is missing"),
    ('{"a": ', "after the colon of “a”: its value is missing"),
    ('{"a": "b}', "whether its end is missing or only a quote"),
    (MARK, "before any value begins"),
    ("[" * 1001, "More than 1,000"),
    ("{'a': 'it's'}", "where it ends cannot be known"),
    ("{'a': '\\N{DASH}'}", "an escape of Python"),
    ("{'a': b'x'}", "letter before its quotes"),
    ('\'{"a": 1', "holds no object"),
    ("'hello'", "holds no object"),
    ("{a b: 1}", "is not clear"),
    ('{"a": New York', "no clear end"),
    ("```\n{}\n```\n```\n{}\n```", "more than one code fence"),
    ("```\n``` {}", "more than one code fence"),
    ("{}\n```\n{}", "more than one code fence"),
    ('{"a": 1}{"b": 2}', "Several values"),
    ('{"a": NaN}', "no NaN"),
    ('{"a": 60*60}', "expression"),
    ('{"a": 007}', "The number 007"),
    ('{"a": 0x1F}', "The number 0x1F"),
    ('{"a": 1_00}', "The number 1_00"),
    ('{"a": 1,000}', "A comma stands inside a number"),
    ('{"a": +}', "The number +"),
    ("What is it?", "prose"),
    ('{"a": undefined}', "at character 7 is not clear"),
    ('{"a": 1 // one}', "up to the end of the text"),
    ('{"a": /* one', "up to the end of the text"),
    ('{"a": "C:\\new\\dev"}', "In this path"),
    ('{\\"a\\": "b"}', "Some quotes are escaped"),
    ('{"a": .5', "inside the number .5"),
    ("[1/**/2]", "run together"),
    ("[1\x012]", "run together"),
    ("[1" + MARK + "2]", "run together"),
    ("[tru\\ne]", "no clear end"),
    ("[tru/**/e]", "run together"),
    ('"[1]\\n', "a guess upon a guess"),
    ("x" * (TEXT_LIMIT + 1), "50,001 characters"),
]


def suggestion(text: str) -> Suggestion:
    found = suggest(text)
    assert isinstance(found, Suggestion), found
    return found


@pytest.mark.parametrize(("text", "result"), READ)
def test_a_reading_is_suggested(text: str, result: str | None) -> None:
    found = suggest(text)
    assert (found.result if isinstance(found, Suggestion) else None) == result


@pytest.mark.parametrize(("text", "why"), REFUSED)
def test_a_reading_is_refused_with_the_reason(text: str, why: str) -> None:
    found = suggest(text)
    assert isinstance(found, NoSuggestion), found
    assert why in found.why


@pytest.mark.parametrize("case", EXPECTED, ids=[case["id"] for case in EXPECTED])
def test_the_cases_seen_in_the_wild_are_read_or_refused_as_written_down(case: dict) -> None:
    found = suggest(CASES[case["id"]]["arguments"])
    if isinstance(found, NoSuggestion):
        assert case == {"id": case["id"], "none": found.why}
    else:
        edits = [[edit.start, edit.end, edit.replacement] for edit in found.edits]
        assert case == {"id": case["id"], "result": found.result, "edits": edits}


def test_every_case_seen_in_the_wild_is_written_down() -> None:
    assert [case["id"] for case in EXPECTED] == list(CASES)


def test_an_edit_says_where_what_and_why() -> None:
    (edit,) = suggestion('{"a": "é😀",}').edits
    assert (edit.start, edit.end, edit.replacement) == (10, 11, "")
    assert edit.why == "The comma after the last item is taken out."


def test_what_is_left_out_is_counted() -> None:
    assert "27 characters are not read" in suggestion('{"a": 1}' + "\n\nI'll now search for items. ").edits[0].why
    assert "1 character is not read" in suggestion('{"a": 1}}').edits[0].why


def test_a_result_that_is_no_object_is_told() -> None:
    assert suggestion('{"a": 1,}').is_object
    assert not suggestion("[1,]").is_object


@given(json_texts())
@unhurried
def test_for_valid_json_there_is_nothing_to_suggest(text: str) -> None:
    found = suggest(text)
    if isinstance(found, Suggestion):
        document = parse_text(text)
        assert isinstance(document, JsonDocument)
        assert document.root.kind is Kind.STRING
        assert document.root.string == found.result or document.root.string.startswith('"')
    else:
        assert found.why == "The text is valid JSON: there is nothing to suggest."


@given(mutated(json_texts()) | mutated(json_texts()).map(lambda text: text.replace('"', "'")))
@unhurried
def test_the_edits_make_the_result_and_the_result_is_json_with_the_numbers_as_they_were(text: str) -> None:
    found = suggest(text)
    if isinstance(found, NoSuggestion):
        assert found.why.endswith(".")
        return
    assert applied(text, found.edits) == found.result
    assert all(one.end <= other.start for one, other in pairwise(found.edits))
    document = parse_text(found.result)
    assert isinstance(document, JsonDocument)
    if not any("number" in edit.why for edit in found.edits):
        assert all(node.text in text for node in nodes_of(document) if node.kind is Kind.NUMBER)


@given(st.data())
@unhurried
def test_a_prefix_closes_to_something_that_the_whole_goes_on_from(data: st.DataObject) -> None:
    text = data.draw(json_texts())
    cut = text[: data.draw(st.integers(0, len(text)))]
    found = suggest(cut)
    if isinstance(found, NoSuggestion) or isinstance(parse_text(cut), JsonDocument):
        return
    whole, part = parse_text(text), parse_text(found.result)
    assert isinstance(whole, JsonDocument)
    assert isinstance(part, JsonDocument)
    size = len(cut.encode("utf-8", "surrogatepass"))
    for own, sent in zip(nodes_of(part), nodes_of(whole), strict=False):
        assert (own.kind, own.key, own.start) == (sent.kind, sent.key, sent.start)
        if sent.end <= size:
            assert own.raw == sent.raw
    assert len(part) <= len(whole)


HOSTILE = {
    "quotes": '"' * 50_000,
    "brackets": "[" * 50_000,
    "objects": '{"":' * 12_500,
    "backslashes": '"' + "\\" * 20_001,
    "bare backslashes": "\\" * 20_000,
    "bad escapes": '"' + "\\x" * 20_000,
    "alternating quotes": '["a"b","a"b",' * 3_800,
    "quotes in a string": '{"a": "' + '"x' * 20_000,
    "single quotes": "'" * 50_000,
    "empty Python texts": "[" + "''," * 16_000 + "]",
    "line breaks": '{"a": "' + "\n" * 40_000 + '"}',
    "comments": "[" + "/**/" * 12_000,
    "escaped breaks": "[" + "\\n" * 20_000,
    "words": '{"a": ' + "a " * 20_000,
    "Python words behind many items": "[" + "1," * 23_000 + "True, x," * 200,
    "backticks": "`" * 50_000,
    "parentheses": "[" + "(" * 40_000,
    "wide Python escapes": "['" + "\\'" * 20_000,
    "keys": "{" + ",".join(f"k{number}: 1" for number in range(4_000)) + "}",
    "spaces": "[1,2" + " " * 40_000 + "x",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_text_is_refused_before_it_costs_much(name: str) -> None:
    assert isinstance(suggest(HOSTILE[name]), NoSuggestion)


def test_many_changes_are_too_many() -> None:
    too_many = "too many changes"
    few = "{" + ",".join(f"k{number}: 1" for number in range(STEP_LIMIT - 1)) + "}"
    many = "{" + ",".join(f"k{number}: 1" for number in range(STEP_LIMIT)) + "}"
    assert isinstance(suggest(few), Suggestion)
    assert too_many in str(suggest(many))
    assert too_many in str(suggest("{" + ",".join(f"'k{number}': 'v'" for number in range(EDIT_LIMIT // 4 + 1)) + "}"))
    assert too_many in str(suggest("[" + "1," * 20_000 + ",".join(f'"{n}" b"' for n in range(50)) + "]"))


def test_a_draft_carries_edits_of_what_it_made_back_to_the_source() -> None:
    draft = Draft("abcdef")
    assert draft.change((Edit(1, 2, "XY", "one"), Edit(4, 5, "", "two")))
    assert draft.text == "aXYcdf"
    assert draft.change((Edit(0, 1, "", "three"), Edit(3, 4, "Z", "four"), Edit(6, 6, "!", "five")))
    assert draft.text == "XYZdf!"
    assert [(edit.start, edit.end) for edit in draft.edits] == [(0, 1), (1, 2), (2, 3), (4, 5), (6, 6)]


@pytest.mark.parametrize("edit", [Edit(1, 2, "", ""), Edit(2, 4, "", ""), Edit(0, 4, "", ""), Edit(2, 2, "!", "")])
def test_a_draft_refuses_to_edit_what_an_edit_brought_in(edit: Edit) -> None:
    draft = Draft("abcdef")
    assert draft.change((Edit(1, 2, "XY", "one"),))
    assert not draft.change((edit,))
    assert draft.text == "aXYcdef"

"""The Markdown report through a CommonMark parser: nothing of the answer may mean anything outside of a fence."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from inspector.core.report.markdown import markdown_report
from tests.report_bodies import NOW, SAMPLES, answered, calling, completion, of_sample

PARSER = MarkdownIt("gfm-like", {"linkify": False, "html": True})
OURS = {
    *("heading_open", "heading_close", "paragraph_open", "paragraph_close", "inline", "fence", "text"),
    *("bullet_list_open", "bullet_list_close", "list_item_open", "list_item_close"),
    *("strong_open", "strong_close", "code_inline", "softbreak", "text_special"),
}
ACTIVE = "`*_[]()!<>#|~\\&-+1. \n:@/w"
NASTY = [
    "![x](http://evil.example/p.png)",
    "[x](javascript:alert(1)) <img src=x> <!-- -->",
    "```\n# out\n```",
    "````\n~~~\n",
    "`` ` ``",
    "1. a\n- b\n+ c\n# d\n> e\n| a | b |\n|---|---|\n====\n----",
    "&lt; &#x3c; \\ *a* __b__ ~~c~~ <https://x.example> https://y.example www.z.example a@b.example :smile: @who #1",
    "   ",
    "`",
]


def tokens(markdown: str) -> Iterator[Token]:
    for token in PARSER.parse(markdown):
        yield token
        yield from token.children or ()


def fences(markdown: str) -> list[str]:
    return [token.content for token in PARSER.parse(markdown) if token.type == "fence"]


@pytest.mark.parametrize("name", SAMPLES)
def test_every_sample_is_made_of_our_own_marks_alone(name: str) -> None:
    report = markdown_report(of_sample(name), NOW)
    assert {token.type for token in tokens(report)} <= OURS
    assert report.encode()
    assert report.startswith("# Chat completion")


@pytest.mark.parametrize("text", NASTY)
def test_what_a_stranger_wrote_stays_text_wherever_it_stands(text: str) -> None:
    call = {"id": text, "type": text, "function": {"name": text, "arguments": f'{{"a": {text}'}}
    body = completion(
        {"content": text, "refusal": text, "tool_calls": [call], text: text}, model=text, **{f"k{text}": text}
    )
    report = markdown_report(answered(body, asked=text), NOW)
    assert {token.type for token in tokens(report)} <= OURS
    assert f"{text}\n" in fences(report)


@settings(deadline=None)
@given(st.text(ACTIVE, min_size=1))
def test_any_content_survives_its_fence_and_stays_in_it(text: str) -> None:
    report = markdown_report(answered(completion({"content": text, "role": text})), NOW)
    assert {token.type for token in tokens(report)} <= OURS
    assert f"{text}\n" in fences(report)


@settings(deadline=None)
@given(st.text(ACTIVE, min_size=1))
def test_any_sentence_of_a_server_stays_a_sentence(text: str) -> None:
    report = markdown_report(answered({"error": {"message": f"x {text}"}}, status=500, asked=f"x {text}"), NOW)
    assert {token.type for token in tokens(report)} <= OURS


def test_a_fence_is_longer_than_any_run_of_backticks_inside() -> None:
    report = markdown_report(answered(completion({"content": "`````"})), NOW)
    assert "\n``````\n`````\n``````\n" in report


def test_json_is_marked_as_such_and_a_fault_has_its_caret() -> None:
    assert '```json\n{\n  "a": 1.0\n}\n```' in markdown_report(answered(calling('{"a": 1.0}')), NOW)
    broken = markdown_report(answered(calling('{"a": 1,}')), NOW)
    assert '```\n  | {"a": 1,}\n            ^\n```' in broken
    assert "### Tool call 1: get\\_weather ✗" in broken


def test_findings_name_their_severity_place_and_rule() -> None:
    report = markdown_report(answered(calling("")), NOW)
    assert "- **error** at `/choices/0/message/tool_calls/0/function/arguments`: " in report
    assert "(`arguments-empty`)" in report


def test_a_finding_about_the_answer_as_a_whole() -> None:
    assert "at the whole answer: " in markdown_report(answered(completion({}, metadata={})), NOW)


@pytest.mark.parametrize(
    ("value", "shown"), [("", "(empty)"), ("  ", "(2 spaces)"), (" a", "`  a `"), ("a`b", "`` a`b ``")]
)
def test_values_in_code_spans(value: str, shown: str) -> None:
    assert f"- `role`: {shown}\n" in markdown_report(answered(completion({"role": value})), NOW)


def test_possible_causes_are_a_list() -> None:
    report = markdown_report(answered(b"{}", status=404), NOW)
    assert "Possible causes:\n\n- The completion was not stored" in report

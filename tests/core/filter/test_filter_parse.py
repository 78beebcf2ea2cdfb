"""From text to a filter, or to a fault that says where."""

from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from inspector.core.filter.fields import FIELDS
from inspector.core.filter.parse import DEEPEST, LONGEST, parse
from inspector.core.filter.tokens import Form, tokens
from inspector.core.filter.tree import All, AnyOf, Compare, Filter, FilterFault, Has, Not, Operator, Period
from inspector.core.filter.words import words
from tests.filters import FILTERS, parsed

DAY = Period(1_767_225_600, 1_767_312_000)
PIECES = [
    "and",
    "or",
    "not",
    "(",
    ")",
    "!",
    "&&",
    "||",
    "==",
    "~",
    ":",
    ">",
    "tokens",
    "model",
    "invalid",
    '"',
    "'",
    "\\",
]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", All()),
        (" \t\n", All()),
        ("invalid", Has("invalid")),
        ("Finish-Reason", Has("finish_reason")),
        ("finish_reason == length", Compare("finish_reason", Operator.IS, "length")),
        ("finish_reason=length", Compare("finish_reason", Operator.IS, "length")),
        ("tool:get_weather", Compare("tool", Operator.BEGINS, "get_weather")),
        ("tool : get_weather", Compare("tool", Operator.BEGINS, "get_weather")),
        ("tokens > 1000", Compare("tokens", Operator.MORE, Decimal(1_000))),
        ("tokens>=1,000", Compare("tokens", Operator.AT_LEAST, Decimal(1_000))),
        ("status:404", Compare("status", Operator.IS, Decimal(404))),
        ("model ~ gpt-4o", Compare("model", Operator.CONTAINS, "gpt-4o")),
        ("model:openai/gpt-4o:free", Compare("model", Operator.BEGINS, "openai/gpt-4o:free")),
        ("model !~ mini", Compare("model", Operator.LACKS, "mini")),
        ('model == "a \\"b\\" \\\\"', Compare("model", Operator.IS, 'a "b" \\')),
        ("model == 'and'", Compare("model", Operator.IS, "and")),
        ("model == ''", Compare("model", Operator.IS, "")),
        ("id ~ o'clock", Compare("id", Operator.CONTAINS, "o'clock")),
        ("id ~ a&b|c", Compare("id", Operator.CONTAINS, "a&b|c")),
        ("latency > 2s", Compare("latency", Operator.MORE, Decimal(2_000))),
        ("latency < 1.5min", Compare("latency", Operator.LESS, Decimal(90_000))),
        ("latency<=300", Compare("latency", Operator.AT_MOST, Decimal(300))),
        ('size > "20 kB"', Compare("size", Operator.MORE, Decimal(20_000))),
        ("size > 1.5mb", Compare("size", Operator.MORE, Decimal(1_500_000))),
        ("created > 2026-01-01", Compare("created", Operator.MORE, DAY)),
        ("created == 2026", Compare("created", Operator.IS, Period(1_767_225_600, 1_798_761_600))),
        ("created == 2024-02", Compare("created", Operator.IS, Period(1_706_745_600, 1_709_251_200))),
        ("created == 2026-01-01T00:01", Compare("created", Operator.IS, Period(1_767_225_660, 1_767_225_720))),
        ('created == "2026-01-01 00:00:01Z"', Compare("created", Operator.IS, Period(1_767_225_601, 1_767_225_602))),
        ("created == 1767225600", Compare("created", Operator.IS, Period(1_767_225_600, 1_767_225_601))),
        ("not invalid", Not(Has("invalid"))),
        ("! ! invalid", Not(Not(Has("invalid")))),
        ("invalid AND failed && error", All((Has("invalid"), Has("failed"), Has("error")))),
        ("invalid or failed || error", AnyOf((Has("invalid"), Has("failed"), Has("error")))),
        ("invalid or failed and error", AnyOf((Has("invalid"), All((Has("failed"), Has("error")))))),
        ("(invalid or failed) and error", All((AnyOf((Has("invalid"), Has("failed"))), Has("error")))),
        ("not (invalid or failed)", Not(AnyOf((Has("invalid"), Has("failed"))))),
        ("not invalid and failed", All((Not(Has("invalid")), Has("failed")))),
        ("((invalid))", Has("invalid")),
        ("model == gpt-4o&&invalid", All((Compare("model", Operator.IS, "gpt-4o"), Has("invalid")))),
        ("(tokens > 5)", Compare("tokens", Operator.MORE, Decimal(5))),
    ],
)
def test_what_a_text_spells(text: str, wanted: Filter) -> None:
    assert parse(text) == wanted


@pytest.mark.parametrize(
    ("text", "marked", "sentence"),
    [
        ("tokns > 3", "tokns", "did you mean “tokens”?"),
        ("weather", "weather", "There is no field “weather”. To look for it in IDs, write id ~ weather"),
        ("invalid and 123", "123", "“123” is not the name of a field."),
        ('"quoted"', '"quoted"', "is not the name of a field"),
        ("tokens > many", "many", "“many” is not a number, such as 1000."),
        ("tokens > -3", "-3", "is not a number"),
        ("tokens > 3s", "3s", "is not a number"),
        ("tokens > 1,00", "1,00", "is not a number"),
        ("error > x", "x", "is not a number, such as 3"),
        ("latency > 3d", "3d", "is not a time such as 300ms"),
        ("size > 999999999999GB", "999999999999GB", "is not a size"),
        ("created > 2026-13-01", "2026-13-01", "is not a date such as"),
        ("created > 2026-02-30", "2026-02-30", "is not a date"),
        ("created > 9999-12-31T23:59:59", "9999-12-31T23:59:59", "is not a date"),
        ("created > 999999999999", "999999999999", "is not a date"),
        ("created > yesterday", "yesterday", "is not a date"),
        ("created > 0000", "0000", "is not a date"),
        ("tokens >", ">", "A value is missing after “>”."),
        ("(tokens >)", ")", "A value is missing after “>”."),
        ("tokens > and invalid", "and", 'To mean the word itself, write "and".'),
        ("model == 'a", "'a", "This quotation mark is not closed."),
        ("'a", "'a", "This quotation mark is not closed."),
        ("model < gpt", "<", "“model” is text: use :, ==, !=, ~ or !~."),
        ("tokens ~ 3", "~", "“tokens” is an amount: use ==, !=, >, >=, < or <=."),
        ("invalid == 1", "==", "“invalid” stands alone: write it, or “not invalid”."),
        ("== 3", "==", "The name of a field is missing before “==”."),
        ("(invalid", "(", "This parenthesis is not closed."),
        ("invalid or (failed", "(", "This parenthesis is not closed."),
        ("(invalid failed)", "failed", "“and” or “or” is missing before “failed”."),
        ("invalid)", ")", "There is no open parenthesis that this one closes."),
        ("()", ")", "A condition is missing before “)”."),
        ("or invalid", "or", "A condition is missing before “or”."),
        ("invalid and or failed", "or", "A condition is missing before “or”."),
        ("invalid and", "", "A condition is missing after “and”."),
        ("not", "", "A condition is missing after “not”."),
        ("(", "", "A condition is missing after “(”."),
        ("invalid error", "error", "“and” or “or” is missing before “error”."),
        ("tool get_weather", "get_weather", "“and” or “or”, or :, ==, !=, ~ or !~ is missing before “get_weather”."),
        ("status == 404 invalid", "invalid", "“and” or “or” is missing before “invalid”."),
        ("invalid & failed", "&", "“and” or “or” is missing before “&”."),
        ("weather\u202e\n", "weather", "There is no field"),
    ],
)
def test_a_fault_says_what_and_where(text: str, marked: str, sentence: str) -> None:
    fault = parse(text)
    assert isinstance(fault, FilterFault)
    assert sentence in fault.sentence
    assert text[fault.start : fault.end] == marked


def test_a_fault_at_the_end_stands_behind_the_text() -> None:
    assert parse("invalid and ") == FilterFault("A condition is missing after “and”.", 12, 12)


@pytest.mark.parametrize("opening", ["(", "not ", "!(", "! ( not "])
def test_nesting_is_bounded_and_the_fault_says_so(opening: str) -> None:
    fault = parse(opening * 200 + "invalid")
    assert isinstance(fault, FilterFault)
    assert fault.sentence == f"Conditions are nested more than {DEEPEST} deep here."
    assert fault.start > DEEPEST - 1


def test_the_deepest_that_is_allowed_is_read() -> None:
    half = DEEPEST // 2
    assert words(parsed("(" * half + "not " * half + "invalid" + ")" * half)) == "not " * half + "invalid"
    assert not isinstance(parse("(invalid) and " * 100 + "invalid"), FilterFault)


def test_a_long_chain_is_one_level() -> None:
    found = parsed(" or ".join(["invalid"] * 150))
    assert isinstance(found, AnyOf)
    assert len(found.parts) == 150


def test_a_text_that_is_too_long_says_so() -> None:
    fault = parse("i" * (LONGEST + 1))
    assert fault == FilterFault("A filter has at most 2,000 characters; this one has 2,001.", LONGEST, LONGEST + 1)


@given(st.text() | st.lists(st.sampled_from([*PIECES, *FIELDS, " "]) | st.text(max_size=2)).map("".join))
@example("\x00")
@example("\ud800 == \ud800")
@example("a\u0301 == 1")
@example("((" * 900)
@example("not " * 499)
def test_any_text_is_a_filter_or_a_fault_with_its_place(text: str) -> None:
    found = parse(text)
    if isinstance(found, FilterFault):
        assert 0 <= found.start <= found.end <= len(text)
        assert found.sentence
        assert "\n" not in found.sentence
        assert len(found.sentence) < 200
    else:
        assert parse(words(found)) == found


@given(st.text())
def test_tokens_cover_all_but_white_space(text: str) -> None:
    found = list(tokens(text))
    assert found[-1].form is Form.END
    place = 0
    for token in found:
        assert not text[place : token.start].strip()
        place = token.end
    assert place == len(text)


@given(FILTERS)
def test_a_filter_in_words_reads_as_the_same_filter(wanted: Filter) -> None:
    spelled = words(wanted)
    if len(spelled) <= LONGEST:
        assert parse(spelled) == wanted

"""The loop: parse strictly, take the first fault and its cause, make the one change that this cause justifies, go on.

Context: libraries that repair JSON write the whole anew (numbers lose their spelling), give something for any text (nothing,
for prose), and can need many seconds for a hostile one.
Choice: edits of the exact text, at most `EDIT_LIMIT` of them in `STEP_LIMIT` rounds, and the strict parser has the last word.
Where a value would have to be invented, or one of several chosen, there is no suggestion but the reason why.
Price: the text is read up to each fault anew, so the characters read are bounded by `READ_LIMIT`; a long text with many faults
is told to be beyond that.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from inspector.core.arguments.cause import Cause
from inspector.core.arguments.diagnosis import diagnose
from inspector.core.json.document import Kind
from inspector.core.json.text import JsonFault, parse_text
from inspector.core.suggestion.broken import Broken, broken_at
from inspector.core.suggestion.draft import Draft
from inspector.core.suggestion.of_end import close
from inspector.core.suggestion.of_item import add_quotes, drop_comma, drop_comment, respell_number
from inspector.core.suggestion.of_python import from_python
from inspector.core.suggestion.of_string import double_backslash, escape_control, escape_quote
from inspector.core.suggestion.of_whole import drop_fence, drop_mark, drop_rest, unescape, unwrap
from inspector.core.suggestion.suggestion import NoSuggestion, Step, Suggestion

TEXT_LIMIT = 50_000
EDIT_LIMIT = 500
STEP_LIMIT = 100
READ_LIMIT = 500_000

_CHANGES: Mapping[Cause, Callable[[Broken], Step]] = MappingProxyType(
    {
        Cause.CUT_OFF: close,
        Cause.TRAILING_COMMA: drop_comma,
        Cause.PYTHON_LITERAL: from_python,
        Cause.UNQUOTED: add_quotes,
        Cause.CODE_FENCE: drop_fence,
        Cause.EXTRA_DATA: drop_rest,
        Cause.RAW_CONTROL_CHARACTER: escape_control,
        Cause.UNESCAPED_QUOTE: escape_quote,
        Cause.ESCAPED_TEXT: unescape,
        Cause.BAD_ESCAPE: double_backslash,
        Cause.COMMENT: drop_comment,
        Cause.LEADING_ZERO_OR_BAD_NUMBER: respell_number,
        Cause.BYTE_ORDER_MARK: drop_mark,
    }
)
_REFUSALS = MappingProxyType(
    {
        Cause.CONCATENATED: "Several values stand one after another: which one is meant cannot be known.",
        Cause.NAN_OR_INFINITY: "JSON has no NaN or infinity, and null or a text would mean something else.",
        Cause.EXPRESSION: "An expression stands in place of a value: its result would have to be computed.",
        Cause.NOT_JSON: "This is prose or another notation: no small change makes it JSON.",
    }
)
_UNCLEAR = "Why the text breaks at character {:,} is not clear, so no change can be justified."
_TOO_MANY = "The text would need too many changes for a reading that can be trusted."
_UPON_A_GUESS = "The next change would alter what an earlier one brought in: a guess upon a guess."


def suggest(text: str) -> Suggestion | NoSuggestion:
    """What a lenient reading of `text` would give, as edits of it; for valid JSON there is nothing to suggest."""
    if len(text) > TEXT_LIMIT:
        return NoSuggestion(
            f"The text has {len(text):,} characters: a reading is suggested for up to {TEXT_LIMIT:,} only."
        )
    if not text.strip():
        return NoSuggestion("There is no text to read.")
    return _suggested(Draft(text))


def _suggested(draft: Draft) -> Suggestion | NoSuggestion:
    read, document = 0, None
    for _ in range(STEP_LIMIT):
        outcome = parse_text(draft.text)
        if isinstance(outcome, JsonFault):
            broken = broken_at(draft.text, outcome)
            read += broken.offset
            step = _step(broken)
        else:
            step = unwrap(draft.text, outcome)
            if not step:
                document = outcome
                break
        if isinstance(step, NoSuggestion):
            return step
        if len(draft.edits) + len(step) > EDIT_LIMIT or read > READ_LIMIT:
            break
        if not draft.change(step):
            return NoSuggestion(_UPON_A_GUESS)
    if document is None:
        return NoSuggestion(_TOO_MANY)
    if not draft.edits:
        return NoSuggestion("The text is valid JSON: there is nothing to suggest.")
    return Suggestion(draft.edits, draft.text, document.root.kind is Kind.OBJECT)


def _step(broken: Broken) -> Step:
    cause = diagnose(broken.text, broken.fault, broken.offset)
    change = _CHANGES.get(cause) if cause is not None else None
    if change is not None:
        return change(broken)
    refusal = _REFUSALS.get(cause) if cause is not None else None
    return NoSuggestion(refusal or _UNCLEAR.format(broken.offset + 1))

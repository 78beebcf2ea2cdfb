"""Random JSON texts, written by hand rather than by a library: every spelling that the grammar allows, and mutations."""

from hypothesis import settings
from hypothesis import strategies as st

unhurried = settings(deadline=None, max_examples=80)
"""For tests whose time depends on what else the machine does; that they end is the test runner's concern."""

_BLANKS = st.sampled_from(["", "", "", " ", "\n", "\t", "\r\n ", "  "])
_NUMBERS = st.from_regex(r"\A-?(0|[1-9][0-9]{0,25})(\.[0-9]{1,6})?([eE][+-]?[0-9]{1,4})?\Z")
_ESCAPES = st.sampled_from(
    ['\\"', "\\\\", "\\/", "\\b", "\\f", "\\n", "\\r", "\\t", "\\u0000", "\\u00e9", "\\uD83D", "\\ude00", "\\uFFFF"]
)
_PLAIN = st.characters(min_codepoint=0x20, exclude_characters='"\\', exclude_categories=()).map(str)
_STRINGS = st.lists(_PLAIN | _ESCAPES | st.sampled_from("\ud83d\udc00\u2028\ufeff\x7f"), max_size=6).map(
    lambda parts: f'"{"".join(parts)}"'
)
_SCALARS = _STRINGS | _NUMBERS | st.sampled_from(["true", "false", "null"])
_KEYS = _STRINGS | st.sampled_from(['"a"', '"b"', '"a/b"', '"~"', '""'])


def json_texts() -> st.SearchStrategy[str]:
    """JSON texts with any white space, spelling, lone surrogates and repeated keys."""
    return _around(st.recursive(_SCALARS, lambda values: _arrays(values) | _objects(values), max_leaves=12))


@st.composite
def mutated(draw: st.DrawFn, texts: st.SearchStrategy[str]) -> str:
    """A text with a few characters dropped, doubled, swapped or replaced, or cut and joined with another."""
    text = draw(texts)
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(text)))
        end = min(len(text), at + draw(st.integers(0, 3)))
        text = (
            text[:at]
            + draw(st.sampled_from(["", text[at:end] * 2, *'{}[]":,\\0-.eEtfn \n', "\ud800", "é"]))
            + text[end:]
        )
    return text


def _around(values: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.tuples(_BLANKS, values, _BLANKS).map("".join)


def _arrays(values: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    items = st.lists(_around(values), max_size=4).map(",".join)
    return items.map(lambda inner: f"[{inner}]") | _BLANKS.map(lambda blank: f"[{blank}]")


def _objects(values: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    members = st.tuples(_around(_KEYS), _around(values)).map(":".join)
    inner = st.lists(members, max_size=4).map(",".join)
    return inner.map(lambda text: f"{{{text}}}") | _BLANKS.map(lambda blank: f"{{{blank}}}")

"""The secret in every place where Python prints, logs, copies or keeps a value."""

import copy
import dataclasses
import json
import logging
import pickle
import pprint
import traceback
from dataclasses import dataclass
from io import StringIO
from string import Template

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.core.exchange import Request
from inspector.core.inputs import BaseUrl, CompletionId
from inspector.core.secret import Secret

CANARY = "sk-canary-0123456789abcdef"
SECRET = Secret(CANARY)


@dataclass(frozen=True)
class Holder:
    name: str
    key: Secret


@pytest.mark.parametrize(
    "shown",
    [
        repr(SECRET),
        str(SECRET),
        ascii(SECRET),
        f"{SECRET}",
        f"{SECRET!r}",
        f"{SECRET:>40}",
        "%s %r %a" % (SECRET, SECRET, SECRET),  # noqa: UP031 - the old way is one of the ways
        "{} {!r} {:<30}".format(SECRET, SECRET, SECRET),  # noqa: UP032 - so is this one
        Template("$key").substitute(key=SECRET),
        " ".join(map(str, [SECRET])),
        str([SECRET, {"key": SECRET}, (SECRET,)]),
        repr(Holder("a", SECRET)),
        repr(Request(BaseUrl("https://sudo.example", ""), CompletionId("a"), SECRET)),
        pprint.pformat({"key": SECRET, "holder": Holder("a", SECRET)}),
        json.dumps({"key": SECRET}, default=str),
        str(ValueError(SECRET)),
        repr(KeyError(SECRET)),
        "\n".join(traceback.format_exception_only(ValueError(SECRET))),
    ],
)
def test_no_way_of_printing_shows_it(shown: str) -> None:
    assert "***" in shown
    assert "canary" not in shown
    assert "0123" not in shown


def test_only_reveal_gives_it_out() -> None:
    assert SECRET.reveal() == CANARY
    assert not hasattr(SECRET, "__dict__")


@pytest.mark.parametrize(
    "keep",
    [
        *(
            lambda kept, protocol=protocol: pickle.dumps(kept, protocol)
            for protocol in range(pickle.HIGHEST_PROTOCOL + 1)
        ),
        copy.copy,
        copy.deepcopy,
        lambda kept: dataclasses.asdict(Holder("a", kept)),
        lambda kept: pickle.dumps(Holder("a", kept)),
        json.dumps,
        lambda kept: json.dumps({"key": kept}),
    ],
)
def test_it_is_never_copied_pickled_or_made_json(keep: object) -> None:
    assert callable(keep)
    with pytest.raises(TypeError) as caught:
        keep(SECRET)
    assert "canary" not in str(caught.value)


def test_a_log_of_it_and_of_a_failure_around_it_shows_nothing() -> None:
    stream = StringIO()
    handler = logging.StreamHandler(stream)
    log = logging.getLogger("test-of-the-secret")
    log.propagate = False
    log.addHandler(handler)
    try:
        log.warning("asking with %s and %r", SECRET, [SECRET])
        try:
            _fail_with(SECRET)
        except ValueError:
            log.exception("failed with %s", SECRET)
    finally:
        log.removeHandler(handler)
    assert stream.getvalue().count("***") >= 4
    assert "canary" not in stream.getvalue()


def test_a_traceback_that_shows_local_values_shows_nothing() -> None:
    with pytest.raises(ValueError, match="refused") as caught:
        _fail_with(SECRET)
    shown = "".join(traceback.TracebackException.from_exception(caught.value, capture_locals=True).format())
    assert "key = Secret(***)" in shown
    assert "canary" not in shown


def test_secrets_are_equal_by_what_they_hold_and_to_nothing_else() -> None:
    assert Secret("a") == Secret("a")
    assert Secret("a") != Secret("b")
    assert Secret("a") != "a"
    assert len({Secret("a"), Secret("a"), Secret("b")}) == 2
    assert hash(SECRET) != hash(CANARY)


@pytest.mark.parametrize(("text", "hint"), [("", "…"), ("x" * 11, "…"), ("abcdefgh1234", "…1234"), (CANARY, "…cdef")])
def test_the_hint_tells_two_long_keys_apart_and_nothing_of_a_short_one(text: str, hint: str) -> None:
    assert Secret(text).hint() == hint


class TestRedaction:
    @pytest.mark.parametrize(
        ("key", "text", "expected"),
        [
            ("sk-123456", "Incorrect key sk-123456, sk-123456!", "Incorrect key ***, ***!"),
            ("sk-123456", "Incorrect key sk-12345", "Incorrect key sk-12345"),
            ('a"b\\c/d', json.dumps({"key": 'a"b\\c/d'}), '{"key": "***"}'),
            ('a"b\\c/d', r'{"key": "a\"b\\c\/d"}', '{"key": "***"}'),
            ("a<b>&'\"c", "you sent a&lt;b&gt;&amp;&#x27;&quot;c", "you sent ***"),
            ("a+b/c=d%", "https://x.example/?key=a%2Bb%2Fc%3Dd%25&n=1", "https://x.example/?key=***&n=1"),
            ("12345", "there are 12345 ways", "there are 12345 ways"),
            ("", "nothing", "nothing"),
        ],
    )
    def test_every_copy_goes_however_it_is_spelled(self, key: str, text: str, expected: str) -> None:
        assert Secret(key).redacted_from(text) == expected

    @given(st.text(st.characters(codec="ascii", exclude_characters="*"), min_size=6), st.text(), st.text())
    def test_no_copy_is_left(self, key: str, before: str, after: str) -> None:
        clean = Secret(key).redacted_from(f"{before}{key}{json.dumps(key)}{after}")
        assert key not in clean
        assert json.dumps(key)[1:-1] not in clean


def _fail_with(key: Secret) -> None:
    raise ValueError(f"{key} was refused by {key!r}")


@pytest.mark.parametrize("secret", ["sk-canary", 'sk-"/<&>', "sk-\u00e9t\u00e9", "sk-\u4e2d\u6587key"])
def test_bytes_that_spell_a_secret_are_known_wherever_it_stands(secret: str) -> None:
    held, size = Secret(secret), 1 << 20
    for spelling in held._spellings():
        spelled = spelling.encode("latin-1", "ignore")
        for at in (0, 5, size - 4, size, 2 * size - len(spelled) + 1):
            body = b"x" * at + spelled + b"y" * 9
            is_found = held.redacted_from(body.decode("latin-1")) != body.decode("latin-1")
            assert held.is_spelled_in(body) or not is_found
    assert not held.is_spelled_in(b"x" * (2 * size))
    assert not held.is_spelled_in(b"")

"""Turns are short as long as anybody wants that."""

import sys
from collections.abc import Iterator

import pytest

from inspector.viewmodels.short_turns import ShortTurns


@pytest.fixture(autouse=True)
def _usual_turns() -> Iterator[None]:
    before = sys.getswitchinterval()
    yield
    sys.setswitchinterval(before)


def test_they_are_usual_again_once_nobody_wants_them() -> None:
    turns = ShortTurns()
    turns.begin()
    with turns:
        assert sys.getswitchinterval() == pytest.approx(0.001)
    assert sys.getswitchinterval() == pytest.approx(0.001)
    turns.end()
    assert sys.getswitchinterval() == pytest.approx(0.005)


def test_work_that_fails_does_not_want_them_any_more() -> None:
    turns = ShortTurns()
    with pytest.raises(KeyError), turns:
        raise KeyError
    assert sys.getswitchinterval() == pytest.approx(0.005)

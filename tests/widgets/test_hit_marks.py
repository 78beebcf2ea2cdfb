"""Which hits lie in sight."""

import pytest

from inspector.widgets.hit_marks import HitMarks

SPANS = [(0, 2), (5, 8), (10, 11), (20, 24)]


@pytest.mark.parametrize(
    ("first", "last", "seen"),
    [
        (0, 30, [(0, 2), (5, 8), (10, 11), (20, 24)]),
        (6, 10, [(5, 8), (10, 11)]),
        (2, 4, []),
        (22, 23, [(20, 24)]),
        (24, 30, []),
        (0, 0, [(0, 2)]),
    ],
)
def test_those_that_touch_a_range(first: int, last: int, seen: list[tuple[int, int]]) -> None:
    assert [(start, end) for start, end, _ in HitMarks(SPANS).within(first, last)] == seen


def test_the_current_one_is_told_apart() -> None:
    assert [current for _, _, current in HitMarks(SPANS, 2).within(0, 30)] == [False, False, True, False]
    assert not any(current for _, _, current in HitMarks(SPANS).within(0, 30))
    assert list(HitMarks().within(0, 9)) == []

"""How far a batch has come, in words that are no finer than anybody can know."""

import pytest

from inspector.core.batch_course import Course, Pace, Phase, duration_words


@pytest.mark.parametrize(
    ("course", "sentence"),
    [
        (Course(), ""),
        (Course(Phase.RUNNING, 10_000, 0, 0), "0 of 10,000"),
        (Course(Phase.RUNNING, 10_000, 1_234, 3, 120.0), "1,234 of 10,000 · 3 failed · about 2 min left"),
        (Course(Phase.RUNNING, 10, 9, 0, 1.0), "9 of 10 · a few seconds left"),
        (Course(Phase.RUNNING, 10, 9, 0, 1.0, 30.0), "9 of 10 · waiting about 30 s, as the service asks"),
        (Course(Phase.PAUSED, 10, 4, 1), "Paused at 4 of 10 · 1 failed"),
        (
            Course(Phase.HALTED, 99, 30, 24),
            "Stopped at 30 of 99 · 24 failed · nothing but refusals and failures of late",
        ),
        (Course(Phase.CANCELLED, 10, 4, 0), "Cancelled at 4 of 10"),
        (Course(Phase.DONE, 1_000, 1_000, 7), "All 1,000 are done · 7 failed"),
        (Course(Phase.DONE, 1, 1, 0), "It is done · none failed"),
    ],
)
def test_a_course_is_told_in_one_line(course: Course, sentence: str) -> None:
    assert course.sentence == sentence


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0.2, "about 1 s"),
        (7.0, "about 7 s"),
        (38.0, "about 40 s"),
        (55.0, "about 1 min"),
        (149.0, "about 2 min"),
        (5399.0, "about 90 min"),
        (9_000.0, "about 2 h"),
    ],
)
def test_durations_are_rounded(seconds: float, words: str) -> None:
    assert duration_words(seconds) == words


def test_nobody_knows_at_first() -> None:
    pace = Pace()
    assert pace.seconds_for(100) is None
    pace.note(0.0, 0)
    pace.note(0.1, 5)
    assert pace.seconds_for(100) is None, "a tenth of a second tells nothing"


def test_a_steady_pace_is_told_as_it_is() -> None:
    pace = Pace()
    for second in range(11):
        pace.note(float(second), 10 if second else 0)
    assert pace.seconds_for(100) == pytest.approx(10.0)


def test_a_slower_pace_is_believed_little_by_little() -> None:
    pace = Pace()
    for second in range(11):
        pace.note(float(second), 10 if second else 0)
    pace.note(12.0, 2)
    first = pace.seconds_for(100)
    for second in range(13, 100):
        pace.note(float(second), 1)
    assert first is not None
    assert 10 < first < 20
    assert pace.seconds_for(100) == pytest.approx(100.0, rel=0.05)


def test_where_nothing_comes_nobody_knows() -> None:
    pace = Pace()
    pace.note(0.0, 0)
    pace.note(1.0, 0)
    assert pace.seconds_for(100) is None


def test_a_pause_is_not_slowness() -> None:
    pace = Pace()
    for second in range(11):
        pace.note(float(second), 10 if second else 0)
    pace.rest()
    pace.note(1_000.0, 0)
    pace.note(1_001.0, 10)
    assert pace.seconds_for(100) == pytest.approx(10.0)

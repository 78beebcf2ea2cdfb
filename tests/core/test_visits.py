"""The way back and forward, as a browser has it."""

from inspector.core.visits import Visits


def visited(*subjects: str) -> Visits:
    visits = Visits()
    for subject in subjects:
        visits = visits.visiting(subject)
    return visits


def test_what_is_opened_comes_behind_what_was_shown() -> None:
    assert Visits().subject is None
    assert visited("a", "b", "a") == Visits(("a", "b", "a"), 2)
    assert visited("a", "b").subject == "b"


def test_opened_again_it_is_one_visit() -> None:
    assert visited("a", "b", "b") == Visits(("a", "b"), 1)


def test_what_lay_ahead_is_given_up_when_something_else_is_opened() -> None:
    back = visited("a", "b", "c").to(0)
    assert back.subject == "a"
    assert back.visiting("d") == Visits(("a", "d"), 1)
    assert back.visiting("a") == back


def test_it_is_bounded_and_forgets_the_oldest() -> None:
    visits = visited(*map(str, range(1_003)))
    assert len(visits.subjects) == 1_000
    assert visits.subjects[0] == "3"
    assert visits.subject == "1002"

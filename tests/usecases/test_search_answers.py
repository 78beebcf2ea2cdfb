"""The search over all kept answers: hits as they come, bounds, and what is said of them."""

import asyncio

import pytest

from inspector.core.inspection import Inspection
from inspector.core.kept_answer import packed
from inspector.core.search.searcher import Wish
from inspector.usecases import search_answers as module
from inspector.usecases.search_answers import MOST_IN_ONE, HitIn, Searching, search_answers
from tests.answers import answered, completion


class FakeAnswers:
    def __init__(self, **kept: Inspection) -> None:
        self.kept = {name: packed(inspection) for name, inspection in kept.items()}

    def keep(self, name: str, data: bytes) -> None:
        self.kept[name] = data

    def get(self, name: str) -> bytes | None:
        return self.kept.get(name)


def said(text: str) -> Inspection:
    return answered(completion({"content": text}))


def searched(answers: FakeAnswers, wish: Wish, *more: str) -> tuple[list[Searching], list[HitIn], str]:
    told: list[Searching] = []
    note = asyncio.run(search_answers(answers, [*answers.kept, *more], wish, told.append))
    return told, [hit for each in told for hit in each.hits], note


def test_hits_tell_completion_place_and_line() -> None:
    answers = FakeAnswers(a=said("one needle\nmore"), b=said("nothing"), c=answered(b"<p>needle", status=502))
    told, hits, note = searched(answers, Wish("needle"))
    found = [(each.subject, each.hit.pointer, each.hit.line) for each in hits]
    assert found == [("a", "/choices/0/message/content", "one needle"), ("c", "", "<p>needle")]
    assert (told[-1].searched, told[-1].total, note) == (3, 3, "")


def test_it_is_told_as_it_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_AT_ONCE", 2)
    told, hits, _ = searched(FakeAnswers(**{f"a{at}": said("x-needle") for at in range(5)}), Wish("needle"))
    assert [(each.searched, len(each.hits)) for each in told] == [(2, 2), (4, 2), (5, 1)]
    assert len(hits) == 5


def test_what_cannot_be_looked_for_says_so() -> None:
    told, _, note = searched(FakeAnswers(a=said("x")), Wish("(", pattern=True))
    assert told == []
    assert note.startswith("Not a regular expression")


def test_one_answer_does_not_fill_the_list() -> None:
    _, hits, note = searched(FakeAnswers(a=said("~" * 99), b=said("~")), Wish("~"), "gone")
    assert [each.subject for each in hits] == ["a"] * MOST_IN_ONE + ["b"]
    assert note == "Only the first 50 hits in one completion are listed. Not searched, since no longer kept: 1."


def test_the_list_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST", 3)
    monkeypatch.setattr(module, "_AT_ONCE", 2)
    told, hits, note = searched(FakeAnswers(**{f"a{at}": said("~~") for at in range(9)}), Wish("~"))
    assert [each.subject for each in hits] == ["a0", "a0", "a1"]
    assert (len(told), note) == (1, "These are the first 3.")


def test_a_search_that_takes_too_long_is_stopped() -> None:
    answers = FakeAnswers(a=said("needle"), b=said("a" * 60 + "!"), c=said("needle"))
    _, hits, note = searched(answers, Wish(r"needle|^(\w|\w\w)+!?$(?<!!)", pattern=True, case=True))
    assert note == "The search took too long and was stopped."
    assert {each.subject for each in hits} <= {"a", "b"}
    assert any(each.hit.line == "needle" for each in hits)

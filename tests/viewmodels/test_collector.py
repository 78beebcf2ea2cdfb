"""Cyclic garbage goes in the GUI thread, whoever made it, and goes soon."""

import gc
import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from inspector.viewmodels.collector import Collector, due_generation


class Cycle:
    """Refers to itself, and notes the thread in which it goes."""

    def __init__(self, ends: list[threading.Thread]) -> None:
        self.itself = self
        self.ends = ends

    def __del__(self) -> None:
        self.ends.append(threading.current_thread())


@pytest.fixture
def collector() -> Iterator[Collector]:
    was_on = gc.isenabled()
    made = Collector()
    yield made
    made.deleteLater()
    assert not gc.isenabled()
    assert gc.get_freeze_count() > 0
    gc.unfreeze()
    if was_on:
        gc.enable()


def test_what_a_worker_leaves_goes_in_this_thread(collector: Collector, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: collector._is_frozen)  # what is there by now stays
    ends: list[threading.Thread] = []

    def work() -> None:
        Cycle(ends)
        kept = [[] for _ in range(5 * gc.get_threshold()[0])]
        assert kept
        assert ends == []

    worker = threading.Thread(target=work)
    worker.start()
    worker.join()
    assert ends == []
    kept = [[] for _ in range(5 * gc.get_threshold()[0])]
    qtbot.waitUntil(lambda: bool(ends))
    assert ends == [threading.main_thread()]
    assert kept


@pytest.mark.parametrize(
    ("counts", "due"),
    [((700, 99, 99), None), ((701, 10, 99), 0), ((701, 11, 10), 1), ((701, 11, 11), 2), ((0, 0, 0), None)],
)
def test_as_often_as_the_interpreter_would(counts: tuple[int, int, int], due: int | None) -> None:
    assert due_generation(counts, (700, 10, 10)) == due


def test_a_great_many_new_objects_are_not_walked(collector: Collector, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: collector._is_frozen)
    before = gc.get_freeze_count()
    kept = [[] for _ in range(50_000)]
    qtbot.waitUntil(lambda: gc.get_freeze_count() >= before + len(kept))
    ends: list[threading.Thread] = []
    Cycle(ends)
    few = [[] for _ in range(5 * gc.get_threshold()[0])]
    qtbot.waitUntil(lambda: bool(ends))
    assert few

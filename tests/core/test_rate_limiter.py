"""The pace: counted against what the server allows, braked by its complaints, and never at a standstill."""

import heapq
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.core.rate_headers import Allowance
from inspector.core.rate_limiter import FIRST_WAIT, LONGEST_WAIT, Heard, RateLimiter

GOOD, TOO_MUCH = Heard.GOOD, Heard.TOO_MUCH


@pytest.fixture
def limiter() -> RateLimiter:
    return RateLimiter()


def trouble(limiter: RateLimiter, now: float, retry_after: float | None = None) -> float:
    """A request at `now` meets with a complaint at once; how long everybody is held then."""
    assert limiter.turn(now) == 0
    limiter.hear(now, now, TOO_MUCH, None, retry_after)
    return limiter.held_for(now)


def test_nothing_is_held_back_while_nothing_is_known(limiter: RateLimiter) -> None:
    assert [limiter.turn(0.0) for _ in range(1000)] == [0.0] * 1000


def test_a_used_up_allowance_is_waited_for_until_it_is_renewed(limiter: RateLimiter) -> None:
    limiter.turn(0.0)
    limiter.hear(1.0, 0.0, GOOD, Allowance(2, 30, 3), None)
    assert [limiter.turn(1.0), limiter.turn(1.0)] == [0.0, 0.0]
    assert limiter.turn(1.0) == 30.0
    assert limiter.held_for(11.0) == 20.0
    assert [limiter.turn(31.0) for _ in range(3)] == [0.0] * 3
    assert limiter.turn(31.0) == 0.0, "the window has begun anew, and nobody knows its end yet"


def test_what_is_under_way_is_not_counted_by_the_server_yet(limiter: RateLimiter) -> None:
    for _ in range(5):
        limiter.turn(0.0)
    limiter.hear(0.1, 0.0, GOOD, Allowance(6, 30), None)
    assert [limiter.turn(0.1), limiter.turn(0.1)] == [0.0, 0.0]
    assert limiter.turn(0.1) > 0


def test_of_answers_out_of_order_the_smaller_figure_holds(limiter: RateLimiter) -> None:
    limiter.turn(0.0)
    limiter.turn(0.0)
    limiter.hear(0.1, 0.0, GOOD, Allowance(1, 30), None)
    limiter.hear(0.2, 0.0, GOOD, Allowance(9, 29.9), None)
    assert limiter.turn(0.2) > 0


def test_a_new_window_counts_anew(limiter: RateLimiter) -> None:
    limiter.turn(0.0)
    limiter.turn(0.0)
    limiter.hear(0.1, 0.0, GOOD, Allowance(1, 5), None)
    limiter.hear(4.0, 0.0, GOOD, Allowance(9, 60), None)
    assert [limiter.turn(4.0) for _ in range(9)] == [0.0] * 9


def test_everybody_waits_as_long_as_was_asked_for(limiter: RateLimiter) -> None:
    assert trouble(limiter, 10.0, retry_after=42.0) == 42.0
    assert limiter.turn(51.9) > 0
    assert limiter.turn(52.0) == 0.0


def test_without_a_word_the_waits_grow_and_a_good_answer_ends_that(limiter: RateLimiter) -> None:
    now, waits = 0.0, []
    for _ in range(12):
        waits.append(trouble(limiter, now))
        now += waits[-1] + 5
    assert waits[:4] == [FIRST_WAIT, FIRST_WAIT * 2, FIRST_WAIT * 4, FIRST_WAIT * 8]
    assert waits[-1] == LONGEST_WAIT
    limiter.turn(now)
    limiter.hear(now, now, GOOD, None, None)
    assert trouble(limiter, now + 10) == FIRST_WAIT


def test_one_trouble_that_many_hear_of_counts_once(limiter: RateLimiter) -> None:
    for _ in range(8):
        limiter.turn(0.0)
    for at in range(8):
        limiter.hear(1.0 + at / 100, 0.0, TOO_MUCH, None, None)
    assert limiter.held_for(1.07) == pytest.approx(FIRST_WAIT)


def test_an_old_answer_does_not_ease_a_newer_trouble(limiter: RateLimiter) -> None:
    limiter.turn(0.0)
    trouble(limiter, 1.0)
    limiter.hear(1.1, 0.0, GOOD, None, None)
    assert trouble(limiter, 10.0) == FIRST_WAIT * 2


def test_after_trouble_requests_keep_a_distance_that_shrinks_to_nothing(limiter: RateLimiter) -> None:
    trouble(limiter, 0.0)
    assert limiter.turn(1.0) == 0.0
    assert limiter.turn(1.0) > 0
    for at in range(100):
        now = 2.0 + at
        limiter.turn(now)
        limiter.hear(now, now, GOOD, None, None)
    assert [limiter.turn(200.0), limiter.turn(200.0)] == [0.0, 0.0]


def test_a_request_that_was_broken_off_is_not_under_way_any_more(limiter: RateLimiter) -> None:
    limiter.turn(0.0)
    limiter.turn(0.0)
    limiter.given_up()
    limiter.hear(0.1, 0.0, GOOD, Allowance(1, 30), None)
    assert limiter.turn(0.1) == 0.0


@dataclass
class Service:
    """A service that allows `limit` requests in windows of `window` seconds, and may or may not tell so."""

    limit: int
    window: float
    tells: bool
    asks_to_wait: bool
    counts: dict[int, int] = field(default_factory=dict)
    refused: list[float] = field(default_factory=list)

    def answer(self, at: float) -> tuple[Heard, Allowance | None, float | None]:
        number = int(at / self.window)
        used = self.counts[number] = self.counts.get(number, 0) + 1
        reset = (number + 1) * self.window - at
        allowance = Allowance(max(0, self.limit - used), reset, self.limit) if self.tells else None
        if used <= self.limit:
            return GOOD, allowance, None
        self.refused.append(at)
        return TOO_MUCH, allowance, reset if self.asks_to_wait else None


def work_off(service: Service, count: int, workers: int, latency: float) -> tuple[int, list[float]]:
    """Good answers among the requests of some workers, and when the requests went out."""
    limiter, good, sent = RateLimiter(), 0, list[float]()
    waiting = [(0.0, worker, -1.0) for worker in range(workers)]
    for _ in range(200_000):
        if good >= count or not waiting:
            break
        now, worker, since = heapq.heappop(waiting)
        if since >= 0:
            heard, allowance, retry_after = service.answer(now)
            limiter.hear(now, since, heard, allowance, retry_after)
            good += heard is GOOD
        wait = limiter.turn(now)
        assert wait >= 0
        if wait > 0:
            heapq.heappush(waiting, (now + wait, worker, -1.0))
        else:
            sent.append(now)
            heapq.heappush(waiting, (now + latency, worker, now))
    return good, sent


services = {
    "limit": st.integers(1, 40),
    "window": st.floats(1, 60),
    "workers": st.integers(1, 8),
    "latency": st.floats(0.001, 0.9),
}


@given(**services)
def test_a_service_that_tells_its_limit_is_hardly_ever_overrun(
    limit: int, window: float, workers: int, latency: float
) -> None:
    service = Service(limit, window, tells=True, asks_to_wait=True)
    good, _ = work_off(service, 200, workers, latency)
    assert good >= 200, "it never comes to a standstill"
    windows = len(service.counts)
    assert len(service.refused) <= workers * windows, "no more than what was under way when a window ended"


@given(**services, asks_to_wait=st.booleans())
def test_a_service_that_only_refuses_is_not_hammered(
    limit: int, window: float, workers: int, latency: float, asks_to_wait: bool
) -> None:
    service = Service(limit, window, tells=False, asks_to_wait=asks_to_wait)
    good, sent = work_off(service, 60, workers, latency)
    assert good >= 60
    for refusal in service.refused:
        at_once = [at for at in sent if refusal < at < refusal + FIRST_WAIT / 2]
        assert asks_to_wait or at_once == []

"""The clock of the pace never goes back, and goes on in sleep."""

import asyncio
import time

import pytest

from inspector.gateways.steady_clock import SteadyClock, steady_seconds


def test_a_nap_takes_its_time() -> None:
    clock = SteadyClock()
    before = clock.now()
    with asyncio.Runner() as runner:
        runner.run(clock.sleep(0.01))
    assert clock.now() - before >= 0.009


@pytest.mark.fault(row="sleep, or a clock that is set")
def test_it_is_one_that_counts_sleep(monkeypatch: pytest.MonkeyPatch) -> None:
    number = getattr(time, "CLOCK_BOOTTIME", None)
    if number is None:
        pytest.skip("elsewhere the other clocks count it")
    for name in ("time", "monotonic", "perf_counter"):
        monkeypatch.setattr(time, name, lambda: 0.0)
    before = time.clock_gettime(number)
    assert before <= steady_seconds() <= time.clock_gettime(number)

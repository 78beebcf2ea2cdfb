"""The clock of the pace never goes back."""

import asyncio

from inspector.gateways.steady_clock import SteadyClock


def test_a_nap_takes_its_time() -> None:
    clock = SteadyClock()
    before = clock.now()
    with asyncio.Runner() as runner:
        runner.run(clock.sleep(0.01))
    assert clock.now() - before >= 0.009

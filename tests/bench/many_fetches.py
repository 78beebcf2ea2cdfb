"""A thousand completions of 10 KB: eight at once against the bare loop of one httpx client: `python tests/bench/many_fetches.py`.

The service runs in a process of its own. Measured in turn, and the best of each: the bare loop, one after the other; the
gateway as a batch drives it, eight at once; the same with every answer read, judged and kept, in a thread and in a child
process; `curl --parallel`, where there is one. Goals: without latency at most 1.3 times the bare loop, with 20 ms of it at
least six times as fast.
"""

import argparse
import asyncio
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).parents[2]))

import httpx

from inspector.core.exchange import Received, Request
from inspector.core.inputs import BaseUrl, CompletionId
from inspector.core.rate_limiter import RateLimiter
from inspector.core.secret import Secret
from inspector.gateways.answer_store import AnswerStore
from inspector.gateways.completions_api import HttpCompletionsApi
from inspector.gateways.inspecting_here import InspectorHere
from inspector.gateways.inspecting_process import InspectorInChildren
from inspector.gateways.steady_clock import SteadyClock
from inspector.usecases.inspect_many import Ended, ManyInspector, Order, Step
from inspector.usecases.open_many import read_and_keep
from inspector.usecases.ports import Inspector
from tests.bench.figures import print_machine, print_table
from tests.many_server import Manner, many_server, names

KEY = "sk-benchmark"


def bare_loop(url: str, count: int) -> float:
    with httpx.Client(trust_env=False) as client:
        client.get(f"{url}/v1/warm", headers={"Authorization": f"Bearer {KEY}"})
        began = perf_counter()
        for name in names(count):
            path = f"{url}/v1/chat/completions/{name}"
            client.get(path, headers={"Authorization": f"Bearer {KEY}"}).raise_for_status()
        return perf_counter() - began


def eight_at_once(url: str, count: int) -> float:
    """The gateway alone."""
    base_url = BaseUrl(url, "")

    async def fetched(api: HttpCompletionsApi) -> float:
        order = Order(CompletionId(name) for name in names(count))
        await api.warm(base_url)

        async def worker() -> None:
            while (completion := order.take()) is not None:
                outcome = await api.fetch(Request(base_url, completion, Secret(KEY)), lambda _: None)
                if not isinstance(outcome, Received) or outcome.status != 200:
                    raise SystemExit(f"not fetched: {outcome}")

        began = perf_counter()
        await asyncio.gather(*(worker() for _ in range(8)))
        return perf_counter() - began

    return _with_api(fetched)


def whole_batch_here(url: str, count: int) -> float:
    return whole_batch(url, count, InspectorHere())


def whole_batch_in_child(url: str, count: int) -> float:
    inspector = InspectorInChildren()
    try:
        return whole_batch(url, count, inspector)
    finally:
        inspector.close()


def whole_batch(url: str, count: int, inspector: Inspector) -> float:
    """Fetched, read, judged, kept, told."""
    base_url, answers, told = BaseUrl(url, ""), AnswerStore(), list[Step]()

    async def opened(api: HttpCompletionsApi) -> float:
        await api.warm(base_url)
        run = ManyInspector(
            Order(CompletionId(name) for name in names(count)),
            lambda completion: Request(base_url, completion, Secret(KEY)),
            api=api,
            read=partial(read_and_keep, answers, inspector, None),
            limiter=RateLimiter(),
            clock=SteadyClock(),
            tell=told.append,
        )
        began = perf_counter()
        await run.run()
        return perf_counter() - began

    took = _with_api(opened)
    if sum(isinstance(step, Ended) and step.digest.status == 200 for step in told) != count:
        raise SystemExit("not all have come")
    return took


def curl(url: str, count: int) -> float:
    with tempfile.TemporaryDirectory() as folder:
        asked = Path(folder) / "asked"
        lines = (f'url = "{url}/v1/chat/completions/{name}"\noutput = "/dev/null"\n' for name in names(count))
        asked.write_text("".join(lines))
        command = ["curl", "--silent", "--parallel", "--parallel-max", "8", "--config", str(asked)]
        began = perf_counter()
        subprocess.run(command, check=True)
        return perf_counter() - began


def _with_api(work: Callable[[HttpCompletionsApi], object]) -> float:
    async def run() -> float:
        api = HttpCompletionsApi()
        try:
            return await work(api)  # type: ignore[misc, no-any-return]
        finally:
            await api.close()

    return asyncio.run(run())


def measure(manner: Manner, count: int, repeats: int) -> None:
    ways: dict[str, Callable[[str, int], float]] = {
        "bare loop of one httpx client": bare_loop,
        "eight at once": eight_at_once,
        "eight at once, each read and kept": whole_batch_here,
        "the same, read in a child": whole_batch_in_child,
    }
    if shutil.which("curl"):
        ways["curl --parallel, eight at once"] = curl
    best = dict.fromkeys(ways, float("inf"))
    with many_server(manner, own_process=True) as server:
        for _ in range(repeats):
            for name, way in ways.items():
                best[name] = min(best[name], partial(way, server.url, count)())
    bare = best["bare loop of one httpx client"]
    rows = [[name, f"{took:.2f}", f"{took / bare:.2f}", f"{bare / took:.1f}"] for name, took in best.items()]
    head = f"{count:,} answers of {manner.size:,} bytes, latency {manner.latency * 1000:.0f} ms, best of {repeats}"
    print_table([head, "seconds", "of the bare loop", "times as fast"], rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1_000, metavar="N", help="completions (default 1000)")
    parser.add_argument("--bytes", type=int, default=10_000, metavar="N", help="size of a body (default 10000)")
    parser.add_argument("--repeats", type=int, default=3, metavar="N", help="of which the best counts (default 3)")
    given = parser.parse_args()
    print_machine()
    for latency in (0.0, 0.02):
        measure(Manner(latency, given.bytes), given.count, given.repeats)


if __name__ == "__main__":
    main()

"""Reading a body, against `json.loads` of the standard library: `python tests/bench/parse.py`.

`parse_body` keeps the place and the spelling of everything, and accepts nothing that RFC 8259 does not; `json.loads` makes
Python values. What is measured is the price of that, as a ratio, for bodies with tool calls and for one long string.
"""

import argparse
import json
import statistics
import sys
from collections.abc import Callable
from pathlib import Path
from time import process_time

sys.path.insert(0, str(Path(__file__).parents[2]))

from inspector.core.json.document import JsonDocument
from inspector.core.json.text import parse_body
from tests.bench.figures import print_machine, print_table

SIZES = {"10 KB": 10_000, "1 MB": 1_000_000, "10 MB": 10_000_000}
CALL = {
    "id": "call_0123456789abcdef",
    "type": "function",
    "function": {
        "name": "book_flight",
        "arguments": '{"from": "OSL", "to": "KEF", "seats": [12, 13], "price": 1249.5}',
    },
}


def with_calls(size: int) -> bytes:
    """A completion of about `size` bytes, of choices with three tool calls each."""
    choice = {"index": 0, "finish_reason": "tool_calls", "message": {"role": "assistant", "tool_calls": [CALL] * 3}}
    count = max(1, size // len(json.dumps(choice)))
    return json.dumps({"id": "chatcmpl-1", "object": "chat.completion", "choices": [choice] * count}).encode()


def with_long_text(size: int) -> bytes:
    """A completion of about `size` bytes, most of them one content."""
    message = {"role": "assistant", "content": "A line of an answer, “quoted”.\n" * (size // 34)}
    return json.dumps({"id": "chatcmpl-1", "choices": [{"index": 0, "message": message}]}).encode()


def milliseconds(read: Callable[[bytes], object], body: bytes, repeats: int) -> float:
    """The median CPU time of one reading; the results are let go outside the measurement."""
    taken = []
    for _ in range(repeats):
        began = process_time()
        result = read(body)
        taken.append((process_time() - began) * 1000)
        del result
    return statistics.median(taken)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=5, metavar="N", help="readings of each body (default 5)")
    given = parser.parse_args()
    print_machine()
    rows = []
    for kind, make in (("tool calls", with_calls), ("one long text", with_long_text)):
        for name, size in SIZES.items():
            body = make(size)
            if not isinstance(parse_body(body), JsonDocument):
                raise SystemExit("the body of the benchmark is not JSON")
            repeats = given.repeats * (20 if size < 100_000 else 1)
            ours, theirs = (milliseconds(read, body, repeats) for read in (parse_body, json.loads))
            rows.append([f"{name}, {kind}", f"{ours:.2f} ms", f"{theirs:.2f} ms", f"{ours / theirs:.1f}"])
    print_table([f"median CPU of {given.repeats}", "parse_body", "json.loads", "ratio"], rows)


if __name__ == "__main__":
    main()

"""What the benchmarks share: the facts of the machine, and a plain table."""

import os
import platform
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path


def print_machine() -> None:
    """One line on what the figures were measured on; without it they mean nothing."""
    print(
        f"{_processor()}, {os.cpu_count()} cores, Python {platform.python_version()}, PySide6 {_qt()}, {platform.system()}"
    )
    print(
        "Figures of one machine under the load of the moment: compare within a run, and ratios before milliseconds.\n"
    )


def print_table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Columns as wide as their widest cell, the first on the left, the others on the right."""
    cells = [[str(cell) for cell in row] for row in (head, *rows)]
    widths = [max(len(row[at]) for row in cells) for at in range(len(head))]
    for row in cells:
        rest = "  ".join(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))
        print(f"{row[0].ljust(widths[0])}  {rest}".rstrip())
    print()


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    named = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return named[0] if named else platform.machine()


def _qt() -> str:
    return version("PySide6-Essentials")

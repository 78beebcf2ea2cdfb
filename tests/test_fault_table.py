"""The README's table of faults: every row is the name of tests that are marked with it, and every mark is a row."""

import re
from pathlib import Path

PROJECT = Path(__file__).parent.parent
MARK = re.compile(r'@pytest\.mark\.fault\(row="([^"\n]+)"\)')
ROW = re.compile(r"^\| (.+?) \| .+ \|$", re.MULTILINE)


def rows() -> list[str]:
    """The first cells of the table, without its head."""
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")
    section = readme.partition("\n## When things go wrong\n")[2].partition("\n## ")[0]
    head, rule, *names = ROW.findall(section)
    assert (head, rule) == ("what happens", "---")
    return names


def marked() -> set[str]:
    """What the marks of all tests name."""
    return {name for path in (PROJECT / "tests").rglob("test_*.py") for name in MARK.findall(path.read_text("utf-8"))}


def test_no_row_stands_twice() -> None:
    assert len(rows()) == len(set(rows()))


def test_every_row_has_a_test_of_its_name() -> None:
    assert set(rows()) - marked() == set()


def test_every_fault_that_is_tested_has_a_row() -> None:
    assert marked() - set(rows()) == set()

"""What the process keeps to itself."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from inspector.gateways.own_process import keep_to_itself

resource = pytest.importorskip("resource")


@pytest.fixture(autouse=True)
def core_limit() -> Iterator[int]:
    """The largest core dump that this process may ask for; its limit and its umask are put back."""
    before, most = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (most, most))
    umask = os.umask(0)
    yield most
    os.umask(umask)
    resource.setrlimit(resource.RLIMIT_CORE, (before, most))


def test_its_files_are_for_the_user_alone_and_it_leaves_no_core(tmp_path: Path, core_limit: int) -> None:
    keep_to_itself()
    (tmp_path / "file").touch()
    assert (tmp_path / "file").stat().st_mode & 0o777 == 0o600
    assert resource.getrlimit(resource.RLIMIT_CORE) == (0, core_limit)


def test_a_system_without_core_dumps_will_do(tmp_path: Path, core_limit: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "resource", None)
    keep_to_itself()
    (tmp_path / "file").touch()
    assert (tmp_path / "file").stat().st_mode & 0o777 == 0o600
    assert resource.getrlimit(resource.RLIMIT_CORE) == (core_limit, core_limit)


WHEN_IT_RUNS = """
import os, resource, sys
from inspector.__main__ import main
try:
    main(["--version"])
finally:
    print(resource.getrlimit(resource.RLIMIT_CORE)[0], os.umask(0))
"""


def test_the_program_begins_with_it() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", WHEN_IT_RUNS], capture_output=True, text=True, timeout=30, check=False, umask=0
    )
    assert ended.stdout.splitlines()[-1] == f"0 {0o077}"

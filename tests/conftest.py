"""Shared by all tests: no test may reach the developer's own settings or keyring."""

import os
import shutil
from contextlib import ExitStack

import pytest
from hypothesis import HealthCheck, settings
from pytestqt.qtbot import QtBot

from tests.private_display import private_display

settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")
"""How long an example takes depends on what else the machine does; that tests end is the test runner's concern."""

_PATIENCE = 30_000
for _wait in (QtBot.waitUntil, QtBot.waitSignal, QtBot.waitSignals, QtBot.waitActive, QtBot.waitExposed):
    _wait.__kwdefaults__["timeout"] = _PATIENCE
"""Milliseconds: five seconds, as pytest-qt has it, pass on a machine that does other things beside."""


def pytest_configure(config: pytest.Config) -> None:
    """Gives the windows a screen of their own, one for each worker of a parallel run, unless QT_QPA_PLATFORM is set.

    On a screen that is shared, another window takes the focus or the clipboard in the middle of a test.
    """
    starts_workers = config.getoption("numprocesses", None) and not hasattr(config, "workerinput")
    if starts_workers or "QT_QPA_PLATFORM" in os.environ or not shutil.which("Xvfb"):
        return
    stack = ExitStack()
    config.add_cleanup(stack.close)
    os.environ.pop("WAYLAND_DISPLAY", None)
    os.environ["DISPLAY"] = stack.enter_context(private_display())

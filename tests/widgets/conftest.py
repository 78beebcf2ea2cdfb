"""Fixtures for the window: the program as `--demo` makes it, over the real demo service, but for the keyring."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from inspector.core.preferences import Preferences
from inspector.core.window_options import WindowOptions
from inspector.main import Program
from inspector.viewmodels.services import Services
from inspector.viewmodels.session import Session
from inspector.widgets.main_window import MainWindow
from inspector.widgets.theme import Theme
from tests.live_services import DEMO, NOWHERE, demo_services


class LiveProgram(Program):
    """The program over services that leave the keyring alone."""

    def _make_services(self) -> Services:
        return demo_services()


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    made = Theme(qapp, "light")
    yield made
    made.deleteLater()


@pytest.fixture
def program(qtbot: QtBot) -> Iterator[Program]:
    """The program with its window open and in front, the services ready, and nothing fetched yet."""
    made = LiveProgram(WindowOptions(demo=True), DEMO, NOWHERE, Preferences(theme="light"))
    qtbot.addWidget(made.window)
    made.window.closing.connect(made.close)
    with qtbot.waitActive(made.window), qtbot.waitSignal(made.jobs.ready):
        made.window.show()
        made.window.activateWindow()
        made.jobs.warm_up()
    yield made
    made.window.close()
    made.theme.deleteLater()


@pytest.fixture
def session(program: Program) -> Session:
    return program.session


@pytest.fixture
def window(program: Program) -> MainWindow:
    return program.window

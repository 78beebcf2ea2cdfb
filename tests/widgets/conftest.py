"""Fixtures for the window: the whole program, over the real demo service, but for the keyring."""

import gc
from collections.abc import Callable, Iterator

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

OpenProgram = Callable[..., Program]
DEMO_WINDOW = WindowOptions(demo=True)
AS_EVER = Preferences(theme="light")


class LiveProgram(Program):
    """The program over services that are given to it."""

    def __init__(self, make: Callable[[], Services], options: WindowOptions, preferences: Preferences) -> None:
        self._make = make
        super().__init__(options, DEMO, NOWHERE, preferences)
        self.furnish()

    def _make_services(self) -> Services:
        return self._make()


@pytest.fixture(scope="session", autouse=True)
def _clipboard_is_left_empty(qapp: QApplication) -> Iterator[None]:
    """Offscreen, Qt touches what is left in the clipboard once Python is gone, and the process dies of it."""
    yield
    qapp.clipboard().clear()


@pytest.fixture(scope="package", autouse=True)
def _garbage_goes_in_this_thread() -> Iterator[None]:
    """As in the program: what is left of a window is not taken apart by a worker of a later test."""
    gc.collect()
    gc.freeze()
    gc.disable()
    yield
    gc.enable()
    gc.unfreeze()


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    made = Theme(qapp, "light")
    yield made
    made.deleteLater()


@pytest.fixture
def open_program(qtbot: QtBot) -> Iterator[OpenProgram]:
    """Opens the program's window in front; nothing is made or fetched yet."""
    opened: list[Program] = []

    def open_window(
        make: Callable[[], Services] = demo_services,
        options: WindowOptions = DEMO_WINDOW,
        preferences: Preferences = AS_EVER,
    ) -> Program:
        program = LiveProgram(make, options, preferences)
        opened.append(program)
        qtbot.addWidget(program.window)
        program.window.closing.connect(program.close)
        with qtbot.waitActive(program.window):
            program.window.show()
            program.window.activateWindow()
        return program

    yield open_window
    for program in opened:
        program.window.close()
        program.theme.deleteLater()
    gc.collect(1)


@pytest.fixture
def program(open_program: OpenProgram, qtbot: QtBot) -> Program:
    """The program as `--demo` opens it, but for the keyring; its services are ready."""
    program = open_program()
    with qtbot.waitSignal(program.jobs.ready):
        program.jobs.warm_up()
    return program


@pytest.fixture
def session(program: Program) -> Session:
    return program.session


@pytest.fixture
def window(program: Program) -> MainWindow:
    return program.window

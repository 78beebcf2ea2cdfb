"""The application: a window for the profile in use, and another in its place where another profile is chosen."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication

from inspector.core.window_options import WindowOptions
from inspector.main import Program
from inspector.viewmodels.collector import Collector
from inspector.widgets.main_window import TITLE

if TYPE_CHECKING:
    from inspector.core.inputs import BaseUrl
    from inspector.core.preferences import Preferences
    from inspector.core.profile import Profile
    from inspector.core.window_start import WindowStart


def run(start: WindowStart) -> int:
    """Opens the window and runs it to its end; returns the exit status."""
    application = QApplication([sys.argv[0], "-style", "Fusion"])
    application.setApplicationName("sudo-inspector")
    application.setApplicationDisplayName(TITLE)
    application.setDesktopFileName("sudo-inspector")
    Collector(application)
    windows = Windows(application, start)
    return application.exec() or windows.program.status


class Windows(QObject):
    """The window of the profile in use; another profile gets one of its own in its place."""

    def __init__(self, application: QApplication, start: WindowStart, program: type[Program] = Program) -> None:
        super().__init__(application)
        self._new = program
        self._application = application
        self._path = start.path
        self.program = self._open(start.options, start.profile, start.base_url, start.preferences, start.notice)

    def _open(
        self, options: WindowOptions, profile: Profile, base_url: BaseUrl, preferences: Preferences, notice: str = ""
    ) -> Program:
        program = self._new(options, profile, base_url, preferences)
        program.window.closing.connect(program.close)
        program.profile_chosen.connect(self._on_profile_chosen, Qt.ConnectionType.QueuedConnection)
        if not options.unattended:
            program.remember_at(self._path)
        program.start(notice)
        return program

    def _on_profile_chosen(self, name: str) -> None:
        self._application.setQuitOnLastWindowClosed(False)  # the next one opens at once
        old = self.program
        old.window.close()
        preferences = old.preferences
        profile = preferences.profiles[name]
        self.program = self._open(WindowOptions(), profile, profile.base_url, preferences)
        self._application.setQuitOnLastWindowClosed(True)
        old.window.deleteLater()
        old.theme.deleteLater()  # it would go on colouring the application

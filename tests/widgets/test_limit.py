"""The limit in the settings is that of the window too."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from inspector.core.inputs import Refused
from inspector.core.preferences import Preferences
from inspector.core.window_options import WindowOptions
from inspector.main import Program
from tests.live_services import DEMO, NOWHERE


@pytest.mark.fault(row="a body beyond the limit, a bomb")
def test_the_limit_in_the_settings_holds_in_the_window(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    program = Program(WindowOptions(demo=True), DEMO, NOWHERE, Preferences(most_megabytes=1))
    qtbot.addWidget(program.window)
    (tmp_path / "large.json").write_bytes(b" " * (2**20 + 1))
    services = program._make_services()
    found = services.submit(services.read_file(str(tmp_path / "large.json"), None, print)).result(10)
    services.close()
    program.theme.deleteLater()
    assert isinstance(found, Refused)
    assert "at most 1,048,576" in found.sentence

"""The files that the command line names: each is a line of the list, the first is shown."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from inspector.cli import parse
from inspector.core.window_options import WindowOptions
from inspector.main import Program
from inspector.viewmodels.services import Services
from tests.live_services import DEMO, NOWHERE, demo_services, sample
from tests.sessions import shown
from tests.widgets.conftest import AS_EVER


class OwnProgram(Program):
    def _make_services(self) -> Services:
        return demo_services()


def test_every_file_of_the_command_line_is_a_line_of_the_list(qtbot: QtBot, tmp_path: Path) -> None:
    names = ("plain-answer.json", "two-tool-calls.json")
    for name in names:
        (tmp_path / name).write_bytes(sample(name).body())
    options = parse(["--demo", *(word for name in names for word in ("--file", str(tmp_path / name)))])
    assert isinstance(options, WindowOptions)
    program = OwnProgram(options, DEMO, NOWHERE, AS_EVER)
    qtbot.addWidget(program.window)
    program.window.closing.connect(program.close)
    program.start("")
    qtbot.waitUntil(lambda: program._furnished)
    assert shown(program.session, qtbot).source.path == str(tmp_path / names[0])
    qtbot.waitUntil(lambda: all(program.session.completions.get(name) for name in names))
    assert program.window.completions.isVisible()
    program.window.close()
    program.theme.deleteLater()

"""What the window remembers from one run to the next, and what it shows of each state."""

from pathlib import Path

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QSplitter
from pytestqt.qtbot import QtBot

from inspector.core.preferences import Preferences
from inspector.gateways.preferences_file import load_preferences
from inspector.main import Program
from inspector.viewmodels.session import Session
from inspector.widgets.main_window import MainWindow
from tests.live_services import sample
from tests.sessions import shown
from tests.widgets.conftest import OpenProgram

PLACED = Preferences(
    theme="dark",
    reveal_invisible=False,
    wrap_lines=False,
    geometry=(40, 50, 1100, 700),
    columns=(300, 800, 420, 380),
    rows=(400, 200),
    tab=2,
)


def splitters(window: MainWindow) -> list[list[int]]:
    return [splitter.sizes() for splitter in window._given]


def at_rest(window: MainWindow, qtbot: QtBot) -> list[list[int]]:
    """The sizes once the layouts have come to rest: labels that wrap learn their height only when they know their width."""
    seen: list[list[list[int]]] = []

    def rests() -> bool:
        seen.append(splitters(window))
        return len(seen) > 4 and all(sizes == seen[-1] for sizes in seen[-4:])

    qtbot.waitUntil(rests)
    return seen[-1]


def filled(program: Program, qtbot: QtBot) -> Program:
    program.session.fetch(sample("two-tool-calls.json").id)
    shown(program.session, qtbot)
    return program


def closed(program: Program, folder: Path) -> Preferences:
    """Closes the program, and gives what the next run will find."""
    path = folder / "config" / "preferences.json"
    program.remember_at(path)
    program.window.close()
    preferences, notice = load_preferences(path)
    assert notice == ""
    return preferences


def test_places_and_looks_are_those_of_the_last_run(open_program: OpenProgram, qtbot: QtBot, tmp_path: Path) -> None:
    first = filled(open_program(preferences=PLACED), qtbot)
    assert first.window.geometry() == QRect(*PLACED.geometry)
    assert (first.theme.preference, first.window.detail.tab) == ("dark", 2)
    assert (first.window.detail.view.reveals, first.window.detail.view.wraps) == (False, False)
    sizes = at_rest(first.window, qtbot)
    preferences = closed(first, tmp_path)
    assert preferences.geometry == PLACED.geometry
    second = filled(open_program(preferences=preferences), qtbot)
    assert at_rest(second.window, qtbot) == sizes
    assert second.window.geometry() == QRect(*PLACED.geometry)


def test_what_was_changed_in_the_window_is_remembered(open_program: OpenProgram, qtbot: QtBot, tmp_path: Path) -> None:
    program = filled(open_program(preferences=PLACED), qtbot)
    window = program.window
    window.setGeometry(70, 80, 1000, 640)
    window.detail.show_tab(1)
    window.detail.view.reveal(True)
    window.detail.view.wrap(True)
    window.theme.prefer("light")
    *_, analysis = window._given
    analysis.setSizes([300, 280])
    rows = tuple(analysis.sizes())
    preferences = closed(program, tmp_path)
    assert preferences.geometry == (70, 80, 1000, 640)
    assert (preferences.tab, preferences.reveal_invisible, preferences.wrap_lines) == (1, True, True)
    assert preferences.theme == "light"
    assert preferences.rows == rows


def test_what_was_never_seen_does_not_spoil_the_places(open_program: OpenProgram, qtbot: QtBot, tmp_path: Path) -> None:
    """The panes of an answer, and the list, are hidden at first: closed like that, they are where they were next time."""
    preferences = closed(open_program(preferences=PLACED), tmp_path)
    sizes = at_rest(filled(open_program(preferences=PLACED), qtbot).window, qtbot)
    assert at_rest(filled(open_program(preferences=preferences), qtbot).window, qtbot) == sizes


@pytest.mark.parametrize(
    "geometry", [(90_000, 90_000, 900, 600), (-5_000, 100, 900, 600), (100, -5_000, 900, 600), (9_999, 0, 900, 600)]
)
def test_a_place_outside_all_screens_is_not_gone_back_to(open_program: OpenProgram, geometry: tuple[int, ...]) -> None:
    window = open_program(preferences=Preferences(geometry=geometry)).window
    screen = QGuiApplication.primaryScreen().geometry()
    assert screen.intersects(window.geometry())
    assert (window.width(), window.height()) == geometry[2:]


@pytest.mark.fault(row="a screen that is taken away, colours that change")
@pytest.mark.parametrize("size", [(900, 600), (5000, 4000)])
def test_a_window_whose_screen_is_taken_away_comes_back(
    program: Program, qtbot: QtBot, qapp: QApplication, size: tuple[int, int]
) -> None:
    window, screen = program.window, QGuiApplication.primaryScreen()
    window.setGeometry(9_000, 9_000, *size)
    qapp.screenRemoved.emit(screen)
    qtbot.waitUntil(lambda: screen.geometry().contains(window.frameGeometry()))
    assert window.isVisible()


def test_a_window_on_another_screen_stays_where_it_is(program: Program, qapp: QApplication) -> None:
    program.window.setGeometry(40, 50, 1000, 700)
    qapp.screenRemoved.emit(QGuiApplication.primaryScreen())
    qapp.processEvents()
    assert program.window.geometry() == QRect(40, 50, 1000, 700)


def test_without_any_screen_it_waits_for_one(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    program.window.setGeometry(9_000, 9_000, 1000, 700)
    monkeypatch.setattr(QGuiApplication, "primaryScreen", lambda: None)
    program.window.come_back()
    assert program.window.geometry() == QRect(9_000, 9_000, 1000, 700)


@pytest.mark.parametrize("geometry", [(10, 10, 1, 1), (10, 10, 0, -5), (1, 2, 3)])
def test_a_window_is_never_too_small_to_find(open_program: OpenProgram, geometry: tuple[int, ...]) -> None:
    window = open_program(preferences=Preferences(geometry=geometry)).window
    assert window.width() >= 480
    assert window.height() >= 360


def test_a_maximised_window_comes_back_maximised(open_program: OpenProgram, tmp_path: Path) -> None:
    program = open_program(preferences=Preferences(geometry=(40, 50, 900, 600), maximised=True))
    assert program.window.isMaximized()
    assert closed(program, tmp_path).maximised


@pytest.mark.parametrize("tab", [5, 8])
def test_a_view_that_there_is_not_is_not_gone_back_to(open_program: OpenProgram, tab: int) -> None:
    assert open_program(preferences=Preferences(tab=tab)).window.detail.tab == 0


def test_a_first_run_gives_every_pane_room(open_program: OpenProgram, qtbot: QtBot) -> None:
    window = filled(open_program(preferences=Preferences()), qtbot).window
    for splitter in window.findChildren(QSplitter):
        assert all(size > 100 for size in splitter.sizes()), splitter.sizes()


@pytest.mark.parametrize("width", [540, 700, 1000, 1600])
def test_at_any_width_the_field_and_the_text_have_room(program: Program, qtbot: QtBot, width: int) -> None:
    window = filled(program, qtbot).window
    window.resize(width, 700)
    panes = (window.id_bar.field, window.detail.view, window.structure)
    qtbot.waitUntil(lambda: window.width() == width and min(pane.width() for pane in panes) >= 200)


def test_several_completions_are_listed_and_one_alone_is_not(
    open_program: OpenProgram, qtbot: QtBot, tmp_path: Path
) -> None:
    from inspector.core.window_options import WindowOptions
    from tests.live_services import demo_services

    program = open_program(lambda: demo_services(shelf=()), WindowOptions())
    program.session.fetch(sample("plain-answer.json").id)
    shown(program.session, qtbot)
    assert not program.window.completions.isVisible()
    filled(program, qtbot)
    assert program.window.completions.isVisible()
    assert program.window.completions.table.width() > 100


def test_a_late_click_in_the_list_shows_what_was_fetched_before(
    window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    session.fetch(sample("plain-answer.json").id)
    before = shown(session, qtbot)
    session.fetch(sample("two-tool-calls.json").id)
    shown(session, qtbot)
    table = window.completions.table
    table.clicked.emit(table.model().index(0, 0))
    qtbot.waitUntil(lambda: session.inspection is not None and session.inspection.received == before.received)

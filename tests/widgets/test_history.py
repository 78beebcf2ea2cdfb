"""Back and forward in the window: by menu, keys and the buttons of the mouse."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from inspector.viewmodels.session import Session
from inspector.widgets.main_window import MainWindow
from inspector.widgets.named_actions import named_actions
from tests.live_services import sample
from tests.viewmodels.test_history import fetched, wait_for
from tests.widgets.test_keyboard import press

PLAIN = sample("plain-answer.json").id
CALLS = sample("two-tool-calls.json").id


def enabled(window: MainWindow) -> dict[str, bool]:
    return {
        entry.name: entry.action.isEnabled()
        for entry in named_actions(window)
        if entry.path in ("Go › Back", "Go › Forward")
    }


def shows(window: MainWindow, session: Session) -> bool:
    """Whether the tree is that of the answer that the session has."""
    outline = window.structure.outline
    return outline is not None and outline.inspection is session.inspection


def test_keys_lead_back_and_forward_and_the_menu_says_where_there_is_a_way(
    window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    assert enabled(window) == {"Back": False, "Forward": False}
    fetched(session, qtbot, PLAIN, CALLS)
    assert enabled(window) == {"Back": True, "Forward": False}
    press(window, "Alt+Left")
    wait_for(session, qtbot, PLAIN)
    qtbot.waitUntil(lambda: window.id_bar.field.text() == PLAIN)
    assert enabled(window) == {"Back": False, "Forward": True}
    press(window, "Alt+Right")
    wait_for(session, qtbot, CALLS)


def test_the_buttons_of_the_mouse_lead_too_and_select_nothing(
    window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    fetched(session, qtbot, PLAIN, CALLS)
    qtbot.waitUntil(lambda: shows(window, session) and window.structure.current_row is not None)
    shown_first, selected = window.structure.outline, list[object]()

    def note(row: object) -> None:
        """The answer that Back leads to may come at any moment, and selects a row of its own."""
        if row is not None and window.structure.outline is shown_first:
            selected.append(row)

    window.structure.chosen.connect(note)
    tree = window.structure.mapTo(window, QPoint(60, window.structure.height() - 60))
    handle = window.windowHandle()
    QTest.mouseClick(handle, Qt.MouseButton.BackButton, Qt.KeyboardModifier.NoModifier, tree)
    wait_for(session, qtbot, PLAIN)
    qtbot.waitUntil(lambda: shows(window, session))
    assert selected == []
    QTest.mouseClick(handle, Qt.MouseButton.ForwardButton, Qt.KeyboardModifier.NoModifier, tree)
    wait_for(session, qtbot, CALLS)

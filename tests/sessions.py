"""What tests ask of a session again and again."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from inspector.core.conversation.prompt import PromptMessages, PromptUnavailable, Waiting
from inspector.core.inspection import Inspection
from inspector.viewmodels.session import Session
from inspector.viewmodels.session_state import Entry, Shown, State


class Watch:
    """Every state that a session enters, in order."""

    def __init__(self, session: Session) -> None:
        self.states: list[State] = []
        self._session = session
        session.changed.connect(self.look)

    def look(self) -> None:
        self.states.append(self._session.state)

    @property
    def kinds(self) -> list[type[State]]:
        return [type(state) for state in self.states]


def shown(session: Session, qtbot: QtBot) -> Inspection:
    """Waits until an answer is shown."""
    qtbot.waitUntil(lambda: isinstance(session.state, Shown))
    assert session.inspection is not None
    return session.inspection


def prompted(session: Session, qtbot: QtBot) -> PromptMessages | PromptUnavailable:
    """What has been told of the prompt, once something has."""
    qtbot.waitUntil(lambda: session.inspection is not None and not isinstance(session.inspection.prompt, Waiting))
    assert session.inspection is not None
    told = session.inspection.prompt
    assert isinstance(told, PromptMessages | PromptUnavailable)
    return told


def opened(session: Session, qtbot: QtBot, path: Path) -> Inspection:
    """Opens a file and waits until it is shown."""
    session.open_file(str(path))
    return shown(session, qtbot)


def under_way(session: Session, qtbot: QtBot, completion: str) -> None:
    """Begins a fetch and waits until something of it has come."""
    with qtbot.waitSignal(session.progressed):
        session.fetch(completion)


def entry(session: Session, subject: str) -> Entry:
    """The line of that subject."""
    return next(each for each in session.entries if each.subject == subject)


def busy(session: Session) -> list[str]:
    """The lines that are said to be on their way."""
    return [each.subject for each in session.entries if each.busy]

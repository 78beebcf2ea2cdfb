"""When the prompt comes, what is found in it joins the findings; nothing else in the window moves."""

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from inspector.core.conversation.prompt import PromptMessages, Waiting
from inspector.core.inspection import with_prompt
from inspector.main import Program
from inspector.viewmodels.findings_model import MESSAGE
from inspector.viewmodels.session_state import Shown
from inspector.widgets.detail_pane import CONVERSATION
from tests.conversations import prompt, result
from tests.live_services import sample

TRACE = sample("agent-trace.json").id


def messages_of(program: Program) -> list[str]:
    model = program.window.findings.table.model()
    return [model.index(row, MESSAGE).data() for row in range(model.rowCount())]


@pytest.fixture
def opened(program: Program, qtbot: QtBot) -> Program:
    """The program with an agent's trace, its prompt there."""
    with qtbot.waitSignals([program.presenter.filled, program.session.prompt_changed]):
        program.session.fetch(TRACE)
    return program


def test_the_prompt_of_the_agent_s_trace_comes_and_all_of_it_matches(opened: Program) -> None:
    inspection = opened.session.inspection
    assert inspection is not None
    assert isinstance(inspection.prompt, PromptMessages)
    assert not [words for words in messages_of(opened) if "of the prompt" in words]


@pytest.mark.parametrize("looked_at_early", [True, False])
def test_the_conversation_is_read_again_once_the_prompt_is_there(
    program: Program, qtbot: QtBot, *, looked_at_early: bool
) -> None:
    detail, session = program.window.detail, program.session
    with qtbot.waitSignals([program.presenter.filled, session.prompt_changed]):
        session.fetch(TRACE)
    told = session.inspection
    assert told is not None
    waiting = replace(told, prompt=Waiting())
    session.state = Shown(waiting)
    with qtbot.waitSignal(program.presenter.filled):
        session.changed.emit()
    if looked_at_early:
        detail.show_tab(CONVERSATION)
        qtbot.waitUntil(lambda: len(detail.conversation.view.turns or ()) == 1)
    session.prompts._on_told((waiting, told))
    detail.show_tab(CONVERSATION)
    qtbot.waitUntil(lambda: len(detail.conversation.view.turns or ()) > 10)


def test_what_is_found_in_a_prompt_joins_the_findings_and_the_rows_stay(opened: Program) -> None:
    window, session = opened.window, opened.session
    outline, tree = window.structure.outline, window.structure
    chosen, before = tree.currentIndex(), messages_of(opened)
    shown = session.inspection
    assert shown is not None
    session.prompts._on_told((shown, with_prompt(shown, prompt([result("call_lost")]))))
    assert messages_of(opened) == [
        "Message 1 of the prompt is a tool result that answers “call_lost”, which nothing called.",
        *before,
    ]
    assert window.structure.outline is outline
    assert tree.currentIndex() == chosen

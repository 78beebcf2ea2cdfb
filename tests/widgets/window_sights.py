"""The main window in each of its states that a person meets."""

from collections.abc import Callable

from pytestqt.qtbot import QtBot

from inspector.main import Program
from inspector.widgets.detail_pane import CONVERSATION, SUGGESTION, TEXT, TOKENS
from tests.live_services import sample
from tests.sessions import prompted, shown, under_way
from tests.widgets.dialogs import choose

CALLS = sample("two-tool-calls.json").id
Sight = Callable[[Program, QtBot], None]


def nothing(program: Program, qtbot: QtBot) -> None:
    """The empty state."""


def an_answer(program: Program, qtbot: QtBot) -> None:
    program.session.fetch(CALLS)
    shown(program.session, qtbot)
    prompted(program.session, qtbot)


def a_suggestion(program: Program, qtbot: QtBot) -> None:
    an_answer(program, qtbot)
    program.window.detail.show_tab(SUGGESTION)
    qtbot.waitUntil(lambda: program.window.detail.view.source != "")


def a_conversation(program: Program, qtbot: QtBot) -> None:
    an_answer(program, qtbot)
    program.window.detail.show_tab(CONVERSATION)
    qtbot.waitUntil(lambda: program.window.detail.conversation.view.turns is not None)


def a_long_conversation(program: Program, qtbot: QtBot) -> None:
    program.session.fetch(sample("usage-null.json").id)
    shown(program.session, qtbot)
    prompted(program.session, qtbot)
    program.window.detail.show_tab(CONVERSATION)
    qtbot.waitUntil(program.window.detail.conversation._pager.isVisible)


def markdown(program: Program, qtbot: QtBot) -> None:
    a_message(program, qtbot, "citations.json")
    program.window.detail.render_markdown()
    qtbot.waitUntil(program.window.detail.prose.rendered.isVisible)


def citations(program: Program, qtbot: QtBot) -> None:
    a_message(program, qtbot, "citations.json")
    assert program.window.detail.prose.citations.isVisible()


def a_message(program: Program, qtbot: QtBot, name: str) -> None:
    """Selects the message of a sample, as text."""
    program.session.fetch(sample(name).id)
    shown(program.session, qtbot)
    program.window.detail.show_tab(TEXT)
    outline = program.window.structure.outline
    assert outline is not None
    program.window.structure.select(outline.find("/choices/0/message/content"))


def tokens(program: Program, qtbot: QtBot) -> None:
    program.session.fetch(sample("logprobs.json").id)
    shown(program.session, qtbot)
    outline = program.window.structure.outline
    assert outline is not None
    program.window.structure.select(outline.find("/choices/0/logprobs"))
    program.window.detail.show_tab(TOKENS)
    qtbot.waitUntil(lambda: program.window.detail.view.source != "")


def the_list_of_a_batch(program: Program, qtbot: QtBot) -> None:
    program.session.fetch_all([CALLS, sample("error-401.json").id, sample("plain-answer.json").id])
    shown(program.session, qtbot)
    qtbot.waitUntil(lambda: not program.session.batch.is_open)
    assert program.window.completions.strip.retry_button.isVisible()


def a_batch_under_way(program: Program, qtbot: QtBot) -> None:
    program.session.fetch_all([CALLS, sample("slow-body.json").id])
    shown(program.session, qtbot)
    assert program.window.completions.strip.pause_button.isVisible()


def a_faulty_filter(program: Program, qtbot: QtBot) -> None:
    the_list_of_a_batch(program, qtbot)
    program.window.completions.line.field.setText("tokens > many")


def the_find_bar(program: Program, qtbot: QtBot) -> None:
    an_answer(program, qtbot)
    program.window.detail.view.setFocus()
    choose(program, "Edit › Find…")
    program.window.detail.search.field.setText("order")
    qtbot.waitUntil(lambda: "of" in program.window.detail.search._count.text())


def a_problem(program: Program, qtbot: QtBot) -> None:
    program.session.fetch(sample("error-401.json").id)
    shown(program.session, qtbot)


def a_problem_that_comes_again(program: Program, qtbot: QtBot) -> None:
    program.session.fetch(sample("error-429.txt").id)
    shown(program.session, qtbot)
    qtbot.waitUntil(program.window.detail.banner.give_up_button.isVisible)


def work(program: Program, qtbot: QtBot) -> None:
    under_way(program.session, qtbot, sample("slow-body.json").id)


def an_offer(program: Program, qtbot: QtBot) -> None:
    program.window.offer.offer("3 IDs of an earlier run were not fetched.")


def a_narrow_window(program: Program, qtbot: QtBot) -> None:
    an_answer(program, qtbot)
    program.window.resize(500, 600)
    qtbot.waitUntil(lambda: not program.window.tool_bar.isVisible())


SIGHTS = (
    nothing,
    an_answer,
    a_suggestion,
    a_conversation,
    a_long_conversation,
    markdown,
    citations,
    tokens,
    the_list_of_a_batch,
    a_batch_under_way,
    a_faulty_filter,
    the_find_bar,
    a_problem,
    a_problem_that_comes_again,
    work,
    an_offer,
    a_narrow_window,
)

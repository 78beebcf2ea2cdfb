"""Dark and light: chosen by a person or followed from the desktop, and readable either way."""

import os
import subprocess
import sys
from itertools import product

import pytest
from PySide6.QtGui import QColor, QImage, QPalette
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from inspector.core.colours import COLOURS
from inspector.core.inputs import BaseUrl
from inspector.core.preferences import Preferences
from inspector.core.profile import Profile
from inspector.core.secret import Secret
from inspector.core.window_options import WindowOptions
from inspector.gateways.display import can_open_window
from inspector.viewmodels.services import Services
from inspector.viewmodels.session import Session
from inspector.widgets.main_window import MainWindow
from inspector.widgets.theme import DARK, LIGHT, Colours, Theme
from tests.fault_server import FaultServer, Link
from tests.live_services import demo_services, sample
from tests.sessions import shown, under_way
from tests.widgets.conftest import OpenProgram

READABLE = 4.5
"""The least contrast of text after the Web Content Accessibility Guidelines 2.2, criterion 1.4.3 (AA)."""
INKS = ("text", "muted", "error", "warning", "info", "good", "key", "string", "number", "literal")
GROUNDS = ("base", "raised", "window")
Role, Group = QPalette.ColorRole, QPalette.ColorGroup
both = pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])


def contrast(one: str, other: str) -> float:
    """From 1 to 21, as WCAG defines it over relative luminance."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (QColor(colour).redF(), QColor(colour).greenF(), QColor(colour).blueF())
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_contrast_is_measured_as_the_guidelines_do() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


@both
@pytest.mark.parametrize("ink", INKS)
def test_every_ink_is_readable_on_every_ground(colours: Colours, ink: str) -> None:
    measured = {ground: contrast(getattr(colours, ink), getattr(colours, ground)) for ground in GROUNDS}
    assert min(measured.values()) >= READABLE, measured


@both
def test_what_is_selected_marked_or_heated_is_readable(colours: Colours) -> None:
    pairs = {
        "selected": (colours.on_accent, colours.accent),
        "the fault": (colours.base, colours.error),
        "chosen in the raw body": (colours.text, colours.chosen_back),
        "what a suggestion takes out": (colours.text, colours.removed_back),
        **{
            f"a line marked {colour}": (colours.text, back) for colour, back in zip(COLOURS, colours.marks, strict=True)
        },
        "what was found": (colours.text, colours.found_back),
        "the hit that was stepped to": (colours.on_accent, colours.accent),
        "what a suggestion brings": (colours.text, colours.added_back),
        **{f"a token on {ground}": (colours.text, ground) for ground in colours.heat},
    }
    measured = {name: round(contrast(*pair), 2) for name, pair in pairs.items()}
    assert {name: value for name, value in measured.items() if value < READABLE} == {}


@both
def test_the_severities_can_be_told_apart(colours: Colours) -> None:
    severities = {colours.muted, colours.info, colours.warning, colours.error, colours.good}
    assert len(severities) == 5


@pytest.mark.parametrize(("preference", "colours"), [("light", LIGHT), ("dark", DARK)])
def test_a_preference_changes_the_palette_of_the_whole_program(
    theme: Theme, qapp: QApplication, qtbot: QtBot, preference: str, colours: Colours
) -> None:
    with qtbot.waitSignal(theme.changed):
        theme.prefer(preference)
    assert theme.colours is colours
    for group, (role, colour) in product(
        (Group.Active, Group.Inactive),
        [
            (Role.Base, colours.base),
            (Role.Text, colours.text),
            (Role.Window, colours.window),
            (Role.Highlight, colours.accent),
            (Role.HighlightedText, colours.on_accent),
        ],
    ):
        assert qapp.palette().color(group, role).name() == colour


def test_the_colour_of_each_severity(theme: Theme) -> None:
    assert [theme.severity(number) for number in range(4)] == [LIGHT.muted, LIGHT.info, LIGHT.warning, LIGHT.error]


@pytest.mark.parametrize(
    ("probability", "place"), [(None, 0), (0.0, 0), (0.1, 1), (0.29, 1), (0.5, 3), (0.89, 4), (0.9, None), (1.0, None)]
)
def test_the_heat_of_a_token(theme: Theme, probability: float | None, place: int | None) -> None:
    assert theme.heat(probability) == (None if place is None else LIGHT.heat[place])


FOLLOWING = """
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from inspector.widgets.theme import DARK, LIGHT, Theme

application = QApplication([])
hints = application.styleHints()
theme = Theme(application)
for preference in ("system", "dark", "light", "system"):
    theme.prefer(preference)
    for scheme in (Qt.ColorScheme.Dark, Qt.ColorScheme.Light):
        hints.setColorScheme(scheme)  # what a change in the desktop's settings comes to
        application.processEvents()
        print(preference, "dark" if theme.colours is DARK else "light", application.palette().base().color().name())
"""


def test_the_wish_of_the_desktop_is_followed_live_unless_somebody_chose() -> None:
    """Only Qt's plugin for a real desktop can change its scheme, so this runs in a process of its own on a real display."""
    platform = {name: value for name, value in os.environ.items() if name != "QT_QPA_PLATFORM"}
    if not can_open_window(platform):
        pytest.skip("there is no display here")
    ended = subprocess.run(
        [sys.executable, "-c", FOLLOWING],
        env=platform | {"QT_QPA_PLATFORMTHEME": "gnome", "QT_LOGGING_RULES": "*.warning=false"},
        capture_output=True,
        text=True,
        check=True,
        timeout=30,
    )
    dark, light = f"dark {DARK.base}", f"light {LIGHT.base}"
    followed = [f"system {dark}", f"system {light}"]
    assert ended.stdout.splitlines() == [*followed, *[f"dark {dark}"] * 2, *[f"light {light}"] * 2, *followed]


def ground_of(widget: QWidget) -> str:
    """The colour behind a widget: its own where it fills its background, else that of what it stands on."""
    parent = widget.parentWidget()
    if widget.autoFillBackground() or widget.isWindow() or parent is None:
        return widget.palette().color(QPalette.ColorRole.Window).name()
    return ground_of(parent)


def repainted(window: MainWindow, qtbot: QtBot, preference: str) -> None:
    """Chooses a theme, and waits until every widget has been told."""
    window.theme.prefer(preference)
    qtbot.waitUntil(lambda: window.palette().window().color().name() == window.theme.colours.window)


SAMPLES = ("two-tool-calls.json", "error-401.json", "cut-off-by-length.json", "plain-answer.json")


@pytest.mark.parametrize("preference", ["light", "dark"])
@pytest.mark.parametrize("file", SAMPLES)
def test_every_label_stays_readable_when_the_theme_changes(
    window: MainWindow, session: Session, qtbot: QtBot, file: str, preference: str
) -> None:
    session.fetch(sample(file).id)
    shown(session, qtbot)
    repainted(window, qtbot, preference)
    labels = [label for label in window.findChildren(QLabel) if label.isVisible() and label.text()]
    assert len(labels) >= 4
    faint = {
        label.text(): (ink, ground_of(label))
        for label in labels
        if contrast(ink := label.palette().color(Role.WindowText).name(), ground_of(label)) < READABLE
    }
    assert faint == {}


@pytest.mark.parametrize(("preference", "colours"), [("light", LIGHT), ("dark", DARK)])
def test_the_window_is_painted_in_the_colours_of_the_theme(
    window: MainWindow, session: Session, qtbot: QtBot, preference: str, colours: Colours
) -> None:
    session.fetch(sample("two-tool-calls.json").id)
    shown(session, qtbot)
    repainted(window, qtbot, preference)
    for pane in (window.detail.view, window.findings.table, window.structure, window.completions.table):
        image = pane.viewport().grab().toImage()
        corner = image.pixelColor(image.width() - 3, image.height() - 3).name()
        assert corner == colours.base, pane.accessibleName()


class Halves:
    """A service whose answer comes in two halves, the second when `server.may_go_on`."""

    def __init__(self) -> None:
        self.server = FaultServer(default=self.answer)

    def answer(self, link: Link) -> None:
        if "/messages" in link.path:
            link.reply(b"{}", status="404 Not Found")
            return
        body = sample("every-broken-call.json").body()
        link.head(f"Content-Length: {len(body)}")
        link.send(body[:1000])
        link.server.may_go_on.wait(5)
        link.send(body[1000:])

    def services(self) -> Services:
        url = BaseUrl(self.server.url(), "")
        services = demo_services(base_url=url, profile=Profile("demo", url))
        services.session_keys.hold("demo", url, Secret("sk-0123456789"))
        return services


def pictures(
    open_program: OpenProgram, qtbot: QtBot, first: str, second: str | None = None, third: str | None = None
) -> list[QImage]:
    """The panes of a window that was opened in the first colours, took the second half way, and the third once all had come."""
    halves = Halves()
    with halves.server:
        program = open_program(halves.services, WindowOptions(), Preferences(theme=first))
        program.jobs.failed.connect(pytest.fail)
        window, session = program.window, program.session
        under_way(session, qtbot, "chatcmpl-halves")
        window.theme.prefer(second or first)
        with qtbot.waitSignal(program.presenter.filled):
            halves.server.may_go_on.set()
        window.theme.prefer(third or second or first)
        QApplication.processEvents()
        panes: tuple[QWidget, ...] = (window.structure, window.detail, window.findings)
        grabbed = [pane.grab().toImage() for pane in panes]
        window.close()
    return grabbed


@pytest.mark.fault(row="a screen that is taken away, colours that change")
def test_colours_that_change_half_way_are_those_of_the_whole_window(open_program: OpenProgram, qtbot: QtBot) -> None:
    dark = pictures(open_program, qtbot, "dark")
    assert pictures(open_program, qtbot, "light", "dark") == dark
    assert pictures(open_program, qtbot, "dark", "light", "dark") == dark
    assert all(one != other for one, other in zip(dark, pictures(open_program, qtbot, "light"), strict=True))

"""The composition root of a window: makes everything, runs it, closes it.

What is slow to import (httpx, keyring, ssl, asyncio, the schema library) is made in the background once the first
frame is on the screen; nothing above that line may import it.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from inspector.viewmodels.stopwatch import Stopwatch
from inspector.widgets.fault_reporter import FaultReporter
from inspector.widgets.main_window import TITLE, MainWindow
from inspector.widgets.plain import hand_over_clipboard
from inspector.widgets.theme import Theme

if TYPE_CHECKING:
    from inspector.core.inputs import BaseUrl
    from inspector.core.preferences import Preferences
    from inspector.core.profile import Profile
    from inspector.core.window_options import WindowOptions
    from inspector.viewmodels.services import Services


class Program(QObject):
    """The window with all that belongs to it. `status` is the exit status: 0 unless an unattended run came to nothing.

    `profile_chosen` tells that a window of the profile of that name is wanted in place of this one.
    """

    profile_chosen = Signal(str)

    def __init__(self, options: WindowOptions, profile: Profile, base_url: BaseUrl, preferences: Preferences) -> None:
        super().__init__()
        self.status = 0
        self._options = options
        self.preferences = preferences
        self._path: Path | None = None
        self._place = (profile, base_url)
        self.stopwatch = Stopwatch(options.timings, self)
        application = QApplication.instance()
        assert isinstance(application, QApplication)  # noqa: S101 - made by the caller
        self.theme = Theme(application, preferences.theme)
        self.window = MainWindow(self.theme)
        self.window.restore(preferences)
        application.screenRemoved.connect(self.window.lose_screen)
        self.faults = FaultReporter(TITLE, self.window)
        if options.demo:
            self.window.welcome.show_demo()
            self.window.id_bar.show_place("demo", "this computer")
        else:
            self.window.show_place(profile, str(base_url))
        self._furnished = False
        self._painted = False
        self._closed = False

    def furnish(self) -> None:
        """Makes what the first frame does not show: the panes, and the menus and shortcuts over them."""
        from PySide6.QtGui import QIcon

        from inspector.bundle import bundled
        from inspector.viewmodels.comparer import Comparer
        from inspector.viewmodels.content_reader import ContentReader
        from inspector.viewmodels.file_sorter import FileSorter
        from inspector.viewmodels.history import History
        from inspector.viewmodels.id_finder import IdFinder
        from inspector.viewmodels.job_runner import JobRunner
        from inspector.viewmodels.key_keeper import KeyKeeper
        from inspector.viewmodels.second_try import SecondTry
        from inspector.viewmodels.session import Session
        from inspector.viewmodels.showing_maker import ShowingMaker
        from inspector.viewmodels.suggestion_maker import SuggestionMaker
        from inspector.viewmodels.token_reader import TokenReader
        from inspector.widgets.action_states import ActionStates
        from inspector.widgets.actions import add_actions
        from inspector.widgets.commands import Commands
        from inspector.widgets.comparison_opener import ComparisonOpener
        from inspector.widgets.copies import Copies
        from inspector.widgets.history_actions import HistoryActions
        from inspector.widgets.presenter import Presenter
        from inspector.widgets.search_presenter import SearchPresenter
        from inspector.widgets.second_try_buttons import SecondTryButtons
        from inspector.widgets.stored_opener import StoredOpener
        from inspector.widgets.wide_search_opener import WideSearchOpener

        self.jobs = JobRunner(self._make_services, self)
        self.session = Session(self.jobs, parent=self)
        self.keeper = KeyKeeper(self.jobs, self)
        self.window.furnish(self.session, self.preferences)
        self.window.setWindowIcon(QIcon(str(bundled("icons", "sudo-inspector.svg"))))
        self._furnished = True
        contents = ContentReader(self.jobs)
        self.presenter = Presenter(
            self.session,
            self.keeper,
            self.window,
            showings=ShowingMaker(self.jobs),
            tokens=TokenReader(self.jobs),
            suggestions=SuggestionMaker(self.jobs),
            contents=contents,
        )
        self.commands = Commands(
            self.session,
            self.keeper,
            self.window,
            finder=IdFinder(self.jobs, self._place[0].id_pattern),
            sorter=FileSorter(self.jobs),
        )
        self.comparisons = ComparisonOpener(self.session, Comparer(self.jobs, self.session.tool_desk), self.window)
        copies = Copies(self.session, contents, self.window)
        add_actions(
            self.window,
            self.commands,
            copies,
            search=SearchPresenter(contents, self.window),
            wide_search=WideSearchOpener(self.jobs, self.session, self.presenter, self.window),
            stored=StoredOpener(self.jobs, self.session, self.keeper, self.window, self.commands.ask_for_key),
            comparisons=self.comparisons,
            session=self.session,
            preferences=self.preferences,
        )
        ActionStates(self.session, self.window)
        HistoryActions(History(self.session, self), self.window)
        SecondTryButtons(SecondTry(self.session, parent=self), self.window)
        self.session.changed.connect(self._on_state_changed)
        self.presenter.filled.connect(self._on_filled)
        self.presenter.checked.connect(self._on_checked)
        self.jobs.failed.connect(self.faults.report)
        self._remember()
        if self._options.unattended:
            self.jobs.failed.connect(self._on_failed_unattended)
        else:
            self.presenter.key_missing.connect(self.commands.ask_for_key)

    def _remember(self) -> None:
        """What outlives the window: settings always, the rest where this run may leave something behind."""
        from inspector.remembering import Remembering, Shelf
        from inspector.viewmodels.preferences_keeper import PreferencesKeeper
        from inspector.viewmodels.profile_desk import ProfileDesk
        from inspector.widgets.profile_menu import ProfileMenu

        settings = PreferencesKeeper(self.preferences, self.jobs, self._save, self)
        shelf = None
        if self._path is not None and not self._options.demo:
            profile, base_url = self._place
            shelf = Shelf(self._path.parent, profile.name, base_url)
        self.remembering = Remembering(self.window, self.session, self.jobs, settings, shelf)
        own = "" if self._options.demo else self._place[0].name
        self.profiles = ProfileDesk(settings, self.keeper, self.jobs, own, self)
        self.profiles.chosen.connect(self.profile_chosen)
        self.profiles.told.connect(self.window.say)
        ProfileMenu(self.profiles, self.session, self.window)

    def _save(self, before: Preferences, after: Preferences) -> str:
        from inspector.gateways.preferences_file import save_preferences

        return save_preferences(self._path, before, after) if self._path is not None else ""

    def remember_at(self, path: Path) -> None:
        """Saves the preferences there when the window closes."""
        self._path = path

    def start(self, notice: str) -> None:
        """Shows the window; the rest begins once its first frame has been painted."""
        if notice:
            self.window.say(notice)
        self.faults.watch()
        self.window.installEventFilter(self)
        self.window.show()

    def close(self) -> None:
        """Ends all work; called when the window is about to go."""
        if self._closed:
            return
        self._closed = True
        if self._furnished:
            self.preferences = self.window.remembered(self.remembering.settings.now)
            self.remembering.close(self.preferences)
            self.jobs.close()
            hand_over_clipboard()
        self._write_timings()
        self.faults.rest()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if not self._painted and event.type() is QEvent.Type.Paint:
            self._painted = True
            QTimer.singleShot(0, self._on_painted)
        return super().eventFilter(watched, event)

    def _on_painted(self) -> None:
        if self._closed:
            return
        self.window.removeEventFilter(self)
        self.stopwatch.mark("painted")
        self.stopwatch.watch_gaps()
        if self._options.quit_when == "painted":
            self.window.close()
            return
        self.furnish()
        self.jobs.warm_up()
        if self._options.files:
            self.session.open_file(self._options.files[0])
            self.session.more_files.read(self._options.files)
        elif self._options.texts:
            self.commands.fetch(*self._options.texts)
        elif self._options.unattended:
            self.jobs.ready.connect(self._on_checked)
            self.jobs.ready.connect(self._on_filled)  # there is nothing to wait for but what can be chosen
        elif not self._options.demo:
            self.keeper.look()
        self.remembering.look()
        import signal

        signal.signal(signal.SIGINT, self._on_signal)
        signal.signal(signal.SIGTERM, self._on_signal)
        self._pulse = QTimer(self)  # lets Python look at signals such as Ctrl+C
        self._pulse.start(250)
        self._pulse.timeout.connect(_let_signals_in)

    def _on_state_changed(self) -> None:
        from inspector.viewmodels.session_state import Idle, KeyMissing, Rejected, Working

        match self.session.state:
            case Working():
                self.stopwatch.mark("requested")
            case Idle(sentence) | Rejected(sentence) if self._options.unattended:
                self._give_up(sentence)
            case KeyMissing(lookup) if self._options.unattended:
                from inspector.core.keys.words import key_lookup_sentence

                self._give_up(key_lookup_sentence(lookup))
            case _:
                pass

    def _on_filled(self) -> None:
        inspection = self.session.inspection
        if inspection is not None and inspection.received is not None:
            timings = inspection.received.timings
            self.stopwatch.mark(
                "first-byte", timings.fetched_at - (timings.last_byte_ms - timings.first_byte_ms) / 1000
            )
            self.stopwatch.mark("last-byte", timings.fetched_at)
        self.stopwatch.mark("parsed")
        QTimer.singleShot(0, self._on_shown)

    def _on_shown(self) -> None:
        self.stopwatch.mark("shown")
        if self._options.unattended and not self._options.screenshot:
            self.window.close()

    def _on_checked(self) -> None:
        if self._options.screenshot:
            QTimer.singleShot(0, self._take_picture)

    def _take_picture(self) -> None:
        picture = self._options.screenshot
        if self._closed or picture is None:
            return
        if self.window.grab().save(picture):
            self.window.close()
        else:
            self._give_up(f"The picture could not be written to {picture}.")

    def _on_failed_unattended(self, _error: object) -> None:
        self._give_up("The run was ended.")

    def _give_up(self, sentence: str) -> None:
        """Ends an unattended run that will never come to what it was to show."""
        print(sentence, file=sys.stderr)  # noqa: T201 - nobody is there to read it in the window
        self.status = 3
        self.window.close()

    def _write_timings(self) -> None:
        try:
            self.stopwatch.write()
        except OSError as error:
            print(f"The timings could not be written: {error.strerror}.", file=sys.stderr)  # noqa: T201 - as above
            self.status = 3

    def _on_signal(self, _number: int, _frame: object) -> None:
        QTimer.singleShot(0, QApplication.closeAllWindows)  # a signal may come in the middle of a repaint

    def _make_services(self) -> Services:
        from inspector.wiring import make_services

        return make_services(*self._place, demo=self._options.demo, most_bytes=self.preferences.most_bytes)


def _let_signals_in() -> None:
    """Nothing to do: that Python runs at all is the point."""

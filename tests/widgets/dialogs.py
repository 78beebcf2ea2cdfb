"""Every dialog of the program and a way to each: whoever adds one adds a line to `DIALOGS`, or the tests of the keyboard fail."""

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QEvent
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox
from pytestqt.qtbot import QtBot

import inspector.widgets
from inspector.core.filter.saved import SavedFilter
from inspector.main import Program
from inspector.widgets.command_palette import CommandPalette
from inspector.widgets.comparison_chooser import ComparisonChooser
from inspector.widgets.comparison_dialog import ComparisonDialog
from inspector.widgets.confirmation_dialog import ConfirmationDialog
from inspector.widgets.key_dialog import KeyDialog
from inspector.widgets.named_actions import named_actions
from inspector.widgets.picture_dialog import PictureDialog
from inspector.widgets.profile_menu import ProfileMenu
from inspector.widgets.profiles_dialog import ProfilesDialog
from inspector.widgets.saved_filters_dialog import SavedFiltersDialog
from inspector.widgets.stored_dialog import StoredDialog
from inspector.widgets.table_dialog import TableDialog
from inspector.widgets.wide_search_dialog import WideSearchDialog
from tests.live_services import sample
from tests.sessions import shown

PLAIN, CALLS = sample("plain-answer.json").id, sample("two-tool-calls.json").id


@dataclass(frozen=True)
class Way:
    """How a person comes to a dialog.

    `default` is the button that Enter presses; empty where Enter belongs to a list or field. `by_arrows` names the lists that
    follow the arrow keys while the focus is in a field.
    """

    kind: type[QDialog]
    go: Callable[[Program, QtBot], None]
    default: str = ""
    by_arrows: tuple[str, ...] = ()

    def opened(self, program: Program, qtbot: QtBot) -> QDialog:
        """The dialog, shown and in front; one that was closed before is gone."""
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self.go(program, qtbot)
        qtbot.waitUntil(lambda: any(type(each) is self.kind for each in _dialogs(program)))
        dialog = next(each for each in _dialogs(program) if type(each) is self.kind)
        qtbot.waitUntil(dialog.isActiveWindow)
        return dialog


def classes() -> set[type[QDialog]]:
    """Every class of dialog that the program has."""
    for module in pkgutil.walk_packages(inspector.widgets.__path__, "inspector.widgets."):
        importlib.import_module(module.name)
    return {kind for kind in _below(QDialog) if kind.__module__.startswith("inspector.")}


def _below(kind: type[QDialog]) -> Iterator[type[QDialog]]:
    for each in kind.__subclasses__():
        yield each
        yield from _below(each)


def _dialogs(program: Program) -> list[QDialog]:
    return [each for each in program.window.findChildren(QDialog) if each.isVisible()]


def choose(program: Program, path: str) -> None:
    """Runs the action of that path."""
    next(entry.action for entry in named_actions(program.window) if entry.path == path).trigger()


def fetched(program: Program, qtbot: QtBot, *subjects: str) -> None:
    """Fetches these, one after the other; the last is shown."""
    for subject in subjects:
        program.session.fetch(subject)
        assert shown(program.session, qtbot).requested == subject
        qtbot.waitUntil(lambda subject=subject: not program.jobs.is_busy(f"keep {subject}"))


def the_key(program: Program, _qtbot: QtBot) -> None:
    choose(program, "File › API key…")


def a_key_to_save(program: Program, qtbot: QtBot) -> None:
    the_key(program, qtbot)
    dialog = program.window.findChild(KeyDialog)
    assert isinstance(dialog, KeyDialog)
    dialog.field.setText("a key")
    qtbot.waitUntil(dialog.test_button.isEnabled)


def the_shortcuts(program: Program, _qtbot: QtBot) -> None:
    choose(program, "Help › Shortcuts…")


def the_rules(program: Program, _qtbot: QtBot) -> None:
    choose(program, "Help › Findings…")


def the_palette(program: Program, _qtbot: QtBot) -> None:
    choose(program, "Go › Command…")


def stored(program: Program, qtbot: QtBot) -> StoredDialog:
    choose(program, "File › Browse stored completions…")
    dialog = program.window.findChild(StoredDialog)
    assert isinstance(dialog, StoredDialog)
    qtbot.waitUntil(lambda: dialog._stored.is_asked and not dialog._stored.is_busy)
    return dialog


def the_stored_completions(program: Program, qtbot: QtBot) -> None:
    stored(program, qtbot)


def stored_completions_chosen(program: Program, qtbot: QtBot) -> None:
    stored(program, qtbot).table.selectAll()


def no_stored_completions(program: Program, qtbot: QtBot) -> None:
    dialog = stored(program, qtbot)
    dialog.model_field.setText("no such model")
    dialog.list_button.click()
    qtbot.waitUntil(lambda: dialog._stored.is_empty)
    dialog.metadata_field.setText("no equals sign")
    dialog.list_button.click()  # the sentence on what is wrong with it can be selected


def several_to_confirm(program: Program, _qtbot: QtBot) -> None:
    program.commands.take_text(f"see {PLAIN}, {CALLS} and call_ab12cd")


def no_filters(program: Program, _qtbot: QtBot) -> None:
    choose(program, "View › Filters and colours…")


def filters(program: Program, qtbot: QtBot) -> None:
    program.window.completions.filter.keep((SavedFilter("faults", "invalid", "red"), SavedFilter("long", "tokens > 9")))
    no_filters(program, qtbot)


def the_profiles(program: Program, _qtbot: QtBot) -> None:
    choose(program, "File › Profile › Profiles…")


def a_profile_in_clear(program: Program, qtbot: QtBot) -> None:
    the_profiles(program, qtbot)
    dialog = program.window.findChild(ProfilesDialog)
    assert isinstance(dialog, ProfilesDialog)
    dialog.add_button.click()
    qtbot.keyClicks(dialog.name, "lab")
    qtbot.keyClicks(dialog.base_url, "http://example.org")
    dialog.http.click()


def a_comparison_to_choose(program: Program, qtbot: QtBot) -> None:
    fetched(program, qtbot, PLAIN, CALLS)
    choose(program, "Edit › Compare with…")


def a_comparison(program: Program, qtbot: QtBot) -> None:
    fetched(program, qtbot, PLAIN, CALLS)
    program.comparisons._compare_with(program.session.inspection, CALLS, PLAIN)  # type: ignore[arg-type]


def hits_in_all(program: Program, qtbot: QtBot) -> None:
    fetched(program, qtbot, PLAIN, CALLS)
    choose(program, "Edit › Find in all completions…")
    dialog = program.window.findChild(WideSearchDialog)
    assert isinstance(dialog, WideSearchDialog)
    dialog.bar.field.setText("chat")
    qtbot.waitUntil(lambda: dialog.table.model().rowCount() > 1)


def a_picture(program: Program, _qtbot: QtBot) -> None:
    image = QImage(2_000, 1_000, QImage.Format.Format_RGB32)
    PictureDialog(image, "An image of 2,000 by 1,000 pixels", program.window).open()


def about(program: Program, _qtbot: QtBot) -> None:
    choose(program, "Help › About…")


def a_fault(program: Program, _qtbot: QtBot) -> None:
    program.faults._known.clear()  # the same fault has no second dialog
    program.faults.report(RuntimeError("a fault"))


def a_fault_in_detail(program: Program, qtbot: QtBot) -> None:
    a_fault(program, qtbot)
    qtbot.waitUntil(lambda: program.window.findChild(QMessageBox) is not None)
    box = program.window.findChild(QMessageBox)
    assert isinstance(box, QMessageBox)
    next(button for button in box.buttons() if "Details" in button.text()).click()


def another_profile(program: Program, _qtbot: QtBot) -> None:
    menu = program.window.findChild(ProfileMenu)
    assert isinstance(menu, ProfileMenu)
    menu._ask("work", 2)


DIALOGS = (
    Way(KeyDialog, the_key, "Save key"),
    Way(KeyDialog, a_key_to_save, "Save key"),
    Way(TableDialog, the_shortcuts, "Close"),
    Way(TableDialog, the_rules, "Close"),
    Way(CommandPalette, the_palette, by_arrows=("Commands",)),
    Way(StoredDialog, the_stored_completions),
    Way(StoredDialog, stored_completions_chosen),
    Way(StoredDialog, no_stored_completions),
    Way(ConfirmationDialog, several_to_confirm, "&Fetch 2"),
    Way(SavedFiltersDialog, no_filters, "&Save"),
    Way(SavedFiltersDialog, filters, "&Save"),
    Way(ProfilesDialog, the_profiles, "&Save"),
    Way(ProfilesDialog, a_profile_in_clear, "&Save"),
    Way(ComparisonChooser, a_comparison_to_choose, "Compare"),
    Way(ComparisonDialog, a_comparison),
    Way(WideSearchDialog, hits_in_all),
    Way(PictureDialog, a_picture, "Close"),
    Way(QMessageBox, about, "OK"),
    Way(QMessageBox, a_fault, "OK"),
    Way(QMessageBox, a_fault_in_detail, "OK"),
    Way(QMessageBox, another_profile, "Cancel"),
)

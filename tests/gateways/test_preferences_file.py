"""The preferences on disk: private, replaced as a whole, and never a reason not to start."""

import json
import os
import resource
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from inspector.core.preferences import MAX_BYTES, Preferences, write_preferences
from inspector.gateways.preferences_file import (
    load_preferences,
    preferences_path,
    save_preferences,
    write_atomically,
)
from tests.unprivileged import without_privileges

DARK = Preferences(theme="dark")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def names(folder: Path) -> set[str]:
    return {each.name for each in folder.iterdir()}


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """No file may grow beyond `size` bytes: what is beyond fails in the middle of a write, as on a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "sudo-inspector" / "preferences.json"


@pytest.fixture
def folder_of_others() -> Iterator[Path]:
    """A folder that may be looked into and not written to; `tmp_path` lies where nobody else may look."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder
        folder.chmod(0o755)


class TestPlace:
    def test_it_is_the_users_own_folder(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
        assert preferences_path() == tmp_path / "sudo-inspector" / "preferences.json"

    def test_folders_for_all_users_are_never_read(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        theirs = tmp_path / "etc" / "sudo-inspector"
        theirs.mkdir(parents=True)
        (theirs / "preferences.json").write_text('{"profiles": {"default": "https://attacker.example"}}')
        monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "home"))
        monkeypatch.setenv("XDG_CONFIG_DIRS", str(tmp_path / "etc"))
        assert load_preferences(preferences_path()) == (Preferences(), "")


class TestSaving:
    def test_what_was_saved_is_loaded(self, path: Path) -> None:
        assert save_preferences(path, Preferences(), DARK) == ""
        assert load_preferences(path) == (DARK, "")
        assert names(path.parent) == {"preferences.json"}

    def test_folders_that_are_missing_on_the_way_are_made(self, tmp_path: Path) -> None:
        path = tmp_path / "a" / "b" / "preferences.json"
        assert save_preferences(path, Preferences(), DARK) == ""
        assert load_preferences(path) == (DARK, "")

    @pytest.mark.parametrize("umask", [0, 0o022, 0o077])
    def test_file_and_folder_are_for_the_user_alone(self, path: Path, umask: int) -> None:
        before = os.umask(umask)
        try:
            assert save_preferences(path, Preferences(), DARK) == ""
        finally:
            os.umask(before)
        assert (mode(path), mode(path.parent)) == (0o600, 0o700)

    def test_an_older_file_that_others_could_read_becomes_private(self, path: Path) -> None:
        save_preferences(path, Preferences(), Preferences())
        path.chmod(0o644)
        assert save_preferences(path, Preferences(), DARK) == ""
        assert mode(path) == 0o600

    @pytest.mark.fault(row="a full disk")
    @pytest.mark.parametrize("room", [0, 1, 100])
    def test_on_a_full_disk_the_old_file_stays_whole(self, path: Path, room: int) -> None:
        save_preferences(path, Preferences(), DARK)
        with room_for(room):
            sentence = save_preferences(path, Preferences(), Preferences(theme="light"))
        assert sentence == f"The settings could not be saved to {path} (File too large); they hold for this run."
        assert load_preferences(path) == (DARK, "")
        assert names(path.parent) == {"preferences.json"}

    def test_a_write_that_is_taken_in_pieces_ends_whole(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        write = os.write
        monkeypatch.setattr(os, "write", lambda descriptor, data: write(descriptor, data[:7]))
        write_atomically(tmp_path / "file", bytes(range(256)))
        assert (tmp_path / "file").read_bytes() == bytes(range(256))

    def test_whatever_stops_it_nothing_is_left_beside(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def interrupted(descriptor: int) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr(os, "fsync", interrupted)
        with pytest.raises(KeyboardInterrupt):
            write_atomically(tmp_path / "file", b"x")
        assert names(tmp_path) == set()

    def test_edits_that_were_made_meanwhile_stay(self, path: Path) -> None:
        save_preferences(path, Preferences(), Preferences())
        edited = json.loads(path.read_text()) | {"theme": "dark", "note": "mine"}
        path.write_text(json.dumps(edited))
        assert save_preferences(path, Preferences(), Preferences(tab=2)) == ""
        assert json.loads(path.read_text()) == edited | {"tab": 2}

    def test_a_file_that_was_damaged_meanwhile_is_kept_aside(self, path: Path) -> None:
        path.parent.mkdir()
        path.write_text('{"theme": "li')
        assert save_preferences(path, Preferences(), DARK) == ""
        assert load_preferences(path) == (DARK, "")
        (aside,) = names(path.parent) - {"preferences.json"}
        assert (path.parent / aside).read_text() == '{"theme": "li'

    def test_a_file_that_cannot_be_read_is_not_written_over(self, folder_of_others: Path) -> None:
        path = folder_of_others / "preferences.json"
        path.write_bytes(write_preferences(DARK))
        path.chmod(0)
        folder_of_others.chmod(0o777)
        with without_privileges():
            sentence = save_preferences(path, Preferences(), Preferences(tab=2))
        assert sentence == f"The settings could not be saved to {path} (Permission denied); they hold for this run."
        path.chmod(0o600)
        assert path.read_bytes() == write_preferences(DARK)

    @pytest.mark.fault(row="settings that cannot be written")
    def test_a_folder_that_this_user_may_not_write_to(self, folder_of_others: Path) -> None:
        path = folder_of_others / "sudo-inspector" / "preferences.json"
        folder_of_others.chmod(0o555)
        with without_privileges():
            sentence = save_preferences(path, Preferences(), DARK)
        assert sentence == f"The settings could not be saved to {path} (Permission denied); they hold for this run."

    def test_a_file_where_the_folder_should_be(self, path: Path) -> None:
        path.parent.write_text("in the way")
        assert "could not be saved" in save_preferences(path, Preferences(), DARK)
        assert path.parent.read_text() == "in the way"

    def test_a_folder_where_the_file_should_be(self, path: Path) -> None:
        path.mkdir(parents=True)
        assert "(Is a directory)" in save_preferences(path, Preferences(), DARK)
        assert names(path.parent) == {"preferences.json"}

    def test_a_link_is_replaced_and_what_it_leads_to_untouched(self, path: Path, tmp_path: Path) -> None:
        target = tmp_path / "elsewhere"
        target.write_text("untouched")
        path.parent.mkdir()
        path.symlink_to(target)
        assert save_preferences(path, Preferences(), DARK) == ""
        assert target.read_text() == "untouched"
        assert not path.is_symlink()

    def test_a_link_set_as_a_trap_beside_it_is_not_followed(
        self, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        guessed = iter(["guessed", "unguessed"])
        monkeypatch.setattr("tempfile._get_candidate_names", lambda: guessed)
        target = tmp_path / "elsewhere"
        target.write_text("untouched")
        path.parent.mkdir()
        (path.parent / ".sudo-inspector-guessed").symlink_to(target)
        assert save_preferences(path, Preferences(), DARK) == ""
        assert target.read_text() == "untouched"
        assert load_preferences(path) == (DARK, "")

    def test_a_name_as_long_as_a_name_can_be(self, tmp_path: Path) -> None:
        path = tmp_path / ("x" * 255)
        write_atomically(path, b"x")
        assert path.read_bytes() == b"x"


class TestLoading:
    def test_no_file_is_no_trouble(self, path: Path) -> None:
        assert load_preferences(path) == (Preferences(), "")
        assert not path.parent.exists()

    @pytest.mark.fault(row="damaged settings")
    def test_a_damaged_file_is_kept_aside(self, path: Path) -> None:
        path.parent.mkdir()
        path.write_bytes(b'{"theme": "dark", "tab": "two"}')
        preferences, sentence = load_preferences(path)
        (aside,) = names(path.parent)
        assert preferences == DARK
        assert aside.startswith("preferences.json.bad-")
        assert (
            sentence == f"The settings file was damaged; what could be read is used, and the file is kept as {aside}."
        )
        assert (path.parent / aside).read_bytes() == b'{"theme": "dark", "tab": "two"}'
        assert load_preferences(path) == (Preferences(), "")

    def test_a_damaged_file_that_cannot_be_moved_is_not_said_to_be_kept(self, folder_of_others: Path) -> None:
        path = folder_of_others / "preferences.json"
        path.write_bytes(b'{"theme": "dark"')
        path.chmod(0o644)
        folder_of_others.chmod(0o555)
        with without_privileges():
            preferences, sentence = load_preferences(path)
        assert preferences == Preferences()
        assert sentence.endswith("and the file could not be kept aside (Permission denied).")
        assert names(folder_of_others) == {"preferences.json"}

    def test_a_file_that_this_user_may_not_read(self, folder_of_others: Path) -> None:
        path = folder_of_others / "preferences.json"
        path.write_bytes(write_preferences(DARK))
        path.chmod(0)
        with without_privileges():
            found = load_preferences(path)
        expected = f"The settings in {path} could not be read (Permission denied), so defaults are used."
        assert found == (Preferences(), expected)

    def test_a_folder_in_its_place(self, path: Path) -> None:
        path.mkdir(parents=True)
        preferences, sentence = load_preferences(path)
        assert preferences == Preferences()
        assert "(Is a directory)" in sentence

    def test_a_file_without_end_is_not_read_to_its_end(self, path: Path) -> None:
        path.parent.mkdir()
        path.symlink_to("/dev/zero")
        preferences, sentence = load_preferences(path)
        assert preferences == Preferences()
        assert sentence.startswith("The settings file was damaged")

    def test_the_largest_file_that_is_whole(self, path: Path) -> None:
        path.parent.mkdir()
        path.write_bytes(write_preferences(DARK).ljust(MAX_BYTES))
        assert load_preferences(path) == (DARK, "")
        path.write_bytes(write_preferences(DARK).ljust(MAX_BYTES + 1))
        preferences, sentence = load_preferences(path)
        assert preferences == DARK
        assert sentence.startswith("The settings file was damaged")

    def test_the_file_is_what_a_person_can_edit(self, path: Path) -> None:
        save_preferences(path, Preferences(), DARK)
        edited = json.loads(path.read_text()) | {"theme": "light"}
        path.write_text(json.dumps(edited))
        assert load_preferences(path) == (Preferences(theme="light"), "")

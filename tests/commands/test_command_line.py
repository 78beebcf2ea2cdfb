"""The command line: which command, which options, and how wrong usage ends."""

import sys

import pytest

from inspector import __version__, cli
from inspector.__main__ import main
from inspector.cli import DemoOptions, KeyOptions, Options, parse
from inspector.commands.show_options import ShowOptions
from inspector.core.window_options import WindowOptions

ALL_OF_SHOW = (
    "show a --file f --file - b --format json --tools t --no-messages --redact --fail-on error --timeout 5 "
    "--list-rules --demo --profile p --base-url u"
)
ALL_OF_THE_WINDOW = (
    "a --file f b --demo --profile p --base-url u --quit-when shown --timings t.jsonl --screenshot s.png"
)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("", WindowOptions()),
        ("chatcmpl-1", WindowOptions(texts=("chatcmpl-1",))),
        ("a show", WindowOptions(texts=("a", "show"))),
        ("-- -a", WindowOptions(texts=("-a",))),
        (
            ALL_OF_THE_WINDOW,
            WindowOptions(("a", "b"), ("f",), True, "p", "u", "shown", "t.jsonl", "s.png"),
        ),
        ("show", ShowOptions()),
        ("show show demo", ShowOptions(texts=("show", "demo"))),
        ("show -- -a", ShowOptions(texts=("-a",))),
        (
            ALL_OF_SHOW,
            ShowOptions(
                texts=("a", "b"),
                files=("f", "-"),
                format="json",
                tools="t",
                messages=False,
                redact=True,
                fail_on="error",
                timeout=5.0,
                list_rules=True,
                demo=True,
                profile="p",
                base_url="u",
            ),
        ),
        ("demo", DemoOptions()),
        ("key set", KeyOptions("set")),
        ("key status --profile p", KeyOptions("status", "p")),
    ],
)
def test_what_is_asked_for(line: str, expected: Options) -> None:
    assert parse(line.split()) == expected


@pytest.mark.parametrize(
    "line",
    [
        "--unknown",
        "--quit-when never",
        "show --format yaml",
        "show --fail-on info",
        "show --timeout 0",
        "show --timeout nan",
        "show --timeout soon",
        "show --timeout 86401",
        "show --redac",
        "show --file",
        "demo x",
        "key",
        "key get",
        "key set sk-abc",
    ],
)
def test_wrong_usage_ends_with_status_2(line: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        parse(line.split())
    assert ended.value.code == 2
    assert capsys.readouterr().err.startswith("usage: sudo-inspector")


def test_a_key_given_as_an_argument_is_not_repeated(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parse(["key", "set", "sk-canary"])
    told = capsys.readouterr()
    assert "never given" in told.err
    assert "canary" not in told.out + told.err


@pytest.mark.parametrize("line", ["--help", "show --help", "demo --help", "key --help"])
def test_help_fits_a_terminal(line: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    with pytest.raises(SystemExit) as ended:
        parse(line.split())
    assert ended.value.code == 0
    told = capsys.readouterr().out
    assert told.startswith("usage: sudo-inspector")
    assert max(map(len, told.split("\n"))) <= 80


def test_the_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--version"])
    assert ended.value.code == 0
    assert capsys.readouterr().out == f"sudo-inspector {__version__}\n"


def test_the_window_gets_what_was_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[WindowOptions] = []

    class Window:
        @staticmethod
        def open_window(options: WindowOptions) -> int:
            opened.append(options)
            return 7

    monkeypatch.setitem(sys.modules, "inspector.start", Window)
    monkeypatch.setattr(sys, "argv", ["sudo-inspector", "chatcmpl-1", "--demo"])
    assert main() == 7
    assert opened == [WindowOptions(texts=("chatcmpl-1",), demo=True)]


def test_rules_are_listed_without_any_window(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setitem(sys.modules, "inspector.main", None)
    assert main(["show", "--list-rules"]) == 0
    assert "arguments-invalid" in capsys.readouterr().out


def test_a_damaged_settings_file_is_told(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    from inspector.gateways.preferences_file import preferences_path

    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    preferences_path().parent.mkdir(parents=True)
    preferences_path().write_text("{")
    assert main(["show", "--list-rules"]) == 0
    assert "damaged" in capsys.readouterr().err


def test_the_key_of_an_unknown_profile_is_refused(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert main(["key", "status", "--profile", "nowhere"]) == 2
    assert "There is no profile called “nowhere”" in capsys.readouterr().err


def test_commands_are_passed_on(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    from inspector.commands import demo, key

    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setattr(demo, "run", lambda _stdout: 5)
    monkeypatch.setattr(key, "run", lambda action, profile, *_args, **_streams: f"{action} of {profile.name}")
    assert cli.execute(DemoOptions()) == 5
    assert cli.execute(KeyOptions("forget")) == "forget of default"

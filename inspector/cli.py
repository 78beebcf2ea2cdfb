"""The command line: one parser for the window, and one each for `show`, `demo` and `key`, which need no Qt.

The first argument decides: a TEXT that is the word `show`, `demo` or `key` is the command. To look for an ID of that name, use
`show show`.
"""

import argparse
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import assert_never

from inspector import __version__
from inspector.commands.show_options import FAIL_ON, FORMATS, ShowOptions
from inspector.core.window_options import WindowOptions

_TEXT_HELP = "a completion ID, or any text that holds IDs: a log line, a URL, a program's output"
_WINDOW = """
Fetch a chat completion from the Sudo API by its ID: see what really came back.
"""
_DEMO = "Run only the demo service until interrupted. It prints its URL and its IDs."
_WINDOW_MORE = """
commands (each has its own --help):
  sudo-inspector [TEXT…]       opens the window; IDs in TEXT are fetched at once
  sudo-inspector show [TEXT…]  prints a report instead, without a window
  sudo-inspector demo          runs only the demo service, until interrupted
  sudo-inspector key ACTION    set, forget or status: the API key in the keyring

examples:
  sudo-inspector --demo
  sudo-inspector chatcmpl-abc123
  sudo-inspector --file response.json

The API key is looked for in the environment variable SUDO_API_KEY, then in the
keyring of the operating system. It is never given as an argument.
"""
_SHOW_MORE = """
exit status: 0 shown; 1 shown, and a finding reached --fail-on; 2 wrong usage or
unreadable input; 3 not fetched. Of several the worst.

examples:
  sudo-inspector show chatcmpl-abc123
  sudo-inspector show --format json chatcmpl-abc123 | jq .tool_calls
  sudo-inspector show --file response.json --tools tools.json --fail-on error
  tail -n 100 app.log | sudo-inspector show
  sudo-inspector show --redact --format markdown chatcmpl-abc123 > issue.md
"""
_REDACT_HELP = (
    "replace contents, argument values, numbers and the server's words by stand-ins; names, IDs and usage stay"
)


@dataclass(frozen=True, slots=True)
class DemoOptions:
    """`demo` has none."""


@dataclass(frozen=True, slots=True)
class KeyOptions:
    """`action` is set, forget or status."""

    action: str
    profile: str | None = None


Options = WindowOptions | ShowOptions | DemoOptions | KeyOptions


def parse(arguments: Sequence[str]) -> Options:
    """What was asked for; wrong usage, --help and --version end the program, with status 2, 0 and 0."""
    match list(arguments):
        case ["show", *rest]:
            return _show(_given(_show_parser(), rest))
        case ["demo", *rest]:
            _parser("demo", _DEMO).parse_args(rest)
            return DemoOptions()
        case ["key", *rest]:
            return _key(rest)
        case _:
            return _window(_given(_window_parser(), list(arguments)))


def _given(parser: argparse.ArgumentParser, arguments: list[str]) -> argparse.Namespace:
    """Options and TEXTs in any order; what follows `--` is TEXT, also where it begins with a dash."""
    end = arguments.index("--") if "--" in arguments else len(arguments)
    given = parser.parse_intermixed_args(arguments[:end])
    given.texts += arguments[end + 1 :]
    return given


def _parser(command: str, description: str, more: str = "") -> argparse.ArgumentParser:
    return argparse.ArgumentParser(
        prog=f"sudo-inspector {command}".strip(),
        description=description.strip(),
        epilog=more.strip(),
        allow_abbrev=False,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )


def _window_parser() -> argparse.ArgumentParser:
    parser = _parser("", _WINDOW, _WINDOW_MORE)
    parser.add_argument("--version", action="version", version=f"sudo-inspector {__version__}")
    parser.add_argument("texts", nargs="*", metavar="TEXT", help=_TEXT_HELP)
    _add_place(parser)
    parser.add_argument(
        "--file", action="append", default=[], metavar="PATH", help="open a saved response; can be repeated"
    )
    benchmarks = parser.add_argument_group("for benchmarks and pictures")
    benchmarks.add_argument("--quit-when", choices=("painted", "shown"), help="close the window at that moment")
    benchmarks.add_argument("--timings", metavar="FILE", help="write the moments to FILE, one JSON object a line")
    benchmarks.add_argument("--screenshot", metavar="PNG", help="save a picture of the window once filled, then quit")
    return parser


def _show_parser() -> argparse.ArgumentParser:
    parser = _parser("show", "Print a report of chat completions, without a window.", _SHOW_MORE)
    parser.add_argument("texts", nargs="*", metavar="TEXT", help=f"{_TEXT_HELP}; without any, standard input is read")
    _add_place(parser)
    add = parser.add_argument
    add(
        "--file", action="append", default=[], metavar="PATH", help="a saved response or case file; - is standard input"
    )
    add(
        "--format",
        choices=FORMATS,
        default="text",
        help="text for people (the default), json for programs, markdown for an issue, html for a mail or a browser",
    )
    add("--tools", metavar="FILE", help="hold the arguments against the tool schemas in FILE")
    add("--no-messages", action="store_true", help="do not ask for the prompt messages")
    add("--redact", action="store_true", help=_REDACT_HELP)
    add("--fail-on", choices=FAIL_ON, default="never", help="exit with 1 if a finding is as bad")
    add("--timeout", type=_seconds, default=60.0, metavar="SECONDS", help="limit for a whole request (default 60)")
    add("--list-rules", action="store_true", help="print every rule that makes findings, and quit")
    return parser


def _key_parser() -> argparse.ArgumentParser:
    parser = _parser("key", "Keep the API key in the keyring, remove it, or tell where it is.")
    parser.add_argument("action", choices=("set", "forget", "status"), help="set reads the key from a prompt or stdin")
    parser.add_argument("--profile", metavar="NAME", help="the profile that the key belongs to")
    return parser


def _add_place(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--demo", action="store_true", help="ask the embedded demo service, which needs no account")
    parser.add_argument("--profile", metavar="NAME", help="the profile whose address and key are used")
    parser.add_argument("--base-url", metavar="URL", help="where to ask, instead of the profile's own address")


def _seconds(text: str) -> float:
    """A positive number of seconds, a day at most."""
    try:
        seconds = float(text)
    except ValueError:
        seconds = math.nan
    if not 0 < seconds <= 86_400:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of seconds above 0 and up to 86400")
    return seconds


def _key(arguments: list[str]) -> KeyOptions:
    """Whatever else was typed may be a key, so it is not repeated."""
    parser = _key_parser()
    given, more = parser.parse_known_args(arguments)
    if more:
        parser.error("too many arguments; a key is never given as one, since others can read it there")
    return KeyOptions(given.action, given.profile)


def _window(given: argparse.Namespace) -> WindowOptions:
    return WindowOptions(
        texts=tuple(given.texts),
        files=tuple(given.file),
        demo=given.demo,
        profile=given.profile,
        base_url=given.base_url,
        quit_when=given.quit_when,
        timings=given.timings,
        screenshot=given.screenshot,
    )


def _show(given: argparse.Namespace) -> ShowOptions:
    return ShowOptions(
        texts=tuple(given.texts),
        files=tuple(given.file),
        format=given.format,
        tools=given.tools,
        messages=not given.no_messages,
        redact=given.redact,
        fail_on=given.fail_on,
        timeout=given.timeout,
        list_rules=given.list_rules,
        demo=given.demo,
        profile=given.profile,
        base_url=given.base_url,
    )


def execute(options: ShowOptions | DemoOptions | KeyOptions) -> int:
    """Runs a command that needs no window; returns the exit status. Imports only what that command needs."""
    import sys

    match options:
        case DemoOptions():
            from inspector.commands import demo

            return demo.run(sys.stdout)
        case ShowOptions():
            return _run_show(options)
        case KeyOptions():
            return _run_key(options)
        case _:
            assert_never(options)


def _run_show(options: ShowOptions) -> int:
    import os
    import sys

    from inspector.commands import show
    from inspector.commands.console import Console
    from inspector.gateways.keyring_store import KeyringStore
    from inspector.gateways.preferences_file import load_preferences, preferences_path

    console = Console(sys.stdin, sys.stdout, sys.stderr)
    preferences, notice = load_preferences(preferences_path())
    if notice:
        console.complain(notice)
    return show.run(options, console, environ=os.environ, key_store=KeyringStore(), preferences=preferences)


def _run_key(options: KeyOptions) -> int:
    import os
    import sys
    from dataclasses import replace
    from getpass import getpass

    from inspector.commands import key
    from inspector.commands.console import Console
    from inspector.core.inputs import Refused
    from inspector.core.places import chosen_place
    from inspector.gateways.keyring_store import KeyringStore
    from inspector.gateways.preferences_file import load_preferences, preferences_path, save_preferences

    path = preferences_path()
    preferences, _ = load_preferences(path)
    place = chosen_place(preferences, options.profile, None)
    if isinstance(place, Refused):
        Console(sys.stdin, sys.stdout, sys.stderr).complain(place.sentence)
        return key.WRONG_INPUT
    profile = place[0]

    def note_origin() -> str:
        noted = replace(profile, key_origin=profile.base_url.origin)
        return "" if noted == profile else save_preferences(path, preferences, preferences.with_profile(noted))

    return key.run(
        options.action,
        profile,
        KeyringStore(),
        os.environ,
        stdin=sys.stdin,
        stdout=sys.stdout,
        stderr=sys.stderr,
        prompt=getpass,
        note_origin=note_origin,
    )

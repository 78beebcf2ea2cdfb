"""`sudo-inspector show` from the command line to the report, over HTTP against the demo service, mostly in this process."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from inspector.core.inputs import BaseUrl, read_base_url
from inspector.core.keys.faults import KeyFailure, KeyFault
from inspector.core.preferences import Preferences
from inspector.core.profile import Profile
from inspector.core.report.layout import WIDTH, display_width
from inspector.core.rules import ALL_RULES
from inspector.demo.samples import Sample
from inspector.demo.service import DemoService
from tests.command_runs import Outcome, Stream, run_show
from tests.fake_key_store import FakeKeyStore
from tests.fault_server import FaultServer, Link
from tests.report_bodies import SAMPLES, calling, completion
from tests.report_contract import check_report

PLAIN, BROKEN, MISSING = (
    next(name for name in SAMPLES if known in name) for known in ("PlainAnswer", "TrailingComma", "Error404T")
)
WHOLE = [sample for sample in SAMPLES.values() if sample.ends_after is None]


@pytest.fixture(scope="module")
def demo() -> Iterator[DemoService]:
    with DemoService(pace=0) as service:
        yield service


@pytest.fixture
def show(demo: DemoService):  # type: ignore[no-untyped-def]
    """Runs `show` against the shared demo service."""

    def run(*texts: str, **options: object) -> Outcome:
        environ = {"SUDO_API_KEY": demo.key.reveal()} | options.pop("environ", {})  # type: ignore[operator]
        outcome = run_show(*texts, environ=environ, base_url=demo.base_url, **options)  # type: ignore[arg-type]
        assert demo.key.reveal() not in outcome.out + outcome.err
        return outcome

    return run


@pytest.mark.parametrize("sample", WHOLE, ids=lambda sample: sample.id)
def test_the_json_report_of_every_sample(show, sample: Sample) -> None:  # type: ignore[no-untyped-def]
    outcome = show(sample.id, format="json")
    report = check_report(outcome.out)
    assert report["id"] == sample.id
    assert report["source"]["status"] == sample.status
    assert report["source"]["bytes"] == len(sample.body())
    assert outcome.status == (0 if report["error"] is None else 3)
    assert bool(outcome.err) == (outcome.status == 3)


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_the_other_reports_of_every_sample(show, form: str) -> None:  # type: ignore[no-untyped-def]
    for sample in WHOLE:
        outcome = show(sample.id, format=form)
        assert f"Chat completion {sample.id}" in outcome.out
        if form == "text":
            assert max(map(display_width, outcome.out.split("\n"))) <= WIDTH


def test_a_connection_that_is_lost_is_told_with_what_had_come(show) -> None:  # type: ignore[no-untyped-def]
    lost = next(sample.id for sample in SAMPLES.values() if sample.ends_after is not None)
    outcome = show(lost, format="json")
    report = check_report(outcome.out)
    assert (outcome.status, report["error"]["kind"]) == (3, "disconnected")
    assert report["source"]["bytes"] > 0


def test_several_ids_give_one_line_each_in_order_and_the_worst_status(show) -> None:  # type: ignore[no-untyped-def]
    outcome = show(BROKEN, MISSING, PLAIN, format="json", fail_on="error")
    reports = [check_report(line) for line in outcome.out.splitlines()]
    assert [report["id"] for report in reports] == [BROKEN, MISSING, PLAIN]
    assert outcome.status == 3
    assert outcome.err.startswith(f"sudo-inspector: {MISSING}: ")
    assert outcome.err.count("\n") == 1


def test_one_id_gives_an_indented_object(show) -> None:  # type: ignore[no-untyped-def]
    assert show(PLAIN, format="json").out.startswith('{\n  "id": ')


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_several_reports_stand_one_after_another(show, form: str) -> None:  # type: ignore[no-untyped-def]
    out = show(PLAIN, BROKEN, format=form).out
    assert out.index(f"Chat completion {PLAIN}") < out.index(f"Chat completion {BROKEN}")
    assert out.count("<html") == (form == "html")


@pytest.mark.parametrize(
    ("name", "fail_on", "status"),
    [(BROKEN, "error", 1), (BROKEN, "warning", 1), (BROKEN, "never", 0), (PLAIN, "error", 0)],
)
def test_findings_decide_the_status_only_where_asked(show, name: str, fail_on: str, status: int) -> None:  # type: ignore[no-untyped-def]
    outcome = show(name, fail_on=fail_on)
    assert (outcome.status, outcome.err) == (status, "")


def test_a_warning_reaches_fail_on_warning_only(show) -> None:  # type: ignore[no-untyped-def]
    warned = next(name for name in SAMPLES if "Refusal" in name)
    assert show(warned, fail_on="warning").status == 1
    assert show(warned, fail_on="error").status == 0


@pytest.mark.parametrize(
    ("given", "asked"),
    [
        (f"{PLAIN}\n".encode(), [PLAIN]),
        (f"{PLAIN}\r\n\n  {MISSING} \n".encode(), [PLAIN, MISSING]),
        (f"GET /v1/chat/completions/{PLAIN} 200\nid={BROKEN}\xff".encode("latin-1"), [PLAIN, BROKEN]),
    ],
)
def test_ids_are_read_from_standard_input(show, given: bytes, asked: list[str]) -> None:  # type: ignore[no-untyped-def]
    assert [report["id"] for report in show(stdin=given, format="json").reports] == asked


def test_ids_are_searched_in_a_text(show) -> None:  # type: ignore[no-untyped-def]
    outcome = show(f"see call_123abc and {PLAIN}, then {BROKEN}.", MISSING, format="json")
    assert [report["id"] for report in outcome.reports] == [PLAIN, BROKEN, MISSING]


def test_what_was_not_fetched_or_was_altered_is_told_once(show) -> None:  # type: ignore[no-untyped-def]
    given = f"see call_123abc, req_123abc and call_456def\n{PLAIN[:12]}\u200b{PLAIN[12:]} came\n"
    outcome = show(stdin=given.encode("utf-16"), format="json")
    assert (outcome.status, [report["id"] for report in outcome.reports]) == (0, [PLAIN])
    assert outcome.err.splitlines() == [
        f"sudo-inspector: “{PLAIN}”: starts with chatcmpl-, without 1 invisible character.",
        "sudo-inspector: Not fetched, as they name no completions: 2 tool calls, 1 request.",
    ]


def test_a_text_with_other_ids_alone_says_how_many_there_are(show) -> None:  # type: ignore[no-untyped-def]
    outcome = show("see call_123abc and req_123abc")
    assert (outcome.status, outcome.out) == (2, "")
    assert "There are only such in the text: 1 tool call, 1 request." in outcome.err


@pytest.mark.parametrize(
    ("texts", "options", "said"),
    [
        (("nothing in here",), {}, "No completion ID was found"),
        (("see call_123abc there",), {}, "is the ID of a tool call"),
        (("sk-live-0123456789abcdefWXYZ",), {}, "“…WXYZ” looks like an API key, and a key is never sent"),
        (("",), {}, "There is nothing to show"),
        (("..",), {}, "is not a completion ID"),
        ((), {}, "There is nothing to show"),
        ((), {"stdin": b""}, "There is nothing to show"),
        ((), {"stdin": b"nothing in here"}, "No completion ID was found"),
        ((PLAIN,), {"profile": "nowhere"}, "There is no profile called “nowhere”"),
        ((PLAIN,), {"tools": "/nowhere/tools.json"}, "could not be opened"),
        ((), {"files": ("/nowhere/x.json",)}, "could not be opened"),
        ((), {"files": ("/dev/null",)}, "is not a regular file"),
    ],
)
def test_wrong_input_is_a_sentence_and_status_2(show, texts: tuple[str, ...], options: dict, said: str) -> None:  # type: ignore[no-untyped-def, type-arg]
    outcome = show(*texts, **options)
    assert (outcome.status, outcome.out) == (2, "")
    assert said in outcome.err
    assert outcome.err.count("\n") == 1


@pytest.mark.parametrize("url", ["http://sudo.example", "nonsense", "https://a.example/?key=x"])
def test_a_wrong_base_url_is_refused(url: str) -> None:
    outcome = run_show(PLAIN, base_url=url)
    assert (outcome.status, outcome.out) == (2, "")
    assert "base URL" in outcome.err or "https://" in outcome.err


def test_a_named_pipe_is_refused_at_once(show, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    os.mkfifo(tmp_path / "pipe")
    assert "is not a regular file" in show(files=(str(tmp_path / "pipe"),)).err


def test_input_that_cannot_be_read_is_a_sentence() -> None:
    outcome = run_show(stdin=Stream.failing(OSError(5, "Input/output error")))
    assert (outcome.status, outcome.out) == (2, "")
    assert "Standard input could not be read: Input/output error." in outcome.err


def test_an_interruption_ends_with_a_sentence() -> None:
    outcome = run_show(stdin=Stream.failing(KeyboardInterrupt()))
    assert (outcome.status, outcome.out, outcome.err) == (130, "", "sudo-inspector: Interrupted.\n")


def test_a_slow_answer_is_waited_for(show, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr("inspector.commands.fetching._PATIENCE_SECONDS", 0.0)
    assert show(PLAIN).status == 0


def test_what_can_be_used_is_shown_beside_what_cannot(show) -> None:  # type: ignore[no-untyped-def]
    outcome = show(PLAIN, "..", format="json")
    assert [report["id"] for report in outcome.reports] == [PLAIN]
    assert outcome.status == 2


def test_files_are_shown_after_ids(show, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "saved.json"
    path.write_text(json.dumps(completion({"content": "hi"})))
    outcome = show(PLAIN, files=(str(path), "-"), stdin=b'{"id": "from-stdin"}', format="json")
    told = [(report["id"], report["source"]["kind"], report["source"]["path"]) for report in outcome.reports]
    assert told == [(PLAIN, "service", None), ("chatcmpl-asked", "file", str(path)), ("from-stdin", "file", "-")]


def test_files_alone_need_no_key_and_no_service(tmp_path: Path) -> None:
    path = tmp_path / "saved.json"
    path.write_bytes(b'{"id": "x", "n": 1.50}')
    store = FakeKeyStore()
    outcome = run_show(files=(str(path),), format="json", key_store=store)
    assert (outcome.status, store.visits) == (0, [])
    assert '"n": 1.50' in outcome.out


@pytest.mark.fault(row="a body beyond the limit, a bomb")
def test_the_limit_in_the_settings_holds_for_answers_files_and_input(tmp_path: Path) -> None:
    small, body = Preferences(most_megabytes=1), b'{"id": "' + b"x" * 2**20 + b'"}'
    (tmp_path / "large.json").write_bytes(body)
    files = run_show(files=(str(tmp_path / "large.json"), "-"), stdin=body, preferences=small)
    assert files.status == 2
    assert files.err.count("1,048,5") == 3, "both say the limit, and the file how large it is"
    with FaultServer(default=lambda link: link.reply(body)) as server:
        fetched = run_show("x", base_url=server.url(), environ={"SUDO_API_KEY": "sk-1"}, preferences=small)
    assert fetched.status == 3
    assert "more than 1,048,576 bytes" in fetched.err
    assert "most_megabytes" in fetched.out


def test_a_file_that_is_not_json_is_shown_with_status_2(tmp_path: Path) -> None:
    path = tmp_path / "cut.json"
    path.write_bytes(b'{"id": ')
    outcome = run_show(files=(str(path),), format="json")
    assert outcome.status == 2
    assert check_report(outcome.out)["error"]["kind"] == "not-json"
    assert outcome.err.startswith(f"sudo-inspector: {path}: This is not JSON")


def test_a_case_file_gives_one_line_a_case(tmp_path: Path) -> None:
    path = tmp_path / "cases.json"
    path.write_text(json.dumps({"cases": [{"id": "a", "arguments": "{}"}, {"id": "b", "arguments": "{"}]}))
    outcome = run_show(files=(str(path),), format="json", fail_on="error")
    reports = [check_report(line) for line in outcome.out.splitlines()]
    assert [report["id"] for report in reports] == ["a", "b"]
    assert outcome.status == 1


def test_tools_are_held_against_the_arguments(show, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    path, tools = tmp_path / "saved.json", tmp_path / "tools.json"
    path.write_text(json.dumps(calling('{"place": 7}')))
    tools.write_text('[{"name": "get_weather", "parameters": {"properties": {"place": {"type": "string"}}}}]')
    outcome = run_show(files=(str(path),), tools=str(tools), format="json", fail_on="error")
    schema = check_report(outcome.out)["tool_calls"][0]["arguments"]["schema"]
    assert (outcome.status, schema["verdict"]) == (1, "fails")


@pytest.mark.parametrize(("data", "said"), [(b"{", "not JSON"), (b"\xff\xfe", "not text in UTF-8"), (b"[]", "no tool")])
def test_tools_that_cannot_be_read_are_refused(data: bytes, said: str, tmp_path: Path) -> None:
    tools = tmp_path / "tools.json"
    tools.write_bytes(data)
    outcome = run_show(PLAIN, tools=str(tools))
    assert (outcome.status, outcome.out) == (2, "")
    assert said in outcome.err
    assert str(tools) in outcome.err


@pytest.mark.parametrize("form", ["text", "json", "markdown", "html"])
def test_redacted_reports_do_not_hold_the_content(show, form: str) -> None:  # type: ignore[no-untyped-def]
    said = re.findall(r"[A-Za-z]{7,}", json.loads(SAMPLES[PLAIN].body())["choices"][0]["message"]["content"])
    plain, told = show(PLAIN, format=form).out, show(PLAIN, format=form, redact=True).out
    assert said
    assert all(word in plain for word in said)
    assert not [word for word in said if word in told]


def test_a_redacted_problem_is_redacted_on_standard_error_too(show) -> None:  # type: ignore[no-untyped-def]
    plain, told = show(MISSING), show(MISSING, redact=True)
    assert "It said" in plain.err
    assert "It said" not in told.err
    assert told.status == 3


def test_every_rule_is_listed() -> None:
    outcome = run_show(list_rules=True)
    assert outcome.status == 0
    for rule in ALL_RULES:
        assert f"{rule.id}  ({rule.severity.word})\n  {rule.title[:20]}" in outcome.out
        assert " ".join(rule.why.split())[:60] in " ".join(outcome.out.split())
    assert max(map(display_width, outcome.out.split("\n"))) <= WIDTH


def test_colour_for_a_terminal_alone(show) -> None:  # type: ignore[no-untyped-def]
    assert "\x1b[1m" in show(PLAIN, terminal=True).out
    assert "\x1b" not in show(PLAIN, terminal=True, environ={"NO_COLOR": "1"}).out
    assert "\x1b" not in show(PLAIN).out


@pytest.mark.parametrize("form", ["text", "json", "markdown", "html"])
def test_an_output_that_holds_only_ascii(show, form: str) -> None:  # type: ignore[no-untyped-def]
    name = next(name for name in SAMPLES if "ManyScripts" in name)
    outcome = show(name, format=form, encoding="ascii")
    assert outcome.raw.isascii()
    if form == "json":
        assert check_report(outcome.out)["completion"] == json.loads(SAMPLES[name].body())


@pytest.mark.parametrize(
    ("environ", "store", "kind", "said"),
    [
        ({}, FakeKeyStore(), "no-key", "There is no API key for the profile"),
        ({"SUDO_API_KEY": "a b"}, FakeKeyStore(), "bad-input", "SUDO_API_KEY cannot be used"),
        ({}, FakeKeyStore(failure=KeyFailure(KeyFault.LOCKED)), "keyring", "stayed locked"),
    ],
)
def test_without_a_key_nothing_is_sent(environ: dict[str, str], store: FakeKeyStore, kind: str, said: str) -> None:
    outcome = run_show("a", "b", environ=environ, key_store=store, format="json")
    assert outcome.status == 3
    assert [report["error"]["kind"] for report in outcome.reports] == [kind, kind]
    assert outcome.err.count(said) == 2
    assert store.visits.count("get") <= 1


def test_the_key_of_a_profile_is_only_for_its_own_address(demo: DemoService) -> None:
    store = FakeKeyStore({"default": demo.key.reveal()})
    outcome = run_show(PLAIN, base_url=demo.base_url, key_store=store, format="json")
    assert (outcome.status, outcome.reports[0]["error"]["kind"], store.visits) == (3, "no-key", [])


def test_a_profile_brings_its_address_and_its_key(demo: DemoService) -> None:
    store = FakeKeyStore({"local": demo.key.reveal()})
    base_url = read_base_url(demo.base_url)
    assert isinstance(base_url, BaseUrl)
    preferences = Preferences(profiles={"local": Profile("local", base_url)})
    outcome = run_show(PLAIN, BROKEN, profile="local", preferences=preferences, key_store=store)
    assert (outcome.status, store.visits) == (0, ["get"])


def test_the_key_given_as_an_id_is_not_sent_and_not_shown(show, demo: DemoService) -> None:  # type: ignore[no-untyped-def]
    outcome = show(f"x-{demo.key.reveal()}", format="json")
    report = check_report(outcome.out)
    assert (outcome.status, report["error"]["kind"], report["id"]) == (3, "bad-input", None)
    assert "is the API key" in outcome.err


def test_the_deadline_holds(show) -> None:  # type: ignore[no-untyped-def]
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        outcome = run_show("x", base_url=url, environ={"SUDO_API_KEY": "abcdef"}, timeout=0.2, format="json")
    assert (outcome.status, outcome.reports[0]["error"]["kind"]) == (3, "deadline")


def test_the_embedded_demo_service() -> None:
    outcome = run_show(PLAIN, demo=True, format="json")
    assert outcome.status == 0
    assert check_report(outcome.out)["source"]["url"].startswith("http://127.0.0.1:")


def process(*arguments: str, tmp_path: Path, **environ: str) -> subprocess.Popen[str]:
    """The real program in a process of its own, with settings of its own.

    A shell that starts the tests in the background has them ignore Ctrl+C, and what they start inherits that.
    """
    signal.signal(signal.SIGINT, signal.default_int_handler)
    clean = {name: value for name, value in os.environ.items() if name not in ("SUDO_API_KEY", "DISPLAY")}
    home = {"HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path / "config")}
    return subprocess.Popen(
        [sys.executable, *arguments],
        env=clean | home | environ,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_the_program_imports_no_qt(tmp_path: Path) -> None:
    code = (
        "import sys; from inspector.__main__ import main; status = main(sys.argv[1:]);"
        "print(sorted(name for name in sys.modules if name.split('.')[0] in ('PySide6', 'shiboken6', 'keyring')), file=sys.stderr);"
        "sys.exit(status)"
    )
    with process("-c", code, "show", "--demo", "--format", "json", PLAIN, tmp_path=tmp_path) as running:
        out, err = running.communicate(timeout=30)
    assert (running.returncode, err) == (0, "[]\n")
    check_report(out)


def test_the_program_as_a_module_under_the_c_locale(tmp_path: Path) -> None:
    name = next(name for name in SAMPLES if "ManyScripts" in name)
    options = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": ""}
    with process("-m", "inspector", "show", "--demo", name, tmp_path=tmp_path, **options) as running:
        out, err = running.communicate(timeout=30)
    assert (running.returncode, err) == (0, "")
    assert out.isascii()


def test_a_reader_that_goes_away_is_no_fault(tmp_path: Path) -> None:
    with process("-m", "inspector", "show", "--demo", PLAIN, BROKEN, tmp_path=tmp_path) as running:
        assert running.stdout is not None
        running.stdout.close()
        assert running.stderr is not None
        assert running.stderr.read() == ""
    assert running.returncode == 0


@pytest.mark.fault(row="a full disk")
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is always full")
def test_a_full_disk_is_a_sentence(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "inspector", "show", "--list-rules"]
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        ended = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False, cwd=tmp_path)
    said = "sudo-inspector: The output could not be written: No space left on device.\n"
    assert (ended.returncode, ended.stderr) == (2, said)
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        assert run_show(list_rules=True, stdout=full).err == said


@pytest.mark.fault(row="Ctrl+C, SIGTERM, closing")
def test_ctrl_c_ends_a_fetch_with_a_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        command = ("-m", "inspector", "show", "--base-url", url, "x")
        with process(*command, tmp_path=tmp_path, SUDO_API_KEY="abcdef") as running:
            connection, _ = silent.accept()
            with connection:
                assert connection.recv(4096).startswith(b"GET /v1/chat/completions/x ")
                running.send_signal(signal.SIGINT)
                out, err = running.communicate(timeout=30)
    assert (running.returncode, out, err) == (130, "", "sudo-inspector: Interrupted.\n")


def test_the_prompt_is_asked_for_unless_it_is_not_wanted(show) -> None:  # type: ignore[no-untyped-def]
    told = check_report(show(PLAIN, format="json").out)
    sent = SAMPLES[PLAIN].prompt()
    assert told["messages"] == sent != []
    assert check_report(show(PLAIN, format="json", messages=False).out)["messages"] is None
    assert "Prompt (2 messages)" in show(PLAIN).out
    assert "Prompt (" not in show(PLAIN, messages=False).out


def test_a_prompt_that_is_refused_costs_a_line_and_nothing_else(show) -> None:  # type: ignore[no-untyped-def]
    without = next(sample.id for sample in WHOLE if sample.messages is None and sample.status == 200)
    told = show(without, format="json", fail_on="never")
    assert check_report(told.out)["messages"] is None
    text = show(without)
    assert "  The service has no prompt messages of this completion (status 404)." in text.out
    assert (told.status, text.status, text.err) == (0, 0, "")


def test_a_prompt_that_does_not_come_is_waited_for_no_longer_than_the_whole_request_may_take() -> None:
    def answer(link: Link) -> None:
        if "/messages" in link.path:
            link.hang()
        else:
            link.reply(json.dumps(completion({"content": "Hi"})).encode(), "Content-Type: application/json")

    with FaultServer(default=answer) as server:
        environ = {"SUDO_API_KEY": "sk-canary"}
        told = run_show("chatcmpl-asked", environ=environ, base_url=server.url(), timeout=0.5)
        assert server.hung_up.wait(5)
    assert "  The prompt messages did not come in time.\n" in told.out
    assert (told.status, told.err) == (0, "")


def test_the_profiles_own_pattern_finds_ids_too(demo: DemoService) -> None:
    base_url = read_base_url(demo.base_url)
    assert isinstance(base_url, BaseUrl)
    own = Profile("local", base_url, id_pattern="run-[0-9]{3}")

    def show(profile: Profile) -> Outcome:
        preferences, environ = Preferences(profiles={"local": profile}), {"SUDO_API_KEY": demo.key.reveal()}
        return run_show("see run-123 there", profile="local", preferences=preferences, environ=environ, format="json")

    assert show(own).reports[0]["id"] == "run-123"
    refused = show(replace(own, id_pattern="run-[0-9"))
    assert refused.status == 2
    assert "The profile's ID pattern is not used." in refused.err

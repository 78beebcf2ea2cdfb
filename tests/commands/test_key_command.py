"""`key set | forget | status` over a fake keyring: what is read, what is said, and the exit status."""

import io
from dataclasses import dataclass
from typing import TextIO

import pytest

from inspector.commands.key import run
from inspector.core.inputs import BaseUrl
from inspector.core.keys.faults import KeyFailure, KeyFault
from inspector.core.profile import Profile
from inspector.core.secret import Secret
from tests.fake_key_store import FakeKeyStore, HungKeyStore

CANARY = "sk-canary-0123456789-wxyz"
WORK = Profile("work", BaseUrl("https://sudo.example", "/api"))


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True

    def readline(self, *_: object) -> str:  # type: ignore[override]
        raise AssertionError("a key typed at a terminal must not be read with echo")


@dataclass
class Outcome:
    status: int
    out: str
    err: str
    prompts: list[str]


def key(
    action: str,
    store: FakeKeyStore,
    *,
    stdin: TextIO | None = None,
    typed: str | None = None,
    environ: dict[str, str] | None = None,
    noted: str = "",
    limit: float = 30.0,
) -> Outcome:
    """Runs the command as at a terminal where `typed` is typed (None: end of input), or with `stdin` piped in."""
    out, err, prompts = io.StringIO(), io.StringIO(), []
    notes: list[str] = []

    def note_origin() -> str:
        notes.append(WORK.base_url.origin)
        return noted

    def prompt(question: str) -> str:
        prompts.append(question)
        if typed is None:
            raise EOFError
        return typed

    status = run(
        action,
        WORK,
        store,
        environ or {},
        stdin=stdin or Terminal(),
        stdout=out,
        stderr=err,
        prompt=prompt,
        note_origin=note_origin,
        limit=limit,
    )
    outcome = Outcome(status, out.getvalue(), err.getvalue(), prompts)
    assert CANARY not in repr(outcome)
    assert len(notes) == (action == "set" and status == 0)
    return outcome


class TestSet:
    def test_that_its_origin_could_not_be_noted_is_said_and_no_failure(self) -> None:
        outcome = key("set", FakeKeyStore(), typed=CANARY, noted="The settings could not be saved.")
        assert (outcome.status, outcome.err) == (0, "The settings could not be saved.\n")

    def test_the_key_is_asked_for_at_a_terminal(self) -> None:
        store = FakeKeyStore()
        outcome = key("set", store, typed=f" {CANARY}\n")
        assert (outcome.status, outcome.err) == (0, "")
        assert store.keys == {"work": Secret(CANARY)}
        assert "“work”" in outcome.prompts[0]
        assert "…wxyz" in outcome.out
        assert "the fake keyring" in outcome.out

    def test_one_line_is_read_from_a_pipe_without_a_prompt(self) -> None:
        store, pipe = FakeKeyStore(), io.StringIO(f"{CANARY}\nmore\n")
        outcome = key("set", store, stdin=pipe, typed="never asked")
        assert (outcome.status, outcome.prompts) == (0, [])
        assert store.keys == {"work": Secret(CANARY)}
        assert pipe.read() == "more\n"

    @pytest.mark.parametrize("line", ["", "\n", "   \n", "two words\n", "schlüssel\n", "k" * 5000 + "\n"])
    def test_what_cannot_be_a_key_changes_nothing(self, line: str) -> None:
        store = FakeKeyStore({"work": "the-old-one"})
        outcome = key("set", store, stdin=io.StringIO(line))
        assert (outcome.status, outcome.out) == (2, "")
        assert outcome.err.endswith(".\n")
        assert store.keys == {"work": Secret("the-old-one")}
        assert store.visits == []

    def test_an_endless_line_is_not_read_to_its_end(self) -> None:
        pipe = io.StringIO("k" * 1_000_000)
        assert key("set", FakeKeyStore(), stdin=pipe).status == 2
        assert pipe.tell() < 10_000

    def test_bytes_that_are_no_text_are_told(self) -> None:
        pipe = io.TextIOWrapper(io.BytesIO(b"\xff\xfe\n"), encoding="utf-8")
        outcome = key("set", FakeKeyStore(), stdin=pipe)
        assert outcome.status == 2
        assert "UTF-8" in outcome.err

    def test_the_end_of_input_at_the_prompt_is_no_key(self) -> None:
        outcome = key("set", FakeKeyStore(), typed=None)
        assert outcome.status == 2
        assert "nothing was changed" in outcome.err

    def test_a_variable_that_will_win_is_mentioned(self) -> None:
        assert "SUDO_API_KEY" in key("set", FakeKeyStore(), typed=CANARY, environ={"SUDO_API_KEY": "x"}).out
        assert "SUDO_API_KEY" not in key("set", FakeKeyStore(), typed=CANARY, environ={"SUDO_API_KEY": " "}).out


class TestForget:
    def test_it_is_gone_and_may_be_forgotten_again(self) -> None:
        store = FakeKeyStore({"work": CANARY})
        for _ in range(2):
            outcome = key("forget", store)
            assert (outcome.status, outcome.err) == (0, "")
            assert "“work”" in outcome.out
        assert store.keys == {}

    def test_a_variable_that_is_still_used_is_mentioned(self) -> None:
        assert "SUDO_API_KEY" in key("forget", FakeKeyStore(), environ={"SUDO_API_KEY": CANARY}).out
        assert "SUDO_API_KEY" not in key("forget", FakeKeyStore()).out


class TestStatus:
    def test_the_variable_wins_over_the_keyring(self) -> None:
        outcome = key("status", FakeKeyStore({"work": "another-key"}), environ={"SUDO_API_KEY": CANARY})
        assert outcome.status == 0
        assert "…wxyz comes from the environment variable SUDO_API_KEY" in outcome.out
        assert "the fake keyring" in outcome.out

    def test_the_keyring_is_named(self) -> None:
        outcome = key("status", FakeKeyStore({"work": CANARY}))
        assert (outcome.status, outcome.out) == (0, "The API key …wxyz comes from the fake keyring.\n")

    def test_no_key_is_an_answer(self) -> None:
        outcome = key("status", FakeKeyStore())
        assert (outcome.status, outcome.err) == (0, "")
        assert "no API key" in outcome.out
        assert "the fake keyring" in outcome.out

    def test_an_unusable_variable_is_wrong_input(self) -> None:
        outcome = key("status", FakeKeyStore({"work": CANARY}), environ={"SUDO_API_KEY": f"{CANARY} twice"})
        assert (outcome.status, outcome.out) == (2, "")
        assert "SUDO_API_KEY" in outcome.err


class TestFailure:
    @pytest.mark.parametrize("action", ["set", "forget", "status"])
    @pytest.mark.parametrize("fault", KeyFault)
    def test_every_fault_ends_with_status_3_and_its_sentence(self, action: str, fault: KeyFault) -> None:
        outcome = key(action, FakeKeyStore(failure=KeyFailure(fault, detail="the cause")), typed=CANARY)
        assert (outcome.status, outcome.out) == (3, "")
        assert "this run only" in outcome.err
        assert "the cause" in outcome.err

    @pytest.mark.parametrize("action", ["set", "forget", "status"])
    def test_a_hung_keyring_is_left_after_the_limit(self, action: str) -> None:
        store = HungKeyStore()
        outcome = key(action, store, typed=CANARY, limit=0.05)
        store.released.set()
        assert outcome.status == 3
        assert "no answer within 0.05 seconds" in outcome.err

    def test_an_unknown_action_is_wrong_usage(self) -> None:
        outcome = key("show", FakeKeyStore({"work": CANARY}))
        assert outcome.status == 2
        assert "key set, key forget or key status" in outcome.err

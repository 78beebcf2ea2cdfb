"""Opening many completions: with a key, kept as they come, told in bundles."""

import asyncio

import pytest

from inspector.core.exchange import FailureKind
from inspector.core.inputs import BaseUrl
from inspector.core.kept_answer import unpacked
from inspector.core.keys.lookup import KeyFound, KeyOrigin, NoKey
from inspector.core.profile import Profile
from inspector.core.rate_limiter import RateLimiter
from inspector.core.schemas.tool_schemas import ToolSchemas
from inspector.core.secret import Secret
from inspector.gateways.answer_store import AnswerStore
from inspector.gateways.inspecting_here import InspectorHere
from inspector.usecases.access import Access
from inspector.usecases.api_key import SessionKeys
from inspector.usecases.inspect_many import Ended, Finished, Order, Step
from inspector.usecases.kept_answers import judge_again, keep_answer, kept_answer
from inspector.usecases.open_many import OpenedMany, open_many
from inspector.usecases.step_bundles import StepBundles
from tests.answers import answered, as_bytes, calling, saved
from tests.fake_key_store import FakeKeyStore
from tests.usecases.many import NOW, FakeClock, FakeService, answer, failure, ids

HOME = BaseUrl("https://sudo.example", "/api")
KNOWN = KeyFound(Secret("sk-known"), KeyOrigin.MEMORY)
TOOLS = ToolSchemas.read('[{"type":"function","function":{"name":"get_weather","parameters":{"required":["city"]}}}]')


@pytest.fixture
def answers() -> AnswerStore:
    return AnswerStore()


def opened(
    answers: AnswerStore,
    service: FakeService,
    told: list[tuple[Step, ...]],
    count: int = 3,
    *,
    key_store: FakeKeyStore | None = None,
    known_key: KeyFound | None = None,
    tools: ToolSchemas | None = None,
) -> object:
    store = key_store or FakeKeyStore({"work": "from-the-keyring"})
    work = open_many(
        Order(ids(count)),
        Access(service, Profile("work", HOME), HOME, {}, SessionKeys(), store, known_key, 5.0),
        answers=answers,
        inspector=InspectorHere(),
        limiter=RateLimiter(),
        clock=FakeClock(),
        tools=tools,
        tell=told.append,
    )
    with asyncio.Runner() as runner:
        return runner.run(work)


def test_all_are_told_and_kept(answers: AnswerStore) -> None:
    told: list[tuple[Step, ...]] = []
    end = opened(answers, FakeService(), told)
    assert end == OpenedMany(Finished(), KeyFound(Secret("from-the-keyring"), KeyOrigin.KEYRING))
    ended = [step for steps in told for step in steps if isinstance(step, Ended)]
    assert {step.subject for step in ended} == {each.text for each in ids(3)}
    assert all(step.digest.model == "gpt-4o" for step in ended)
    data = answers.get("chatcmpl-2")
    assert data is not None
    assert unpacked(data, None, NOW).requested == "chatcmpl-2"


def test_a_known_key_saves_the_search(answers: AnswerStore) -> None:
    store = FakeKeyStore()
    end = opened(answers, FakeService(), [], known_key=KNOWN, key_store=store)
    assert isinstance(end, OpenedMany)
    assert end.key is KNOWN
    assert store.visits == []


def test_without_a_key_nothing_is_asked(answers: AnswerStore) -> None:
    service = FakeService()
    assert opened(answers, service, [], key_store=FakeKeyStore()) == NoKey("work")
    assert service.order == []


def test_the_key_is_neither_kept_nor_told(answers: AnswerStore) -> None:
    told: list[tuple[Step, ...]] = []
    echo = answer(200, b'{"error": {"message": "bad sk-known"}}', x_echo="sk-known")
    opened(answers, FakeService(default=[echo]), told, 1, known_key=KNOWN)
    assert b"sk-known" not in (answers.get("chatcmpl-0") or b"sk-known")
    assert "sk-known" not in repr(told)


def test_calls_are_held_against_the_tools(answers: AnswerStore) -> None:
    told: list[tuple[Step, ...]] = []
    service = FakeService(default=[answer(body=as_bytes(calling("{}")))])
    opened(answers, service, told, 1, known_key=KNOWN, tools=TOOLS)
    ended = [step for steps in told for step in steps if isinstance(step, Ended)]
    assert [step.digest.schema for step in ended] == [("fails",)]


def test_steps_are_told_in_bundles_in_their_order() -> None:
    told: list[tuple[object, ...]] = []

    async def some() -> None:
        heard = asyncio.Event()

        def tell(steps: tuple[object, ...]) -> None:
            told.append(steps)
            heard.set()

        bundles = StepBundles(tell, seconds=0.001)
        bundles.add("a")  # type: ignore[arg-type]
        bundles.add("b")  # type: ignore[arg-type]
        assert told == []
        await heard.wait()
        bundles.add("c")  # type: ignore[arg-type]
        bundles.flush()
        bundles.flush()

    with asyncio.Runner() as runner:
        runner.run(some())
    assert told == [("a", "b"), ("c",)]


def test_time_passes_where_nothing_happens() -> None:
    told: list[tuple[object, ...]] = []

    async def beat() -> None:
        second = asyncio.Event()

        def tell(steps: tuple[object, ...]) -> None:
            told.append(steps)
            if len(told) == 2:
                second.set()

        beating = asyncio.create_task(StepBundles(tell).beat(0.001))
        await second.wait()
        beating.cancel()

    with asyncio.Runner() as runner:
        runner.run(beat())
    assert told[:2] == [(), ()]


def test_what_is_kept_is_shown_again(answers: AnswerStore) -> None:
    async def kept_and_shown() -> None:
        inspection = saved(calling("{}"), "here.json")
        await keep_answer(answers, "here.json", inspection)
        again = await kept_answer(answers, "here.json", None, NOW, inspector=InspectorHere())
        assert again is not None
        assert again.body == inspection.body
        assert await kept_answer(answers, "gone.json", None, NOW, inspector=InspectorHere()) is None

    with asyncio.Runner() as runner:
        runner.run(kept_and_shown())


def test_other_tools_judge_all_that_is_kept(answers: AnswerStore) -> None:
    told: list[tuple[Step, ...]] = []

    async def judged() -> None:
        for name in ("a", "b"):
            await keep_answer(answers, name, answered(calling("{}"), asked=name))
        assert isinstance(TOOLS, ToolSchemas)
        bundles = StepBundles(told.append)
        await judge_again(answers, ["a", "gone", "b"], TOOLS, NOW, bundles, inspector=InspectorHere())

    with asyncio.Runner() as runner:
        runner.run(judged())
    steps = [step for steps in told for step in steps if isinstance(step, Ended)]
    assert [(step.subject, step.digest.schema) for step in steps] == [("a", ("fails",)), ("b", ("fails",))]


def test_what_did_not_come_is_told_and_kept_too(answers: AnswerStore) -> None:
    told: list[tuple[Step, ...]] = []
    opened(answers, FakeService(chatcmpl_0=[failure(FailureKind.PROTOCOL)]), told, count=1)
    (digest,) = [step.digest for bundle in told for step in bundle if isinstance(step, Ended)]
    assert digest.problem == "protocol"
    kept = answers.get("chatcmpl-0")
    assert kept is not None
    assert unpacked(kept, None, NOW).problem is not None

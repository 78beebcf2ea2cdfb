"""Independent clients read the demo service: the vendor's own and OpenAI's. So the demo speaks the protocol."""

from collections.abc import Iterator

import openai
import pytest
import sudo_ai
from sudo_ai import errors, models

from inspector.demo.service import DemoService


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch):
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


def _openai(service: DemoService, key: str | None = None) -> openai.OpenAI:
    return openai.OpenAI(base_url=f"{service.base_url}/v1", api_key=key or service.key.reveal(), max_retries=0)


@pytest.fixture
def other(service) -> Iterator[openai.OpenAI]:
    with _openai(service) as client:
        yield client


@pytest.fixture
def vendor(service) -> Iterator[sudo_ai.Sudo]:
    with sudo_ai.Sudo(server_url=service.base_url, api_key=service.key.reveal()) as client:
        yield client


def test_openai_retrieves_a_completion(other, caller):
    sample = caller.sample("two-tool-calls")
    completion = other.chat.completions.retrieve(sample.id)
    assert completion.id == sample.id
    assert completion.choices[0].finish_reason == "tool_calls"
    assert [call.function.name for call in completion.choices[0].message.tool_calls] == [
        "get_order",
        "create_return_label",
    ]
    assert completion._request_id.startswith("req_")


def test_openai_pages_through_the_messages(other, caller):
    sample = caller.sample("agent-trace")
    messages = list(other.chat.completions.messages.list(sample.id, limit=5))
    assert [message.id for message in messages] == [stored["id"] for stored in sample.prompt()]
    assert [message.role for message in messages[:4]] == ["system", "user", "assistant", "tool"]


def test_openai_lists_by_metadata_and_model(other, caller):
    listed = other.chat.completions.list(metadata={"ticket": "SUP-20417"}, model="gpt-4.1-2025-04-14", order="desc")
    assert [completion.id for completion in listed] == [caller.sample("customer-story").id]
    everything = [completion.id for completion in other.chat.completions.list(limit=10)]
    assert len(everything) == len(set(everything)) > 20


@pytest.mark.parametrize(
    ("stem", "error"),
    [
        ("error-400", openai.BadRequestError),
        ("error-401", openai.AuthenticationError),
        ("error-403", openai.PermissionDeniedError),
        ("error-404", openai.NotFoundError),
        ("error-429", openai.RateLimitError),
        ("error-502", openai.InternalServerError),
        ("error-524", openai.InternalServerError),
    ],
)
def test_openai_understands_the_errors(other, caller, stem, error):
    with pytest.raises(error):
        other.chat.completions.retrieve(caller.sample(stem).id)


def test_openai_is_refused_with_a_wrong_key(service, caller):
    with _openai(service, "wrong") as client, pytest.raises(openai.AuthenticationError, match="not known here"):
        client.chat.completions.retrieve(caller.sample("plain-answer").id)


def test_openai_is_refused_when_it_wants_to_change_something(other, caller):
    for change in (
        other.chat.completions.delete,
        lambda name: other.chat.completions.update(name, metadata={"seen": "yes"}),
    ):
        with pytest.raises(openai.APIStatusError) as refused:
            change(caller.sample("plain-answer").id)
        assert refused.value.status_code == 405


def test_the_vendor_retrieves_a_completion(vendor, caller):
    sample = caller.sample("customer-story")
    completion = vendor.router.get_chat_completion(completion_id=sample.id)
    assert isinstance(completion, models.ChatCompletion)
    assert completion.id == sample.id
    assert completion.choices[0].message.content.startswith("## What happened")
    assert completion.metadata == {"team": "support", "ticket": "SUP-20417"}


def test_the_vendor_reads_the_messages_in_pages(vendor, caller):
    sample = caller.sample("usage-null")
    first = vendor.router.get_chat_completion_messages(completion_id=sample.id, limit=15)
    then = vendor.router.get_chat_completion_messages(completion_id=sample.id, after=first.last_id)
    assert (first.has_more, then.has_more) == (True, False)
    assert [m.content for m in first.data + then.data] == [stored["content"] for stored in sample.prompt()]


def test_the_vendor_reads_a_picture_in_a_message(vendor, caller):
    messages = vendor.router.get_chat_completion_messages(completion_id=caller.sample("two-tool-calls").id)
    assert [part.type for part in messages.data[-1].content_parts] == ["text", "image_url"]


def test_the_vendor_lists_completions(vendor, caller):
    listed = vendor.router.list_chat_completions(model="gpt-4.1-2025-04-14", limit=2)
    assert listed.has_more
    assert [completion.model for completion in listed.data] == ["gpt-4.1-2025-04-14"] * 2


@pytest.mark.parametrize("stem", ["error-400", "error-401", "error-500"])
def test_the_vendor_understands_the_errors(vendor, caller, stem):
    sample = caller.sample(stem)
    with pytest.raises(errors.ErrorResponse) as refused:
        vendor.router.get_chat_completion(completion_id=sample.id)
    assert refused.value.status_code == sample.status
    assert refused.value.data.error.message


def test_the_vendor_is_refused_with_a_wrong_key(service, caller):
    with sudo_ai.Sudo(server_url=service.base_url, api_key="wrong") as client, pytest.raises(errors.ErrorResponse):
        client.router.get_chat_completion(completion_id=caller.sample("plain-answer").id)

"""`show` against servers that others wrote. Skipped where they are not installed; see `tests.peers`."""

import json
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from inspector.bundle import bundled
from inspector.core.exchange import StoredQuery
from inspector.gateways.background import BackgroundLoop
from inspector.gateways.completions_api import HttpCompletionsApi
from tests.command_runs import run_show
from tests.gateways.test_stored_pages import Lister
from tests.peers import found, ogx, prism, store
from tests.report_contract import check_report

KEYED = {"SUDO_API_KEY": "sk-any"}
CUT_OFF = '{"city": "Lübeck'
ANSWER: dict[str, Any] = {
    "id": "chatcmpl-stored-1",
    "object": "chat.completion",
    "created": 1764000000,
    "model": "tiny",
    "choices": [
        {
            "index": 0,
            "finish_reason": "tool_calls",
            "message": {
                "role": "assistant",
                "content": None,
                "tool_calls": [
                    {"id": "call_1", "type": "function", "function": {"name": "get_weather", "arguments": CUT_OFF}}
                ],
            },
        }
    ],
    "usage": {"prompt_tokens": 3, "completion_tokens": 4, "total_tokens": 7},
}
ASKED = [{"role": "system", "content": "Be short."}, {"role": "user", "content": "The weather?"}]


@pytest.mark.skipif(found("prism") is None, reason="Prism is not installed")
@pytest.mark.parametrize("options", [(), ("-d",)], ids=["examples", "random bodies"])
def test_prism_answers_as_the_vendor_describes(options: tuple[str, ...]) -> None:
    with prism(bundled("sudo-openapi.yaml"), *options) as base_url:
        for _ in range(20 if options else 1):
            outcome = run_show("chatcmpl-1", base_url=base_url, environ=KEYED, format="json", messages=False)
            report = check_report(outcome.out)
            assert outcome.status == 0, outcome.err
            assert report["source"]["status"] == 200
            assert not any(finding["rule"] == "undescribed-fields" for finding in report["findings"]) or options


@pytest.mark.skipif(found("ogx") is None, reason="OGX is not installed; it needs Python 3.12")
def test_ogx_gives_back_what_it_stored(tmp_path: Path) -> None:
    with ogx(tmp_path, ANSWER) as base_url:
        made = store(base_url, ASKED)
        outcome = run_show(made, base_url=base_url, environ=KEYED, format="json")
        report = check_report(outcome.out)
        assert (outcome.status, report["id"]) == (0, made)
        (call,) = report["tool_calls"]
        read = call["arguments"]
        assert (read["text"], read["verdict"], read["error"]["offset"]) == (CUT_OFF, "invalid", len(CUT_OFF))
        assert [message["content"] for message in report["messages"]][:2] == ["Be short.", "The weather?"]
        unknown = run_show("chatcmpl-unknown", base_url=base_url, environ=KEYED, format="json")
        problem = json.loads(unknown.out)["error"]
        assert unknown.status == 3
        assert "chatcmpl-unknown not found" in problem["message"]


@pytest.mark.skipif(found("ogx") is None, reason="OGX is not installed; it needs Python 3.12")
def test_ogx_lists_what_it_stored(tmp_path: Path) -> None:
    background, api = BackgroundLoop(), HttpCompletionsApi()
    ask = Lister(background, api)
    with ogx(tmp_path, ANSWER) as base_url, ExitStack() as afterwards:
        afterwards.callback(background.stop)
        afterwards.callback(lambda: background.submit(api.close()).result(5))
        assert ask(base_url).rows == ()
        made = store(base_url, ASKED)
        (row,) = ask(base_url).rows
        assert (row.id, row.finish_reason, row.words) == (made, "tool_calls", "calls get_weather")
        assert ask(base_url, StoredQuery("another model")).rows == ()
        unfiltered = ask(base_url, StoredQuery(metadata=(("team", "a"),)))
        assert unfiltered.notice.endswith("this server does not filter by them.")

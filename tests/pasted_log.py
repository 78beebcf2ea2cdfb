"""A log as support staff paste it: 2,000 lines in every notation that IDs come in, made the same way each time.

300 completions stand in it, most of them several times, among IDs of other kinds and what only looks like an ID.
"""

import random
import string
from collections.abc import Callable
from dataclasses import dataclass

LINES, COMPLETIONS = 2_000, 300
_LETTERS = string.ascii_letters + string.digits


@dataclass(frozen=True)
class PastedLog:
    """`completions` and `others` are in the order of their first appearance."""

    text: str
    completions: tuple[str, ...]
    others: tuple[str, ...]


Line = Callable[[str], str]

# Notations that hold any completion's ID, whatever it looks like.
NOTATIONS: tuple[Line, ...] = (
    lambda it: f"2026-11-20T10:14:03.123Z INFO GET https://sudoapp.dev/api/v1/chat/completions/{it} 200 in 812 ms",
    lambda it: (
        f'curl -s "https://sudoapp.dev/api/v1/chat/completions/{it}/messages?limit=20" -H "Authorization: Bearer $KEY"'
    ),
    lambda it: (
        f"  File \"/app/lib.py\", line 12, in f\n    ChatCompletion(id='{it}', choices=[Choice(finish_reason='stop')])"
    ),
    lambda it: f'{{"id":"{it}","object":"chat.completion","created":1795021200,"model":"gpt-4o-2024-11-20"}}',
    lambda it: f'{{"level":"info","msg":"{{\\"completion_id\\":\\"{it}\\",\\"ms\\":12}}"}}',
    lambda it: f'level=warn msg="slow answer" completion_id={it} ms=9120',
    lambda it: f"see https://dash.example/logs/{it}?tab=raw for the answer",
    lambda it: f"see https://dash.example/open?completion_id={it.replace('-', '%2D')}&tab=2",
    lambda it: f"login: https://sso.example/?next=https%3A%2F%2Fdash.example%2Fcompletions%2F{it}%3Ftab%3D1",
    lambda it: f"  'completionId': '{it}',",
    lambda it: f"X-Completion-Id: {it}",
    lambda it: f'completions.retrieve(completion_id="{it}") failed, will be tried again.',
    lambda it: f"\x1b[32mINFO\x1b[0m completion id: \x1b[1m{it}\x1b[0m done",
)
# Notations that need an ID that starts as they usually do.
FOR_PREFIXED: tuple[Line, ...] = (
    lambda it: f"customer says that {it}. He is angry",
    lambda it: f'1795021200,"{it}",gpt-4o,stop,217',
    lambda it: f"['{it}'] ({it}), “{it}”, **{it}**",
    lambda it: f"wrong: {it[:20]}\u200b{it[20:]}\u00ad and \ufeff{it}",
    lambda it: f"the whole line was: 'retrying\\n{it}\\tin 3 s'",
    lambda it: f"dumped to /tmp/dumps/{it}.json:1",
)
NEAR_MISSES = (
    "chatcmpl- was expected, got chatcmpl_abc, nochatcmpl-abc, my_chatcmpl-abc and chatcmpl-{id}",
    '  File "/usr/lib/python3/site-packages/openai/resources/chat/completions/completions.py", line 643, in create',
    "    at Completions.create (/app/node_modules/openai/src/resources/chat/completions/completions.ts:77:12)",
    "    return self._get(f'/chat/completions/{completion_id}', completion_id=completion_id)",
    "see https://docs.example/api-reference/chat/completions/create and completions/create",
    "valid: true, grid=abc123def invalid_id: abc123 user_id=ab12cd34 session id: ab12cd34ef",
    'id: 12345, "id": null, "id": 7, completion_id=None, completion_id: string',
    "run_tests2 in thread_pool_2, batch_size_32 and file-name; call_later(3); gen-2 of msg_type",
    '"object":"list","data":[{"id":"gpt-4o-2024-11-20","object":"model"},{"id":"o3-mini-2025-01-31","object":"model"}]',
    "id: 2026-11-20T10:14:03Z, id=app.v12.main, id = uuid4(), job id 77ab12",
)


def pasted_log(seed: int = 4) -> PastedLog:
    """The same log for the same seed."""
    chance = random.Random(seed)
    completions, others = _completions(chance), _others(chance)
    entries = [(it, _line(chance, it)) for it in completions for _ in range(chance.choice((1, 1, 2, 3, 5)))]
    entries += [pair for pair in others for _ in range(chance.choice((1, 2)))]
    entries += [("", miss) for miss in NEAR_MISSES for _ in range(5)]
    left = LINES - sum(line.count("\n") + 1 for _, line in entries)
    entries += [("", f"{number:06} heartbeat of worker-{number % 7}, all is well") for number in range(left)]
    chance.shuffle(entries)
    order = dict.fromkeys(it for it, _ in entries)
    known = dict(others)
    return PastedLog(
        "".join(f"{line}\n" for _, line in entries),
        tuple(it for it in order if it and it not in known),
        tuple(it for it in order if it in known),
    )


def _completions(chance: random.Random) -> list[str]:
    """Of every form: usual, of a router, bare tokens, UUIDs."""
    usual = [f"chatcmpl-{_token(chance, 29)}" for _ in range(200)]
    routed = [f"gen-{1795021200 + number}-{_token(chance, 20)}" for number in range(30)]
    bare = [f"kn{_token(chance, 20)}7" for _ in range(50)]
    return usual + routed + bare + [_uuid(chance) for _ in range(20)]


def _line(chance: random.Random, it: str) -> str:
    return chance.choice(NOTATIONS + FOR_PREFIXED if it.startswith("chatcmpl-") else NOTATIONS)(it)


def _others(chance: random.Random) -> list[tuple[str, str]]:
    return [
        (it, line.replace("@", it))
        for _ in range(12)
        for it, line in (
            (f"req_{_token(chance, 22)}5", "request_id=@ status=200"),
            (f"call_{_token(chance, 23)}9", '{"tool_calls":[{"id":"@","type":"function"}]}'),
            (f"D6{_token(chance, 7)}", '{"index":0,"id":"@","type":"function","function":{"name":"f"}}'),
            (f"chatcmpl-tool-{chance.getrandbits(128):032x}", "tool call @ was answered"),
            (f"resp_{chance.getrandbits(128):032x}", "see @."),
            (f"msg_{_token(chance, 22)}1", "<@>"),
            (f"thread_{_token(chance, 22)}1", "at /threads/@/runs"),
            (f"run_{_token(chance, 22)}1", "@ is queued"),
            (f"{chance.getrandbits(128):032x}", "traceparent: 00-@-b7ad6b7169203331-01"),
            (f"a1{chance.getrandbits(48):012x}9f", "span_id=@ took 3 ms"),
            (_uuid(chance), "lock @ was taken"),
            (_uuid(chance), "X-Request-Id: @"),
        )
    ]


def _token(chance: random.Random, length: int) -> str:
    return "".join(chance.choices(_LETTERS, k=length))


def _uuid(chance: random.Random) -> str:
    digits = f"{chance.getrandbits(128):032x}"
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))

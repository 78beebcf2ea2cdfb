"""The prompt as it comes in pages: which page to ask for next, and when to stop, whatever the service answers.

A page that cannot be used ends the prompt there: what came before it is kept, and a sentence says that the rest is missing.
"""

from inspector.core.conversation.prompt import Prompt, PromptMessages, PromptUnavailable, listed_in
from inspector.core.conversation.unavailable import NO_MESSAGES, failure_sentence, no_list_sentence, status_sentence
from inspector.core.exchange import Failed, FetchOutcome, MessagesPage
from inspector.core.json.document import JsonDocument, JsonNode, Kind
from inspector.core.json.text import BYTE_ORDER_MARK, JsonFault, parse_body

MOST_MESSAGES = 10_000
MOST_PAGES = 200
MOST_BYTES = 64 * 2**20
"""Decoded bytes of all pages together."""
_LONGEST_ID = 512


class PromptPages:
    """Takes one page after the other; `next` is the page to ask for, None once there is no more to ask."""

    def __init__(self) -> None:
        self.next: MessagesPage | None = MessagesPage()
        self.room = MOST_BYTES
        self._pages: list[JsonDocument] = []
        self._count = 0
        self._asked: set[str] = set()
        self._sentence = ""

    @property
    def prompt(self) -> Prompt:
        """What has been told of the prompt so far."""
        if not self._pages:
            return PromptUnavailable(self._sentence)
        if not self._count and not self._sentence:
            return PromptMessages(tuple(self._pages), NO_MESSAGES)
        return PromptMessages(tuple(self._pages), self._notice())

    def take(self, outcome: FetchOutcome) -> None:
        """Reads the page that was asked for. Pure, and slow for a large page."""
        self.next = None
        if isinstance(outcome, Failed):
            self._sentence = failure_sentence(outcome.kind)
        elif outcome.status != 200:
            self._sentence = status_sentence(outcome.status)
        else:
            self._read(outcome.body)

    def _read(self, body: bytes) -> None:
        page = parse_body(body.removeprefix(BYTE_ORDER_MARK))
        listed = None if isinstance(page, JsonFault) else listed_in(page)
        if listed is None:
            self._sentence = no_list_sentence(is_json=not isinstance(page, JsonFault))
            return
        self._pages.append(listed.document)
        self._count += listed.count
        self.room -= len(body)
        more = listed.document.root.get("has_more")
        if more is not None and more.kind is Kind.TRUE:
            self._go_on(listed)

    def _go_on(self, listed: JsonNode) -> None:
        last = last_id(listed)
        if self._count >= MOST_MESSAGES or len(self._pages) >= MOST_PAGES or self.room <= 0:
            self._sentence = "There are more, but that is as many as are fetched."
        elif last is None or last in self._asked or not listed.count:
            self._sentence = "The service says that there are more, but not how to ask for them."
        else:
            self._asked.add(last)
            self.next = MessagesPage(last)

    def _notice(self) -> str:
        if not self._sentence:
            return ""
        first = "message of the prompt is" if self._count == 1 else f"{self._count:,} messages of the prompt are"
        return f"Only the first {first} here. {self._sentence}"


def last_id(listed: JsonNode) -> str | None:
    """The ID to ask on from: the one that the page names, or that of its last message."""
    named = listed.document.root.get("last_id")
    if (named is None or named.kind is Kind.NULL) and listed.count:
        named = listed.child(listed.count - 1).get("id")
    if named is None or named.kind is not Kind.STRING or named.end - named.start > _LONGEST_ID:
        return None
    text = named.string
    is_sendable = bool(text) and not any("\ud800" <= char <= "\udfff" for char in text)
    return text if is_sendable else None

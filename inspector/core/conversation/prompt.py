"""What is known of the prompt of a completion, a closed union, and where its messages stand.

The body of a completion holds the answer alone. The service tells the prompt in a list of its own, in pages; some services
send it in the body, as `input_messages`, and that is then used, since it is the fuller form of the two.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from inspector.core.json.document import JsonDocument, JsonNode, Kind

BODY_MEMBER = "input_messages"


@dataclass(frozen=True, slots=True)
class NotAsked:
    """Nobody asked for the prompt."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """The prompt was asked for and has not come yet."""


@dataclass(frozen=True, slots=True)
class PromptMessages:
    """The prompt as the service told it: each page a document over its own bytes, in order.

    `notice` is a sentence on what is missing; empty where the prompt is whole.
    """

    pages: tuple[JsonDocument, ...] = field(repr=False)
    notice: str = ""

    @property
    def messages(self) -> Iterator[JsonNode]:
        """Every entry of every page, of whatever kind it is."""
        for page in self.pages:
            listed = listed_in(page)
            if listed is not None:
                yield from listed.children()

    @property
    def count(self) -> int:
        """How many messages there are."""
        return sum(listed.count for page in self.pages if (listed := listed_in(page)) is not None)

    @property
    def is_whole(self) -> bool:
        return not self.notice


@dataclass(frozen=True, slots=True)
class PromptUnavailable:
    """There is no prompt to show; `sentence` says why."""

    sentence: str


Prompt = NotAsked | Waiting | PromptMessages | PromptUnavailable


def listed_in(page: JsonDocument) -> JsonNode | None:
    """The array of messages in a page: the list's `data`, or the page itself; None where it is no list."""
    listed = page.root if page.root.kind is Kind.ARRAY else page.root.get("data")
    return listed if listed is not None and listed.kind is Kind.ARRAY else None


def messages_in_body(document: JsonDocument | None) -> JsonNode | None:
    """The array of prompt messages that a body carries itself; None where it carries none."""
    carried = document.root.get(BODY_MEMBER) if document is not None else None
    return carried if carried is not None and carried.kind is Kind.ARRAY and carried.count else None

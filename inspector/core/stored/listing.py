"""The list as it comes in pages: what is there, whether there is more, and why not, whatever the server answers.

A page that cannot be used ends the list there: the lines so far stay, and a sentence says why. Nothing goes round for ever:
a page that brings nothing new is the last.
"""

from dataclasses import dataclass, field, replace

from inspector.core.conversation.paging import last_id
from inspector.core.conversation.prompt import listed_in
from inspector.core.exchange import Failed, FailureKind, FetchOutcome, Received, StoredQuery
from inspector.core.json.document import JsonDocument, JsonNode, Kind
from inspector.core.json.text import BYTE_ORDER_MARK, JsonFault, parse_body
from inspector.core.problems.problem import problem_of_answer, problem_of_failure
from inspector.core.problems.server_words import error_text, words_of
from inspector.core.problems.status_words import status_name
from inspector.core.stored.row import StoredRow, read_row

PAGE = 40
MOST_BYTES = 64 * 2**20
"""Decoded bytes of one page."""
MOST_ROWS = 10_000
_NOT_OFFERED = (404, 405, 501)


@dataclass(frozen=True, slots=True)
class Listing:
    """`after` is the ID that the next page follows, None for the first. `sentence` says what is wrong, if anything is;
    `strange` counts entries that are no objects. `limit` is how many are asked for at once: fewer where a page was too large.

    With `has_more` and a sentence the same page may be asked for again, when somebody wants that.
    """

    query: StoredQuery
    rows: tuple[StoredRow, ...] = field(default=(), repr=False)
    after: str | None = None
    has_more: bool = True
    sentence: str = ""
    strange: int = 0
    limit: int = PAGE
    asked: frozenset[str] = field(default=frozenset(), repr=False)

    @property
    def goes_on(self) -> bool:
        """Whether the next page may be asked for without anybody saying so."""
        return self.has_more and not self.sentence

    @property
    def notice(self) -> str:
        """What is to be said of the lines that are there."""
        unfit, said = sum(not row.fits for row in self.rows), []
        if unfit:
            some = "None" if unfit == len(self.rows) else f"Only {len(self.rows) - unfit:,} of {len(self.rows):,}"
            said.append(f"{some} of these have the metadata that were asked for: this server does not filter by them.")
        if self.strange:
            entries = "entry of the list is" if self.strange == 1 else "entries of the list are"
            said.append(f"{self.strange:,} {entries} no completion.")
        return " ".join(said)

    def stopped(self, sentence: str) -> "Listing":
        """The same, to go on with when somebody wants that."""
        return replace(self, sentence=sentence)

    def taking(self, outcome: FetchOutcome) -> "Listing":
        """The list with the page that was asked for. Pure, and slow for a large page."""
        if isinstance(outcome, Failed) and outcome.kind is FailureKind.TOO_LARGE and self.limit > 1:
            return replace(self, limit=max(1, self.limit // 8))
        if isinstance(outcome, Failed):
            return self.stopped(problem_of_failure(outcome).message)
        page = parse_body(outcome.body.removeprefix(BYTE_ORDER_MARK))
        document, fault = (None, page) if isinstance(page, JsonFault) else (page, None)
        if outcome.status in _NOT_OFFERED:
            return self._refused(outcome, document)
        if document is None or not 200 <= outcome.status < 300:
            problem = problem_of_answer(outcome, document, fault)
            assert problem is not None  # noqa: S101 - neither a refusal nor a body that is no JSON can be meant as an answer
            return self.stopped(problem.message)
        listed = listed_in(document)
        return self.stopped(_no_list(outcome, document)) if listed is None else self._with(listed)

    def _refused(self, received: Received, document: JsonDocument | None) -> "Listing":
        status = status_name(received.status, received.reason)
        if self.rows:
            said = words_of(received, document).sentence
            return self.stopped(f"The server did not give out the next page ({status}). {said}")
        sentence = f"This server does not list stored completions ({status}). With an ID, one can still be fetched."
        return replace(self, has_more=False, sentence=sentence)

    def _with(self, listed: JsonNode) -> "Listing":
        known = {row.id for row in self.rows if row.id}
        rows, strange = list(self.rows), 0
        for entry in listed.children(0, MOST_ROWS):
            row = read_row(entry, self.query)
            strange += entry.kind is not Kind.OBJECT
            if entry.kind is Kind.OBJECT and row.id not in known:
                rows.append(row)
                known |= {row.id} - {""}
        taken = replace(self, sentence="", rows=tuple(rows[:MOST_ROWS]), has_more=False, strange=self.strange + strange)
        if len(rows) >= MOST_ROWS:
            return taken.stopped("That is as many as are listed here. Ask by model or metadata to see others.")
        after, is_said = _way_on(listed, self.limit)
        if after is not None and after not in self.asked and len(rows) > len(self.rows):
            return replace(taken, after=after, has_more=True, asked=self.asked | {after})
        return taken.stopped("The server says that there are more, but not how to ask for them.") if is_said else taken


def _way_on(listed: JsonNode, limit: int) -> tuple[str | None, bool]:
    """The ID to ask on from, and whether the server says that there are more. Where it does not say, a full page is a hint."""
    flag = listed.document.root.get("has_more")
    is_said = flag is not None and flag.kind is Kind.TRUE
    return (last_id(listed) if is_said or (flag is None and listed.count >= limit) else None), is_said


def _no_list(received: Received, document: JsonDocument) -> str:
    if document.root.kind is Kind.OBJECT and error_text(document.root):
        return f"The server answered with an error instead of a list. {words_of(received, document).sentence}"
    return "What came is JSON, but no list of completions."

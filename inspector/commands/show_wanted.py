"""What `show` is to report on: completions by their IDs, and saved files."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from inspector.commands.console import Console
from inspector.commands.show_options import STANDARD_INPUT, ShowOptions
from inspector.core.candidates import Candidate, counted, decoded, find_candidates
from inspector.core.id_pattern import IdPattern, read_id_pattern
from inspector.core.inputs import CompletionId, Refused, read_completion_id
from inspector.core.schemas.tool_schemas import ToolSchemas
from inspector.gateways.files import LIMIT_BYTES, read_response_file

_NOTHING = "There is nothing to show. Give a completion ID, a text that holds one, or a file: sudo-inspector show chatcmpl-abc123"

_NONE_FOUND = "No completion ID was found in the text. An ID alone is taken as it stands: give it without the rest."


@dataclass(frozen=True, slots=True)
class SavedFile:
    """The bytes of a file; `path` is `-` for standard input."""

    path: str
    body: bytes


Wanted = CompletionId | SavedFile


def tools_of(options: ShowOptions, console: Console) -> ToolSchemas | Refused | None:
    """The tool schemas that were named; None where the body's own are to be used."""
    if options.tools is None:
        return None
    data = _read(options.tools, console)
    if isinstance(data, Refused):
        return data
    try:
        read = ToolSchemas.read(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return Refused(f"The tool schemas in {options.tools} are not text in UTF-8.")
    return Refused(f"In {options.tools}: {read.sentence}") if isinstance(read, Refused) else read


def wanted(options: ShowOptions, console: Console, most_bytes: int, id_pattern: str) -> list[Wanted | Refused]:
    """The completions and then the files, in order; a `Refused` stands where something cannot be used.

    `id_pattern` is the profile's own; one that is no expression is passed over, with a word on it.
    """
    pattern = read_id_pattern(id_pattern)
    if isinstance(pattern, Refused):
        console.complain(f"The profile's ID pattern is not used. {pattern.sentence}")
        pattern = None
    asked: list[Wanted | Refused] = [find for text in options.texts for find in _ids_in(text, console, pattern)]
    if not options.texts and not options.files:
        asked += _ids_of_input(console, pattern)
    return [*asked, *_files(options.files, console, most_bytes)]


def _ids_of_input(console: Console, pattern: IdPattern | None) -> Iterator[CompletionId | Refused]:
    if console.stdin.isatty():
        yield Refused(_NOTHING)
        return
    data = console.read()
    if isinstance(data, Refused):
        yield data
    else:
        yield from _ids_in(decoded(data), console, pattern)


def _ids_in(text: str, console: Console, pattern: IdPattern | None) -> Iterator[CompletionId | Refused]:
    """The IDs of a text; what is left out of them, and what was not asked for, is said on standard error."""
    found = find_candidates(text, pattern)
    for candidate in found.candidates:
        if candidate.is_completion:
            if candidate.note:
                console.complain(f"“{candidate.text}”: {candidate.why}.")
            yield read_completion_id(candidate.text)
    if found.note:
        console.complain(found.note)
    if not found.candidates:
        yield Refused(_NONE_FOUND if text.strip() else _NOTHING)
    elif not found.completions:
        yield Refused(_explained(found.others))
    elif found.others:
        console.complain(f"Not fetched, as they name no completions: {counted(found.others)}.")


def _explained(others: list[Candidate]) -> str:
    first = others[0]
    more = f" There are only such in the text: {counted(others)}." if len(others) > 1 else ""
    return f"“{first.name}” {first.refusal}, so nothing was fetched.{more}"


def _files(paths: Iterable[str], console: Console, most_bytes: int) -> Iterator[SavedFile | Refused]:
    for path in paths:
        body = _read(path, console, most_bytes)
        yield body if isinstance(body, Refused) else SavedFile(path, body)


def _read(path: str, console: Console, most_bytes: int = LIMIT_BYTES) -> bytes | Refused:
    return console.read(most_bytes) if path == STANDARD_INPUT else read_response_file(Path(path), most_bytes)

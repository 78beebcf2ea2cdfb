"""What `show` is to report on: completions by their IDs, and saved files."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from inspector.commands.console import Console
from inspector.commands.show_options import STANDARD_INPUT, ShowOptions
from inspector.core.candidates import find_candidates
from inspector.core.inputs import CompletionId, Refused, read_completion_id
from inspector.core.schemas.tool_schemas import ToolSchemas
from inspector.gateways.files import LIMIT_BYTES, read_response_file

_NOTHING = "There is nothing to show. Give a completion ID, a text that holds one, or a file: sudo-inspector show chatcmpl-abc123"


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


def wanted(options: ShowOptions, console: Console, most_bytes: int) -> list[Wanted | Refused]:
    """The completions and then the files, in order; a `Refused` stands where something cannot be used."""
    texts = [find for text in options.texts for find in _ids_in(text)]
    if not options.texts and not options.files:
        texts = list(_ids_of_input(console))
    return [*texts, *_files(options.files, console, most_bytes)]


def _ids_of_input(console: Console) -> Iterator[CompletionId | Refused]:
    if console.stdin.isatty():
        yield Refused(_NOTHING)
        return
    data = console.read()
    if isinstance(data, Refused):
        yield data
        return
    lines = data.decode("utf-8", "replace").split("\n")
    bare = [line.strip() for line in lines if line.strip()]
    if bare and all(_looks_bare(line) for line in bare):
        yield from (read_completion_id(line) for line in bare)
    else:
        yield from _ids_in("\n".join(lines))


def _looks_bare(line: str) -> bool:
    """Whether a line of input is an ID and nothing else, so that a list of IDs needs no searching."""
    return line.isascii() and all(char.isalnum() or char in "-_.:" for char in line)


def _ids_in(text: str) -> Iterator[CompletionId | Refused]:
    """The IDs of a text; what names something else is told only where nothing better is found."""
    found = find_candidates(text).candidates
    ids = [candidate for candidate in found if candidate.is_completion]
    if ids:
        yield from (read_completion_id(candidate.text) for candidate in ids)
    elif found:
        first = found[0]
        yield Refused(f"“{first.text}” {first.kind.refusal}, so nothing was fetched.")
    elif not text.strip():
        yield Refused(_NOTHING)
    else:
        yield Refused(
            "No completion ID was found in the text. An ID alone is taken as it stands: give it without the rest."
        )


def _files(paths: Iterable[str], console: Console, most_bytes: int) -> Iterator[SavedFile | Refused]:
    for path in paths:
        body = _read(path, console, most_bytes)
        yield body if isinstance(body, Refused) else SavedFile(path, body)


def _read(path: str, console: Console, most_bytes: int = LIMIT_BYTES) -> bytes | Refused:
    return console.read(most_bytes) if path == STANDARD_INPUT else read_response_file(Path(path), most_bytes)

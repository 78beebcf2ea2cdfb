"""`sudo-inspector show`: fetches completions or opens files, and writes a report of each. No window, no Qt.

Exit status: 0 shown; 1 shown, and a finding reached `--fail-on`; 2 wrong usage, unreadable input or no room for the output;
3 not fetched. Of several the worst. Reports go to standard output, and why something is not shown to standard error.
"""

import time
from collections.abc import Iterable, Iterator, Mapping

from inspector.commands.console import Console, OutputLostError
from inspector.commands.fetching import Fetching, Terms
from inspector.commands.show_options import ShowOptions
from inspector.commands.show_reports import Reports
from inspector.commands.show_wanted import SavedFile, Wanted, tools_of, wanted
from inspector.core.case_file import inspect_saved_file
from inspector.core.findings import Severity
from inspector.core.inputs import CompletionId, Refused
from inspector.core.inspection import Inspection
from inspector.core.places import chosen_place
from inspector.core.preferences import Preferences
from inspector.core.report.facts import not_json_sentence
from inspector.core.report.layout import sentence
from inspector.core.rules import ALL_RULES
from inspector.core.schemas.tool_schemas import ToolSchemas
from inspector.usecases.ports import KeyStore

SHOWN, FOUND, UNREADABLE, NOT_FETCHED, INTERRUPTED = 0, 1, 2, 3, 130
_REACHING = {"error": (Severity.ERROR,), "warning": (Severity.ERROR, Severity.WARNING), "never": ()}


def run(
    options: ShowOptions,
    console: Console,
    *,
    environ: Mapping[str, str],
    key_store: KeyStore,
    preferences: Preferences,
) -> int:
    """Shows everything that `options` ask for; returns the exit status."""
    try:
        return _run(options, console, environ, key_store, preferences)
    except KeyboardInterrupt:
        console.complain("Interrupted.")
        return INTERRUPTED
    except OutputLostError as error:
        console.complain(str(error))
        return UNREADABLE


def _run(
    options: ShowOptions,
    console: Console,
    environ: Mapping[str, str],
    key_store: KeyStore,
    preferences: Preferences,
) -> int:
    if options.list_rules:
        console.write(_rules())
        return SHOWN
    place = chosen_place(preferences, options.profile, options.base_url)
    if isinstance(place, Refused):
        return _refuse(place, console)
    tools = tools_of(options, console)
    if isinstance(tools, Refused):
        return _refuse(tools, console)
    terms = Terms(
        *place, environ, key_store, options.timeout, tools, options.demo, options.messages, preferences.most_bytes
    )
    with Fetching(terms) as fetching:
        return _show(
            list(_works(wanted(options, console, preferences.most_bytes, place[0].id_pattern), tools)),
            fetching,
            options,
            console,
            environ,
        )


def _works(
    asked: Iterable[Wanted | Refused], tools: ToolSchemas | None
) -> Iterator[CompletionId | Inspection | Refused]:
    """What each thing asked for comes to: files are inspected here, a case file case by case."""
    now = time.time()
    for each in asked:
        if not isinstance(each, SavedFile):
            yield each
            continue
        yield from inspect_saved_file(each.body, each.path, now, tools)


def _show(
    works: list[CompletionId | Inspection | Refused],
    fetching: Fetching,
    options: ShowOptions,
    console: Console,
    environ: Mapping[str, str],
) -> int:
    """One report after another; returns the worst status."""
    colour = console.wants_colour(environ)
    reports = Reports(console, options, several=len(works) > 1, colour=colour, now=time.time())
    worst = SHOWN
    for work in works:
        if isinstance(work, Refused):
            worst = max(worst, _refuse(work, console))
            continue
        inspection = fetching.fetch(work) if isinstance(work, CompletionId) else work
        told = reports.add(inspection)
        worst = max(worst, _status(told, options.fail_on, console))
    reports.finish()
    return worst


def _status(inspection: Inspection, fail_on: str, console: Console) -> int:
    """The status of one report; says on standard error why nothing was fetched or could be read."""
    named = inspection.requested or inspection.source.path
    lead = f"{named}: " if named else ""
    if inspection.problem is not None:
        console.complain(lead + inspection.problem.message)
        return NOT_FETCHED
    if inspection.fault is not None:
        console.complain(lead + not_json_sentence(inspection.body, inspection.fault))
        return UNREADABLE
    return FOUND if inspection.worst in _REACHING[fail_on] else SHOWN


def _refuse(refused: Refused, console: Console) -> int:
    console.complain(refused.sentence)
    return UNREADABLE


def _rules() -> str:
    """Every rule: how much it matters, its ID, what it finds and why that is worth knowing."""
    lines = []
    for rule in ALL_RULES:
        lines += [f"{rule.id}  ({rule.severity.word})", sentence(f"{rule.title}."), sentence(rule.why), ""]
    return "\n".join(lines)

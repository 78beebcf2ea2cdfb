"""A text that is a list of IDs and nothing else: a quoted list, a list with commas, a column of a sheet.

In quotes anything is an ID, and so is a single word in each of several lines; bare words side by side are IDs only if all of them
look it, since otherwise every sentence would be a list.
"""

import re

from inspector.core.ids.kinds import Candidate, Evidence, IdKind, by_looks, evidence_of_looks, looks_made

_OPENING = re.compile(r"\s*+[\[({]?")
_ITEM = re.compile(
    r"(?P<gap>[\s,;|]*+)"
    r"(?:\\?[\"'`“”‘’](?P<quoted>[^\"'`“”‘’\\\s]{1,600}+)\\?[\"'`“”‘’]|(?P<bare>[A-Za-z0-9](?:[A-Za-z0-9_~+-]++|[.:](?=[A-Za-z0-9]))*))"
    r"(?P<dot>\.?)(?=[\s,;|\])}]|\Z)"
)
_CLOSING = re.compile(r"[\s,;.|]*+[\])}]?[\s,;.]*+\Z")


def listed(text: str) -> list[Candidate]:
    """The items of the list that the whole text is, empty where it is something else."""
    opening = _OPENING.match(text)
    at = opening.end() if opening is not None else 0
    marks: list[Candidate] = []
    in_lines, all_look_it = True, True
    while item := _ITEM.match(text, at):
        in_lines = in_lines and (not marks or "\n" in item["gap"])
        group = "quoted" if item["quoted"] else "bare"
        mark, looks_it = _mark(item, group)
        all_look_it = all_look_it and looks_it
        if not (in_lines or all_look_it):
            return []
        marks.append(mark)
        at = item.end()
    if not _CLOSING.match(text, at):
        return []
    return marks if all_look_it or len(marks) > 1 else []


def _mark(item: re.Match[str], group: str) -> tuple[Candidate, bool]:
    """An item, and whether it looks like an ID."""
    found = item[group]
    note = f"without the “{item['dot']}” behind it" if item["dot"] and group == "bare" else ""
    identity = by_looks(found)
    if identity is None:
        mark = Candidate(*item.span(group), found, IdKind.COMPLETION, "item of a list", Evidence.WEAK, note)
        return mark, group == "quoted" or looks_made(found)
    prefix, kind = identity
    reason = f"starts with {prefix}" if prefix else "item of a list"
    return Candidate(*item.span(group), found, kind, reason, evidence_of_looks(prefix, kind), note), True

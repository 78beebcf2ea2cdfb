"""Writes the reports of `show`, each as soon as it is there, in the form that was asked for."""

from inspector.commands.console import Console
from inspector.commands.show_options import ShowOptions
from inspector.core.inspection import Inspection
from inspector.core.report.html import html_report
from inspector.core.report.json import in_ascii, json_report
from inspector.core.report.markdown import markdown_report
from inspector.core.report.redaction import redacted
from inspector.core.report.text import text_report


class Reports:
    """`several` sets one JSON object a line; `now` is Unix seconds."""

    def __init__(self, console: Console, options: ShowOptions, *, several: bool, colour: bool, now: float) -> None:
        self._console = console
        self._form = options.format
        self._redact = options.redact
        self._several = several
        self._colour = colour
        self._now = now
        self._begun = False
        self._held: list[Inspection] = []

    def add(self, inspection: Inspection) -> Inspection:
        """Writes one report, or holds it until `finish` where all share a page; returns what was told of the inspection."""
        told = redacted(inspection) if self._redact else inspection
        match self._form:
            case "html":
                self._held.append(told)
            case "json":
                self._write_json(json_report(told, indented=not self._several))
            case "markdown":
                self._write_next(markdown_report(told, self._now), between="\n---\n\n")
            case _:
                self._write_next(text_report(told, self._now, colour=self._colour), between="\n\n")
        return told

    def finish(self) -> None:
        if self._held:
            self._console.write(html_report(self._held, self._now), escapes="xmlcharrefreplace")

    def _write_json(self, report: str) -> None:
        self._console.write((report if self._console.holds_all else in_ascii(report)) + "\n")

    def _write_next(self, report: str, *, between: str) -> None:
        self._console.write(between + report if self._begun else report)
        self._begun = True

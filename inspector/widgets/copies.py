"""Copies the selected row, the way to it, or what the answer was asked with. All texts come from the model."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from inspector.widgets.plain import copy_text

if TYPE_CHECKING:
    from inspector.core.notations import Path
    from inspector.core.outline.row import Row
    from inspector.viewmodels.content_reader import ContentReader
    from inspector.viewmodels.session import Session
    from inspector.widgets.main_window import MainWindow


class Copies(QObject):
    """The slots behind Edit › Copy as. Values may be long, so they are made in the background."""

    def __init__(self, session: Session, contents: ContentReader, window: MainWindow) -> None:
        super().__init__(window)
        self._session = session
        self._contents = contents
        self._window = window

    def copy_pointer(self) -> None:
        from inspector.core.notations import json_pointer

        self._copy_path(json_pointer, "the empty pointer of the whole answer")

    def copy_json_path(self) -> None:
        from inspector.core.notations import json_path

        self._copy_path(json_path)

    def copy_jq(self) -> None:
        from inspector.core.notations import jq

        self._copy_path(jq)

    def copy_python(self) -> None:
        from inspector.core.notations import python

        self._copy_path(python)

    def copy_value(self) -> None:
        """As a person reads it: a string decoded."""
        from inspector.core.readings.copied import copied_value

        self._copy_made(copied_value)

    def copy_pretty(self) -> None:
        from inspector.core.readings.copied import copied_pretty

        self._copy_made(copied_pretty)

    def copy_raw(self) -> None:
        from inspector.core.readings.copied import copied_raw

        self._copy_made(copied_raw)

    def copy_curl(self) -> None:
        from inspector.core.curl import curl_line

        inspection = self._session.inspection
        if inspection is not None and inspection.source.url is not None:
            told = "Copied the request for a shell; the key is taken from $SUDO_API_KEY."
            self._window.say(copy_text(curl_line(inspection.source.url), told))

    def copy_request_id(self) -> None:
        from inspector.core.report.facts import request_id

        inspection = self._session.inspection
        named = request_id(inspection) if inspection is not None else None
        if named is not None:
            self._window.say(copy_text(named, "Copied the request ID."))

    def _copy_path(self, written: Callable[[Path], str], empty: str = "") -> None:
        from inspector.core.notations import path_of
        from inspector.core.visible_text import one_line

        row = self._window.structure.current_row
        if row is not None:
            text = written(path_of(row))
            self._window.say(copy_text(text, f"Copied {one_line(text, 300) or empty}."))

    def _copy_made(self, made: Callable[[Row], str]) -> None:
        row = self._window.structure.current_row
        if row is not None:
            self._contents.read("copy", partial(made, row), self._on_made)

    def _on_made(self, text: str) -> None:
        self._window.say(copy_text(text, f"Copied {len(text):,} characters."))

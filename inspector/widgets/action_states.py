"""Which actions make sense now: one table by what they need, asked again at each change of the state or of the row."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from inspector.viewmodels.session_state import KeyMissing, Shown
from inspector.widgets.named_actions import named_actions

if TYPE_CHECKING:
    from inspector.viewmodels.session import Session
    from inspector.widgets.main_window import MainWindow


class ActionStates(QObject):
    """Greys what would do nothing."""

    def __init__(self, session: Session, window: MainWindow) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        needs: dict[str, Callable[[], bool]] = {
            "Save the body as received…": self._has_body,
            "Fetch again": self._can_ask_again,
            "Compare with…": self._is_checked,
            "Find…": self._has_row,
            "Find next": self._has_row,
            "Find previous": self._has_row,
            "Copy the view as sent": self._has_row,
            "Copy the JSON Pointer": self._has_row,
            "Open all below the row": self._has_row,
            "JSONPath": self._has_row,
            "jq": self._has_row,
            "Python": self._has_row,
            "Value": self._has_value,
            "Value, laid out": self._has_value,
            "Value, as sent": self._has_value,
            "cURL": self._has_url,
            "Request ID": self._has_request_id,
        }
        actions = {entry.name: entry.action for entry in named_actions(window)}
        self._pause, self._retry = actions["Pause the batch, or go on"], actions["Retry what failed"]
        self._needs = [(actions[name], need) for name, need in needs.items()]
        session.changed.connect(self.look)
        session.checks_ended.connect(self.look)
        self._filter, self._find_in_all = actions["To the filter"], actions["Find in all completions…"]
        session.batch.changed.connect(self._look_at_batch)
        session.entries_changed.connect(self._look_at_list)
        window.structure.chosen.connect(self.look)
        self.look()
        self._look_at_batch()
        self._look_at_list()

    def look(self) -> None:
        for action, need in self._needs:
            action.setEnabled(need())

    def _look_at_batch(self) -> None:
        """Apart from the rest, since a batch changes many times a second."""
        self._pause.setEnabled(self._session.batch.is_open)
        self._retry.setEnabled(self._session.batch.can_retry)

    def _look_at_list(self) -> None:
        self._filter.setEnabled(len(self._session.entries) > 1)
        self._find_in_all.setEnabled(bool(self._session.entries))

    def _has_body(self) -> bool:
        return self._session.inspection is not None

    def _is_checked(self) -> bool:
        return self._session.inspection is not None and not self._session.inspection.checks.value

    def _can_ask_again(self) -> bool:
        return isinstance(self._session.state, Shown | KeyMissing)

    def _has_row(self) -> bool:
        return self._window.structure.current_row is not None

    def _has_value(self) -> bool:
        row = self._window.structure.current_row
        return row is not None and row.node is not None

    def _has_url(self) -> bool:
        inspection = self._session.inspection
        return inspection is not None and inspection.source.url is not None

    def _has_request_id(self) -> bool:
        inspection = self._session.inspection
        if inspection is None:
            return False
        from inspector.core.report.facts import request_id

        return request_id(inspection) is not None

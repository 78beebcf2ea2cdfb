"""The way back and forward through what was opened in this run. What is kept is shown again, nothing is fetched for it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from inspector.core.visits import Visits
from inspector.viewmodels.session import Session
from inspector.viewmodels.session_state import Shown, Working


class History(QObject):
    """`changed` tells that the ways are others now, `visited` that an answer is shown which was not shown just before.

    Where a step leads is where the next one starts, even before it is there: two steps at once go two places.
    """

    changed = Signal()
    visited = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._visits = Visits()
        self._wanted: int | None = None
        session.changed.connect(self._on_state_changed)

    @property
    def can_go_back(self) -> bool:
        return self._back >= 0

    @property
    def can_go_forward(self) -> bool:
        return self._forward < len(self._visits.subjects)

    def back(self) -> None:
        """Shows what was shown before; what was shown last where now there is only a sentence."""
        if self.can_go_back:
            self._go(self._back)

    def forward(self) -> None:
        if self.can_go_forward:
            self._go(self._forward)

    @property
    def _back(self) -> int:
        if self._wanted is not None:
            return self._wanted - 1
        return self._visits.at - isinstance(self._session.state, Shown)

    @property
    def _forward(self) -> int:
        return (self._visits.at if self._wanted is None else self._wanted) + 1

    def _go(self, place: int) -> None:
        entry = self._session.completions.get(self._visits.subjects[place])
        if entry is not None:
            self._wanted = place
            self._session.show(entry)
            self.changed.emit()

    def _on_state_changed(self) -> None:
        state = self._session.state
        wanted = None if self._wanted is None else self._visits.subjects[self._wanted]
        if isinstance(state, Shown):
            self._on_shown(self._session.subject, wanted)
        elif not isinstance(state, Working) or state.subject != wanted:
            self._wanted = None
        self.changed.emit()

    def _on_shown(self, subject: str, wanted: str | None) -> None:
        before, place = self._visits, self._wanted
        self._wanted = None
        self._visits = before.to(place) if place is not None and subject == wanted else before.visiting(subject)
        if self._visits != before:
            self.visited.emit()

"""What was opened in a run, in order, and where in that order somebody stands: the way back and forward."""

from dataclasses import dataclass, replace

_MOST = 1_000


@dataclass(frozen=True, slots=True)
class Visits:
    """`at` is the place in `subjects` that is shown, or was shown last; -1 before anything was."""

    subjects: tuple[str, ...] = ()
    at: int = -1

    @property
    def subject(self) -> str | None:
        return self.subjects[self.at] if self.subjects else None

    def to(self, place: int) -> "Visits":
        """The same, from another place."""
        return replace(self, at=place)

    def visiting(self, subject: str) -> "Visits":
        """Something is opened from here: what lay ahead is given up, as in a browser. Opened again, it is one visit."""
        if subject == self.subject:
            return self
        kept = (*self.subjects[: self.at + 1], subject)[-_MOST:]
        return Visits(kept, len(kept) - 1)

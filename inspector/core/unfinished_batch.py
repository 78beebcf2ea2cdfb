"""What is left of a batch when the program ends: IDs and the name of a profile, so that it can go on. Never contents."""

from collections.abc import Iterable
from dataclasses import dataclass

from inspector.core.inputs import Refused, read_completion_id

MOST_BYTES = 64 * 2**20


@dataclass(frozen=True, slots=True)
class UnfinishedBatch:
    """`left` are the IDs of `profile` that have not come, of `total`."""

    profile: str
    total: int
    left: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """What is offered at the next start."""
        came = self.total - len(self.left)
        return f"A batch of {self.total:,} completions was interrupted at {came:,}."


def written(batch: UnfinishedBatch) -> bytes:
    """The text for the file."""
    import json

    return json.dumps({"profile": batch.profile, "total": batch.total, "left": batch.left}).encode() + b"\n"


def read_unfinished(data: bytes) -> UnfinishedBatch | None:
    """The batch in the file's text; None where it is damaged, or nothing is left. What is no ID is passed over."""
    import json

    try:
        given = json.loads(data)
    except (ValueError, RecursionError):
        return None
    match given:
        case {"profile": str(profile), "total": int(total), "left": list(texts)}:
            left = tuple(dict.fromkeys(_ids(texts)))
            return UnfinishedBatch(profile, max(total, len(left)), left) if left else None
        case _:
            return None


def _ids(texts: Iterable[object]) -> Iterable[str]:
    for text in texts:
        read = read_completion_id(text) if isinstance(text, str) else None
        if read is not None and not isinstance(read, Refused):
            yield read.text

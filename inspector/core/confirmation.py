"""What is told before several completions are fetched: how many, what of the text is left out, and why."""

from dataclasses import dataclass

from inspector.core.candidates import Found, counted


@dataclass(frozen=True, slots=True)
class Confirmation:
    """The words about what was found in a text; `total` is how many completions it names."""

    total: int
    _rest: str

    @classmethod
    def of(cls, found: Found) -> "Confirmation":
        completions, others = found.completions, found.others
        rest = []
        if found.repeats:
            rest.append(f"They are mentioned in {_places(found.repeats)}, and each is fetched once.")
        if others:
            rest.append(_left_out(len(others), counted(others)))
        return cls(len(completions), " ".join([*rest, *filter(None, [found.note])]))

    def sentence(self, checked: int) -> str:
        """What happens if it is agreed to now, with `checked` of the completions."""
        if checked == self.total:
            begun = f"{self.total:,} completions will be fetched."
        elif checked:
            begun = f"{checked:,} of {self.total:,} completions will be fetched."
        else:
            begun = f"None of the {self.total:,} completions will be fetched: check those that are wanted."
        return f"{begun} {self._rest}".rstrip()


def _left_out(count: int, kinds: str) -> str:
    if count == 1:
        return f"1 other ID is left out, as it does not name a completion: {kinds}."
    return f"{count:,} other IDs are left out, as they do not name completions: {kinds}."


def _places(count: int) -> str:
    return "one more place" if count == 1 else f"{count:,} more places"

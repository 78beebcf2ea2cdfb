"""How well a few typed words fit a name: all of them must be in it, in any order."""


def misfit(words: str, path: str) -> tuple[int, int] | None:
    """The smaller the better; None where a word is missing. `path` ends with the name, parts apart by ` › `."""
    wanted = words.casefold().split()
    folded = path.casefold()
    name = folded.rpartition(" › ")[2]
    if not all(word in folded for word in wanted):
        return None
    return sum(_distance(word, name, folded) for word in wanted), int(not name.startswith(" ".join(wanted)))


def _distance(word: str, name: str, folded: str) -> int:
    if any(part.startswith(word) for part in name.split()):
        return 0
    if word in name:
        return 1
    return 2 if any(part.startswith(word) for part in folded.split()) else 3

"""How well a few typed words fit a name: all of them must be in it, in any order."""


def misfit(words: str, path: str) -> tuple[int, int, int] | None:
    """The smaller the better, below 0 for the whole path; None where a word is missing.

    `path` ends with the name, parts apart by ` › `. Of two that fit alike the one in fewer menus is the better.
    """
    wanted = words.casefold().split()
    folded = path.casefold()
    name = folded.rpartition(" › ")[2]
    if not all(word in folded for word in wanted):
        return None
    if " ".join(wanted) == folded:
        return -1, 0, 0
    return (
        sum(_distance(word, name, folded) for word in wanted),
        int(not name.startswith(" ".join(wanted))),
        folded.count(" › "),
    )


def _distance(word: str, name: str, folded: str) -> int:
    if any(part.startswith(word) for part in name.split()):
        return 0
    if word in name:
        return 1
    return 2 if any(part.startswith(word) for part in folded.split()) else 3

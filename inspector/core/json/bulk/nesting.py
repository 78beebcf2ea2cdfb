"""Which bracket closes which, and what each container stands in, for the brackets of one piece of a text."""

from dataclasses import dataclass

import numpy as np

from inspector.core.json.bulk.tokens import OBJECT, Bytes, Flags, Places, UnfitError

_DEEPEST = 30_000


@dataclass(frozen=True, slots=True)
class Containers:
    """Containers that are open, from the outermost: what kind each is, as a token, and its row."""

    classes: Bytes
    rows: Places

    @classmethod
    def none(cls) -> "Containers":
        """Those at the beginning of a text."""
        return cls(np.empty(0, np.uint8), np.empty(0, np.intp))


@dataclass(frozen=True, slots=True)
class Nesting:
    """Containers are known by number: first those open before the piece, then those that its brackets open.

    `inner` is the innermost container that is open before the first bracket and after each; -1 stands for none, and comes
    last in `rows` and `classes`, the row and the kind of each container, so that it finds -1 and 0 there.
    `closed` are the containers that end here and `closed_by` the brackets, by number, that end them.
    """

    rows: Places
    classes: Bytes
    inner: Places
    closed: Places
    closed_by: Places
    left_open: Containers


def nest(before: Containers, classes: Bytes, opens: Flags, rows: Places) -> Nesting:
    """`classes` are the brackets of the piece, `opens` tells those that open, and `rows` has the rows of these.

    Raises UnfitError where a bracket closes none, or one of the other kind, and where it nests deeper than thirty thousand.
    """
    depth = len(before.rows)
    steps = np.concatenate((np.ones(depth, np.int8), np.where(opens, np.int8(1), np.int8(-1))))
    level = np.cumsum(steps, dtype=np.intp)
    left = int(level[-1]) if len(level) else 0
    if len(level) and (level.min() < 0 or level.max() > _DEEPEST):
        raise UnfitError
    # What stays open is closed behind the piece, so that at each level opening and closing brackets alternate.
    level = np.concatenate((level + (steps < 0), np.arange(left, 0, -1)))
    order = np.argsort(level.astype(np.int16), kind="stable")
    opening, closing = order[0::2], order[1::2]
    all_classes = np.concatenate((before.classes, classes, np.empty(left, np.uint8)))
    is_closed = closing < depth + len(classes)
    if (all_classes[closing[is_closed]] != all_classes[opening[is_closed]] + 1).any():
        raise UnfitError
    number = np.cumsum(steps > 0) - 1
    containers = number[opening]
    around = _around(level, opening)
    after = np.empty(len(order), np.intp)
    after[opening] = containers
    after[closing] = np.where(around < 0, -1, number[around])
    still = np.sort(containers[~is_closed])
    kinds = np.append(all_classes[: len(steps)][steps > 0], np.uint8(0))
    where = np.append(np.concatenate((before.rows, rows)), -1)
    return Nesting(
        rows=where,
        classes=kinds,
        inner=np.append(depth - 1, after[depth : depth + len(classes)]),
        closed=containers[is_closed],
        closed_by=closing[is_closed] - depth,
        left_open=Containers(kinds[still], where[still]),
    )


def is_opening(classes: Bytes) -> Flags:
    """Of brackets: which open."""
    found: Flags = classes % 2 == OBJECT % 2
    return found


def _around(level: Places, opening: Places) -> Places:
    """For opening brackets in the order of their levels: the one that each stands in, -1 for none."""
    levels = level[opening]
    keys = levels << 32 | opening
    above = np.searchsorted(keys, (levels - 1 << 32) | opening) - 1
    found: Places = np.where(levels == 1, -1, opening[np.maximum(above, 0)])
    return found

"""The cheat sheet: what the keys do. It is read off the actions; only keys that are no actions are listed here."""

from __future__ import annotations

from collections.abc import Iterable

from inspector.widgets.named_actions import NamedAction

OTHER_KEYS = (
    ("Enter in the ID field", "Fetch"),
    ("Enter / Shift+Enter in the search", "Next / previous hit"),
    ("Esc in the search", "Close it"),
    ("Esc in the filter", "Clear it, or leave it where it is empty"),
    ("Down / Ctrl+Space in the filter", "What can be written there"),
    ("Enter / F5 in the stored completions", "Fetch what is selected / list them again"),
    ("Enter in the findings", "Go to the place of the finding"),
    ("Enter in the raw body", "Select the value at the cursor in the tree"),
    ("Right / Left / Enter in a comparison", "Open / fold / open or fold what differs as expected"),
    ("Ctrl+Up / Ctrl+Down in the conversation", "Previous / next turn"),
    ("Home / End in the conversation", "First / last turn"),
    ("Enter in the conversation", "Show more of a long text in the current turn"),
)


def cheat_sheet(actions: Iterable[NamedAction]) -> list[tuple[str, str]]:
    """Keys, and the action that they run."""
    return [(entry.keys, entry.path) for entry in actions if entry.keys] + list(OTHER_KEYS)

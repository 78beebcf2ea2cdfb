"""The cheat sheet: what the keys do."""

SHORTCUTS = (
    ("Enter in the ID field", "Fetch"),
    ("Esc", "Cancel what is under way"),
    ("Ctrl+V outside a text field", "Fetch the IDs in the clipboard"),
    ("Ctrl+L", "Go to the ID field"),
    ("F5", "Fetch again"),
    ("F6 / Shift+F6", "Next / previous pane"),
    ("F8 / Shift+F8", "Next / previous finding"),
    ("Ctrl+1 … Ctrl+7", "Text, Conversation, JSON, Raw, Response, Tokens, Suggestion"),
    ("Ctrl+I", "Show or hide stand-ins for invisible characters"),
    ("Ctrl+Up / Ctrl+Down in the conversation", "Previous / next turn"),
    ("Home / End in the conversation", "First / last turn"),
    ("Enter in the conversation", "Show more of a long text in the current turn"),
    ("Ctrl+M", "Render the Markdown of the message that is shown, or not"),
    ("Alt+Z", "Wrap long lines, or not"),
    ("Ctrl+Shift+C", "Copy the JSON Pointer of the selected row"),
    ("Ctrl+Alt+C", "Copy the whole view as sent"),
    ("Ctrl+O / Ctrl+S", "Open a saved response / save the body as received"),
    ("Ctrl+T", "Load tool schemas to check calls against"),
    ("Ctrl+,", "API key"),
    ("F1", "This list"),
)

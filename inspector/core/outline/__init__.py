"""The structure tree of one answer, and its summary."""

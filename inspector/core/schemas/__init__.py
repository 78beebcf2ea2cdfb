"""Arguments held against the tools that were offered."""

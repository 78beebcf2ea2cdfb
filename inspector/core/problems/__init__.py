"""Why there is no completion to show, in words."""

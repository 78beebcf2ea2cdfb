"""Two completions held against each other."""

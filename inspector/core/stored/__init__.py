"""The list of stored completions that the service gives to people who have no ID."""

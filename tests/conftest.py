"""Shared by all tests: no test may reach the developer's own settings or keyring."""

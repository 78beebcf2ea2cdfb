"""Sudo completion inspector: fetch a chat completion by its ID and see what really came back."""

__version__ = "0.1.0"

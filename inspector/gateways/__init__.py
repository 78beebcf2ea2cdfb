"""The outside world: each foreign thing in one module."""

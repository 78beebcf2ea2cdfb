"""Markdown as blocks of text, for whoever asks to see a message rendered."""

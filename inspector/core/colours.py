"""The names of the colours that people can give to what they want to tell apart; the themes know what they look like."""

COLOURS = ("red", "amber", "green", "blue", "violet")

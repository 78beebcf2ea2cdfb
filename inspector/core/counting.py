"""One rule for numbers that people read: in words choices, calls, messages and turns are counted from 1.

An address counts from 0, as its standard does: JSON Pointer and the other notations, the rows of a list in brackets, and the
`index` that the service sends. So “Choice 1” stands at `/choices/0`, and the first message of the prompt is turn 1.
"""


def nth(place: int) -> str:
    """The number in words of what is at `place`, which counts from 0."""
    return f"{place + 1:,}"

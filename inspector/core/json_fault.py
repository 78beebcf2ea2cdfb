"""Where a text stops being JSON, in the units people use: code points, lines and columns, and a sentence."""

from dataclasses import dataclass

from inspector.core.json_text import JsonFault


@dataclass(frozen=True, slots=True)
class TextFault:
    """`offset` is 0-based in code points, `line` and `column` are 1-based; `message` is a sentence for people."""

    offset: int
    line: int
    column: int
    message: str


def describe(text: str, fault: JsonFault) -> TextFault:
    """The fault of `text`, whose offset counts UTF-8 bytes, in code points."""
    offset = len(text.encode("utf-8", "surrogatepass")[: fault.offset].decode("utf-8", "surrogatepass"))
    line_start = text.rfind("\n", 0, offset) + 1
    found = "the text ends" if offset == len(text) else f"found “{text[offset]}”"
    message = f"Expected {fault.expecting}, {found}."
    return TextFault(offset, text.count("\n", 0, offset) + 1, offset - line_start + 1, message)

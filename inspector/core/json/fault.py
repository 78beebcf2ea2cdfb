"""Where a text stops being JSON, in the units people use: code points, lines and columns, and a sentence."""

from dataclasses import dataclass
from typing import Literal

from inspector.core.json.character_words import name_in_body, name_of_character
from inspector.core.json.fault_words import fault_sentence
from inspector.core.json.viable_prefix import Expecting, JsonFault

Undecodable = Literal["surrogatepass", "surrogateescape"]


@dataclass(frozen=True, slots=True)
class TextFault:
    """`offset` is 0-based in code points, `line` and `column` are 1-based; `message` is a sentence for people.

    `in_string` tells that the text ends, or has a raw control character, inside a string.
    """

    offset: int
    line: int
    column: int
    message: str
    in_string: bool = False

    @property
    def sentence(self) -> str:
        """The message behind the place that it is about."""
        return f"Line {self.line:,}, column {self.column:,}: {self.message}"


def describe(text: str, fault: JsonFault) -> TextFault:
    """The fault of a decoded text, such as tool-call arguments."""
    return _describe(text, fault, "surrogatepass")


def describe_body(body: bytes, fault: JsonFault) -> TextFault:
    """The fault of a response body; each byte that is not UTF-8 counts as one character."""
    return _describe(body.decode("utf-8", "surrogateescape"), fault, "surrogateescape")


def code_points(text: str, *offsets: int, errors: Undecodable = "surrogatepass") -> tuple[int, ...]:
    """The indices of the characters of `text` that stand at these byte offsets of its UTF-8 form."""
    if text.isascii():
        return offsets
    encoded = text.encode("utf-8", errors)
    return tuple(len(encoded[:offset].decode("utf-8", errors)) for offset in offsets)


def _describe(text: str, fault: JsonFault, errors: Undecodable) -> TextFault:
    offset, token = code_points(text, fault.offset, fault.token, errors=errors)
    line_start = text.rfind("\n", 0, offset) + 1
    name_of = name_in_body if errors == "surrogateescape" else name_of_character
    message = fault_sentence(text, fault, offset, token, name_of)
    in_string = fault.expecting is Expecting.STRING_END
    return TextFault(offset, text.count("\n", 0, offset) + 1, offset - line_start + 1, message, in_string)

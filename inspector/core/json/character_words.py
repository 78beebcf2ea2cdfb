"""A character as people call it: quotes and line breaks in words, what cannot be seen by number and name."""

_CONTROLS = (
    "NULL,START OF HEADING,START OF TEXT,END OF TEXT,END OF TRANSMISSION,ENQUIRY,ACKNOWLEDGE,BELL,BACKSPACE,TAB,LINE FEED,"
    "VERTICAL TAB,FORM FEED,CARRIAGE RETURN,SHIFT OUT,SHIFT IN,DATA LINK ESCAPE,DEVICE CONTROL ONE,DEVICE CONTROL TWO,"
    "DEVICE CONTROL THREE,DEVICE CONTROL FOUR,NEGATIVE ACKNOWLEDGE,SYNCHRONOUS IDLE,END OF TRANSMISSION BLOCK,CANCEL,"
    "END OF MEDIUM,SUBSTITUTE,ESCAPE,FILE SEPARATOR,GROUP SEPARATOR,RECORD SEPARATOR,UNIT SEPARATOR"
)
_IN_WORDS = {
    '"': 'a double quote (")',
    "'": "a single quote (')",
    "`": "a backtick (`)",
    "\\": "a backslash (\\)",
    " ": "a space",
    "\n": "a line break (U+000A)",
    "\r": "a carriage return (U+000D)",
    "\t": "a tab (U+0009)",
    "\x7f": "the control character U+007F DELETE",
    "\ufeff": "a byte order mark (U+FEFF)",
}
_UNSEEN = ("Cc", "Cf", "Cn", "Co", "Cs", "Mn", "Me", "Zl", "Zp", "Zs")


def name_of_character(character: str) -> str:
    """One character for a sentence, with its article or in quotes."""
    if character in _IN_WORDS:
        return _IN_WORDS[character]
    if " " < character < "\x7f":
        return f"“{character}”"
    return _name_of_unusual(character)


def name_in_body(character: str) -> str:
    """The same for a body decoded with `surrogateescape`, where U+DC80 to U+DCFF are bytes that are not UTF-8."""
    if "\udc80" <= character <= "\udcff":
        return f"the byte 0x{ord(character) - 0xDC00:02X}, which is not UTF-8"
    return name_of_character(character)


def _name_of_unusual(character: str) -> str:
    import unicodedata

    code, category = ord(character), unicodedata.category(character)
    if category == "Cs":
        return f"half of a surrogate pair (U+{code:04X})"
    name = unicodedata.name(character, "") or _name_of_control(code)
    numbered = f"U+{code:04X} {name}".rstrip()
    if category == "Cc":
        return f"the control character {numbered}"
    if category in _UNSEEN:
        return f"the character {numbered}"
    return f"the character {character} ({numbered})"


def _name_of_control(code: int) -> str:
    return _CONTROLS.split(",")[code] if code < 0x20 else ""

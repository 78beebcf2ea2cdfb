"""The way to a value in the notations that people paste elsewhere: JSON Pointer, JSONPath, jq and Python.

A string that holds JSON, such as the arguments of a call, is decoded on the way: jq and Python say so with `fromjson` and
`json.loads`, the other two name the way to the string and the way from there. Of repeated keys all of them lead to the last.
"""

import re
from dataclasses import dataclass

from inspector.core.outline.outline import ENCODED_PLACE
from inspector.core.outline.row import Row


@dataclass(frozen=True, slots=True)
class Decode:
    """The string that was reached is read as JSON."""


Step = str | int | Decode
"""A key, a position in an array, or the reading of a string."""
Path = tuple[Step, ...]

_JQ_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_JQ_WORDS = re.compile(
    "and|as|catch|def|elif|else|end|foreach|if|import|include|label|module|not|or|reduce|then|try|__loc__"
)
_SHORT = {"\b": r"\b", "\t": r"\t", "\n": r"\n", "\f": r"\f", "\r": r"\r"}


def path_of(row: Row) -> Path:
    """The way from the body to the value of a row; a range of children stands for the whole of them."""
    steps: list[Step] = []
    at: Row | None = row
    while at is not None and at.parent is not None:
        steps += reversed(_steps_to(at, at.parent))
        at = at.parent
    return tuple(reversed(steps))


def _steps_to(row: Row, parent: Row) -> list[Step]:
    if row.is_range:
        return []
    if row.place == ENCODED_PLACE:
        was_decoded = parent.source is not None and parent.source != parent.node
        return [Decode(), Decode()] if was_decoded else [Decode()]
    node = row.node
    if node is None:
        return [row.name]  # an absent field; the spec's keys need no escape
    step = node.place if node.key is None else node.key
    above = parent.node
    return [Decode(), step] if above is not None and above.document is not node.document else [step]


def json_pointer(path: Path) -> str:
    """RFC 6901; empty for the whole answer."""
    return " → ".join("".join(f"/{_pointer_step(step)}" for step in part) for part in _parts(path))


def json_path(path: Path) -> str:
    """The normalized path of RFC 9535."""
    return " → ".join("$" + "".join(f"[{_json_path_step(step)}]" for step in part) for part in _parts(path))


def jq(path: Path) -> str:
    """A filter for jq."""
    return " | fromjson | ".join(_jq_part(part) for part in _parts(path)).removesuffix(" | .")


def python(path: Path, body: str = "body") -> str:
    """An expression over the parsed body."""
    written = body
    for number, part in enumerate(_parts(path)):
        written = f"json.loads({written})" if number else written
        written += "".join(f"[{step if isinstance(step, int) else python_string(step)}]" for step in part)
    return written


def python_string(text: str) -> str:
    """A literal in double quotes that is `text`, whatever is in it."""
    return '"' + "".join(map(_python_char, text)) + '"'


def _parts(path: Path) -> list[list[str | int]]:
    """What stands before, between and after the decodings."""
    parts: list[list[str | int]] = [[]]
    for step in path:
        if isinstance(step, Decode):
            parts.append([])
        else:
            parts[-1].append(step)
    return parts


def _pointer_step(step: str | int) -> str:
    return str(step).replace("~", "~0").replace("/", "~1")


def _json_path_step(step: str | int) -> str:
    if isinstance(step, int):
        return str(step)
    return "'" + "".join(map(_json_path_char, step)) + "'"


def _json_path_char(char: str) -> str:
    if char in "'\\":
        return f"\\{char}"
    return _SHORT.get(char) or (f"\\u{ord(char):04x}" if char < " " or "\ud800" <= char <= "\udfff" else char)


def _jq_part(steps: list[str | int]) -> str:
    written = ""
    for step in steps:
        if isinstance(step, int):
            written += f"[{step}]"
        elif _JQ_NAME.fullmatch(step) and not _JQ_WORDS.fullmatch(step):
            written += f".{step}"
        else:
            written += f"[{_jq_string(step)}]"
    return written if written.startswith(".") else f".{written}"


def _jq_string(text: str) -> str:
    return '"' + "".join(map(_jq_char, text)) + '"'


def _jq_char(char: str) -> str:
    if char in '"\\':
        return f"\\{char}"
    if char.isprintable():
        return char
    units = char.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at : at + 2].hex()}" for at in range(0, len(units), 2))


def _python_char(char: str) -> str:
    if char in '"\\':
        return f"\\{char}"
    if char.isprintable():
        return char
    number = ord(char)
    return _SHORT.get(char) or (f"\\x{number:02x}" if number < 0x100 else _wide(number))


def _wide(number: int) -> str:
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"

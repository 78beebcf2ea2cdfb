"""A value that must not be seen: it shows as `***` wherever Python would print, log or pickle it."""

from typing import NoReturn

_PIECE = 1 << 20


class Secret:
    """Holds one secret text; only `reveal()` gives it out, and only gateways call that."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        return self._text

    def hint(self) -> str:
        """The last four characters, or nothing of a short secret: enough to tell two keys apart."""
        return f"…{self._text[-4:]}" if len(self._text) >= 12 else "…"

    def redacted_from(self, text: str) -> str:
        """`text` with every copy of the secret replaced, also as JSON, HTML or a URL spell it; for what a server may echo.

        A secret of less than 6 characters stays: it cannot be told from ordinary text.
        """
        if len(self._text) >= 6:
            for spelling in self._spellings():
                text = text.replace(spelling, "***")
        return text

    def is_spelled_in(self, data: bytes) -> bool:
        """Whether `redacted_from` would find something to replace in these bytes, each taken for a character.

        They are looked through piece by piece, so that other threads have their turn.
        """
        spellings = {spelling.encode("latin-1", "ignore") for spelling in self._spellings()}
        longest = max(map(len, spellings))
        pieces = (data[at : at + _PIECE + longest] for at in range(0, len(data), _PIECE))
        return any(spelling and spelling in piece for piece in pieces for spelling in spellings)

    def _spellings(self) -> tuple[str, ...]:
        import json
        from html import escape
        from urllib.parse import quote

        in_json = json.dumps(self._text)[1:-1]
        return self._text, in_json, in_json.replace("/", r"\/"), escape(self._text), quote(self._text, safe="")

    def __repr__(self) -> str:
        return "Secret(***)"

    __str__ = __repr__

    def __format__(self, spec: str) -> str:
        return format(repr(self), spec)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._text == self._text

    def __hash__(self) -> int:
        return hash((Secret, self._text))

    def __reduce__(self) -> NoReturn:
        raise TypeError("a secret is never pickled or copied")

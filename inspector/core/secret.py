"""A value that must not be seen: it shows as `***` wherever Python would print, log or pickle it."""

from typing import NoReturn


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
        """`text` with every copy of the secret replaced; for words that a server may have echoed."""
        return text.replace(self._text, "***") if self._text else text

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

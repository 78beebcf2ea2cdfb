"""Numbers and literals, all of a piece at once: is each what RFC 8259 allows?"""

import numpy as np
import numpy.typing as npt

Bytes = npt.NDArray[np.uint8]
Flags = npt.NDArray[np.bool_]

_DIGIT, _ZERO, _MINUS, _PLUS, _POINT, _EXPONENT, _OTHER, _HEAD = range(8)
_CLASSES = bytearray([_OTHER]) * 256
for _byte, _class in zip(b"-+.eE", (_MINUS, _PLUS, _POINT, _EXPONENT, _EXPONENT), strict=True):
    _CLASSES[_byte] = _class
for _byte in b"0123456789":
    _CLASSES[_byte] = _DIGIT if _byte > ord("0") else _ZERO
_CLASSES_BY_BYTE = bytes(_CLASSES)
_AFTER = {
    _HEAD: (_DIGIT, _ZERO, _MINUS),
    _DIGIT: (_DIGIT, _ZERO, _POINT, _EXPONENT),
    _ZERO: (_DIGIT, _ZERO, _POINT, _EXPONENT),
    _MINUS: (_DIGIT, _ZERO),
    _PLUS: (_DIGIT, _ZERO),
    _POINT: (_DIGIT, _ZERO),
    _EXPONENT: (_DIGIT, _ZERO, _MINUS, _PLUS),
}
_WRONG_PAIR = bytes(pair & 7 not in _AFTER.get(pair >> 3, ()) for pair in range(256))
_LITERALS = (b"true", b"false", b"null")
_LAST_OF_NUMBERS = ord("9")


def check_scalars(letters: Bytes, heads: Flags) -> bool:
    """Whether all are JSON. `letters` are those of the scalars behind each other, `heads` tells the first of each."""
    begin = np.flatnonzero(heads)
    is_literal = letters[begin] > _LAST_OF_NUMBERS
    if not is_literal.any():
        return _are_numbers(letters, begin)
    lengths = np.diff(begin, append=len(letters))
    literals = np.flatnonzero(is_literal)
    if not _are_literals(letters, begin[literals], lengths[literals]):
        return False
    numbers = ~np.repeat(is_literal, lengths)
    return _are_numbers(letters[numbers], np.flatnonzero(heads[numbers]))


def _are_literals(letters: Bytes, begin: npt.NDArray[np.intp], lengths: npt.NDArray[np.intp]) -> bool:
    known = 0
    for word in _LITERALS:
        mine = np.flatnonzero((letters[begin] == word[0]) & (lengths == len(word)))
        known += len(mine)
        if (letters[begin[mine][:, None] + np.arange(len(word))] != np.frombuffer(word, np.uint8)).any():
            return False
    return known == len(begin)


def _are_numbers(letters: Bytes, begin: npt.NDArray[np.intp]) -> bool:
    """What may follow what settles all but three things: how a number ends, its leading zero, and that parts come once."""
    if not len(begin):
        return True
    classes = np.frombuffer(letters.tobytes().translate(_CLASSES_BY_BYTE), np.uint8)
    pairs = np.empty(len(classes), np.uint8)
    pairs[1:] = classes[:-1] << 3
    pairs[begin] = _HEAD << 3
    pairs |= classes
    end = np.append(begin[1:], len(classes))
    if b"\1" in pairs.tobytes().translate(_WRONG_PAIR) or (classes[end - 1] > _ZERO).any():
        return False
    first_digit = begin + (classes[begin] == _MINUS)
    zeros = first_digit[(classes[first_digit] == _ZERO) & (first_digit + 1 < end)]
    if (classes[zeros + 1] <= _ZERO).any():
        return False
    points, exponents = np.flatnonzero(classes == _POINT), np.flatnonzero(classes == _EXPONENT)
    with_point, with_exponent = (np.searchsorted(begin, each, "right") - 1 for each in (points, exponents))
    if (with_point[1:] == with_point[:-1]).any() or (with_exponent[1:] == with_exponent[:-1]).any():
        return False
    exponent_of = np.full(len(begin), len(classes))
    exponent_of[with_exponent] = exponents
    return not (points > exponent_of[with_point]).any()

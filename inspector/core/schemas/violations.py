"""The validator's errors as violations: each at its place in the arguments, alternatives resolved where one is meant."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from inspector.core.json.document import JsonNode, Kind
from inspector.core.json.pointers import LONGEST_POINTER
from inspector.core.schemas.names import did_you_mean, quoted
from inspector.core.schemas.survey import Effort, Survey
from inspector.core.schemas.verdict import Violation
from inspector.core.schemas.words import Found, place_words, sentence, type_sentence
from inspector.core.visible_text import one_line

if TYPE_CHECKING:
    from jsonschema_rs import ValidationError

_Path = tuple[str | int, ...]
_CHOICES = ("Enum", "Constant")


@dataclass(frozen=True, slots=True)
class Violations:
    """Reads errors about `arguments` under the schema at `schema`; `surveyed` knows the names that may have been meant."""

    arguments: JsonNode
    schema: JsonNode
    surveyed: Survey
    effort: Effort

    def of(self, error: "ValidationError") -> Iterator[Violation]:
        """What one error says, as one violation or several."""
        path, demand = tuple(error.instance_path), demand_of(error)
        match demand:
            case "AnyOf" | "OneOfNotValid":
                yield from self._of_alternatives(error, path)
            case "AdditionalProperties" | "UnevaluatedProperties":
                yield from self._of_names(path, error.kind.as_dict()["unexpected"])
            case "PropertyNames":
                inner = error.kind.as_dict()["error"]
                told = f"The name {quoted(str(inner.instance))} is not allowed here: {one_line(inner.message, 200)}."
                yield Violation(pointer_of((*path, str(inner.instance))), told)
            case "Required":
                where = f" in {place_words(path)}" if path else ""
                yield Violation(pointer_of(path), f"{quoted(error.kind.as_dict()['property'])} is missing{where}.")
            case _:
                yield Violation(pointer_of(path), sentence(self._found(error, path)))

    def _of_names(self, path: _Path, unexpected: list[str]) -> Iterator[Violation]:
        names = self.surveyed.names.get(at(self.arguments, path).index)
        for name in unexpected:
            question = did_you_mean(name, names.given if names else (), self.effort)
            yield Violation(pointer_of((*path, name)), f"{quoted(name)} is not in the schema{question}")

    def _of_alternatives(self, error: "ValidationError", path: _Path) -> Iterator[Violation]:
        """The errors of the one form that was meant, where type or a telling constant leaves only one."""
        branches: list[list[ValidationError]] = error.kind.as_dict()["context"]
        types = [_bare_type(branch, path) for branch in branches]
        if all(types):
            found = self._found(error, path)
            yield Violation(pointer_of(path), type_sentence(found, [name for names in types for name in names]))
            return
        meant = _meant(branches, path)
        if meant is None:
            yield Violation(pointer_of(path), sentence(self._found(error, path)))
            return
        for inner in meant:
            yield from self.of(inner)

    def _found(self, error: "ValidationError", path: _Path) -> Found:
        return Found(
            demand_of(error),
            error.kind.as_dict(),
            error.message,
            at(self.arguments, path),
            find(self.schema, tuple(error.schema_path)),
            path,
            self.effort,
        )


def demand_of(error: "ValidationError") -> str:
    """The validator's name for the demand that is not met."""
    return type(error.kind).__name__


def pointer_of(path: _Path) -> str:
    """RFC 6901; behind keys too long for a pointer that anybody could use, an ancestor's."""
    lengths = accumulate(len(str(part)) for part in path)
    near = (part for part, length in zip(path, lengths, strict=True) if length <= LONGEST_POINTER)
    return "".join(f"/{str(part).replace('~', '~0').replace('/', '~1')}" for part in near)


def find(root: JsonNode, path: _Path) -> JsonNode | None:
    """The value at a path below `root`; None where there is none."""
    node: JsonNode | None = root
    for part in path:
        if node is None:
            return None
        if isinstance(part, str):
            node = node.get(part)
        else:
            node = node.child(part) if node.kind is Kind.ARRAY and part < node.count else None
    return node


def at(root: JsonNode, path: _Path) -> JsonNode:
    """The value at a path that is known to exist; `root` where it does not after all."""
    return find(root, path) or root


def _bare_type(branch: "list[ValidationError]", path: _Path) -> list[str]:
    """The types that a form asks for, where that is all that is wrong with it."""
    if len(branch) != 1 or demand_of(branch[0]) != "Type" or tuple(branch[0].instance_path) != path:
        return []
    names: list[str] = branch[0].kind.as_dict()["types"]
    return names


def _meant(branches: "list[list[ValidationError]]", path: _Path) -> "list[ValidationError] | None":
    """The only form whose type fits the value, or else the only one that its constants do not rule out."""
    typed = [branch for branch in branches if not any(_is(error, ("Type",), path, 0) for error in branch)]
    told = [branch for branch in typed if not any(_is(error, _CHOICES, path, 1) for error in branch)]
    for left in (branches, typed, told):
        if len(left) == 1:
            return left[0]
    return None


def _is(error: "ValidationError", demands: tuple[str, ...], path: _Path, below: int) -> bool:
    return demand_of(error) in demands and len(error.instance_path) == len(path) + below

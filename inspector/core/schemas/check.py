"""The arguments of a call held against one function's JSON Schema, by a validator that reaches nothing outside.

Context: schemas and arguments both come from strangers. A schema can name files and addresses, hold regular expressions
that never end, and fan out its references until the validator does 2^n steps.
Choice: jsonschema-rs, for drafts 4 to 2020-12, with retrieval switched off and its linear-time regular expressions; what
would run long or deep is refused before (`schema_survey`). It is imported on first use, away from start-up.
Price: patterns that look ahead, behind or back are not checked, nor are references to other documents: the reason says so.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from inspector.core.json.document import JsonNode, Kind
from inspector.core.json.pointers import near_pointer
from inspector.core.schemas.names import quoted, unnamed
from inspector.core.schemas.plain_values import Plain, PlainValue, plain
from inspector.core.schemas.survey import TOO_MUCH, Effort, states, survey
from inspector.core.schemas.verdict import SchemaCheck, SchemaVerdict, Violation, not_checked
from inspector.core.schemas.violations import Violations, at, demand_of, pointer_of
from inspector.core.schemas.walk import SchemaWalk
from inspector.core.schemas.words import Found, brief, kind_words, sentence
from inspector.core.visible_text import one_line

if TYPE_CHECKING:
    from jsonschema_rs import ValidationError, Validator

_MOST_BYTES = 512 * 1024
_BYTES_PER_UNIT = 40
_STATES_PER_UNIT = 200
_MOST_TOLD = 100
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class ParameterSchema:
    """A schema made ready. `strict` is OpenAI's: no parameter but the named ones is allowed, whatever the schema says."""

    node: JsonNode
    walk: SchemaWalk
    validator: "Validator"
    strict: bool

    def check(self, arguments: JsonNode, effort: Effort) -> SchemaCheck:
        """The check of one object of arguments; whatever stands in the way is the reason why nothing was checked."""
        given = plain(arguments)
        if given.obstacle:
            return not_checked(f"The arguments hold {given.obstacle}, so they were not checked.")
        surveyed = survey(self.walk, arguments, effort)
        if surveyed.obstacle:
            return not_checked(f"The arguments were not checked: {surveyed.obstacle}.")
        errors = _guarded(lambda: list(self.validator.iter_errors(given.value)))
        if isinstance(errors, str):
            return not_checked(f"The validator gave up on the arguments ({errors}).")
        reader = Violations(arguments, self.node, surveyed, effort)
        violations = [told for error in errors[:_MOST_TOLD] for told in reader.of(error)]
        notes = list(_notes(given, arguments))
        for node, question in unnamed(arguments, surveyed, effort):
            told = Violation(_below(arguments, node), f"{quoted(node.key or '')} is not in the schema{question}")
            if self.strict:
                violations.append(Violation(told.pointer, f"{told.message} Strict mode allows no others."))
            else:
                notes.append(told)
        verdict = SchemaVerdict.FAILS if violations else SchemaVerdict.PASSES
        return SchemaCheck(verdict, _capped(violations, len(errors) - _MOST_TOLD), notes=_capped(notes, 0))


def read_schema(node: JsonNode, *, strict: bool, effort: Effort) -> ParameterSchema | str:
    """The schema at `node` made ready, or a clause that says why it cannot be used."""
    if node.kind is not Kind.OBJECT:
        return f"its schema is {kind_words(node)} where an object is expected"
    if node.end - node.start > _MOST_BYTES:
        return f"its schema is larger than {_MOST_BYTES // 1024:,} KiB"
    if not effort.spend((node.end - node.start) // _BYTES_PER_UNIT):
        return TOO_MUCH
    schema = plain(node)
    if schema.obstacle or not isinstance(schema.value, dict):
        return f"its schema holds {schema.obstacle}"
    walk = SchemaWalk(schema.value)
    if unfollowed := walk.unfollowed():
        pointer, reference = unfollowed
        fault = "is not there" if reference.startswith("#") else "is outside of it and never fetched"
        return f"its schema refers, at {pointer}, to {quoted(reference)}, which {fault}"
    if not effort.spend(sum(map(states, walk.patterns())) // _STATES_PER_UNIT):
        return "the patterns in its schema are too large"
    validator = _validator(schema.value, node)
    return validator if isinstance(validator, str) else ParameterSchema(node, walk, validator, strict)


def _validator(schema: "dict[str, PlainValue]", node: JsonNode) -> "Validator | str":
    from jsonschema_rs import RegexOptions, ValidationError, validator_for

    def make() -> "Validator | str":
        try:
            return validator_for(schema, validate_formats=True, offline=True, pattern_options=RegexOptions())
        except ValidationError as fault:
            return _broken(fault, node)

    return _guarded(make)


def _guarded(work: Callable[[], _T]) -> _T | str:
    """What `work` gives, or why the validator could not do it; a panic of its Rust code is no Exception in Python."""
    try:
        return work()
    except ValueError as fault:
        return one_line(str(fault), 200)
    except BaseException as fault:
        if type(fault).__name__ != "PanicException":
            raise
        return "a fault inside the validator itself"


def _broken(fault: "ValidationError", node: JsonNode) -> str:
    """What is wrong with a schema, and where."""
    path, demand, detail = tuple(fault.instance_path), demand_of(fault), fault.kind.as_dict()
    part = at(node, path)
    if fault.message.startswith("Unknown meta-schema"):
        words = f"$schema names {brief(node.get('$schema') or node)}, which is none of the drafts 4 to 2020-12"
    elif demand == "Referencing":
        words = one_line(fault.message, 200)
    elif demand == "AnyOf" and path[-1:] == ("type",):
        words = f"{brief(part)} is no type that JSON Schema knows"
    elif demand == "Format" and detail["format"] == "regex":
        words = (
            f"the pattern {brief(part)} is broken, too large, or looks ahead, behind or back, which may take for ever"
        )
    else:
        words = sentence(Found(demand, detail, fault.message, part, None, path)).removesuffix(".")
    return f"its schema is not valid{' at ' + pointer_of(path) if path else ''}: {words}"


def _notes(given: Plain, arguments: JsonNode) -> Iterator[Violation]:
    for node in given.repeated:
        told = f"{quoted(node.key or '')} is given more than once; the last one was checked."
        yield Violation(_below(arguments, node), told)
    if given.mended:
        yield Violation("", "Halves of characters (lone surrogates) were checked as U+FFFD.")


def _below(arguments: JsonNode, node: JsonNode) -> str:
    return near_pointer(node)[len(arguments.pointer) :]


def _capped(told: list[Violation], untold: int) -> tuple[Violation, ...]:
    """The first of them, and how many more there are; `untold` errors were not even put into words."""
    more = max(untold, 0) + max(len(told) - _MOST_TOLD, 0)
    return (*told[:_MOST_TOLD], Violation("", f"{more:,} more are not listed.")) if more else tuple(told)

"""The list of choices: whether there are any, of the right shape, and in the right order."""

from collections.abc import Iterator

from inspector.core.completion import Choice, Completion
from inspector.core.counting import nth
from inspector.core.findings import Severity
from inspector.core.json.document import Kind
from inspector.core.rules.parts import answers_of_model, choices, completions
from inspector.core.rules.rule import Spot, rule
from inspector.core.rules.values import counted, kind_words, shown, whole_number


@rule(
    "no-choices",
    Severity.ERROR,
    "There are no choices",
    "The answer holds no message at all; clients that read the first choice crash.",
    over=answers_of_model,
)
def no_choices(completion: Completion) -> Iterator[Spot]:
    node = completion.root.get("choices")
    if node is None:
        yield completion.root, "The body has no “choices”."
    elif node.kind is not Kind.ARRAY:
        yield node, f"“choices” is {kind_words(node)}, where an array was due."
    elif not node.count:
        yield node, "“choices” is an empty array."


@rule(
    "choice-not-an-object",
    Severity.ERROR,
    "A choice is not an object",
    "There is no message to read in it; clients that go through the choices crash.",
    over=completions,
)
def choice_not_an_object(completion: Completion) -> Iterator[Spot]:
    node = completion.root.get("choices")
    if node is not None and node.kind is Kind.ARRAY:
        for entry in node.children():
            if entry.kind is not Kind.OBJECT:
                yield entry, f"Choice {nth(entry.place)} is {kind_words(entry)}."


@rule(
    "choice-without-message",
    Severity.ERROR,
    "A choice has no message",
    "The message is the answer; without it there is neither text nor a tool call.",
    over=choices,
)
def choice_without_message(choice: Choice) -> Iterator[Spot]:
    if choice.message is not None:
        return
    node = choice.node.get("message")
    if node is not None:
        yield node, f"“message” is {kind_words(node)}, where an object was due."
    elif choice.node.get("delta") is not None:
        yield choice.node, "The choice has a “delta” and no “message”: this is one piece of a streamed answer."
    elif choice.node.get("text") is not None:
        yield choice.node, "The choice has a “text” and no “message”: this is an answer of the old completions API."
    else:
        yield choice.node, "The choice has no “message”."


@rule(
    "choice-index",
    Severity.WARNING,
    "A choice has no usable index",
    "With several choices the index tells which is which; a client that sorts or groups by it fails.",
    over=choices,
)
def choice_index(choice: Choice) -> Iterator[Spot]:
    number = whole_number(choice.index)
    if choice.index is None:
        yield choice.node, f"Choice {nth(choice.node.place)} has no “index”."
    elif number is None or number < 0:
        yield (
            choice.index,
            f"The “index” of choice {nth(choice.node.place)} is {shown(choice.index)}, not a count from 0.",
        )


@rule(
    "repeated-choice-index",
    Severity.WARNING,
    "Two choices have the same index",
    "A client that keeps choices by index loses one of them.",
    over=completions,
)
def repeated_choice_index(completion: Completion) -> Iterator[Spot]:
    seen: dict[int, int] = {}
    for choice in completion.choices:
        number = whole_number(choice.index)
        if number is not None and (first := seen.setdefault(number, choice.node.place)) != choice.node.place:
            yield choice.index, f"Choice {nth(choice.node.place)} has the index {number} of choice {nth(first)}."


@rule(
    "choice-order",
    Severity.WARNING,
    "The choices are not in the order of their indices",
    "A client that takes the first entry reads another choice than one that goes by the index.",
    over=completions,
)
def choice_order(completion: Completion) -> Iterator[Spot]:
    numbers = [number for choice in completion.choices if (number := whole_number(choice.index)) is not None]
    if len(set(numbers)) < len(numbers) or not numbers:
        return
    order = ", ".join(str(number) for number in numbers[:8]) + (" …" if len(numbers) > 8 else "")
    node = completion.root.get("choices")
    if numbers != sorted(numbers):
        yield node, f"The choices come in the order {order}."
    elif len(numbers) == len(completion.choices) and numbers != list(range(len(numbers))):
        yield node, f"The indices are {order}: of {counted(numbers[-1] + 1, 'choice')} some did not come."


RULES = (no_choices, choice_not_an_object, choice_without_message, choice_index, repeated_choice_index, choice_order)

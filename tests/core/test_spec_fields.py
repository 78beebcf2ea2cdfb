"""The known fields, held against the service's own description."""

import re

import pytest

from inspector.bundle import bundled
from inspector.core.spec_fields import FIELDS, REQUIRED, is_unknown

SCHEMAS = {
    "": "ChatCompletion",
    "/choices/*": "Choice",
    "/choices/*/message": "MessageResponse",
    "/choices/*/message/tool_calls/*": "ToolCall",
    "/choices/*/message/tool_calls/*/function": "ToolCallFunction",
    "/usage": "Usage",
}


def described(schema: str) -> tuple[set[str], set[str]]:
    """The fields and the required fields of a schema, read off the indentation of the description."""
    text = bundled("sudo-openapi.yaml").read_text("utf-8").partition("\n  schemas:\n")[2]
    (block,) = re.findall(rf"^    {schema}:\n((?:      .*\n)*)", text, re.MULTILINE)
    (required,) = re.findall(r"^      required:\n((?:        - .*\n)*)", block, re.MULTILINE)
    properties = block.partition("      properties:\n")[2]
    return set(re.findall(r"^        (\w+):$", properties, re.MULTILINE)), set(re.findall(r"- (\w+)", required))


def test_places_with_known_and_with_required_fields_are_the_same() -> None:
    assert set(FIELDS) == set(REQUIRED) == set(SCHEMAS)


@pytest.mark.parametrize("place", SCHEMAS)
def test_the_fields_are_those_of_the_description(place: str) -> None:
    fields, required = described(SCHEMAS[place])
    assert set(FIELDS[place]) == fields
    assert set(REQUIRED[place]) == required
    assert len(set(FIELDS[place])) == len(FIELDS[place])


@pytest.mark.parametrize(
    "place",
    [
        "/provider",
        "/choices/*/message/reasoning",
        "/choices/*/message/tool_calls/*/index",
        "/choices/*/message/tool_calls/*/function/strict",
        "/usage/cost",
        "/",
        "/ID",
        "/~1choices",
        "/~0*",
    ],
)
def test_a_field_beside_the_known_ones_is_unknown(place: str) -> None:
    assert is_unknown(place)


@pytest.mark.parametrize(
    "place",
    [
        "",
        "/id",
        "/choices",
        "/choices/*",
        "/choices/*/logprobs",
        "/choices/*/logprobs/content",
        "/choices/*/message/audio/data",
        "/choices/*/message/annotations/*/url_citation",
        "/usage/prompt_tokens_details/cached_tokens",
        "/provider/name",
        "/*",
        "encoded/name",
    ],
)
def test_known_fields_and_all_below_untyped_ones_are_not(place: str) -> None:
    assert not is_unknown(place)

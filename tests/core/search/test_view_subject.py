"""What is searched of a view, and the part that is shown around a hit."""

import json

import pytest

from inspector.core.outline.outline import Outline, Row
from inspector.core.readings.detail import SHOWN_LIMIT, json_reading, raw_reading, text_reading
from inspector.core.search import view_subject
from inspector.core.search.searcher import Wish
from inspector.core.search.view_search import spans_shown
from inspector.core.search.view_subject import (
    BodySearch,
    Subject,
    merged,
    part_around,
    raw_subject,
    search_view,
    text_subject,
    view_search,
)
from tests.answers import answered, calling, completion, outline_of
from tests.outline_rows import rows_of

LONG = "x" * SHOWN_LIMIT + " needle ü " + "y" * SHOWN_LIMIT + " needle"
CONTENT, ARGUMENTS = "/choices/0/message/content", "/choices/0/message/tool_calls/0/function/arguments"


def of(body: dict, pointer: str) -> tuple[Outline, Row]:
    outline = outline_of(answered(json.dumps(body, ensure_ascii=False).encode()))
    return outline, outline.find(pointer)


def test_all_of_a_string_is_searched() -> None:
    outline, row = of(completion({"content": LONG}), CONTENT)
    subject = text_subject(outline, row, text_reading(outline, row))
    assert not subject.in_bytes
    found = search_view(subject, Wish("needle"))
    assert [LONG[start:end] for start, end in found.spans] == ["needle"] * 2
    assert found.text == LONG
    assert spans_shown(subject.reading, found.spans, in_bytes=False) == []
    for start, end in found.spans:
        part = part_around(subject, found, start)
        assert part.text == LONG[part.starts_at : part.starts_at + SHOWN_LIMIT]
        assert any(
            part.text[first:last] == "needle" for _, first, last in spans_shown(part, found.spans, in_bytes=False)
        )
        assert part.starts_at <= start < end <= part.starts_at + len(part.text)
        assert "characters" in part.note
        assert part.is_prose


def test_a_fault_is_kept_where_it_is_in_the_part() -> None:
    text = '{"a": "' + "b" * SHOWN_LIMIT + " needle\n" + "c" * SHOWN_LIMIT + "needle"
    outline, row = of(calling(text), ARGUMENTS)
    reading = text_reading(outline, row)
    subject = text_subject(outline, row, reading)
    found = search_view(subject, Wish("needle"))
    first, second = (part_around(subject, found, start) for start, _ in found.spans)
    assert first.fault is not None
    assert first.text[first.fault] == "\n"
    assert second.fault is None
    whole = of(calling('{"a": 1}'), ARGUMENTS)
    plain = text_subject(*whole, text_reading(*whole))
    assert part_around(plain, search_view(plain, Wish("a")), 2).fault is None


def test_all_of_the_body_is_searched_behind_the_raw_view() -> None:
    outline, row = of(completion({"content": LONG}), "/id")
    subject = raw_subject(outline, row, raw_reading(outline, row))
    assert subject.in_bytes
    found = search_view(subject, Wish("needle"))
    assert subject.body is not None
    assert [subject.body[start:end] for start, end in found.spans] == [b"needle"] * 2
    part = part_around(subject, found, found.spans[1][0])
    ((_, start, end),) = spans_shown(part, found.spans, in_bytes=True)
    assert part.text[start:end] == "needle"
    assert part.note.startswith("Shown here: bytes ")


def test_a_body_that_is_not_json_is_searched_as_it_came() -> None:
    outline = outline_of(answered(b"<html>needle", status=502))
    subject = raw_subject(outline, outline.root, raw_reading(outline, outline.root))
    assert search_view(subject, Wish("needle")).spans == ((6, 12),)


def test_of_anything_else_what_is_shown_is_searched() -> None:
    outline, row = of(completion({"content": "needle"}), "")
    subject = text_subject(outline, row, text_reading(outline, row))
    assert subject.row is None
    assert search_view(subject, Wish("needle")).note == ""
    outline, row = of(completion({"content": LONG}), "/choices")
    found = search_view(Subject(json_reading(outline, row)), Wish("x" * 20))
    assert found.spans
    assert found.note == "Only the part that is shown was searched."


def test_a_string_beyond_the_limit_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(view_subject, "_MOST", 3)
    outline, row = of(completion({"content": "aaaaaa"}), CONTENT)
    found = search_view(text_subject(outline, row, text_reading(outline, row)), Wish("a"))
    assert (len(found.spans), found.note) == (3, "Only the first 3 characters were searched.")


def test_the_work_on_the_answer_finds_what_is_found_here() -> None:
    inspection = answered(b"\xef\xbb\xbf" + json.dumps(completion({"content": LONG})).encode())
    outline = outline_of(inspection)
    row = outline.find(CONTENT)
    for subject in (
        text_subject(outline, row, text_reading(outline, row)),
        raw_subject(outline, row, raw_reading(outline, row)),
    ):
        work, here = view_search(subject, Wish("needle")), search_view(subject, Wish("needle"))
        assert work is not None
        parts = list(work.parts(inspection.document, inspection.body))
        assert max(len(part.text) for part in parts) <= SHOWN_LIMIT
        assert merged(parts) == here
    broken = outline_of(answered(b"\xef\xbb\xbf<html>needle", status=502))
    raw = raw_subject(broken, broken.root, raw_reading(broken, broken.root))
    body = broken.inspection.body
    (found,) = BodySearch(Wish("needle"), in_document=raw.in_document).parts(None, body)
    assert found == search_view(raw, Wish("needle"))
    assert [body[start:end] for start, end in found.spans] == [b"needle"]


def test_what_is_no_text_of_the_answer_itself_is_searched_here() -> None:
    outline, row = of(calling('{"city": "needle"}'), ARGUMENTS)
    (inner,) = (each for each in rows_of(outline) if each.name == "city")
    for found in (
        text_subject(outline, inner, text_reading(outline, inner)),
        Subject(json_reading(outline, row)),
    ):
        assert view_search(found, Wish("needle")) is None
        assert len(search_view(found, Wish("needle")).spans) == 1

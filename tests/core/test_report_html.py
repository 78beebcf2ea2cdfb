"""The HTML report through an HTML parser: only our own elements, no way to load or run anything."""

from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inspector.core.report.html import html_report
from inspector.core.report.layout import safe
from tests.report_bodies import NOW, SAMPLES, answered, calling, completion, of_sample

ELEMENTS = {
    *("html", "head", "meta", "title", "style", "body", "main", "article", "h1", "h2", "h3", "p", "ul", "li"),
    *("dl", "dt", "dd", "table", "tr", "td", "br", "small", "pre", "mark"),
}
ATTRIBUTES = {"lang", "charset", "http-equiv", "content", "name", "class"}
NASTY = [
    "</pre><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "\"' onload=x &lt;script&gt; &amp;",
    "<!-- --> <![CDATA[x]]> <?php ?>",
    "</style></title><svg/onload=1>",
    "\x1b[31m\ud800\x00\u202e",
]


class Reader(HTMLParser):
    """Collects elements, attributes and the texts of one kind of element."""

    def __init__(self, page: str, wanted: str = "pre") -> None:
        super().__init__()
        self.elements: set[str] = set()
        self.attributes: set[str] = set()
        self.texts: list[str] = []
        self._wanted = wanted
        self._inside = False
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag == self._wanted:
            self._inside = True
            self.texts.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag == self._wanted:
            self._inside = False

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.texts[-1] += data

    def handle_comment(self, data: str) -> None:
        self.elements.add("comment")


def read(page: str, wanted: str = "pre") -> Reader:
    reader = Reader(page, wanted)
    assert reader.elements <= ELEMENTS
    assert reader.attributes <= ATTRIBUTES
    assert page.encode()
    return reader


@pytest.mark.parametrize("name", SAMPLES)
def test_every_sample_is_made_of_our_own_elements_alone(name: str) -> None:
    read(html_report([of_sample(name)], NOW))


@pytest.mark.parametrize("text", NASTY)
def test_what_a_stranger_wrote_stays_text_wherever_it_stands(text: str) -> None:
    call = {"id": text, "type": text, "function": {"name": text, "arguments": f'{{"a": {text}'}}
    body = completion(
        {"content": text, "refusal": text, "tool_calls": [call], text: text}, model=text, **{f"k{text}": text}
    )
    reader = read(html_report([answered(body, asked=text)], NOW))
    assert f"\n{safe(text)}" in reader.texts


@settings(deadline=None)
@given(st.text("<>&\"'/!-= \nascript", min_size=1))
def test_any_content_is_read_back_as_it_was(text: str) -> None:
    assert f"\n{text}" in read(html_report([answered(completion({"content": text}))], NOW)).texts


def test_the_page_may_load_and_run_nothing() -> None:
    page = html_report([answered(completion({}))], NOW)
    assert "http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\"" in page
    assert "prefers-color-scheme: dark" in page
    assert page.index("Content-Security-Policy") < page.index("<style>")


@pytest.mark.parametrize(("arguments", "mark"), [('{"a": 1,}', "}"), ('{"a": ', ""), ('{"a": \u200b', "⟦ZWSP⟧")])
def test_the_character_at_fault_is_marked(arguments: str, mark: str) -> None:
    assert read(html_report([answered(calling(arguments))], NOW), "mark").texts == [mark]


def test_several_reports_share_a_page() -> None:
    page = html_report([answered(completion({}), asked=f"x{number}") for number in range(3)], NOW)
    assert page.count("<article>") == 3
    assert page.count("<!doctype html>") == 1
    assert page.index("x0</h1>") < page.index("x1</h1>") < page.index("x2</h1>")


def test_headings_and_sentences_tell_their_state_in_a_class() -> None:
    page = html_report([answered(calling("[]"))], NOW)
    assert '<h3 class="error">Tool call 1: get_weather</h3>' in page
    assert '<td class="error">error</td>' in page


def test_possible_causes_are_a_list() -> None:
    assert "<ul><li>The completion was not stored" in html_report([answered(b"{}", status=404)], NOW)

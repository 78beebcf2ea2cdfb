"""The report as one HTML page that holds everything it needs and can load or run nothing."""

from collections.abc import Iterable, Iterator
from html import escape
from typing import assert_never

from inspector.core.findings import Finding
from inspector.core.inspection import Inspection
from inspector.core.moment import Moment
from inspector.core.report.items import Facts, Found, Heading, Item, Points, Quote, Words
from inspector.core.report.layout import revealed, safe
from inspector.core.report.sheet import sheet
from inspector.core.visible_text import one_line

_STYLE = """
:root { color-scheme: light dark; --ink: #1b1f24; --soft: #5a636e; --line: #d5dae0; --page: #ffffff; --box: #f5f7f9;
  --error: #b3261e; --warning: #8a5a00; --ok: #1a7f37; --mark: #ffd7d5; }
@media (prefers-color-scheme: dark) { :root { --ink: #e3e7ec; --soft: #9aa5b1; --line: #3a424c; --page: #14181d;
  --box: #1c2229; --error: #ff8a80; --warning: #e8b34b; --ok: #57c271; --mark: #6b2320; } }
body { margin: 2rem auto; max-width: 60rem; padding: 0 1rem; background: var(--page); color: var(--ink);
  font: 1rem/1.5 system-ui, sans-serif; }
article + article { margin-top: 4rem; border-top: 3px double var(--line); }
h1 { font-size: 1.5rem; overflow-wrap: anywhere; } h2 { font-size: 1.15rem; margin: 2rem 0 .5rem;
  border-bottom: 1px solid var(--line); } h3 { font-size: 1rem; margin: 1.2rem 0 .4rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1rem; margin: .5rem 0; }
dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; unicode-bidi: plaintext; }
pre { background: var(--box); border: 1px solid var(--line); border-radius: 6px; padding: .7rem .9rem; margin: .4rem 0;
  white-space: pre-wrap; overflow-wrap: anywhere; unicode-bidi: plaintext; font: .9rem/1.45 ui-monospace, monospace; }
table { border-collapse: collapse; width: 100%; } td { border-top: 1px solid var(--line); padding: .35rem .8rem .35rem 0;
  vertical-align: top; overflow-wrap: anywhere; } td small { color: var(--soft); }
.error { color: var(--error); } .warning { color: var(--warning); } .ok { color: var(--ok); } .info { color: var(--soft); }
mark { background: var(--mark); color: inherit; outline: 1px solid var(--error); padding: 0 1px; min-width: .5em;
  display: inline-block; min-height: 1em; vertical-align: text-bottom; }
"""
_HEAD = (
    '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="referrer" content="no-referrer">\n'
    f"<title>Completion report</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
)


def html_report(inspections: Iterable[Inspection], now: float) -> str:
    """One page for all of them, in order. `now` is Unix seconds."""
    articles = (f"<article>\n{''.join(_set_all(inspection, now))}</article>\n" for inspection in inspections)
    return f"{_HEAD}<main>\n{''.join(articles)}</main>\n</body>\n</html>\n"


def _set_all(inspection: Inspection, now: float) -> Iterator[str]:
    for item in sheet(inspection, Moment(now)):
        yield f"{_set(item)}\n"


def _set(item: Item) -> str:
    match item:
        case Heading():
            return f"<h{item.level}{_class(item.state)}>{_text(revealed(item.text))}</h{item.level}>"
        case Facts():
            rows = "".join(f"<dt>{_text(name)}</dt><dd>{_text(value)}</dd>" for name, value in item.rows)
            return f"<dl>{rows}</dl>"
        case Words():
            return f"<p{_class(item.state)}>{_text(item.text)}</p>"
        case Points():
            return f"<ul>{''.join(f'<li>{_text(text)}</li>' for text in item.texts)}</ul>"
        case Found():
            return f"<table>{''.join(map(_finding, item.findings))}</table>"
        case Quote():
            return f"<pre>\n{_quoted(item)}</pre>"  # the first line break is not part of the text
        case _:
            assert_never(item)


def _finding(finding: Finding) -> str:
    word, place = finding.severity.word, _text(finding.pointer or "the whole answer")
    told = f"{_text(finding.message)}<br><small>{place} · {_text(finding.rule)}</small>"
    return f'<tr><td class="{word}">{word}</td><td>{told}</td></tr>'


def _quoted(quote: Quote) -> str:
    """The text with the character marked where it stops being JSON; the mark is empty where the text just ends."""
    text, fault = quote.text, quote.fault
    if fault is None:
        return escape(revealed(text) if quote.is_json else safe(text))
    before, at, after = (escape(revealed(part)) for part in (text[:fault], text[fault : fault + 1], text[fault + 1 :]))
    return f"{before}<mark>{at}</mark>{after}"


def _text(text: str) -> str:
    return escape(one_line(text, 4_000))


def _class(state: str) -> str:
    return f' class="{state}"' if state else ""

"""Calls that the program must not make, because content from a stranger, a worker thread or a proxy could then do harm.

Most Qt texts guess rich text from what they are given: HTML in a tool argument would be drawn, load local files, or keep
the window busy for minutes. QSettings unpickles what it reads; a destroyed running QThread aborts the process; a lambda
connected to a worker's signal runs in the worker; other users can come to a local server; the system keeps what it is given
to notify; with a higher limit of recursion deep JSON crashes the interpreter. `inspector/widgets/plain.py` is where the safe
forms are made, and `inspector/widgets/painted_text.py` the only text with looks, which has no resources.

Patterns have no possessive quantifier on a group: before Python 3.11.5, which Debian 12 has, a group that matched in part
moves the match on (`re.match("(?:ab?c)?+", "a")` is one character long), so that `1.` would pass for JSON. An atomic
group says the same and is right: `(?>(?:ab?c)?)`.
"""

import ast
import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import TypeGuard

import pytest

PACKAGE = Path(__file__).parent.parent / "inspector"
SAFE_FORMS = PACKAGE / "widgets" / "plain.py"
PAINTED_TEXT = PACKAGE / "widgets" / "painted_text.py"

NEVER = {
    "CERT_NONE",
    "QDesktopServices",
    "QErrorMessage",
    "QInputDialog",
    "QLocalServer",
    "QProgressDialog",
    "QSettings",
    "QSharedMemory",
    "QSystemTrayIcon",
    "QTextBrowser",
    "QTextEdit",
    "QThread",
    "QWhatsThis",
    "addResource",
    "appendHtml",
    "insertHtml",
    "insertImage",
    "insertMarkdown",
    "setAnchorHref",
    "setDefaultStyleSheet",
    "setHtml",
    "setMarkdown",
    "setrecursionlimit",
}
ONLY_IN_PAINTED_TEXT = {"QTextEdit"}
ONLY_IN_SAFE_FORMS = {"QLabel", "QMessageBox", "QToolTip", "openUrl", "setToolTip"}
POSSESSIVE_GROUP = re.compile(r"(?<!\\)\)(?:[?*+]|\{[0-9,]+\})\+")
ALLOWED = {SAFE_FORMS: ONLY_IN_SAFE_FORMS, PAINTED_TEXT: ONLY_IN_PAINTED_TEXT}
NEVER_WITH = {"follow_redirects": True, "trust_env": True, "verify": False}


def forbidden_in(source: str, allowed: AbstractSet[str] = frozenset()) -> list[str]:
    """One `line: what` for each forbidden thing in `source`, but for what is allowed in the one module that makes it safe."""
    tree = ast.parse(source)
    extra_selections = {id(node.value) for node in ast.walk(tree) if _is_extra_selection(node)}
    return [
        f"{node.lineno}: {what}"
        for node in ast.walk(tree)
        if isinstance(node, ast.expr | ast.stmt) and id(node) not in extra_selections
        for what in _forbidden_at(node)
        if what not in allowed
    ]


def _is_extra_selection(node: ast.AST) -> TypeGuard[ast.Attribute]:
    """`QTextEdit.ExtraSelection` is how QPlainTextEdit, too, is told what to mark; it shows no text of its own."""
    return isinstance(node, ast.Attribute) and node.attr == "ExtraSelection"


def _forbidden_at(node: ast.expr | ast.stmt) -> Iterator[str]:
    match node:
        case ast.ImportFrom(names=names):
            yield from _forbidden_imports(names)
        case ast.Name(id=name) | ast.Attribute(attr=name) if name in NEVER | {"QToolTip", "openUrl", "setToolTip"}:
            yield name
        case ast.ClassDef(bases=bases):
            yield from (what for what in ("QLabel", "QMessageBox") if what in map(_name, bases))
        case ast.Assign(targets=[ast.Attribute(attr="check_hostname")], value=ast.Constant(value=False)):
            yield "check_hostname = False"
        case ast.Constant(value=str() | bytes() as value) if POSSESSIVE_GROUP.search(_as_text(value)):
            yield "possessive group"
        case ast.Call():
            yield from _forbidden_calls(node)


def _forbidden_imports(names: list[ast.alias]) -> Iterator[str]:
    for alias in names:
        if alias.name == "*":
            yield "import *"
        elif alias.name in NEVER | {"QToolTip"} and alias.name != "QTextEdit":
            yield alias.name
        elif alias.asname and alias.name in NEVER | ONLY_IN_SAFE_FORMS:
            yield f"{alias.name} under another name"


def _forbidden_calls(call: ast.Call) -> Iterator[str]:
    match call.func:
        case ast.Attribute(value=ast.Name(id="asyncio"), attr="run"):
            yield "asyncio.run"
        case ast.Attribute(attr="connect") if any(
            isinstance(part, ast.Lambda) for given in call.args for part in ast.walk(given)
        ):
            yield "lambda in connect"
        case ast.Attribute(value=owner) if _name(owner) == "QMessageBox":
            yield "QMessageBox"
    yield from (what for what in ("QLabel", "QMessageBox") if what == _name(call.func))
    for keyword in call.keywords:
        if keyword.arg in NEVER_WITH and _constant(keyword.value) is NEVER_WITH[keyword.arg]:
            yield f"{keyword.arg}={NEVER_WITH[keyword.arg]}"


def _name(node: ast.expr) -> str | None:
    """The last part of a dotted name."""
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return None


def _as_text(value: str | bytes) -> str:
    return value if isinstance(value, str) else value.decode("latin-1")


def _constant(node: ast.expr) -> object:
    return node.value if isinstance(node, ast.Constant) else ...


def test_the_program_makes_no_forbidden_call() -> None:
    found = [
        f"{path.relative_to(PACKAGE)}:{what}"
        for path in sorted(PACKAGE.rglob("*.py"))
        for what in forbidden_in(path.read_text(encoding="utf-8"), ALLOWED.get(path, frozenset()))
    ]
    assert found == []


@pytest.mark.parametrize(
    ("source", "what"),
    [
        ("from PySide6.QtCore import QSettings", "QSettings"),
        ("from PySide6 import QtCore\nQtCore.QSettings('a')", "QSettings"),
        ("from PySide6.QtCore import QThread", "QThread"),
        ("from PySide6.QtWidgets import QTextBrowser", "QTextBrowser"),
        ("from PySide6.QtWidgets import QErrorMessage", "QErrorMessage"),
        ("class Pane(QTextEdit): ...", "QTextEdit"),
        ("QTextEdit()", "QTextEdit"),
        ("from PySide6.QtWidgets import QTextEdit as Edit", "QTextEdit under another name"),
        ("from PySide6.QtWidgets import QLabel as Words", "QLabel under another name"),
        ("from PySide6.QtNetwork import QLocalServer", "QLocalServer"),
        ("QSystemTrayIcon().showMessage(title, text)", "QSystemTrayIcon"),
        ("sys.setrecursionlimit(10**6)", "setrecursionlimit"),
        ("view.setHtml(text)", "setHtml"),
        ("document.setMarkdown(text)", "setMarkdown"),
        ("QDesktopServices.openUrl(url)", "openUrl"),
        ("changed.connect(label.setToolTip)", "setToolTip"),
        ("row.setToolTip(text)", "setToolTip"),
        ("QLabel(text)", "QLabel"),
        ("QtWidgets.QLabel(text)", "QLabel"),
        ("class Words(QLabel): ...", "QLabel"),
        ("QMessageBox.warning(None, 'a', text)", "QMessageBox"),
        ("QMessageBox(parent)", "QMessageBox"),
        ("button.clicked.connect(lambda: close())", "lambda in connect"),
        ("button.clicked.connect(partial(lambda: close()))", "lambda in connect"),
        ("asyncio.run(main())", "asyncio.run"),
        ("httpx.Client(follow_redirects=True)", "follow_redirects=True"),
        ("httpx.AsyncClient(trust_env=True)", "trust_env=True"),
        ("httpx.get(url, verify=False)", "verify=False"),
        ("context.check_hostname = False", "check_hostname = False"),
        ("context.verify_mode = ssl.CERT_NONE", "CERT_NONE"),
        ("from PySide6.QtWidgets import *", "import *"),
        ('re.compile(r"(?:ab)?+")', "possessive group"),
        ('PART = rb"(ab)*+" + rb"c"', "possessive group"),
        ('re.compile(rf"(ab){{1,3}}+{end}")', "possessive group"),
    ],
)
def test_each_forbidden_thing_is_found(source: str, what: str) -> None:
    line = source.count("\n") + 1
    assert f"{line}: {what}" in forbidden_in(source)


@pytest.mark.parametrize(
    "source",
    [
        "from PySide6.QtWidgets import QLabel, QTextEdit\ndef f(words: QLabel) -> None: ...",
        "mark = QTextEdit.ExtraSelection()",
        "marks: list[QTextEdit.ExtraSelection] = []",
        "answer = box.exec() == QMessageBox.StandardButton.Yes",
        "button.clicked.connect(self._on_clicked)",
        "sorted(rows, key=lambda row: row.at)",
        "httpx.AsyncClient(follow_redirects=False, trust_env=False, verify=context)",
        "asyncio.run_coroutine_threadsafe(work, loop)",
        "QThreadPool.globalInstance()",
        r're.compile(r"(?>(?:a[0-9]*+)?)\)*+")',
    ],
)
def test_what_only_looks_alike_is_left_alone(source: str) -> None:
    assert forbidden_in(source) == []


def test_the_safe_forms_may_build_on_what_others_may_not() -> None:
    source = "QLabel(text).setToolTip(text)\nQMessageBox(parent)\nopenUrl(url)\nbox.setHtml(text)"
    assert forbidden_in(source, ONLY_IN_SAFE_FORMS) == ["4: setHtml"]


def test_painted_text_may_be_a_text_edit_and_nothing_else() -> None:
    source = (
        "class Painted(QTextEdit): ...\ncursor.insertImage(image)\nedit.setMarkdown(text)\nclass B(QTextBrowser): ..."
    )
    assert sorted(forbidden_in(source, ONLY_IN_PAINTED_TEXT)) == ["2: insertImage", "3: setMarkdown", "4: QTextBrowser"]

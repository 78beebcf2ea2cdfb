"""Answers without measure, through every view of the window."""

import json
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from inspector.main import Program
from tests.bench.bodies import with_choices, with_short_calls
from tests.outline_rows import rows_made, rows_seen
from tests.sessions import opened

LEVELS = 100_000
NUMBER = "9" * 5000
MOST_BELOW, MOST_ROWS = 1000, 4000
BODIES = {
    "arrays": '{"id": "x", "choices": ' + "[" * LEVELS + "]" * LEVELS + "}",
    "objects": '{"id": "x", "choices": [], "deep": ' + '{"a":' * 20_000 + "1" + "}" * 20_000 + "}",
    "cut off": '{"id": "x", "choices": ' + "[" * LEVELS,
    "choices": with_choices(700_000).decode(),
    "calls": with_short_calls(1_000_000).decode(),
    "keys": json.dumps({"k" * 2_000_000: {f"m{number}": {"a": number} for number in range(300)}}),
    "numbers": f'{{"created": {NUMBER}, "usage": {{"total_tokens": {NUMBER}}}, "choices": [{{"index": {NUMBER}}}]}}',
}


@pytest.mark.fault(row="huge numbers, depths, strings, counts")
@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES.keys())
def test_every_view_holds(program: Program, qtbot: QtBot, tmp_path: Path, body: str) -> None:
    (tmp_path / "answer.json").write_text(body)
    with qtbot.waitSignals([program.presenter.filled, program.presenter.checked], timeout=30_000):
        opened(program.session, qtbot, tmp_path / "answer.json")
    structure, detail = program.window.structure, program.window.detail
    for _ in range(40):
        structure.expand(structure.currentIndex())
        for tab in range(len(detail.tab_names)):
            detail.show_tab(tab)
        below = structure.indexBelow(structure.currentIndex())
        if not below.isValid():
            break
        structure.setCurrentIndex(below)
        QApplication.processEvents()
    assert structure.currentIndex().isValid()
    assert program.session.inspection is not None
    assert program.session.inspection.body == body.encode()
    assert structure.outline is not None
    assert rows_made(structure.outline) < MOST_ROWS, "however many there are, rows are made where somebody looks"
    assert max(len(row.rows or ()) for row in rows_seen(structure.outline)) <= MOST_BELOW

"""Names for files, whatever an ID looks like."""

import pytest

from inspector.core.file_name import file_name


@pytest.mark.parametrize(
    ("subject", "name"),
    [
        ("chatcmpl-1", "chatcmpl-1.json"),
        ("../../etc/passwd", "etc-passwd.json"),
        ("", "completion.json"),
        ("...", "completion.json"),
        ("-rf", "rf.json"),
        (".hidden", "hidden.json"),
        ("a\u202egnp.exe\x00\n[*]", "a-gnp.exe.json"),
        ("C:\\Windows\\x", "C-Windows-x.json"),
        ("con", "completion-con.json"),
        ("LPT1.txt", "completion-LPT1.txt.json"),
        ("console", "console.json"),
    ],
)
def test_a_name_is_harmless(subject: str, name: str) -> None:
    assert file_name(subject) == name


def test_a_name_is_short() -> None:
    assert len(file_name("x" * 100_000)) < 100

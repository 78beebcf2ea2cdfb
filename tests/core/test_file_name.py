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
    ],
)
def test_a_name_is_harmless(subject: str, name: str) -> None:
    assert file_name(subject) == name

"""The line for a shell, read by a shell."""

import subprocess

from hypothesis import given, settings
from hypothesis import strategies as st

from inspector.core.curl import curl_line

SECRET = "sk-from-the-environment"
URLS = st.text(st.characters(exclude_characters="\x00", exclude_categories=("Cs",)), min_size=1)


def read_by_a_shell(line: str) -> list[str]:
    script = line.replace("curl ", "printf '%s\\0' ", 1)
    environ = {"SUDO_API_KEY": SECRET}
    return (
        subprocess.run(["/bin/sh", "-c", script], env=environ, capture_output=True, check=True)
        .stdout.decode()
        .split("\0")
    )


@given(URLS)
@settings(max_examples=30, deadline=None)
def test_a_shell_reads_every_part_as_it_was(url: str) -> None:
    parts = ["--globoff", "--header", f"Authorization: Bearer {SECRET}", "--url", url, ""]
    assert read_by_a_shell(curl_line(url)) == parts


def test_the_key_is_named_and_not_written() -> None:
    assert "$SUDO_API_KEY" in curl_line("https://sudoapp.dev/v1/chat/completions/a'; rm -rf ~; '")

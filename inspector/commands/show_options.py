"""What `sudo-inspector show` was told on the command line."""

from dataclasses import dataclass

FORMATS = ("text", "json", "markdown", "html")
FAIL_ON = ("error", "warning", "never")
STANDARD_INPUT = "-"


@dataclass(frozen=True, slots=True)
class ShowOptions:
    """`format` is one of FORMATS, `fail_on` of FAIL_ON. `timeout` is in seconds for a whole request.

    `messages` asks for the prompt too.
    """

    texts: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    format: str = "text"
    tools: str | None = None
    messages: bool = True
    redact: bool = False
    fail_on: str = "never"
    timeout: float = 60.0
    list_rules: bool = False
    demo: bool = False
    profile: str | None = None
    base_url: str | None = None

"""What the window was told on the command line."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WindowOptions:
    """`texts` and `files` are opened at once. `quit_when` (painted or shown), `timings` and `screenshot` serve benchmarks."""

    texts: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    demo: bool = False
    profile: str | None = None
    base_url: str | None = None
    quit_when: str | None = None
    timings: str | None = None
    screenshot: str | None = None

    @property
    def unattended(self) -> bool:
        """Whether the program is to end by itself."""
        return bool(self.quit_when or self.screenshot)

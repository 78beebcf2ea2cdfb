"""Starts the program: `sudo-inspector`, or `python -m inspector`. Nothing is imported that the command at hand does not need."""

import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command line, or the window; returns the exit status."""
    from inspector.cli import execute, parse
    from inspector.core.window_options import WindowOptions
    from inspector.gateways.own_process import keep_to_itself

    keep_to_itself()
    options = parse(sys.argv[1:] if arguments is None else arguments)
    if not isinstance(options, WindowOptions):
        return execute(options)
    from inspector.start import open_window

    return open_window(options)


if __name__ == "__main__":
    sys.exit(main())

"""What is settled before Qt is loaded: is there a display, which settings, which profile. Then the window is opened."""

import gc
import os
import sys

from inspector.core.inputs import Refused
from inspector.core.places import chosen_place
from inspector.core.window_options import WindowOptions
from inspector.core.window_start import WindowStart
from inspector.gateways.display import can_open_window, wanted_displays
from inspector.gateways.preferences_file import load_preferences, preferences_path


def open_window(options: WindowOptions) -> int:
    """Opens the window; returns the exit status, 2 where there is nothing to open it on or no such profile."""
    gc.disable()  # what start-up makes stays; from the first frame on `viewmodels.collector` collects
    if not can_open_window(os.environ):
        if not options.unattended:
            return _refuse(_no_display_words())
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        os.environ.setdefault("QT_LOGGING_RULES", "default.warning=false")  # it warns of what no picture shows
    path = preferences_path()
    preferences, notice = load_preferences(path)
    place = chosen_place(preferences, options.profile, options.base_url)
    if isinstance(place, Refused):
        return _refuse(place.sentence)
    from inspector.windows import run

    return run(WindowStart(options, *place, preferences, path, notice))


def _refuse(sentence: str) -> int:
    print(sentence, file=sys.stderr)  # noqa: T201 - there is no window to say it in
    return 2


def _no_display_words() -> str:
    wanted = wanted_displays(os.environ)
    names = [_NAMES[platform] for platform in wanted]
    if len(names) == 1:
        fault = f"{names[0]} names none that answers.\nQT_QPA_PLATFORM allows only {wanted[0]}; unset it to use any that answers."
    else:
        fault = f"neither {' nor '.join(names)} names one that answers."
    return f"There is no display to open a window on: {fault}\n{_WAYS}"


_NAMES = {"xcb": "DISPLAY", "wayland": "WAYLAND_DISPLAY"}
_WAYS = """On a remote machine, sign in with ssh -X, or start the program under a virtual display: xvfb-run sudo-inspector
Without any display, sudo-inspector show ID prints the same findings as text."""

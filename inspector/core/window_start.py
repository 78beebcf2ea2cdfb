"""What the window starts with, settled before Qt is loaded."""

from dataclasses import dataclass
from pathlib import Path

from inspector.core.inputs import BaseUrl
from inspector.core.preferences import Preferences
from inspector.core.profile import Profile
from inspector.core.window_options import WindowOptions


@dataclass(frozen=True, slots=True)
class WindowStart:
    """`notice` is a sentence about settings that could not be used as they were; `path` is where they are kept."""

    options: WindowOptions
    profile: Profile
    base_url: BaseUrl
    preferences: Preferences
    path: Path
    notice: str

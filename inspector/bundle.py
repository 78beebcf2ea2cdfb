"""Files that come with the program: in the wheel they lie inside the package, in a checkout beside it."""

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path


def bundled(*names: str) -> Traversable:
    """The resource at `names`, for example `bundled("samples", "plain-answer.json")`."""
    packaged = files("inspector") / "_resources"
    root: Traversable = packaged if packaged.is_dir() else Path(__file__).parent.parent / "resources"
    return root.joinpath(*names)

"""What files are called in the list, and wherever else one of them is named."""

from pathlib import PurePath


class FileNames:
    """A file goes by its own name; where another of this run is called that, by its whole path."""

    def __init__(self) -> None:
        self._paths: dict[str, str] = {}

    def name_of(self, path: str) -> str:
        """The name of a file, the same whenever it is asked for."""
        name = PurePath(path).name
        return name if self._paths.setdefault(name, path) == path else path

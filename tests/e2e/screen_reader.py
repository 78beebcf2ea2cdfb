"""Looks at a program's window and uses it as a screen reader does. Runs under the system's Python, which has the AT-SPI bindings.

One JSON object a line comes in, one goes out; `null` where nothing answers to the role and name, or where it went while it was
looked at. Requests: {"process": id, "do": "look" | "press" | "type" | "everything", "role": …, "name": …, "text": …}. A name that
ends in `…` stands for all that begin so. Only what is shown is found, so that a hidden button cannot be pressed.
"""

import json
import sys
from collections.abc import Iterator
from typing import Any

import gi  # type: ignore[import-not-found]

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # type: ignore[import-not-found]  # noqa: E402

_LONG = ("table", "tree")


def answer(request: dict[str, Any]) -> object:
    """What one request is answered with."""
    window = _program(request["process"])
    if window is None:
        return None
    if request["do"] == "everything":
        return [_heard(each) for each in _all(window)]
    found = _find(window, request["role"], request["name"])
    if found is None:
        return None
    match request["do"]:
        case "press":
            return found.get_action_iface().do_action(0)
        case "type":
            return found.get_editable_text_iface().set_text_contents(request["text"])
        case _:
            return _heard(found) | {"items": [child.get_name() for child in _children(found)]}


def _program(process: int) -> Any:
    return next((each for each in _children(Atspi.get_desktop(0)) if each.get_process_id() == process), None)


def _find(above: Any, role: str, name: str) -> Any:
    """The first that is shown, in the order of the windows from the newest; rows are not gone through for it."""
    for each in reversed(list(_children(above))) if above.get_role_name() == "application" else _children(above):
        if not _shows(each):
            continue
        if each.get_role_name() == role and _fits(each.get_name(), name):
            return each
        within = None if each.get_role_name() in _LONG else _find(each, role, name)
        if within is not None:
            return within
    return None


def _fits(name: str, wanted: str) -> bool:
    return name.startswith(wanted[:-1]) if wanted.endswith("…") else name == wanted


def _shows(thing: Any) -> bool:
    return bool(thing.get_state_set().contains(Atspi.StateType.SHOWING))


def _heard(thing: Any) -> dict[str, Any]:
    """What a person hears of it; `text` is empty for what holds no text."""
    text = thing.get_text_iface()
    return {
        "role": thing.get_role_name(),
        "name": thing.get_name(),
        "description": thing.get_description(),
        "text": "" if text is None else Atspi.Text.get_text(text, 0, -1),
        "enabled": bool(thing.get_state_set().contains(Atspi.StateType.ENABLED)),
    }


def _children(thing: Any) -> Iterator[Any]:
    for at in range(thing.get_child_count()):
        child = thing.get_child_at_index(at)
        if child is not None:
            yield child


def _all(above: Any) -> Iterator[Any]:
    yield above
    for child in _children(above):
        yield from _all(child)


def main() -> None:
    """Answers until its input ends."""
    Atspi.init()
    Atspi.set_timeout(5000, 5000)
    Atspi.get_desktop(0).set_cache_mask(Atspi.Cache.NONE)
    for line in sys.stdin:
        try:
            said = answer(json.loads(line))
        except GLib.Error:
            said = None
        print(json.dumps(said), flush=True)


if __name__ == "__main__":
    main()

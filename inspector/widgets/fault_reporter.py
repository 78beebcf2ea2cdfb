"""What becomes of an exception that nobody expected: a few lines on standard error and, once, a dialog.

Neither holds a message, a local variable or any other value: they may be somebody's content, or the key.
"""

from __future__ import annotations

import sys
import threading
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from inspector.widgets.plain import message_box

if TYPE_CHECKING:
    from collections.abc import Callable

_SENTENCE = "Something in this program went wrong. What is shown may be incomplete; you can go on working."


class FaultReporter(QObject):
    """`report` may be called from any thread. A fault that comes again, at each repaint perhaps, has no second dialog."""

    _reported = Signal(str)

    def __init__(self, title: str, window: QWidget) -> None:
        super().__init__(window)
        self._title = title
        self._window = window
        self._known: set[str] = set()
        self._before: Callable[[], None] | None = None
        self._reported.connect(self._show, Qt.ConnectionType.QueuedConnection)

    def watch(self) -> None:
        """From now on exceptions that would end in a traceback come here, of every thread."""
        hooks = sys.excepthook, threading.excepthook, sys.unraisablehook

        def restore() -> None:
            sys.excepthook, threading.excepthook, sys.unraisablehook = hooks

        self._before = restore
        sys.excepthook = self._on_uncaught
        threading.excepthook = self._on_unraised
        sys.unraisablehook = self._on_unraised

    def rest(self) -> None:
        """Undoes `watch`."""
        if self._before is not None:
            self._before()
            self._before = None

    def report(self, error: object) -> None:
        """Tells of an exception."""
        words = where_it_happened(error)
        if sys.stderr is not None:
            print(f"A fault in this program:\n{words}", file=sys.stderr)  # noqa: T201 - a last resort
        self._reported.emit(words)

    def _on_uncaught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, Exception):
            self.report(error)
        else:
            sys.__excepthook__(kind, error, trace)

    def _on_unraised(self, given: threading.ExceptHookArgs | sys.UnraisableHookArgs) -> None:
        self.report(given.exc_value)

    def _show(self, words: str) -> None:
        if words not in self._known and self._window.isVisible():
            self._known.add(words)
            message_box(self._window, self._title, _SENTENCE, words).open()


def where_it_happened(error: object) -> str:
    """The kind of an exception, and the lines of the program that it came through, the innermost last."""
    lines = [type(error).__name__]
    trace = error.__traceback__ if isinstance(error, BaseException) else None
    while trace is not None:
        code = trace.tb_frame.f_code
        lines.append(f"  {code.co_filename.rpartition('inspector/')[2]}:{trace.tb_lineno} in {code.co_name}")
        trace = trace.tb_next
    return "\n".join(lines)

"""The window: places the panes and remembers where they were. What they show is the presenter's business.

The first frame shows the ID bar and the empty state; making the panes takes as long again, so they are furnished behind it.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from inspector.widgets.id_bar import IdBar
from inspector.widgets.theme import Line, Theme
from inspector.widgets.tool_bar import ToolBar
from inspector.widgets.welcome_page import WelcomePage

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QResizeEvent, QScreen

    from inspector.core.preferences import Preferences
    from inspector.core.profile import Profile
    from inspector.viewmodels.session import Session
    from inspector.widgets.completions_pane import CompletionsPane
    from inspector.widgets.detail_pane import DetailPane
    from inspector.widgets.findings_pane import FindingsPane
    from inspector.widgets.offer_bar import OfferBar
    from inspector.widgets.structure_pane import StructurePane

TITLE = "Sudo completion inspector"
MENUS = ("File", "Edit", "View", "Go", "Help")
_ROOM_FOR_TOOLS = 900
_ROOM_FOR_COLUMNS = 820


class MainWindow(QMainWindow):
    """`closing` tells that the window is about to go, while its state can still be asked for.

    What is dropped comes here and nowhere else: item views of Qt unpickle what is dropped on them.
    """

    closing = Signal()
    files_dropped = Signal(list)
    text_dropped = Signal(str)

    completions: CompletionsPane
    structure: StructurePane
    detail: DetailPane
    findings: FindingsPane
    offer: OfferBar

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setWindowTitle(TITLE)
        self.setAcceptDrops(True)
        self.theme = theme
        self.id_bar = IdBar(theme)
        self.welcome = WelcomePage(theme)
        self.tool_bar = ToolBar(theme)
        self.menus = {name: self.menuBar().addMenu(f"&{name}") for name in MENUS}
        self._pages = QStackedWidget()
        self._pages.addWidget(self.welcome)
        self._halves = QSplitter(Qt.Orientation.Vertical)
        self._halves.addWidget(self._pages)
        self._body: QSplitter | None = None
        self._given: dict[QSplitter, tuple[int, ...]] = {}
        self._lay_out()

    def furnish(self, session: Session, preferences: Preferences) -> None:
        """Makes the panes, as they were in an earlier run."""
        from inspector.widgets.completions_pane import CompletionsPane
        from inspector.widgets.detail_pane import DetailPane
        from inspector.widgets.findings_pane import FindingsPane
        from inspector.widgets.offer_bar import OfferBar
        from inspector.widgets.structure_pane import StructurePane

        self.offer = OfferBar(self.theme)
        self._column.insertWidget(self._column.count() - 1, self.offer)
        self.completions = CompletionsPane(session, self.theme)
        self.completions.filter.keep(preferences.filters)
        self.structure = StructurePane(self.theme)
        self.detail = DetailPane(self.theme)
        self.findings = FindingsPane(self.theme)
        body = _splitter(Qt.Orientation.Horizontal, self.structure, self.detail)
        analysis = _splitter(Qt.Orientation.Vertical, body, self.findings)
        self._body = body
        self._pages.addWidget(analysis)
        self._halves.insertWidget(0, self.completions)
        self._halves.setCollapsible(0, True)  # noqa: FBT003 - Qt takes it by position only
        self._halves.setStretchFactor(1, 1)
        sizes = preferences.columns if len(preferences.columns) == 4 else (200, 500, 520, 510)
        rows = preferences.rows if len(preferences.rows) == 2 else (540, 170)
        self._given = {self._halves: sizes[:2], body: sizes[2:], analysis: rows}
        for splitter, given in self._given.items():
            splitter.setSizes(list(given))
        self.detail.show_tab(preferences.tab)
        self.detail.reveal(preferences.reveal_invisible)
        self.detail.view.wrap(preferences.wrap_lines)
        above = (self.id_bar.cancel_button, self.id_bar.place, *self.offer.buttons, *self.completions.tab_order)
        for earlier, later in pairwise(above):
            self.setTabOrder(earlier, later)
        self._make_room(self.width())

    def show_place(self, profile: Profile, base_url: str) -> None:
        """Names the profile, and wears its colour across the window."""
        self.id_bar.show_place(profile.name, base_url, profile.colour, profile.proxy.words)
        self._line.show_colour(profile.colour)

    def show_analysis(self) -> None:
        """Leaves the empty state."""
        self._pages.setCurrentIndex(1)

    def say(self, sentence: str) -> None:
        """The status bar's word on what is going on."""
        self.statusBar().showMessage(sentence)

    def focus_pane(self, step: int) -> None:
        """Moves the focus round the visible panes."""
        panes: list[QWidget] = [
            self.id_bar.field,
            self.completions.table,
            self.structure,
            self.detail.page,
            self.findings.table,
        ]
        seen = [pane for pane in panes if pane.isVisible()]
        at = next((place for place, pane in enumerate(seen) if pane.hasFocus()), -1 if step > 0 else 0)
        seen[(at + step) % len(seen)].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def restore(self, preferences: Preferences) -> None:
        """Takes the places of an earlier run, as far as they fit the screens of this one."""
        self.resize(1280, 800)
        if len(preferences.geometry) == 4:
            x, y, width, height = preferences.geometry
            self.resize(max(width, 480), max(height, 360))
            if _is_in_sight(QPoint(x, y)):
                # move() would put the frame there, and the window a bit lower each time
                self.setGeometry(QRect(QPoint(x, y), self.size()))
        if preferences.maximised:
            self.setWindowState(Qt.WindowState.WindowMaximized)

    def lose_screen(self) -> None:
        """A screen was taken away; the desktop goes first."""
        QTimer.singleShot(0, self.come_back)

    def come_back(self) -> None:
        """Comes to the screen that is left where its own was taken away: not every desktop brings it."""
        from PySide6.QtGui import QGuiApplication

        screen: QScreen | None = QGuiApplication.primaryScreen()
        if screen is not None and not _is_in_sight(self.geometry().topLeft()):
            room, frame = screen.availableGeometry(), self.frameGeometry().size() - self.size()
            self.resize(self.size().boundedTo(room.size() - frame))
            self.move(room.topLeft())

    def remembered(self, preferences: Preferences) -> Preferences:
        """`preferences` with the places and looks as they are now."""
        box = self.normalGeometry()
        columns, body, rows = map(self._sizes, self._given)
        return replace(
            preferences,
            theme=self.theme.preference,
            reveal_invisible=self.detail.view.reveals,
            wrap_lines=self.detail.view.wraps,
            geometry=(box.x(), box.y(), box.width(), box.height()),
            maximised=self.isMaximized(),
            columns=(*columns, *body),
            rows=rows,
            tab=self.detail.tab,
            filters=self.completions.filter.saved,
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room(event.size().width())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() or event.mimeData().hasText():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        data = event.mimeData()
        paths = [url.toLocalFile() for url in data.urls() if url.isLocalFile()]
        if paths:
            self.files_dropped.emit(paths)
        elif data.hasText():
            self.text_dropped.emit(data.text())
        event.acceptProposedAction()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.closing.emit()
        super().closeEvent(event)

    def _sizes(self, splitter: QSplitter) -> tuple[int, ...]:
        """The sizes of its two parts; those that were given to it while one of them has not been seen."""
        seen = all(part is not None and part.isVisible() for part in map(splitter.widget, range(2)))
        return tuple(splitter.sizes()) if seen else self._given[splitter]

    def _make_room(self, width: int) -> None:
        """A narrow window keeps the ID field and the text readable: the rest makes room."""
        self.tool_bar.setVisible(width >= _ROOM_FOR_TOOLS)
        self.id_bar.show_place_label(whole=width >= _ROOM_FOR_TOOLS)
        if self._body is not None:
            sideways = width >= _ROOM_FOR_COLUMNS
            self._body.setOrientation(Qt.Orientation.Horizontal if sideways else Qt.Orientation.Vertical)

    def _lay_out(self) -> None:
        self._halves.setHandleWidth(1)
        self._halves.setChildrenCollapsible(False)
        central = QWidget()
        column = self._column = QVBoxLayout(central)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        top = QHBoxLayout()
        top.setContentsMargins(0, 0, 6, 3)
        top.setSpacing(0)
        top.addWidget(self.id_bar, 1)
        top.addWidget(self.tool_bar)
        column.addLayout(top)
        self._line = Line(self.theme)
        column.addWidget(self._line)
        column.addWidget(self._halves, 1)
        self.setCentralWidget(central)
        self.statusBar().setSizeGripEnabled(False)
        self.id_bar.field.setFocus()


def _is_in_sight(corner: QPoint) -> bool:
    """Whether some screen shows enough of a window at that corner to take hold of it."""
    from PySide6.QtGui import QGuiApplication

    return QGuiApplication.screenAt(corner + QPoint(60, 20)) is not None


def _splitter(orientation: Qt.Orientation, first: QWidget, second: QWidget) -> QSplitter:
    splitter = QSplitter(orientation)
    splitter.addWidget(first)
    splitter.addWidget(second)
    splitter.setStretchFactor(0, 1 if orientation is Qt.Orientation.Vertical else 0)
    splitter.setStretchFactor(1, 0 if orientation is Qt.Orientation.Vertical else 1)
    splitter.setHandleWidth(1)
    splitter.setChildrenCollapsible(False)
    return splitter

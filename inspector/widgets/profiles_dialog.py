"""The profiles: where each asks, by which way, and the colour by which it is told from the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from inspector.core.colours import COLOURS
from inspector.core.profile import Profile
from inspector.core.profile_form import ProfileForm, form_of, read_forms
from inspector.core.profiles import DEFAULT
from inspector.core.proxy import SYSTEM
from inspector.widgets.glyphs import disc_icon
from inspector.widgets.plain import plain_label, set_words
from inspector.widgets.theme import Theme, paint_words

_NO_COLOUR = "no colour"
_PROXIES = (("none", ""), ("the one of the environment", SYSTEM))


class ProfilesDialog(QDialog):
    """Opened without blocking; `saved` tells the new list. A name, once saved, stays: the key is kept under it."""

    saved = Signal(tuple)

    def __init__(self, profiles: Sequence[Profile], own: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._forms = [form_of(each) for each in profiles]
        self._known = {each.name for each in profiles}
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Profiles")
        self.resize(720, 420)
        self.list = QListWidget()
        self.list.setAccessibleName("Profiles")
        self.list.setFixedWidth(190)
        self.name, self.base_url, self.pattern = QLineEdit(), QLineEdit(), QLineEdit()
        self.pattern.setPlaceholderText("a regular expression, for example run-[0-9a-f]{12}")
        self.http = QCheckBox("Send the key over plain &http all the same")
        self.colour, self.proxy = self._new_colours(), QComboBox()
        self._proxy_field = QLineEdit()
        self.proxy.setEditable(True)
        self.proxy.setLineEdit(self._proxy_field)
        self._proxy_field.setAccessibleName("Proxy")
        for words, text in _PROXIES:
            self.proxy.addItem(words, text)
        self.add_button, self.remove_button = QPushButton("&Add"), QPushButton("&Remove")
        self.save_button, self.cancel_button = QPushButton("&Save"), QPushButton("Cancel")
        self._fault = plain_label(wraps=True)
        self._fault.setAccessibleName("What is wrong")
        self._http_note = plain_label(
            "Whoever is on the way between can read the key and everything fetched.", wraps=True
        )
        self._note = plain_label(wraps=True)
        self._lay_out()
        self._connect()
        own_place = next((place for place, form in enumerate(self._forms) if form.name == own), 0)
        self._fill(own_place)

    @property
    def forms(self) -> tuple[ProfileForm, ...]:
        """The list as it stands."""
        return tuple(self._forms)

    def _connect(self) -> None:
        self.list.currentRowChanged.connect(self._on_row_changed)
        for field in (self.name, self.base_url, self.pattern):
            field.textEdited.connect(self._on_edited)
        self.http.clicked.connect(self._on_edited)
        self.colour.activated.connect(self._on_edited)
        self.proxy.activated.connect(self._on_edited)
        self._proxy_field.textEdited.connect(self._on_edited)
        self.add_button.clicked.connect(self._on_add)
        self.remove_button.clicked.connect(self._on_remove)
        self.save_button.clicked.connect(self._on_save)
        self.cancel_button.clicked.connect(self.reject)

    def _new_colours(self) -> QComboBox:
        box = QComboBox()
        box.addItem(_NO_COLOUR, "")
        for colour in COLOURS:
            box.addItem(disc_icon(self._theme.flag(colour)), colour, colour)
        return box

    def _fill(self, current: int) -> None:
        self.list.blockSignals(True)  # noqa: FBT003 - Qt takes it by position only
        self.list.clear()
        for form in self._forms:
            self.list.addItem(QListWidgetItem())
            self._name_row(self.list.count() - 1, form)
        self.list.blockSignals(False)  # noqa: FBT003 - as above
        self.list.setCurrentRow(min(current, len(self._forms) - 1))

    def _name_row(self, row: int, form: ProfileForm) -> None:
        item = self.list.item(row)
        item.setText(form.name.strip() or "new profile")
        item.setIcon(disc_icon(self._theme.flag(form.colour) if form.colour else self._theme.colours.line))

    def _on_row_changed(self, row: int) -> None:
        if row < 0:
            return
        form = self._forms[row]
        self.name.setText(form.name)
        self.name.setEnabled(form.name not in self._known)
        self.base_url.setText(form.base_url)
        self.pattern.setText(form.id_pattern)
        self.http.setChecked(form.allow_http)
        self.colour.setCurrentIndex(max(0, self.colour.findData(form.colour)))
        known = self.proxy.findData(form.proxy)
        self.proxy.setCurrentIndex(known)
        self.proxy.setEditText(form.proxy if known < 0 else self.proxy.itemText(known))
        self._look()

    def _on_edited(self, *_: object) -> None:
        row = self.list.currentRow()
        words = self.proxy.currentText()
        proxy = next((text for known, text in _PROXIES if known == words), words)
        form = replace(
            self._forms[row],
            name=self.name.text(),
            base_url=self.base_url.text(),
            allow_http=self.http.isChecked(),
            colour=str(self.colour.currentData() or ""),
            proxy=proxy,
            id_pattern=self.pattern.text(),
        )
        self._forms[row] = form if form.needs_consent else replace(form, allow_http=False)
        self._name_row(row, form)
        self._look()

    def _look(self) -> None:
        """Says what is wrong; only a list in order can be saved."""
        row = self.list.currentRow()
        form = self._forms[row]
        for widget in (self.http, self._http_note):
            widget.setVisible(form.needs_consent)
        self.http.setChecked(form.allow_http)
        self._note.setText(self._words(form))
        self._note.setVisible(bool(self._note.text()))
        found = read_forms(self._forms)
        fault = found if found and isinstance(found[0], int) else None
        where = "" if fault is None or fault[0] == row else f"{self.list.item(fault[0]).text()}: "
        set_words(self._fault, "" if fault is None else f"{where}{fault[1]}")
        self.save_button.setEnabled(fault is None)
        self.remove_button.setEnabled(form.name != DEFAULT or form.name not in self._known)

    def _words(self, form: ProfileForm) -> str:
        """What saving would do to the key."""
        gone = [name for name in self._known if name not in {each.name for each in self._forms}]
        if gone:
            return f"Saving removes the keys of {', '.join(sorted(gone))} from the keyring, too."
        if form.name not in self._known:
            return "Its key is entered in the window of the profile, with “API key…”."
        if form.leaves_key:
            return (
                f"The kept key is for {form.key_origin}: at another address it is not used until it is entered again."
            )
        return ""

    def _on_add(self) -> None:
        self._forms.append(ProfileForm())
        self._fill(len(self._forms) - 1)
        self.name.setFocus()

    def _on_remove(self) -> None:
        row = self.list.currentRow()
        del self._forms[row]
        self._fill(row)

    def _on_save(self) -> None:
        found = read_forms(self._forms)
        if found and isinstance(found[0], Profile):
            self.saved.emit(found)
            self.accept()

    def _lay_out(self) -> None:
        side = QVBoxLayout()
        side.addWidget(self.list, 1)
        buttons = QHBoxLayout()
        for button in (self.add_button, self.remove_button):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        side.addLayout(buttons)
        form = QFormLayout()
        form.setVerticalSpacing(9)
        form.setHorizontalSpacing(12)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for words, field in (
            ("&Name", self.name),
            ("&Base URL", self.base_url),
            ("", self.http),
            ("", self._http_note),
            ("&Colour", self.colour),
            ("&Proxy", self.proxy),
            ("&ID pattern", self.pattern),
            ("", self._note),
        ):
            form.addRow(words, field)
            if words:
                field.setAccessibleName(words.replace("&", ""))
        middle = QHBoxLayout()
        middle.setSpacing(16)
        middle.addLayout(side)
        middle.addLayout(form, 1)
        foot = QHBoxLayout()
        foot.addWidget(self._fault, 1)
        foot.addWidget(self.cancel_button)
        foot.addWidget(self.save_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 14)
        layout.setSpacing(12)
        layout.addLayout(middle, 1)
        layout.addLayout(foot)
        self.save_button.setDefault(True)
        paint_words(self._fault, self._theme.colours.error)
        for label in (self._http_note, self._note):
            paint_words(label, self._theme.colours.muted)

"""Pictures that stand in a message: decoded within bounds, by their own first bytes, or it is said why not."""

import base64
import json

import pytest
from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from inspector.core.json.document import JsonNode
from inspector.widgets import picture_dialog
from inspector.widgets.picture_dialog import PictureDialog, read_picture
from tests.conversations import document


def encoded(form: str, width: int = 40, height: int = 20) -> str:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert image.save(buffer, form)  # type: ignore[call-overload]
    return base64.b64encode(buffer.data().data()).decode()


def node(text: str) -> JsonNode:
    return document(json.dumps(text).encode()).root


@pytest.mark.parametrize("form", ["PNG", "JPEG", "BMP", "WEBP"])
@pytest.mark.parametrize("head", ["", "data:image/png;base64,", "data:image/svg+xml;base64,"])
def test_a_picture_is_known_by_its_first_bytes(form: str, head: str) -> None:
    image = read_picture(node(head + encoded(form)))
    assert isinstance(image, QImage)
    assert (image.width(), image.height()) == (40, 20)
    assert image.pixelColor(20, 10).red() > 240


def test_a_large_picture_is_made_smaller() -> None:
    image = read_picture(node(encoded("PNG", 4_000, 100)))
    assert isinstance(image, QImage)
    assert image.width() == 1_600


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("data:image/png;base64,%%%a", "The image is not valid base64."),
        (
            "data:image/svg+xml;base64," + base64.b64encode(b"<svg><image href='file:///x'/></svg>").decode(),
            "This is no PNG, JPEG, GIF, BMP or WebP image.",
        ),
        ("data:image/svg+xml,<svg/>", "This is no PNG, JPEG, GIF, BMP or WebP image."),
        ("\ud800", "The image is not valid base64."),
        ("", "This is no PNG, JPEG, GIF, BMP or WebP image."),
        (base64.b64encode(b"\x89PNG\r\n\x1a\nbroken").decode(), "The image cannot be decoded."),
    ],
)
def test_what_is_no_picture_says_so(text: str, words: str) -> None:
    assert read_picture(node(text)) == words


def test_what_is_too_large_is_not_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(picture_dialog, "MOST_PIXELS", 700)
    assert read_picture(node(encoded("PNG"))) == "The image has 40 by 20 pixels, which is too large to show."
    monkeypatch.setattr(picture_dialog, "LARGEST", 50)
    assert read_picture(node(encoded("PNG"))) == "The image has more than 50 characters, which is too large to show."


def test_the_dialog_shows_the_picture_and_what_it_is(qtbot: QtBot) -> None:
    image = read_picture(node(encoded("PNG")))
    assert isinstance(image, QImage)
    dialog = PictureDialog(image, "Image · <b>png</b>")
    qtbot.addWidget(dialog)
    labels = dialog.findChildren(QLabel)
    assert [label.pixmap().size() == image.size() for label in labels if not label.pixmap().isNull()] == [True]
    assert "Image · <b>png</b>" in [label.text() for label in labels]
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in labels)
    assert dialog.windowTitle() == "Image"

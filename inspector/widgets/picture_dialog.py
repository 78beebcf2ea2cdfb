"""A picture that stands in a message, shown when somebody asks for it: decoded within bounds, by its own first bytes.

Only formats that are pictures and nothing else are decoded; SVG could name other files.
"""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QPixmap
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QScrollArea, QVBoxLayout, QWidget

from inspector.widgets.plain import plain_label

if TYPE_CHECKING:
    from inspector.core.json.document import JsonNode

LARGEST = 32 * 1024 * 1024
"""Characters of base64."""
MOST_PIXELS = 64_000_000
_MEGABYTES = 256
_SHOWN = QSize(1600, 1600)
_FORMATS = (
    (b"\x89PNG\r\n\x1a\n", b"png"),
    (b"\xff\xd8\xff", b"jpeg"),
    (b"GIF8", b"gif"),
    (b"BM", b"bmp"),
    (b"RIFF", b"webp"),
)


def read_picture(node: JsonNode) -> QImage | str:
    """The picture in a string of base64 or a `data:` address, or why there is none to show; to be called in a job."""
    if node.end - node.start > LARGEST:
        return f"The image has more than {LARGEST:,} characters, which is too large to show."
    try:
        data = base64.b64decode(node.string.rpartition(",")[2])
    except (binascii.Error, ValueError):
        return "The image is not valid base64."
    form = next((form for magic, form in _FORMATS if data.startswith(magic)), None)
    if form is None:
        return "This is no PNG, JPEG, GIF, BMP or WebP image."
    return _decoded(QByteArray(data), form)


def _decoded(data: QByteArray, form: bytes) -> QImage | str:
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    QImageReader.setAllocationLimit(_MEGABYTES)
    reader = QImageReader(buffer, QByteArray(form))
    reader.setAutoDetectImageFormat(False)
    reader.setAutoTransform(True)
    size = reader.size()
    if size.width() * size.height() > MOST_PIXELS:
        return f"The image has {size.width():,} by {size.height():,} pixels, which is too large to show."
    if size.width() > _SHOWN.width() or size.height() > _SHOWN.height():
        reader.setScaledSize(size.scaled(_SHOWN, Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    return "The image cannot be decoded." if image.isNull() else image


class PictureDialog(QDialog):
    """Shows one picture, and in words what it is."""

    def __init__(self, image: QImage, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Image")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        picture = plain_label()
        picture.setPixmap(QPixmap.fromImage(image))
        picture.setAccessibleName("Image")
        picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        area = QScrollArea()
        area.setAccessibleName("Image")
        area.setWidget(picture)
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(area, 1)
        layout.addWidget(plain_label(words, wraps=True))
        layout.addWidget(buttons)
        self.resize((image.size() + QSize(60, 120)).boundedTo(QSize(1000, 760)))

"""Pictures as files: opened within bounds, drawn small."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO

import numpy as np
from numpy.typing import NDArray

from scanner.contracts import Unreadable
from scanner.formats.cameratags import exif_of
from scanner.formats.heifboxes import written_in
from scanner.model import Kind

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFile import ImageFile

ORIENTATION = 0x0112
PIXELS = 80_000_000
"""A sheet of A3 at 600 dots an inch; what is larger is drawn only where its format can leave pixels out (JPEG)."""
FORMATS = {
    "image/jpeg": "JPEG",
    "image/png": "PNG",
    "image/gif": "GIF",
    "image/tiff": "TIFF",
    "image/webp": "WEBP",
    "image/bmp": "BMP",
    "image/jp2": "JPEG2000",
    "image/avif": "AVIF",
    "image/vnd.microsoft.icon": "ICO",
    "image/vnd.adobe.photoshop": "PSD",
}
"""What the library decodes by itself; others of its formats call programs or are never met."""
HEIF = frozenset({"image/heic", "image/heif"})
NO_DECODER = "HEIC pictures need pip install 'recense[images]'"


@contextmanager
def opened(stream: BinaryIO, media_type: str) -> Iterator[ImageFile]:
    """The picture, of which only the head is read yet; whatever its library stumbles over is ``Unreadable``."""
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = None  # our own bound counts what is drawn, not what the head says
    if media_type in HEIF:
        _know_heif()
    with told(), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with Image.open(stream, formats=[FORMATS.get(media_type, "HEIF")]) as image:
            yield image


@contextmanager
def told() -> Iterator[None]:
    """Faults of the library as the reasons that rows have; its words stay here, they can quote the file."""
    try:
        yield
    except (Unreadable, MemoryError, RecursionError):
        raise
    except Exception as error:  # noqa: BLE001 - a decoder of a damaged picture can raise anything
        raise Unreadable(Kind.CORRUPT, f"the picture does not decode ({type(error).__name__})") from None


def _know_heif() -> None:
    try:
        from pi_heif import register_heif_opener
    except ImportError:
        raise Unreadable(Kind.UNSUPPORTED, NO_DECODER) from None
    register_heif_opener(thumbnails=False)


def is_decoded(media_type: str) -> bool:
    """Whether what decodes a format is installed."""
    from importlib.util import find_spec

    try:
        return media_type not in HEIF or find_spec("pi_heif") is not None
    except ValueError:  # it was looked for, and is not there
        return False


def undecoded(stream: BinaryIO, size: int) -> Image:
    """A picture of no size that has what is written in a HEIC file."""
    from PIL import Image

    exif, xmp = written_in(stream, size)
    empty = Image.new("L", (1, 1))
    empty.info = {"exif": exif, "xmp": xmp}
    return empty


def drawn(image: ImageFile, side: int) -> NDArray[np.uint8]:
    """Pixels (RGB) as the camera held it, about ``side`` along the longer side, on white where it is transparent."""
    from PIL import Image as Library
    from PIL import ImageOps

    with told(), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        image.draft("RGB", (side, side))
        if image.width * image.height > PIXELS:
            raise Unreadable(Kind.TOO_LARGE, f"picture over {PIXELS // 1_000_000} million pixels")
        plain = _plain(image)
        scale = min(1.0, side / max(plain.size))
        width, height = (max(1, round(length * scale)) for length in plain.size)
        small = plain.resize((width, height), Library.Resampling.LANCZOS, reducing_gap=2.0) if scale < 1 else plain
        # The orientation stands in the head of the file, which no conversion keeps for sure.
        small.getexif()[ORIENTATION] = exif_of(image).get(ORIENTATION, 1)
        return np.asarray(ImageOps.exif_transpose(_on_white(small)).convert("RGB"))


def _plain(image: Image) -> Image:
    """In a mode that can be made smaller without loss of letters."""
    from PIL import Image as Library

    if image.mode in ("I", "F") or image.mode.startswith("I;"):  # 16-bit scans, readings: as bright as they go
        readings = np.asarray(image, np.float32)
        top = float(readings.max(initial=1)) or 1.0
        return Library.fromarray((readings.clip(0) * (255 / top)).astype(np.uint8))
    if image.has_transparency_data:
        return image.convert("RGBA")
    return image if image.mode in ("RGB", "L") else image.convert("L" if image.mode == "1" else "RGB")


def _on_white(image: Image) -> Image:
    from PIL import Image as Library

    return image if image.mode != "RGBA" else Library.alpha_composite(Library.new("RGBA", image.size, "white"), image)

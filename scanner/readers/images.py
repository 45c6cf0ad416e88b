"""Pictures: what cameras and people wrote into them, then each page or frame to look at."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from numpy.typing import NDArray

from scanner.contracts import Source, Unreadable
from scanner.formats.cameratags import known_of, tags_of
from scanner.formats.pictures import FORMATS, HEIF, NO_DECODER, drawn, is_decoded, opened, told, undecoded
from scanner.formats.tags import passages_of
from scanner.model import Content, Gap, Kind, Passage, Picture, Problem

if TYPE_CHECKING:
    from PIL.ImageFile import ImageFile

_PAGES = 2_000
"""Pages of one file that are counted; each may be looked at."""
_FILM = frozenset({"image/gif", "image/png", "image/webp", "image/avif", "image/vnd.microsoft.icon"})
"""Formats in which frames are moments of one picture, or sizes of it: the first is looked at."""


class ImageReader:
    """EXIF, IPTC and XMP as text, with positions and serial numbers; then the picture, or page by page."""

    name: ClassVar[str] = "image"
    media_types: ClassVar[frozenset[str]] = frozenset({*FORMATS, *HEIF})
    gives: ClassVar[str] = "text"
    seeks: ClassVar[bool] = True

    def read(self, source: Source) -> Iterator[Content]:
        """Metadata, then pixels."""
        if not is_decoded(source.media_type):
            yield from _undecoded(source)
            return
        with opened(source.stream, source.media_type) as image:
            with told():
                written = list(passages_of(tags_of(image), known_of(image)))
                frames = 1 if source.media_type in _FILM else getattr(image, "n_frames", 1)
            yield from written
            size, pages = max(1, source.size - _bytes_of(written)), min(frames, _PAGES)
            for number in range(pages):
                part = size * (number + 1) // pages - size * number // pages
                yield Picture(partial(_page, image, number), part, number + 1 if frames > 1 else 0)
            if frames > _PAGES:
                yield Gap(Problem(Kind.TOO_MANY, f"{frames - _PAGES} pages over {_PAGES}"))


def _undecoded(source: Source) -> Iterator[Content]:
    """What is written in a picture that nothing here decodes."""
    with told():
        image = undecoded(source.stream, source.size)
        written = list(passages_of(tags_of(image), known_of(image)))
    yield from written
    raise Unreadable(Kind.UNSUPPORTED, NO_DECODER, bytes_read=_bytes_of(written))


def _bytes_of(written: list[Passage]) -> int:
    return sum(len(passage.text.encode("utf-8", "replace")) for passage in written)


def _page(image: ImageFile, number: int, side: int) -> NDArray[np.uint8]:
    if number:
        with told():
            image.seek(number)
    if 0 in image.size:
        raise Unreadable(Kind.CORRUPT, "a picture without size")
    return drawn(image, side)

"""Pages of a PDF that are pictures, drawn one at a time when somebody looks."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from scanner.contracts import Unreadable
from scanner.model import Kind


class Scans:
    """The document is opened when the first page is drawn, once for all of them."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._document: Any = None

    def draw(self, page: int, side: int) -> NDArray[np.uint8]:
        """One page (counted from 1) in RGB; its drawing is bounded whatever size the page says it has."""
        import pypdfium2

        try:
            if self._document is None:
                self._document = pypdfium2.PdfDocument(self._data)
            drawn = self._document[page - 1]
            scale = side / max(1.0, *drawn.get_size())
            bitmap = drawn.render(scale=scale, may_draw_forms=False, rev_byteorder=True, force_bitmap_format=2)
            pixels = np.array(bitmap.to_numpy()[:, :, :3])
            bitmap.close()
            drawn.close()
        except (pypdfium2.PdfiumError, ValueError, IndexError) as error:
            raise Unreadable(Kind.CORRUPT, f"the page cannot be drawn ({type(error).__name__})") from None
        return pixels

    def close(self) -> None:
        """Let go of the document."""
        if self._document is not None:
            self._document.close()

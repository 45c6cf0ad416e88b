"""What is seen on pictures: text, faces, machine-readable zones; needs the extra ``images``, and no network."""

from __future__ import annotations

from functools import lru_cache
from importlib.util import find_spec

LIBRARIES = ("rapidocr", "onnxruntime", "cv2", "pypdfium2", "pi_heif")
"""What the extra ``images`` brings."""
INSTALL = "pip install 'recense[images]'"


@lru_cache(maxsize=1)
def installed() -> bool:
    """Whether pictures can be looked at here; loads none of it."""
    return all(find_spec(library) is not None for library in LIBRARIES)

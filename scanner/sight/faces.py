"""Faces on a picture, counted only: nothing is measured on them by which somebody could be known again."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources
from typing import Any

import numpy as np
from numpy.typing import NDArray

SIDES = (640, 192)
"""Pixels along the longer side: faces of a fortieth of it are seen in the first, those that fill it in the second."""
_STEP = 32
_SURE = 0.6
_OVERLAP = 0.3


class Faces:
    """CenterFace (2019), one pass of a small network; see ``weights/README.md``."""

    def __init__(self) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = False
        options.log_severity_level = 4
        weights = resources.files("scanner.sight") / "weights" / "centerface.onnx"
        self._session: Any = onnxruntime.InferenceSession(
            weights.read_bytes(), options, providers=["CPUExecutionProvider"]
        )

    def find(self, image: NDArray[np.uint8]) -> NDArray[np.float32]:
        """Boxes (left, top, right, bottom, score) in shares of the picture (RGB), the surest first."""
        return _apart(np.concatenate([self._find(image, side) for side in SIDES]))

    def _find(self, image: NDArray[np.uint8], side: int) -> NDArray[np.float32]:
        from PIL import Image

        height, width = image.shape[:2]
        scale = min(1.0, side / max(height, width))
        wide, high = (max(_STEP, round(length * scale / _STEP) * _STEP) for length in (width, height))
        pixels = np.asarray(Image.fromarray(image).resize((wide, high)), np.float32)
        heat, scales, offsets, _ = self._session.run(None, {"input.1": pixels.transpose(2, 0, 1)[None]})
        found = _boxes(heat[0, 0], scales[0], offsets[0])
        return np.asarray(found / np.array([wide, high, wide, high, 1]), np.float32)


def _boxes(heat: NDArray[np.float32], scales: NDArray[np.float32], offsets: NDArray[np.float32]) -> NDArray[np.float32]:
    """What the network says of each cell of four pixels that it takes for the middle of a face."""
    row, column = np.nonzero(heat > _SURE)
    high, wide = np.exp(scales[:, row, column]) * 4
    down, right = offsets[:, row, column]
    y, x = (row + down + 0.5) * 4, (column + right + 0.5) * 4
    box = [x - wide / 2, y - high / 2, x + wide / 2, y + high / 2, heat[row, column]]
    return np.stack(box, axis=1).astype(np.float32)


def _apart(boxes: NDArray[np.float32]) -> NDArray[np.float32]:
    """The surest of boxes that cover each other."""
    left = boxes[np.argsort(-boxes[:, 4], kind="stable")]
    kept = []
    while len(left):
        first, left = left[0], left[1:]
        kept.append(first)
        wide = np.clip(np.minimum(first[2], left[:, 2]) - np.maximum(first[0], left[:, 0]), 0, None)
        high = np.clip(np.minimum(first[3], left[:, 3]) - np.maximum(first[1], left[:, 1]), 0, None)
        both = wide * high
        left = left[both < _OVERLAP * (_area(left) + _area(first[None]) - both)]
    return np.array(kept, np.float32).reshape(-1, 5)


def _area(boxes: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.asarray((boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1]), np.float32)


@lru_cache(maxsize=1)
def faces() -> Faces:
    """The network of this process, loaded when it is first asked."""
    return Faces()

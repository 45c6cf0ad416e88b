"""Text of a picture, whichever way it lies: lines are found, the page is turned, lines are read."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scanner.sight.layout import Line, turned_lines

Pixels = NDArray[np.uint8]

SIDE = 2000
"""Pixels along the longer side: 170 dots an inch on A4."""
FINDING = 1280
"""Pixels along the longer side in which lines are found; they are read in all there are."""
SMALL = 400
"""Pictures whose shorter side has less are enlarged: letters of eight pixels are read then."""
LINES = 600
"""Lines read on a picture; a page of a newspaper has three hundred."""
_SURE = 0.5
_TALL = 1.5
_TELLING = 12
"""Characters that say how a page lies; fewer can be anything."""


@dataclass(frozen=True, slots=True)
class Page:
    """Lines of an upright page, how many quarter turns (anticlockwise) made it so, and how many lines are not read."""

    lines: tuple[Line, ...]
    turns: int = 0
    left: int = 0


class Ocr:
    """One engine for a process; its models come in the wheel and are named by path: nothing is fetched."""

    def __init__(self) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from rapidocr import RapidOCR

        self._engine: Any = RapidOCR(params=_params())
        self._engine.return_word_box = False

    def read(self, image: Pixels) -> Page:
        """What stands on a picture (RGB)."""
        found = self._found(np.ascontiguousarray(_enlarged(image)[:, :, ::-1]))
        if found is None:
            return Page(())
        crops, boxes = found
        left = max(0, len(boxes) - LINES)
        crops, boxes = crops[:LINES], boxes[:LINES]
        scale = image.shape[1] / _enlarged(image).shape[1]
        sideways = _sideways(boxes)
        upside = self._upside_down(crops)
        if upside:
            crops = [np.ascontiguousarray(crop[::-1, ::-1]) for crop in crops]
        turns = (sideways + 2 * upside) % 4
        texts = self._engine.recognize_txt(crops)
        lines = [
            Line(text, box * scale)
            for text, score, box in zip(texts.txts, texts.scores, boxes, strict=True)
            if score >= _SURE and text.strip()
        ]
        if sum(len(line.text) for line in lines) < _TELLING:  # eyes and leaves resemble lines
            turns = 0
        return Page(turned_lines(lines, turns, image.shape[0], image.shape[1]), turns, left)

    def _found(self, image: Pixels) -> tuple[list[Pixels], NDArray[np.float32]] | None:
        from rapidocr.main import RapidOCRError

        try:
            crops, found = self._engine.detect_and_crop(image, {})
        except RapidOCRError:  # nothing that looks like a line
            return None
        return crops, np.asarray(found.boxes, np.float32)

    def _upside_down(self, crops: Sequence[Pixels]) -> bool:
        """What most of the lines say, by their length and how sure each is."""
        _, said = self._engine.cls_and_rotate(list(crops))
        votes = (
            (1 if "180" in label else -1) * score * crop.shape[1]
            for crop, (label, score) in zip(crops, said.cls_res, strict=True)
        )
        return bool(sum(votes) > 0)


def _params() -> dict[str, Any]:
    models = resources.files("rapidocr") / "models"
    return {
        "Global.log_level": "critical",
        "Global.model_root_dir": str(models),
        "Global.text_score": _SURE,
        "EngineConfig.onnxruntime.intra_op_num_threads": 1,  # workers share the cores already
        "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        "Det.model_path": str(models / "PP-OCRv6_det_small.onnx"),
        "Det.limit_type": "max",
        "Det.limit_side_len": FINDING,
        "Cls.model_path": str(models / "ch_ppocr_mobile_v2.0_cls_mobile.onnx"),
        "Rec.model_path": str(models / "PP-OCRv6_rec_small.onnx"),
        "Rec.rec_batch_num": 1,  # short lines are not padded to the longest: a third less time
    }


def _enlarged(image: Pixels) -> Pixels:
    return image if min(image.shape[:2]) >= SMALL else image.repeat(2, 0).repeat(2, 1)


def _sideways(boxes: NDArray[np.float32]) -> int:
    """1 where most of the text runs upwards or downwards, by area; the engine has turned those lines by itself."""
    wide = np.linalg.norm(boxes[:, 0] - boxes[:, 1], axis=1)
    high = np.linalg.norm(boxes[:, 0] - boxes[:, 3], axis=1)
    area = wide * high
    return int(area[high >= _TALL * wide].sum() > area.sum() / 2)


@lru_cache(maxsize=1)
def ocr() -> Ocr:
    """The engine of this process, loaded when a picture is first read."""
    return Ocr()

"""Measures what is read on the invented pages, faces on free photographs, and pictures of one's own."""

from __future__ import annotations

import argparse
import tempfile
import time
from collections import defaultdict
from datetime import date
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from picture_papers import PAGES
from PIL import Image

from scanner.config import Settings
from scanner.connectors.filesystem import FilesystemConnector
from scanner.examine import examine
from scanner.model import Level
from scanner.sight.faces import faces
from scanner.tasks import Batch, Examined


def scanned(folder: Path, ocr: str = "all") -> Examined:
    """What a scan gives of a folder, in this process."""
    settings = Settings(today=date(2026, 11, 20), ocr=ocr)
    items = tuple(FilesystemConnector().items(str(folder)))
    return examine(Batch(1, "filesystem", str(folder), "", items), settings, b"k")


def types_of(result: Examined, at_least: Level = Level.PROBABLE) -> dict[str, set[str]]:
    """Types found with this level, by file."""
    found: dict[str, set[str]] = defaultdict(set)
    for finding in result.findings:
        if finding.level >= at_least:
            found[finding.path.partition("!")[0]].add(finding.entity_type)
    return found


def pages() -> None:
    """The twelve pages: how many of the types that each holds are found, seconds per page."""
    with tempfile.TemporaryDirectory() as name:
        for page in PAGES:
            page.image().save(Path(name) / f"{page.name}.png")
        began, spent = time.perf_counter(), time.process_time()
        result = scanned(Path(name))
        wall, spent = time.perf_counter() - began, time.process_time() - spent
    found = types_of(result)
    total = right = 0
    for page in PAGES:
        missing = [kind for kind in page.holds if kind not in found[f"{page.name}.png"]]
        total, right = total + len(page.holds), right + len(page.holds) - len(missing)
        print(f"{page.name:16} missing: {', '.join(missing) or '-'}")
    zones = [page for page in PAGES if "MRZ" in page.holds]
    read = sum("MRZ" in found[f"{page.name}.png"] for page in zones)
    print(f"values and kinds found: {right} of {total}; zones: {read} of {len(zones)}")
    print(f"seconds per page: {wall / len(PAGES):.1f}, of one core {spent / len(PAGES):.1f}")


def photographs() -> None:
    """Faces on the free pictures inside the wheels of scikit-image and scikit-learn, where they are installed."""
    found = {name: find_spec(name) for name in ("skimage", "sklearn")}
    homes = {name: Path(next(iter(spec.submodule_search_locations or ()))) for name, spec in found.items() if spec}
    if "skimage" not in homes:
        print("faces: not measured, pip install scikit-image scikit-learn brings free pictures")
        return
    crops = np.load(homes["skimage"] / "data" / "lfw_subset.npy")  # a hundred faces, then a hundred other crops
    seen = [len(faces().find(_framed(crop))) for crop in crops]
    single = sorted((homes["skimage"] / "data").glob("*.[jp][pn]g"))
    single += sorted((homes["sklearn"] / "datasets" / "images").glob("*.jpg")) if "sklearn" in homes else []
    counts = {path.stem: len(faces().find(np.asarray(Image.open(path).convert("RGB")))) for path in single}
    people = {"astronaut", "camera"}  # the second is a photographer in profile
    right = sum(count > 0 for count in seen[:100]) + sum(counts[name] == 1 for name in people)
    wrong = [name for name, count in counts.items() if count and name not in people]
    false = sum(count > 0 for count in seen[100:]) + len(wrong)
    clean = 100 + len(counts) - len(people)
    print(f"faces found: {right} of {100 + len(people)}; on {clean} pictures without: {false} {wrong}")


def _framed(crop: np.ndarray) -> np.ndarray:
    """A crop of 25 pixels as it would lie on a sheet of portraits."""
    large = Image.fromarray((crop * 255).astype(np.uint8)).resize((100, 100), Image.Resampling.BICUBIC)
    sheet = Image.new("L", (192, 192), 128)
    sheet.paste(large, (46, 46))
    return np.asarray(sheet.convert("RGB"))


def pictures(folder: Path) -> None:
    """What is found on somebody's pictures: types, never a value."""
    result = scanned(folder)
    found = types_of(result, Level.POSSIBLE)
    for row in result.rows:
        print(f"{row.path:50} {row.status:8} {row.reason[:40]:40} {' '.join(sorted(found[row.path]))}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pictures", type=Path, help="a folder of one's own; types are printed, never a value")
    parser.add_argument("--faces", action="store_true", help="faces alone")
    asked = parser.parse_args()
    if asked.pictures:
        pictures(asked.pictures)
    else:
        photographs()
        if not asked.faces:
            pages()

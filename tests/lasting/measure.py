"""How many broken runs come to the findings of an unbroken one: ``python -m tests.lasting.measure``.

Kills the scanning process and its workers, and fills the disk, at random moments; prints one JSON object.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
import time
from pathlib import Path
from random import Random

from .breaking import Lab, full_disk, killed_parent, killed_worker, small_disk, volume


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    for name, count in (("parent", 50), ("worker", 50), ("full", 20), ("seed", 1)):
        options.add_argument(f"--{name}", type=int, default=count)
    asked = options.parse_args()
    rng = Random(asked.seed)
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        lab = Lab(volume(work / "volume"), work)
        counts: dict[str, object] = {"seconds_unbroken": round(lab.seconds, 2)}
        counts["parent"] = _tried(asked.parent, lambda run: killed_parent(lab, run, rng.uniform(0, lab.seconds)), work)
        counts["worker"] = _tried(
            asked.worker, lambda run: killed_worker(lab, run, rng.uniform(0, lab.seconds), rng), work
        )
        with small_disk(work / "disk", "6m") as mounted:
            place = work / "disk"
            counts["full"] = (
                _tried(asked.full, lambda run: full_disk(lab, run, rng.uniform(0, lab.seconds)), place)
                if mounted
                else "no file system can be mounted here"
            )
    print(json.dumps(counts | {"seconds": round(time.monotonic() - started)}))


def _tried(count: int, attempt, work: Path) -> str:  # type: ignore[no-untyped-def]
    good = 0
    for number in range(count):
        run = work / f"run-{number}"
        good += attempt(run)
        print(f"{good} of {number + 1}", file=sys.stderr, flush=True)
        shutil.rmtree(run, ignore_errors=True)
    return f"{good} of {count}"


if __name__ == "__main__":
    main()

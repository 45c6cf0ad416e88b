"""What a scan of very many small files takes: ``python -m tests.lasting.million 1000000``.

Every minute the batches that are done and the most memory of the scanning process; then the whole, as JSON.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

FOLDER = 1000
"""Files of one folder."""
EVERY = 50
"""One file in so many holds an address."""


def plant(folder: Path, files: int) -> None:
    """Notes of two lines, some with a mail address that no other file has."""
    for first in range(0, files, FOLDER):
        place = folder / f"d{first // (100 * FOLDER)}" / f"e{first // FOLDER % 100}"
        place.mkdir(parents=True)
        for number in range(first, min(files, first + FOLDER)):
            mail = f"contact{number}@example.org\n" if number % EVERY == 0 else ""
            text = f"Compte rendu {number} de la semaine {number % 52}\nstock {number * 7 % 1000}\n{mail}"
            (place / f"f{number}.txt").write_text(text)


def peak(pid: int) -> int:
    """Megabytes that a process has had at most; 0 when it is gone."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    return int(status.partition("VmHWM:")[2].split()[0]) >> 10 if "VmHWM:" in status else 0


def batches(run: Path) -> int:
    """How many the journal has."""
    try:
        return (run / "journal.jsonl").read_bytes().count(b"\n")
    except OSError:
        return 0


def main() -> None:
    """Plant, scan with two workers, tell."""
    files = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as name:
        volume, run = Path(name) / "volume", Path(name) / "run"
        plant(volume, files)
        command = [sys.executable, "-m", "scanner.cli", "scan", str(volume), "-o", str(run), "-q", "--workers", "2"]
        started, most, told = time.monotonic(), 0, 0
        with subprocess.Popen(command) as process:
            while process.poll() is None:
                time.sleep(1)
                most = max(most, peak(process.pid))
                if (minutes := int(time.monotonic() - started) // 60) > told:
                    told = minutes
                    print(f"{minutes} min: {batches(run)} batches, {most} MB", file=sys.stderr, flush=True)
        coverage = json.loads((run / "run.json").read_text())["coverage"]
        seconds = round(time.monotonic() - started)
        print(json.dumps({"files": coverage["items"], "read": coverage["read"], "seconds": seconds, "peak_mb": most}))


if __name__ == "__main__":
    main()

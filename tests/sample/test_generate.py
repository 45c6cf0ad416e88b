from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

SAMPLE = Path(__file__).resolve().parents[2] / "sample_data"
# Their bytes follow the versions of the libraries that write them; the others must be the committed ones exactly.
WRITTEN_BY_LIBRARIES = {".xlsx", ".parquet", ".db", ".gz", ".zip", ".docx", ".odt", ".eml", ".png"}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("made") / "volume"
    command = [sys.executable, str(SAMPLE / "generate.py"), "-o", str(target)]
    done = subprocess.run(command, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode(errors="replace")
    return target


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_committed_volume_is_what_the_generator_makes(made: Path) -> None:
    fresh, kept = contents(made), contents(SAMPLE / "volume")
    assert sorted(fresh) == sorted(kept)
    different = [name for name in fresh if fresh[name] != kept[name]]
    assert [name for name in different if Path(name).suffix not in WRITTEN_BY_LIBRARIES] == []


def test_the_volume_stays_small() -> None:
    assert sum(map(len, contents(SAMPLE / "volume").values())) < 3_000_000

"""The same volume gives the same answer, whatever the number of workers and the order in which they finish."""

from __future__ import annotations

from pathlib import Path

from .running import check_sums, content, scan

SAMPLE = Path(__file__).parents[2] / "sample_data" / "volume"


def test_the_sample_volume_is_read_the_same_by_one_worker_and_by_eight(tmp_path: Path) -> None:
    for workers in ("1", "8"):
        assert scan(SAMPLE, tmp_path / workers, "-q", "--workers", workers).code == 0
        check_sums(tmp_path / workers)
    assert content(tmp_path / "1") == content(tmp_path / "8")

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

BOUNDS = "NUMBA_BOUNDSCHECK"


@pytest.mark.skipif(BOUNDS in os.environ, reason="this is the run that it starts")
def test_no_kernel_of_names_reads_out_of_bounds(tmp_path: Path) -> None:
    """The tests beside, with every index looked at; compiled anew, since the cache does not tell the two apart."""
    environment = os.environ | {BOUNDS: "1", "NUMBA_CACHE_DIR": str(tmp_path)}
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "test_person_kernels.py"]
    done = subprocess.run(
        command, cwd=Path(__file__).parent, env=environment, capture_output=True, check=False, text=True
    )
    assert done.returncode == 0, done.stdout

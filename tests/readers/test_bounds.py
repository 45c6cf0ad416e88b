from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
LOOPS = ("test_records.py", "test_rows.py", "test_jsonvalues.py")


def test_no_loop_reads_out_of_its_arrays(tmp_path: Path) -> None:
    """The tests of compiled loops with every index checked, which they otherwise do not do."""
    environment = {**os.environ, "NUMBA_BOUNDSCHECK": "1", "NUMBA_CACHE_DIR": str(tmp_path)}
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *(str(HERE / name) for name in LOOPS)]
    run = subprocess.run(command, env=environment, capture_output=True, check=False)
    assert run.returncode == 0, run.stdout.decode()[-2000:]

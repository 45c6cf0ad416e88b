"""Scans a volume with each of many declarations, in one process; says what came of it, and what was opened."""

import contextlib
import io
import json
import sys
from datetime import date

opened: list[str] = []
WATCHED = ("open", "os.listdir", "os.scandir")
sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event in WATCHED else None)

import scanner.engines.local  # noqa: E402
from scanner import cli, session  # noqa: E402


class Today(date):
    @classmethod
    def today(cls) -> date:
        return date(2026, 11, 29)


folder, volume, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
scanner.engines.local.warm = lambda: None
session.date = Today  # type: ignore[attr-defined, misc]
said = []
for number in range(count):
    error = io.StringIO()
    sys.argv = ["recense", "scan", volume, "--declaration", f"{folder}/{number}.yaml", "-o", f"{folder}/run"]
    with contextlib.redirect_stderr(error), contextlib.redirect_stdout(io.StringIO()):
        try:
            cli.main()
            code: object = 0
        except SystemExit as stop:
            code = stop.code
    said.append((code, error.getvalue()))
print(json.dumps([said, [one for one in opened if one.startswith(volume)]]))

"""The timeline of the page: where a day lies on it, and days as people write them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

_WIDTH = 400
_YEARS = 8
"""Marks of years under the timeline, at most."""


def scale(rows: Sequence[Mapping[str, Any]], lang: str) -> dict[str, Any]:
    """Where a day lies on the timeline, whole years to be marked, and days as people write them."""
    days = [row[name] for row in rows for name in ("oldest", "newest")]
    days += [limit["since"] for row in rows for limit in row["limits"]]
    first = min((date.fromisoformat(one).year for one in days), default=2000)
    last = max((date.fromisoformat(one).year for one in days), default=2000) + 1
    start, length = date(first, 1, 1).toordinal(), date(last, 1, 1).toordinal() - date(first, 1, 1).toordinal()

    def at(text: str) -> float:
        return round(_WIDTH * (date.fromisoformat(text).toordinal() - start) / length, 1)

    step = -(-(last - first) // _YEARS)
    years = [(year, at(f"{year:04}-01-01")) for year in range(first + step, last, step)]
    return {"at": at, "years": years, "day": lambda text: _day(text, lang), "early": _early}


def _early(rows: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a bar begins before a limit that no file is past."""
    return any(row["oldest"] < limit["since"] and not row["overdue"] for row in rows for limit in row["limits"])


def _day(text: str, lang: str) -> str:
    day = date.fromisoformat(text)
    return f"{day:%d/%m/%Y}" if lang == "fr" else text

"""Shares with their 95 % interval (Wilson)."""

from __future__ import annotations

from math import sqrt


def wilson(right: int, of: int, z: float = 1.96) -> tuple[float, float]:
    """The interval in which the true share lies, 95 times in 100."""
    if not of:
        return 0.0, 1.0
    share, squared = right / of, z * z / of
    middle = (share + squared / 2) / (1 + squared)
    reach = z * sqrt(share * (1 - share) / of + squared / (4 * of)) / (1 + squared)
    return max(0.0, middle - reach), min(1.0, middle + reach)


def share(right: int, of: int) -> str:
    """``0.82 (0.70–0.90) 41/50``."""
    if not of:
        return "–"
    low, high = wilson(right, of)
    return f"{right / of:.2f} ({low:.2f}–{high:.2f}) {right}/{of}"

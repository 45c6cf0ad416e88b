"""Numbers and short phrases as people write them, in French and in English."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

THIN = "\u202f"
"""Narrow no-break space: between thousands, and before the French percent sign."""

UNITS = {"fr": ("octets", "Ko", "Mo", "Go", "To", "Po"), "en": ("bytes", "KB", "MB", "GB", "TB", "PB")}


def number(value: int, lang: str = "fr") -> str:
    """An integer with its thousands apart: ``1 240`` or ``1,240``."""
    return f"{value:,}".replace(",", THIN if lang == "fr" else ",")


def size(value: int, lang: str = "fr") -> str:
    """Bytes in the unit that leaves few digits; powers of 1000, as disks are sold."""
    amount, unit = float(value), 0
    while amount >= 999.5 and unit < len(UNITS[lang]) - 1:
        amount, unit = amount / 1000, unit + 1
    digits = f"{amount:.0f}" if unit == 0 or amount >= 99.95 else f"{amount:.1f}"
    name = UNITS[lang][unit]
    if unit == 0 and value <= 1 and (lang == "fr" or value == 1):
        name = name[:-1]
    return f"{digits.replace('.', ',') if lang == 'fr' else digits}\u00a0{name}"


def percent(part: int, whole: int, lang: str = "fr", up: bool = False) -> str:
    """A share with one decimal that never rounds up to all nor down to nothing; ``up`` for the complement."""
    if whole <= 0:
        return _percent("100" if part >= whole else "0", lang)
    tenths = -(-part * 1000 // whole) if up and part < whole else part * 1000 // whole
    tenths = min(tenths, 999) if part < whole else tenths
    if part and part * 1000 < whole:
        return ("moins de " if lang == "fr" else "less than ") + _percent("0.1", lang)
    if tenths == 999 and part * 10000 // whole >= 9995:
        return ("plus de " if lang == "fr" else "more than ") + _percent("99.9", lang)
    whole_part, decimal = divmod(tenths, 10)
    return _percent(f"{whole_part}.{decimal}" if decimal else str(whole_part), lang)


def shares(done: int, left: Sequence[int], whole: int, lang: str = "fr") -> list[str]:
    """What was done of a whole and what was left of it, as percentages that sum to 100 where they make the whole.

    What was done is rounded down; of the rest, what is less than a tenth is the first to be rounded up.
    """
    parts = [done, *left]
    if whole <= 0 or sum(parts) != whole:
        return [percent(part, whole, lang) for part in parts]
    tenths = [part * 1000 // whole for part in parts]
    order = sorted(range(1, len(parts)), key=lambda k: (not parts[k] or tenths[k] > 0, -(parts[k] * 1000 % whole)))
    for k in order[: 1000 - sum(tenths)]:
        tenths[k] += 1
    tiny = percent(1, 10_000, lang)
    return [tiny if part and not t else percent(t, 1000, lang) for part, t in zip(parts, tenths, strict=True)]


class Share(float):
    """A part of a whole that a spreadsheet shows as a percentage, rounded as ``percent`` does."""

    @classmethod
    def of(cls, part: int, whole: int, *, up: bool = False) -> Share:
        """To a thousandth, and never up to all nor down to nothing."""
        if whole <= 0 or part in (0, whole):
            return cls(part >= whole)
        tenths = -(-part * 1000 // whole) if up else part * 1000 // whole
        return cls(min(max(tenths, 1), 999) / 1000)


def _percent(digits: str, lang: str) -> str:
    return f"{digits.replace('.', ',')}{THIN}%" if lang == "fr" else f"{digits}%"


def plural(forms: Mapping[str, str], n: int, lang: str, **values: str) -> str:
    """The form for ``n``; in French 0 and 1 are singular, in English only 1 is."""
    single = n <= 1 if lang == "fr" else n == 1
    return forms["one" if single else "many"].format(n=number(n, lang), **values)


def listing(parts: Sequence[str], lang: str) -> str:
    """``a, b et c``."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {'et' if lang == 'fr' else 'and'} {parts[-1]}"


@lru_cache(maxsize=1)
def phrases() -> Mapping[str, Any]:
    """The sentences of the answer, per language."""
    text = files("scanner.inventory").joinpath("phrases.yaml").read_text(encoding="utf-8")
    loaded: Mapping[str, Any] = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - safe
    return loaded

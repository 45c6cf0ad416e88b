"""Validators by name: pure functions from a value to whether it passes its standard's check."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType, ModuleType

from recognizers.validators import (
    abroad,
    births,
    civil,
    credentials,
    dates,
    eu,
    fr,
    money,
    mrz,
    net,
    phone,
    places,
    secrets,
)

Validator = Callable[[str], bool]


def _functions(module: ModuleType) -> dict[str, Validator]:
    """The public functions that the module itself defines."""
    return {
        name: item
        for name, item in vars(module).items()
        if callable(item) and not name.startswith("_") and getattr(item, "__module__", "") == module.__name__
    }


VALIDATORS: Mapping[str, Validator] = MappingProxyType(
    {
        name: item
        for module in (abroad, births, civil, credentials, dates, eu, fr, money, mrz, net, phone, places, secrets)
        for name, item in _functions(module).items()
    }
)
"""What a rule may name as its ``validator``."""

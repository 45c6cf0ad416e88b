"""recense: what personal data lies in a hosted volume, and what to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from scanner.store import Run, open_run

__all__ = ["Run", "open_run"]
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    """Load the store only when a notebook asks for it, so that ``recense --help`` stays quick."""
    if name in __all__:
        from scanner import store

        return getattr(store, name)
    raise AttributeError(name)

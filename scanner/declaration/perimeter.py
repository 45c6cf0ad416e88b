"""Globs of declarations and mandates, against paths of the target and against targets themselves."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

from wcmatch import glob

_VOLUME = re.compile(r"([^/:*?\[\]]{1,255}):(?!//)/?(.*)", re.DOTALL)
_FLAGS = glob.GLOBSTAR | glob.DOTGLOB | glob.FORCEUNIX


def covers(pattern: str, path: str) -> bool:
    """Whether a declared place covers a path relative to the target, or the container that the path is in.

    ``paie`` and ``paie/**`` cover the folder and all below it, ``vol-4411:/paie/**`` too; ``*`` alone covers all.
    """
    return _covers(split_volume(pattern)[1], path)


def split_volume(pattern: str) -> tuple[str, str]:
    """``vol-4411:/paie/**`` as its volume (empty when none is named) and its path without leading slash."""
    found = _VOLUME.fullmatch(pattern)
    volume, path = (found[1], found[2]) if found else ("", pattern)
    return volume, path.removeprefix("./").strip("/")


def names(target: str, word: str) -> bool:
    """Whether a component of the target is ``word``, which may be a glob without slash."""
    return any(_matcher(word)(part) for form in _forms(target) for part in _components(form))


def includes(pattern: str, target: str) -> bool:
    """Whether a scope of the mandate includes a target: as given, as absolute path, as ``file://`` address.

    A bare ``vol-4411`` is any component of the target; ``vol-4411:/data`` that component, then ``data``.
    """
    pattern = pattern.strip()
    if pattern in ("*", "**", target):
        return True
    volume, rest = split_volume(pattern)
    if volume:
        return any(_below(f"**/{volume}/{rest}".rstrip("/"), form) for form in _forms(target))
    if "/" not in pattern:
        return names(target, pattern)
    scopes = [pattern] if pattern.startswith("/") or "://" in pattern else [pattern, f"{Path.cwd()}/{pattern}"]
    return any(_below(_tidy(scope), form) for scope in scopes for form in _forms(target))


def shown(target: str) -> str:
    """A target fit for a message: without the user, password and query of an address."""
    if "://" not in target:
        return target
    scheme, _, rest = target.partition("://")
    rest = re.split(r"[?#]", rest, maxsplit=1)[0]
    host, slash, path = rest.partition("/")
    return f"{scheme}://{host.rpartition('@')[2]}{slash}{path}"


@lru_cache(maxsize=65536)
def _covers(pattern: str, path: str) -> bool:
    outer = path.partition("!")[0]
    return any(_below(pattern, form) for form in dict.fromkeys((path, outer)))


def _below(pattern: str, path: str) -> bool:
    """The pattern matches the path itself or, when its last part is plain or ``**``, something above it."""
    if pattern in ("", "*", "**") or _matcher(pattern)(path):
        return True
    base = pattern.removesuffix("/**")
    last = base.rpartition("/")[2]
    if base == pattern and any(sign in last for sign in "*?["):
        return False
    return any(_matcher(base)(form) for form in _ancestors(path))


def _ancestors(path: str) -> Iterator[str]:
    while path:
        yield path
        path = path.rpartition("/")[0]


@lru_cache(maxsize=1024)
def _matcher(pattern: str) -> Callable[[str], bool]:
    """Names may come composed or decomposed (macOS), and a file may be called ``a[1].csv``: both are matched."""
    plain = unicodedata.normalize("NFC", pattern)
    compiled = glob.compile(plain, flags=_FLAGS)

    def matches(path: str) -> bool:
        path = unicodedata.normalize("NFC", path)
        return path == plain or bool(compiled.match(path))

    return matches


def _forms(target: str) -> tuple[str, ...]:
    """Every spelling of a target to compare; ``..`` never survives, so no scope is left through it."""
    if target.startswith("file://"):
        target = unquote(urlsplit(target).path)
    if "://" in target:
        address = shown(target)
        return () if ".." in unquote(address).split("/") else (address,)
    absolute = os.path.abspath(target)  # noqa: PTH100  normalises without following links
    return tuple(dict.fromkeys((_tidy(target), absolute, Path(absolute).as_uri())))


def _components(form: str) -> list[str]:
    return [unquote(part) for part in form.rpartition("://")[2].split("/") if part]


def _tidy(path: str) -> str:
    return path.rstrip("/") if "://" in path else os.path.normpath(path)


def volumes(patterns: Sequence[str]) -> frozenset[str]:
    """The volumes that a list of places names."""
    return frozenset(filter(None, (split_volume(pattern)[0] for pattern in patterns)))

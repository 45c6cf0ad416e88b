"""What forms say of a person in words: nationality, occupation, age."""

from __future__ import annotations

from functools import cache
from importlib import resources

_OLDEST = 119
_PARTS = str.maketrans(dict.fromkeys("/,;()'’.·|&\t\xa0\u202f\n", " "))


def nationality(value: str) -> bool:
    """An adjective of nationality, or a country: one capitalised word in fifty."""
    from recognizers import gazetteers  # noqa: PLC0415

    words = _folded(value)
    joined = "-".join(words)
    return bool(words) and (
        gazetteers.is_country(joined.upper()) or joined in _gentiles() or any(_gentile(word) for word in words)
    )


def occupation(value: str) -> bool:
    """One word of it at least names an occupation: one line of a form in fifty."""
    return any(word in _listed("occupations.txt") for part in _folded(value) for word in (part, part.removesuffix("s")))


def age(value: str) -> bool:
    """Years that somebody may have lived: nine numbers in ten of three digits at most."""
    return value.isdecimal() and int(value) <= _OLDEST


def _gentile(word: str) -> bool:
    return any(
        form in _gentiles() for form in (word, word.removesuffix("s"), word.removesuffix("ne"), word.removesuffix("e"))
    )


@cache
def _gentiles() -> frozenset[str]:
    return _listed("nationalities.txt")


def _folded(value: str) -> list[str]:
    from recognizers.folding import fold  # noqa: PLC0415

    return fold(value.translate(_PARTS)).data.decode("ascii", "replace").lower().split()


@cache
def _listed(name: str) -> frozenset[str]:
    lines = resources.files("recognizers").joinpath("wordlists", name).read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())

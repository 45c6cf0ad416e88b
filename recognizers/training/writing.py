"""How a person is written: the orders and forms of names, and the addresses made from them."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from recognizers.training.people import Persona
from recognizers.training.sheet import capitals, plain, small

Form = Callable[[Persona, random.Random], str]


def _initial(first: str, rng: random.Random) -> str:
    parts = first.replace("-", " ").split()
    letters = [part[0].upper() for part in parts]
    if len(parts) > 1 and rng.random() < 0.7:
        return rng.choice((".-", ".-", ".", ". ", "-", "")).join(letters) + rng.choice((".", ".", ""))
    kind = rng.random()
    if kind < 0.12:
        return f"{letters[0]}.{rng.choice(('', ' ', '-'))}{rng.choice('ABCDEFGHJLMPRSTV')}."
    if kind < 0.16:
        return parts[0][:2] + "."
    return letters[0] + ("" if kind < 0.24 else ".")


def _middle(person: Persona, rng: random.Random) -> str:
    letter = rng.choice("ABCDEFGHJKLMPRSTW")
    return f"{person.first} {letter}{rng.choice(('.', '.', ''))} {person.last}"


def _nick(person: Persona, rng: random.Random) -> str:
    marks = rng.choice((('"', '"'), ("« ", " »"), ("(", ")"), ("'", "'"), ("“", "”"), ("dit ", "")))
    short = person.first[: rng.choice((3, 4))].strip(" -'") + rng.choice(("", "o", "ie", "ou", "y"))
    return f"{person.first} {marks[0]}{short}{marks[1]} {person.last}"


_SUFFIXES = (", Jr.", " Jr.", " Jr", " Sr.", " III", " II", ", PhD", " MD", ", M.D.", " CPA")

FORMS: dict[str, Form] = {
    "fl": lambda p, r: f"{p.first} {p.last}",
    "fu": lambda p, r: f"{p.first} {capitals(p.last)}",
    "uf": lambda p, r: f"{capitals(p.last)} {p.first}",
    "lf": lambda p, r: f"{p.last} {p.first}",
    "uu": lambda p, r: capitals(f"{p.first} {p.last}"),
    "uur": lambda p, r: capitals(f"{p.last} {p.first}"),
    "ll": lambda p, r: small(f"{p.first} {p.last}"),
    "llr": lambda p, r: small(f"{p.last} {p.first}"),
    "comma": lambda p, r: f"{p.last}, {p.first}",
    "ucomma": lambda p, r: f"{capitals(p.last)}, {p.first}",
    "uucomma": lambda p, r: capitals(f"{p.last}, {p.first}"),
    "il": lambda p, r: f"{_initial(p.first, r)} {p.last}",
    "iu": lambda p, r: f"{_initial(p.first, r)} {capitals(p.last)}",
    "li": lambda p, r: f"{p.last} {_initial(p.first, r)}",
    "ui": lambda p, r: f"{capitals(p.last)} {_initial(p.first, r)}",
    "fi": lambda p, r: f"{p.first} {p.last[0].upper()}.",
    "mid": _middle,
    "nick": _nick,
    "suffix": lambda p, r: f"{p.first} {p.last}{r.choice(_SUFFIXES[:6])}",
}
_FRENCH = {
    "fl": 30, "fu": 22, "uf": 14, "lf": 5, "uu": 6, "uur": 7, "ll": 1.5, "llr": 0.5, "comma": 1, "ucomma": 1, "il": 4,
    "iu": 4, "li": 0.6, "ui": 1, "mid": 1, "nick": 0.5, "uucomma": 0.3,
}  # fmt: skip
_ENGLISH = {
    "fl": 60, "fu": 2, "uf": 1.5, "lf": 2, "uu": 6, "uur": 1.5, "ll": 2, "comma": 5, "uucomma": 1.5, "il": 5, "mid": 6,
    "li": 0.7, "fi": 0.8, "nick": 0.6, "suffix": 1.5,
}  # fmt: skip
_WEIGHTS = {"fr": _FRENCH, "en": _ENGLISH}


def draw_form(language: str, rng: random.Random) -> str:
    """A form of ``FORMS``, as often as files of this language have it."""
    weights = _WEIGHTS[language]
    return rng.choices(list(weights), weights=list(weights.values()))[0]


def write_person(person: Persona, form: str, rng: random.Random) -> str:
    """The person's name in this form; capitals lose their accents half of the time."""
    written = FORMS[form](person, rng)
    return plain(written) if form in ("uu", "uur", "uucomma", "uf", "ll") and rng.random() < 0.5 else written


def write_user(person: Persona, rng: random.Random) -> str:
    """What stands before the ``@`` of an e-mail address."""
    first, last = (re.sub("[^a-z-]", "", plain(small(name))) or "x" for name in (person.first, person.last))
    number = str(rng.randrange(1, 99))
    kinds = (
        f"{first}.{last}", f"{first}.{last}", f"{first}.{last}", f"{first[0]}.{last}", f"{first[0]}{last}", first,
        f"{last}.{first}", f"{first}{last}", f"{last}{number}", f"{first}_{last}", f"{first}-{last}",
        f"{last}{first[0]}", f"{first}{number}", f"{last}",
    )  # fmt: skip
    return rng.choice(kinds)

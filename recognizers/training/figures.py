"""Dates, hours, sums, telephone numbers, other runs of digits and names of programs; none belongs to anybody."""

from __future__ import annotations

import random
from collections.abc import Callable

Figure = Callable[[random.Random], str]


def digits(rng: random.Random, count: int) -> str:
    """So many random digits."""
    return str(rng.randrange(10**count)).zfill(count)


def _date(rng: random.Random) -> str:
    day, month, year = rng.randint(1, 28), rng.randint(1, 12), rng.randint(1930, 2026)
    kind = rng.choice(
        ("{0:02}/{1:02}/{2}",) * 4 + ("{0:02}.{1:02}.{2}", "{0:02}-{1:02}-{2}", "{2}-{1:02}-{0:02}", "{0}/{1}/{3:02}")
    )
    return kind.format(day, month, year, year % 100)


def _time(rng: random.Random) -> str:
    kind = rng.choice(("{0:02}:{1:02}", "{0:02}:{1:02}", "{0}h{1:02}", "{0}h", "{0:02}:{1:02}:{2:02}"))
    return kind.format(rng.randint(0, 23), rng.randint(0, 59), rng.randint(0, 59))


def _telephone(rng: random.Random) -> str:
    mark = rng.choice((" ", " ", " ", ".", "", "-"))
    head = rng.choice(("0{0}", "0{0}", "0{0}", "+33 {0}", "+33 (0){0}", "0033 {0}")).format(rng.randint(1, 9))
    return mark.join([head, *(digits(rng, 2) for _ in range(4))])


def _foreign_telephone(rng: random.Random) -> str:
    kinds = (
        "(555) 01{0}-{1}",
        "555-01{0}",
        "+44 20 7946 0{2}",
        "020 7946 0{2}",
        "+1 555 01{0} {1}",
        "01632 960{2}",
        "07700 900{2}",
    )
    return rng.choice(kinds).format(digits(rng, 2), digits(rng, 4), digits(rng, 3))


def _amount(rng: random.Random) -> str:
    whole = rng.choice((rng.randint(5, 99), rng.randint(100, 999), rng.randint(1000, 99999)))
    return f"{whole:,}".replace(",", rng.choice((" ", "", "."))) + rng.choice(
        (",00", ",50", "", f",{digits(rng, 2)}", f".{digits(rng, 2)}")
    )


def _ip(rng: random.Random) -> str:
    return rng.choice(("192.0.2.", "198.51.100.", "203.0.113.", "10.0.0.", "192.168.1.")) + str(rng.randint(1, 254))


def _hex(rng: random.Random) -> str:
    return f"{rng.getrandbits(64):016x}"[: rng.choice((7, 8, 12, 16))]


def _code(rng: random.Random) -> str:
    return (
        "".join(rng.choices("ABCDEFGHJKLMNPQRSTUVWXYZ", k=rng.choice((1, 2, 3))))
        + rng.choice(("", "-", "_"))
        + digits(rng, rng.choice((2, 3, 4, 5)))
    )


def _acronym(rng: random.Random) -> str:
    """Capitals that stand for something: ``TLS``, ``GNUPG``, ``X11``."""
    letters = "".join(rng.choices("ABCDEFGHIKLMNOPRSTUVX", k=rng.choice((2, 3, 3, 3, 4, 4, 5))))
    return letters + rng.choice(("",) * 6 + ("2", "3", "11", "64", "s"))


def _tool(rng: random.Random) -> str:
    """A name that somebody may give to a program: ``Tarvik``, ``KeMira``, ``libzorp``, ``NetBulo``."""
    beats = rng.choices(_BEATS, k=rng.choice((1, 2, 2, 2, 3)))
    name = "".join(beats) + rng.choice(("", "", "n", "r", "x", "k", "l", "s", "t"))
    kind = rng.random()
    if kind < 0.55:
        return name.capitalize()
    if kind < 0.75:
        head = rng.choice(("Net", "Open", "Free", "Lib", "Py", "Web", "Qt", "Gnu", "K", "G", "X", "My", "Type", "Re"))
        return head + name.capitalize()
    return name.capitalize() + rng.choice(("DB", "SQL", "OS", "Lib", "Kit", "ML", "JS", "Script", "Fox", "MQ", "FS"))


def _constant(rng: random.Random) -> str:
    words = rng.choices(_PARTS, k=rng.choice((1, 2, 2, 3, 3)))
    return "_".join(words).upper()


def _member(rng: random.Random) -> str:
    """What code calls a thing: ``OpenFile``, ``Buffer::Read``, ``List.Item``, ``SizeHint``."""
    words = [word.capitalize() for word in rng.choices(_PARTS, k=rng.choice((1, 2, 2, 3)))]
    return rng.choice(("", "", "", "::", ".", "-", " ")).join(words)


def _ukpost(rng: random.Random) -> str:
    area, inward = rng.choice("BEGLMNSW") + rng.choice("ABEHLRSTW"), rng.choices("ABDEFGHJLN", k=2)
    return f"{area}{rng.randint(1, 20)} {rng.randint(1, 9)}{''.join(inward)}"


_BEATS = (
    *("ba", "be", "bo", "ca", "co", "da", "di", "do", "fa", "fi", "ga", "go", "ka", "ke", "ki", "la", "le", "lo", "lu"),
    *("ma", "mi", "mo", "na", "ne", "no", "pa", "pe", "po", "ra", "ri", "ro", "sa", "si", "so", "ta", "ti", "to", "tu"),
    *(
        "va",
        "ve",
        "vi",
        "wa",
        "za",
        "zi",
        "zo",
        "ar",
        "an",
        "el",
        "or",
        "tra",
        "bre",
        "gra",
        "plo",
        "ska",
        "fle",
        "qui",
    ),
)
_PARTS = (
    *(
        "open",
        "close",
        "read",
        "write",
        "file",
        "path",
        "buffer",
        "size",
        "list",
        "item",
        "map",
        "key",
        "value",
        "node",
    ),
    *(
        "tree",
        "line",
        "text",
        "mode",
        "state",
        "event",
        "handler",
        "user",
        "host",
        "port",
        "max",
        "min",
        "default",
        "name",
    ),
    *("type", "index", "table", "column", "row", "lock", "thread", "task", "queue", "cache", "page", "block", "frame"),
    *("color", "font", "window", "button", "menu", "source", "target", "option", "flag", "error", "status", "version"),
    *("date", "time", "zone", "hash", "token", "link", "socket", "stream", "parser", "object", "class", "method"),
    *("module", "build", "test", "debug", "log", "signal", "group", "device", "memory", "image", "sound", "locale"),
    *("mark", "will", "grant", "frank", "drew", "rose", "page", "guy", "rich", "max", "bill", "jean", "art", "chase"),
)

FIGURES: dict[str, Figure] = {
    "date": _date,
    "time": _time,
    "year": lambda r: str(r.randint(1950, 2026)),
    "day": lambda r: str(r.randint(1, 28)),
    "n": lambda r: str(r.randint(1, 30)),
    "age": lambda r: str(r.randint(1, 98)),
    "tel": _telephone,
    "ftel": _foreign_telephone,
    "amount": _amount,
    "ip": _ip,
    "hex": _hex,
    "code": _code,
    "acronym": _acronym,
    "tool": _tool,
    "constant": _constant,
    "member": _member,
    "postcode": lambda r: f"{r.randint(1, 95):02}{digits(r, 3)}",
    "zip": lambda r: digits(r, 5),
    "ukpost": _ukpost,
    "letter": lambda r: r.choice("ABCDEFGHIJKLMNOPRSTVWXZ"),
    "bool": lambda r: r.choice(("true", "false")),
}

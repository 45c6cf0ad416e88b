"""Access log of a web server, in the combined form: the visitors, what they asked for, what they read it with."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from scanner.bench.corpora.columns import Draw, content, joined, text
from scanner.bench.corpora.people import People, address
from scanner.bench.corpora.words import ITEMS as THINGS
from scanner.bench.corpora.words import plain

ROWS = 20_000
START = 1_767_225_600
"""The first line is of 1 January 2026."""

ITEMS = tuple(plain(item) for item in THINGS)
PAGES = ("accueil", "boutique", "panier", "compte", "contact", "actualites", "aide", "wp-content/uploads", "api/v2")
SUFFIXES = ("", "/", ".html", ".php", ".jpg", ".css", ".js", ".json")
METHODS = ("GET", "GET", "GET", "GET", "POST", "HEAD")
CODES = ("200", "200", "200", "200", "304", "301", "302", "404", "403", "500")
AGENTS = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/131.0.0.0 Safari/537.36",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) Mobile/15E148",
    "Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/18.1 Safari/605.1.15",
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "Mozilla/5.0 (Linux; Android 14; SM-A546B) Chrome/130.0.6723.58",
    "curl/8.5.0",
    "python-requests/2.32.3",
    "-",
)


def block(seed: int, number: int) -> bytes:
    """One block of lines, of about 190 bytes each."""
    draw = Draw(ROWS, seed, 1, number)
    people = People(draw, number * ROWS)
    user = draw.mixed((0.88, "-"), (0.12, people.login))
    return content(
        joined(
            *(address(draw), " - ", user, " [", _stamps(draw, number), ' +0100] "', draw.pick(METHODS), " /"),
            *(_path(draw), _query(draw, people), ' HTTP/1.1" ', draw.pick(CODES), " ", text(draw.number(120, 90_000))),
            *(' "', _referer(draw), '" "', draw.pick(AGENTS), '"\n'),
        )
    )


def _stamps(draw: Draw, number: int) -> pa.Array:
    seconds = START + number * 9_000 + np.cumsum(draw.number(0, 2))
    return pc.strftime(pa.array(seconds, pa.timestamp("s")), "%d/%b/%Y:%H:%M:%S", locale="C")


def _path(draw: Draw) -> pa.Array:
    return joined(draw.pick(PAGES), "/", draw.pick(ITEMS), "-", text(draw.number(10, 99_999)), draw.pick(SUFFIXES))


def _query(draw: Draw, people: People) -> pa.Array:
    written = pc.replace_substring(people.email, "@", "%40")
    return draw.mixed(
        (0.6, ""),
        (0.2, joined("?page=", text(draw.number(1, 60)), "&tri=prix")),
        (0.17, joined("?utm_source=lettre&v=", draw.signs("0123456789abcdef", 16))),
        (0.02, joined("?email=", people.email)),
        (0.01, joined("?courriel=", written, "&ok=1")),
    )


def _referer(draw: Draw) -> pa.Array:
    return draw.mixed(
        (0.4, "-"),
        (0.4, joined("https://www.example.org/", draw.pick(PAGES), "/", draw.pick(ITEMS))),
        (0.2, joined("https://recherche.example.com/?q=", draw.pick(ITEMS), "+", draw.pick(ITEMS))),
    )

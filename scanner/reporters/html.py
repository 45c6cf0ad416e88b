"""The inventory as one self-contained page that explains itself: ``inventory.html``."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any, ClassVar

from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup

from scanner.inventory.codes import SENSITIVE
from scanner.inventory.words import number, percent, plural, size
from scanner.reporters.lanes import bound, reasons, sentences
from scanner.reporters.language import labels, moment, named, place, unquoted
from scanner.reporters.private import private
from scanner.reporters.visible import visible

UNREAD = 200
"""Unread items on the page; the workbook has the long list."""

CARDS = 6
"""Questions to the client shown at once; the others unfold."""

TEXTS = ("path", "table", "column", "entity_type", "category", "regime", "level", "recognizer", "outcome", "declared")


class HtmlReporter:
    """Writes the page: no network, no external resource, nothing executed but its own script."""

    name: ClassVar[str] = "html"
    suffix: ClassVar[str] = ".html"

    def write(self, inventory: Mapping[str, Any], path: Path, lang: str) -> None:
        """One page in ``lang``; quotations of the policy stay French."""
        templates = files("scanner.reporters").joinpath("templates")
        parts = {name: templates.joinpath(name).read_text(encoding="utf-8") for name in ("page.css", "page.js")}
        environment = _environment(templates.joinpath("page.html").read_text(encoding="utf-8"))
        environment.globals.update(_vocabulary(inventory, lang))
        stream = environment.get_template("page").stream(
            i=inventory,
            css=Markup(parts["page.css"]),  # noqa: S704  our own file
            js=Markup(parts["page.js"]),  # noqa: S704  our own file
            policy=Markup(_content_policy(parts)),  # noqa: S704  digests only
            data=_data(inventory, lang),
        )
        with private(path) as out:
            stream.enable_buffering(64)
            stream.dump(out, encoding="utf-8")


def _environment(page: str) -> Environment:
    return Environment(
        loader=DictLoader({"page": page}),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value,
    )


def _content_policy(parts: Mapping[str, str]) -> str:
    """Only this script and this style run, even if a hostile name slipped through."""
    digests = [base64.b64encode(hashlib.sha256(parts[n].encode()).digest()).decode() for n in ("page.css", "page.js")]
    return f"default-src 'none'; style-src 'sha256-{digests[0]}'; script-src 'sha256-{digests[1]}'; base-uri 'none'"


def _vocabulary(inventory: Mapping[str, Any], lang: str) -> dict[str, Any]:
    """What the template may call; all of it turns numbers and codes into words."""
    volume = inventory["coverage"]["volume"]
    return {
        "lang": lang,
        "t": labels(lang),
        "part": percent(volume["bytes_read"], volume["bytes"], lang),
        "num": lambda value: number(value, lang),
        "size": lambda value: size(value, lang),
        "percent": lambda part, whole, up=False: percent(part, whole, lang, up=up),
        "n": lambda forms, value: plural(forms, value, lang),
        "moment": lambda text: moment(text, lang),
        "place": lambda text: place(text, lang),
        "label": lambda code: named(inventory, code, lang),
        "together": lambda codes: " ; ".join(named(inventory, code, lang) for code in codes),
        "why": lambda card: unquoted(card["reason"][lang], card["anchor"], card["citation"]),
        "heading": _heading(inventory, lang),
        "shade": _shade,
        "shares": _shares(volume, lang),
        "sensitive": SENSITIVE,
        "lanes": list(sentences(inventory, lang)),
        "lanes_left": [*reasons(inventory, lang), *bound(inventory, lang)],
        "unread_limit": UNREAD,
        "cards_limit": CARDS,
    }


def _heading(inventory: Mapping[str, Any], lang: str) -> Callable[[Mapping[str, Any]], str]:
    words = labels(lang)

    def heading(card: Mapping[str, Any]) -> str:
        """What a card is about: a code of the axes, or a reason why something was not read."""
        subject = card["subject"]
        if card["unread"]:
            return str(words["todo"]["unread"].format(kind=words["kinds"].get(subject, subject)))
        return named(inventory, subject, lang)

    return heading


def _shares(volume: Mapping[str, int], lang: str) -> dict[str, str]:
    """Three shares that sum to 100 %; what is missing is rounded up, never away."""
    total = max(volume["bytes"], 1)
    unread = -(-1000 * volume["bytes_unread"] // total)
    partial = min(-(-1000 * volume["bytes_partial"] // total), 1000 - unread)
    tenths = {"full": 1000 - unread - partial, "partial": partial, "unread": unread}
    return {name: percent(share, 1000, lang) for name, share in tenths.items()}


def _shade(files: int) -> int:
    """Four steps by powers of ten, so that one huge folder does not wash out the others."""
    return min(4, len(str(files)) + (1 if files > 1 else 0))


def _data(inventory: Mapping[str, Any], lang: str) -> Markup:
    """The rows of the detail; strings are numbered, since paths and types repeat."""
    columns: list[str] = inventory["findings"]["columns"]
    numbers: dict[str, int] = {}
    texts = {columns.index(name) for name in TEXTS}
    places = columns.index("places")
    rows = []
    for row in inventory["findings"]["rows"]:
        line = [numbers.setdefault(v, len(numbers)) if k in texts else v for k, v in enumerate(row)]
        line[places] = [numbers.setdefault(one, len(numbers)) for one in row[places]]
        rows.append(line)
    inside = {numbers[one] for row in inventory["findings"]["rows"] for one in row[places]}
    strings = [visible(place(text, lang) if k in inside else text) for text, k in numbers.items()]
    data = {"columns": columns, "rows": rows, "strings": strings, **_words(inventory, lang)}
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    # The HTML parser ends a script at "</script", whatever its type; JSON lets "<" be written otherwise.
    escaped = text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    return Markup(escaped)  # noqa: S704


def _words(inventory: Mapping[str, Any], lang: str) -> dict[str, Any]:
    words = labels(lang)
    wanted = ("detail", "outcomes", "levels", "declared", "declared_short", "short", "todo")
    return {
        "lang": lang,
        "locale": words["locale"],
        "t": {name: words[name] for name in wanted},
        "labels": {code: visible(str(one[lang])) for code, one in inventory["labels"].items()},
        "laws": {code: one["law"] for code, one in inventory["labels"].items() if "law" in one},
        "verdicts": [
            {
                "rule": one["rule"],
                "anchor": one["anchor"],
                "citation": one["citation"],
                "reason": unquoted(one["reason"][lang], one["anchor"], one["citation"]),
            }
            for one in inventory["verdicts"]
        ],
    }

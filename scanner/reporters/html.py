"""The inventory as one self-contained page that explains itself: ``inventory.html``."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any, ClassVar

from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup

from scanner.inventory.cards import GRAVITY
from scanner.inventory.codes import SENSITIVE
from scanner.inventory.drift import KINDS
from scanner.inventory.words import number, percent, plural, size
from scanner.model import PLACES
from scanner.reporters.axis import scale
from scanner.reporters.lanes import bound, reasons, sentences
from scanner.reporters.language import COLON, SEMICOLON, detail, labels, moment, named, place, reason, said
from scanner.reporters.private import private
from scanner.reporters.proposals import badges, due, provider, references, responsible, standing, steps
from scanner.reporters.titles import certainty, evidence, floor, headings
from scanner.reporters.visible import visible
from scanner.reporters.whereabouts import whereabouts

UNREAD = 200
"""Unread items on the page; the workbook has the long list."""

DRIFT = 100
"""Changes on the page; the workbook has the long list."""

CARDS = 24
"""Cards shown at once; those that are less grave unfold."""

INDEX = 12
"""Cards in the table before all else."""

NAMED = 3
"""Files that a card names at once; the others unfold."""

_SECRETS = "R8"
"""Of secrets every place is told: each of them has to be changed."""

_CLIENT = "recense report RUN --edition client"

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
        "n2": lambda forms, value, **more: plural(forms, value, lang, **more),
        "word": lambda forms, value: forms["one" if value <= 1 and (lang == "fr" or value == 1) else "many"],
        "moment": lambda text: moment(text, lang),
        "place": lambda text: place(text, lang),
        "label": lambda code: named(inventory, code, lang),
        "together": lambda codes: SEMICOLON[lang].join(named(inventory, code, lang) for code in codes),
        "why": lambda verdict: reason(inventory, verdict, lang),
        "heading": headings(inventory, lang),
        "steps": lambda card: steps(inventory, card["steps"], lang),
        "responsible": lambda card: responsible(inventory, card["steps"], lang),
        "due": lambda card: due(inventory, card, lang),
        "badges": lambda card: badges(inventory, card, lang),
        "references": lambda card: references(card["references"], lang),
        "within": lambda spots, card: whereabouts(spots, lang, every=card["subject"] == _SECRETS),
        "evidence": lambda card: evidence(card, lang),
        "sureness": lambda card: certainty(card, lang),
        "floor": lambda cards: floor(cards, lang),
        "detail": lambda text: detail(text, lang),
        "provider": provider(inventory, lang),
        "colon": COLON[lang],
        "command": _CLIENT,
        "least": bool(inventory["coverage"]["unmeasured"]),
        "standing": lambda row: standing(row, lang),
        "member": _member(inventory),
        "coded": _coded,
        "shade": _shade,
        "shares": _shares(volume, lang),
        "sensitive": SENSITIVE,
        "lanes": list(sentences(inventory, lang)),
        "lanes_left": [*reasons(inventory, lang), *bound(inventory, lang)],
        "unread_limit": UNREAD,
        "cards_limit": CARDS,
        "named": NAMED,
        "index_limit": INDEX,
        "drift_limit": DRIFT,
        "change_kinds": KINDS,
        "gravity": GRAVITY,
        **scale(inventory["timeline"]["rows"], lang),
    }


def _member(inventory: Mapping[str, Any]) -> dict[str, str] | None:
    """A path of the page with an archive in it, short, to explain the sign between the two."""
    paths = {place["path"] for card in inventory["cards"] for place in card["places"]}
    paths |= {row["path"] for row in inventory["coverage"]["unread"]["rows"][:UNREAD]}
    inside = sorted(
        (path for path in paths if "!" in path),
        key=lambda path: ("." not in path.rpartition("!")[2], path.count("!"), len(path), path),
    )
    if not inside:
        return None
    outer, _, inner = inside[0].rpartition("!")
    return {"example": inside[0], "outer": outer, "inner": inner}


def _coded(sentence: str, paths: Mapping[str, str]) -> Markup:
    """The sentence with its paths set as such; what they hold is escaped."""
    shown = {name: Markup("<code>{}</code>").format(visible(path)) for name, path in paths.items()}
    return Markup(sentence).format_map(shown)  # noqa: S704  our own words


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
    lists = [columns.index("places"), columns.index("evidence")]
    rows = []
    at = columns.index("recognizer")
    shown = inventory["header"]["edition"] == "operator"
    for row in inventory["findings"]["rows"]:
        # Names that the tool has for its own parts are for the operator alone.
        kept = [*row[:at], row[at] if shown else "", *row[at + 1 :]]
        line = [numbers.setdefault(v, len(numbers)) if k in texts else v for k, v in enumerate(kept)]
        for k in lists:
            line[k] = [numbers.setdefault(one, len(numbers)) for one in row[k]]
        rows.append(line)
    inside = {numbers[one] for row in inventory["findings"]["rows"] for one in row[lists[0]]}
    strings = [visible(place(text, lang) if k in inside else text) for text, k in numbers.items()]
    data = {"columns": columns, "rows": rows, "strings": strings, **_words(inventory, lang)}
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    # The HTML parser ends a script at "</script", whatever its type; JSON lets "<" be written otherwise.
    escaped = text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    return Markup(escaped)  # noqa: S704


_EXPORTED = (
    *("card", "path", "table", "column", "entity_type", "category", "regime", "level", "count", "distinct"),
    *("declared", "outcome"),
)
_HEADS = {"entity_type": "type", "regime": "regimes"}


def _words(inventory: Mapping[str, Any], lang: str) -> dict[str, Any]:
    words = labels(lang)
    wanted = ("detail", "evidence", "outcomes", "levels", "declared", "short", "todo")
    return {
        "lang": lang,
        "locale": words["locale"],
        "places": PLACES,
        "heads": {name: words["columns"][_HEADS.get(name, name)] for name in _EXPORTED},
        "colon": COLON[lang],
        "semicolon": SEMICOLON[lang],
        "looked": [card["number"] for card in inventory["cards"] if card["look"]],
        "look": words["todo"]["look"].format(provider=provider(inventory, lang)),
        "t": {name: words[name] for name in wanted},
        "labels": {code: visible(named(inventory, code, lang)) for code in inventory["labels"]},
        "laws": {code: said(one["law"], lang) for code, one in inventory["labels"].items() if "law" in one},
        # The policy's sentences stand in the page, each once: the sheet takes them from there.
        "verdicts": [
            {
                "rule": one["rule"],
                "quotations": one["quotations"],
                "reason": reason(inventory, one, lang),
            }
            for one in inventory["verdicts"]
        ],
    }

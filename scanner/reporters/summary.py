"""The end of a scan in a terminal: a few aligned lines of plain text."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from scanner.inventory.words import number, percent, plural, size
from scanner.reporters.lanes import sentences
from scanner.reporters.language import labels
from scanner.reporters.proposals import badges, standing
from scanner.reporters.titles import headings
from scanner.reporters.visible import visible

WIDTH = 100
INDENT = 12
REASONS = 4
CARDS = 8


def lines(inventory: Mapping[str, Any], lang: str) -> list[str]:
    """The sentence, what was read, categories against the declaration, regimes and decisions."""
    words = labels(lang)
    client = inventory["header"]["client"] or words[_unnamed(inventory)]
    out = [f"{words['title']} – {client}", ""]
    out += textwrap.wrap(inventory["synthesis"]["sentence"][lang].replace("\u00a0", "\ue000"), WIDTH)
    out += ["", *_coverage(inventory, lang), "", *_axis(inventory, "categories", lang)]
    out += ["", *_axis(inventory, "regimes", lang), "", *_decisions(inventory, lang)]
    return [visible(line.replace("\ue000", "\u00a0").rstrip()) for line in out]


def _unnamed(inventory: Mapping[str, Any]) -> str:
    return "own_volume" if inventory["header"]["role"] == "responsable" else "unnamed_client"


def _table(title: str, rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Rows under one title at the left; every column as wide as its widest cell, the last one free."""
    columns = range(max(map(len, rows), default=0))
    # A row of one cell is a sentence: it makes no column wide.
    widths = [max((len(row[k]) for row in rows if 1 < len(row) > k), default=0) for k in columns]
    for k, row in enumerate(rows):
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=False)]
        yield f"{title if k == 0 else '':<{INDENT}}{'  '.join(cells)}"


def _coverage(inventory: Mapping[str, Any], lang: str) -> Iterator[str]:
    words, cover = labels(lang), inventory["coverage"]
    volume, items = cover["volume"], cover["items"]
    counted = {name: plural(words["summary"]["files"], items[name], lang) for name in ("read", "partial", "unread")}
    part = percent(volume["bytes_read"], volume["bytes"], lang)
    lost = percent(volume["bytes_unread"], volume["bytes"], lang, up=True)
    lost = words["coverage"]["at_least"].format(part=lost) if cover["unmeasured"] else lost
    whole = f"{counted['read']} {words['summary']['in_full']}"
    partly = f"{counted['partial']} {words['summary']['in_part']}"
    yield from _table(
        words["summary"]["read"],
        [
            [
                size(volume["bytes_read"], lang),
                part,
                ", ".join([whole, *([partly] if items["partial"] else [])]),
            ]
        ],
    )
    yield from _table(words["summary"]["unread"], [[size(volume["bytes_unread"], lang), lost, counted["unread"]]])
    reasons = [
        [
            words["kinds"].get(r["kind"], r["kind"]),
            plural(words["todo"]["files"], r["items"], lang),
            size(r["bytes"], lang)
            if r["bytes"]
            else words["coverage"]["holds" if r["kind"] == "members" else "unmeasured"],
        ]
        for r in cover["reasons"][:REASONS]
    ]
    yield from _table(words["summary"]["reasons"], reasons)
    said = textwrap.wrap(" ".join(sentences(inventory, lang)), WIDTH - INDENT)
    yield from _table(words["summary"]["names"], [[line] for line in said])


def _axis(inventory: Mapping[str, Any], axis: str, lang: str) -> Iterator[str]:
    words, volume = labels(lang), inventory["coverage"]["volume"]
    shown = [row for row in inventory[axis] if row["files"] or row["declared"]]
    title = words["summary"]["categories" if axis == "categories" else "sensitive"]
    if not shown:
        part = percent(volume["bytes_read"], volume["bytes"], lang)
        empty = words["summary"]["none"] if axis == "regimes" else words["detail"]["nothing"]
        yield from _table(title, [[empty.format(part=part)]])
        return
    rows = []
    for row in shown:
        persons = plural(words["todo"]["persons"], row["persons_min"], lang) if row["persons_min"] else ""
        found = plural(words["summary"]["files"], row["files"], lang)
        rows.append([words["short"][row["code"]], found, _state(row, lang), persons])
    yield from _table(title, rows)


def _state(row: Mapping[str, Any], lang: str) -> str:
    """One word, and how many of how many where the files differ."""
    word, *shares = standing(row, lang)
    if not shares:
        return word
    total = number(row["files"] - row["no_matter"], lang)
    share = plural(labels(lang)["states"]["share"], row["in_place"], lang, total=total)
    return f"{word} ({share if row['in_place'] else shares[0]})"


def _decisions(inventory: Mapping[str, Any], lang: str) -> Iterator[str]:
    words, rows, titled = labels(lang), [], headings(inventory, lang)
    for card in inventory["cards"][:CARDS]:
        outcome = " + ".join(badges(inventory, card, lang))
        outcome += f" ({words['todo']['urgent'].lower()})" if card["urgent"] else ""
        rows.append([outcome, plural(words["todo"]["files"], card["files"], lang), titled(card)])
    rest = inventory["cards"][CARDS:]
    for key, count in (
        ("more_cards", sum(not c["unread"] for c in rest)),
        ("more_unread", sum(c["unread"] > 0 for c in rest)),
    ):
        if count:
            rows.append([plural(words["todo"][key], count, lang)])
    accepted = inventory["decisions"]["counts"]["ACCEPTER"]
    if accepted or not rows:
        rows.append([words["outcomes"]["ACCEPTER"], plural(words["todo"]["decisions"], accepted, lang), ""])
    rows.append([plural(words["summary"]["pending"], inventory["synthesis"]["decisions_pending"], lang)])
    yield from _table(words["summary"]["decisions"], rows)

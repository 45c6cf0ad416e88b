"""Letters that a run calls for, drafted in French from templates: HTML and ODT, with « à compléter » for people."""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

from scanner.inventory.words import percent, plural
from scanner.policy.rulebook import Rulebook, rulebook
from scanner.redaction import redacted
from scanner.reporters.language import french, labels, moment, named, reason
from scanner.reporters.opendocument import write_text
from scanner.reporters.private import private
from scanner.reporters.visible import visible
from scanner.taxonomy import Record, checked

TO_COMPLETE = "« à compléter »"
Paragraphs = list[tuple[str, str]]


class _When(Record):
    role: str
    rules: tuple[str, ...]
    outcomes: tuple[str, ...]
    missing_declaration: bool = False


class _Paragraph(Record):
    kind: Literal["body", "head", "item", "quote", "findings", "exposed", "missing"]
    text: str = ""
    anchor: str = ""


class Letter(Record):
    """One template: when it is called for, and its paragraphs."""

    name: str
    title: str
    when: _When
    paragraphs: tuple[_Paragraph, ...]


@lru_cache(maxsize=1)
def templates() -> tuple[Letter, ...]:
    """The shipped letters, by name."""
    folder = files("rules").joinpath("letters")
    entries = sorted((one for one in folder.iterdir() if one.name.endswith(".yaml")), key=lambda one: one.name)
    return tuple(checked(Letter, one.read_bytes(), one.name) for one in entries)


def draft(inventory: Mapping[str, Any], folder: Path, edition: str) -> Iterator[Path]:
    """Write the letters that the inventory calls for; gives the files."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    book = rulebook(str(inventory["method"]["options"].get("policy") or ""))
    for letter in templates():
        cards = _called(letter, inventory)
        if cards is None:
            continue
        text = list(_text(letter, inventory, cards, book, edition))
        with private(folder / f"{letter.name}.html") as out:
            out.write(_page(letter.title, text).encode())
        yield folder / f"{letter.name}.html"
        write_text(folder / f"{letter.name}.odt", [("title", letter.title), *text])
        yield folder / f"{letter.name}.odt"


def _called(letter: Letter, inventory: Mapping[str, Any]) -> list[Mapping[str, Any]] | None:
    """The cards that a letter is about; None when it is not called for."""
    head = inventory["header"]
    if head["role"] != letter.when.role:
        return None
    cards = [
        card
        for card in inventory["cards"]
        if set(card["outcomes"]) & set(letter.when.outcomes) and not card["unread"] and _reasons(card, letter)
    ]
    asked = letter.when.missing_declaration and head["declaration"] == "missing"
    return cards if cards or asked else None


def _reasons(card: Mapping[str, Any], letter: Letter) -> list[Mapping[str, Any]]:
    """What a card says by rules that the letter is about."""
    return [one for one in card["reasons"] if set(one["rule"].split("+")) & set(letter.when.rules)]


def _text(
    letter: Letter, inventory: Mapping[str, Any], cards: Sequence[Mapping[str, Any]], book: Rulebook, edition: str
) -> Iterator[tuple[str, str]]:
    blanks = _blanks(inventory, book)
    exposed = any("17" in r["rule"].split("+") and card["urgent"] for card in cards for r in _reasons(card, letter))
    for one in letter.paragraphs:
        if one.kind == "findings":
            told = [(card, one) for card in cards for one in _reasons(card, letter)]
            yield from _findings(inventory, told, edition)
        elif one.kind == "quote":
            if sentence := book.citation(one.anchor):
                yield "quote", f"« {sentence} » ({book.anchor(one.anchor)}, {book.policy.name} {book.policy.version})"
        elif one.kind not in ("exposed", "missing"):
            yield one.kind, french(one.text).format_map(blanks)
        elif (one.kind == "exposed" and exposed) or (
            one.kind == "missing" and inventory["header"]["declaration"] == "missing"
        ):
            yield "body", french(one.text).format_map(blanks)


def _blanks(inventory: Mapping[str, Any], book: Rulebook) -> dict[str, str]:
    head, done = inventory["header"], inventory["synthesis"]
    return {
        "provider": book.policy.provider,
        "client": head["client"] or TO_COMPLETE,
        "mandate": head["mandate"]["reference"] or TO_COMPLETE,
        "reference": head["reference"] or TO_COMPLETE,
        "date": moment(head["ended"][:10], "fr") or TO_COMPLETE,
        "share": percent(done["bytes_read"], done["bytes"], "fr"),
        "to_complete": TO_COMPLETE,
    }


def _findings(
    inventory: Mapping[str, Any], told: Sequence[tuple[Mapping[str, Any], Mapping[str, Any]]], edition: str
) -> Iterator[tuple[str, str]]:
    words = labels("fr")
    shown = redacted if edition == "client" else str
    for card, one in told:
        about = named(inventory, card["subject"], "fr")
        files = plural(words["todo"]["files"], one["files"], "fr")
        levels = ", ".join(words["levels"][level] for level in one["levels"])
        first = "\u00a0; ".join(visible(shown(path)) for path in one["first"])
        why = reason(inventory, inventory["verdicts"][one["verdict"]], "fr")
        yield "item", f"– {about}\u00a0: {files} ({levels}). {why} Par exemple\u00a0: {first}"


_PAGE = """<!doctype html>
<html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title>
<style>body{{font:11pt/1.5 Georgia,"Liberation Serif",serif;max-width:42em;margin:3em auto;padding:0 1.5em;color:#111;
background:#fff}}h1{{font-size:1.5em}}h2{{font-size:1.1em;margin-top:1.6em}}blockquote{{font-style:italic;
margin:0 0 1em 1.5em}}ul{{padding-left:0;list-style:none}}li{{margin:0 0 .5em 1em}}mark{{background:#fff2b3}}
@page{{size:A4;margin:22mm}}@media print{{body{{margin:0;padding:0}}mark{{background:none;text-decoration:underline}}}}
</style></head><body><main><h1>{title}</h1>
{body}
</main></body></html>
"""


def _page(title: str, text: Paragraphs) -> str:
    tags = {"head": "h2", "quote": "blockquote", "item": "li", "body": "p"}
    lines: list[str] = []
    before = ""
    for kind, words in text:
        if (kind == "item") is not (before == "item"):
            lines.append("<ul>" if kind == "item" else "</ul>")
        marked = html.escape(words, quote=False).replace(TO_COMPLETE, f"<mark>{TO_COMPLETE}</mark>")
        lines.append(f"<{tags[kind]}>{marked}</{tags[kind]}>")
        before = kind
    if before == "item":
        lines.append("</ul>")
    return _PAGE.format(title=html.escape(title), body="\n".join(lines))

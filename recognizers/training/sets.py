"""The licensed labelled sets: their records but the test part, cut into paragraphs, cleaned, and written anew."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from recognizers.folding import fold_word
from recognizers.gazetteers import is_bearer, is_first_name
from recognizers.splits import is_test
from recognizers.training.augment import drop, respell
from recognizers.training.sample import Text
from recognizers.training.sheet import Label

TEST = 0.2
"""Share of the records that nothing is trained on."""
_SHORTEST = 4
_PLAIN_LABELS = {"PER": "PER", "LOC": "LOC", "ORG": "ORG"}


@dataclass(frozen=True)
class LabelledSet:
    """A file of labelled texts whose licence allows training; ``shares`` say how many are written anew, by manner."""

    name: str
    language: str
    labels: dict[str, str]
    sentences: int
    shares: dict[str, float]
    keeps: Callable[[str, list[Label]], bool] = lambda text, labels: True


def set_texts(corpora: Path, rng: random.Random, held_out: float = TEST) -> Iterator[Text]:
    """Texts of each set that lies in the folder, as they are and written anew."""
    for source in SETS:
        file = corpora / f"{source.name}.jsonl"
        if file.exists():
            yield from _texts_of(source, file, rng, held_out)


def _texts_of(source: LabelledSet, file: Path, rng: random.Random, held_out: float) -> Iterator[Text]:
    for record in training_records(file, held_out):
        labels = _flat(record["text"], record["spans"], source.labels)
        for text, inside in _paragraphs(record["text"], labels, source.sentences, rng):
            if not source.keeps(text, inside):
                continue
            original = Text(f"set/{source.name}", text, inside)
            if rng.random() < 0.75:
                original = drop(original, _SPACING)
            yield original
            yield from respell(original, source.language, source.shares, rng)


def training_records(file: Path, held_out: float = TEST) -> Iterator[dict[str, Any]]:
    """The records that are not kept aside, for testing first of all."""
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            record: dict[str, Any] = json.loads(line)
            if not is_test(record["id"], held_out):
                yield record


def _flat(text: str, spans: list[dict[str, Any]], names: dict[str, str]) -> list[Label]:
    """The widest of those that overlap; nothing that belongs to a user's address or a hashtag."""
    chosen: list[Label] = []
    wanted = [(*_trim(text, s["start"], s["end"]), names[s["label"]]) for s in spans if s["label"] in names]
    for start, end, label in sorted(wanted, key=lambda span: span[0] - span[1]):
        if all(end <= other or start >= until for other, until, _ in chosen) and any(map(str.isalpha, text[start:end])):
            chosen.append((start, end, label))
    return sorted(span for span in chosen if not _is_handle(text, *span))


_TITLE = re.compile(
    r"(?:(?:MM?|Mr|Dr|Pr)\.?|Mmes?|Mlle|Mrs\.?|Ms\.?|Mgr|Me|[Dd]octeur|[Mm]onsieur|[Mm]adame) +(?=[A-ZÉÈ])"
)
_STOP = re.compile(r"(?<=[a-zé]{4})\.$|[,;:!?\s]+$")


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Without a title before the name, as most sets have it, nor the stop of a sentence after it."""
    title = _TITLE.match(text, start, end)
    start = title.end() if title else start
    stop = _STOP.search(text[start:end])
    return start, start + stop.start() if stop else end


def _is_handle(text: str, start: int, end: int, label: str) -> bool:
    return text[start] in "@#" or text[:start].rstrip(" ")[-1:] in {"@", "#"}


def _paragraphs(
    text: str, labels: list[Label], sentences: int, rng: random.Random
) -> Iterator[tuple[str, list[Label]]]:
    """Pieces of up to so many lines; a label that goes over an edge takes its piece along."""
    ends = [match.end() for match in re.finditer(r"\n+|$", text)]
    start = 0
    while start < len(text):
        ahead = [end for end in ends if end > start][: rng.randint(1, sentences)]
        end = ahead[-1]
        piece = text[start:end].rstrip()
        inside = [(a - start, b - start, label) for a, b, label in labels if a >= start and b <= start + len(piece)]
        if len(piece.strip()) >= _SHORTEST and not any(a < end < b for a, b, _ in labels):
            yield piece, inside
        start = end


_TITLED = re.compile(r"\b(?:MM?|Mme|Mlle|Mgr|Dr|docteur|Me)\.? ([A-ZÉÈ][a-zéèêëïî]{3,})")
_PAIR = re.compile(r"(\w+)?[ ,]*\b([A-ZÉ][a-zéèêëïî]{2,}(?:-[A-Z][a-zéèê]+)?) ([A-ZÉÈ][A-Za-zéèêëïîÉÈ]{2,})")
_CLEAN = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*[.,;:!?]?|\d+[.,]?|[.,;:«»()!?—–-]")


def _is_fully_labelled(text: str, labels: list[Label]) -> bool:
    """Whether no title and no known first name stands before a capital without a label, in legible words."""
    covered = {at for start, end, _ in labels for at in range(start, end)}
    if any(match.start(1) not in covered for match in _TITLED.finditer(text)):
        return False
    for match in _PAIR.finditer(text):
        before = fold_word(match[1] or "")
        known = is_first_name(fold_word(match[2])) >= 2 and not is_bearer(before)
        if known and match.start(2) not in covered and match.start(3) not in covered:
            return False
    words = text.split()
    return sum(not _CLEAN.fullmatch(word) for word in words) <= 0.14 * len(words)


_SPACING = re.compile(
    r" (?=[,.;:!?%)\]’](?:\s|$))|(?<=[#@$£€(\[]) |(?<=\b[lLdDnNsSjJcCmM]['’]) "
    r"|(?<=\w) (?=(?:'s|n't|'re|'ll|'ve|'m)\b)|(?<=\w-) (?=[A-Z])"
)
"""Blanks that cutting into tokens, or labelling, left in the texts."""

SETS = (
    LabelledSet(
        "fr_winer", "fr", {"Person": "PER", "Location": "LOC", "Organization": "ORG"}, 1,
        {"swap": 0.45, "style": 0.35, "case": 0.13},
    ),
    LabelledSet("fr_europeana_newspapers", "fr", _PLAIN_LABELS, 1, {"swap": 0.2, "case": 0.04}, _is_fully_labelled),
    LabelledSet("en_wikigold", "en", _PLAIN_LABELS, 4, {"swap": 0.8, "style": 0.5, "case": 0.25}),
    LabelledSet(
        "en_wnut17", "en", {"person": "PER", "location": "LOC", "corporation": "ORG", "group": "ORG"}, 2,
        {"swap": 0.6, "style": 0.3, "case": 0.2},
    ),
    LabelledSet("en_broad_twitter", "en", _PLAIN_LABELS, 2, {"swap": 0.5, "style": 0.25, "case": 0.15}),
)  # fmt: skip

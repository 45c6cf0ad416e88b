"""Labelled sets made into training texts: cleaned of stray blanks and handles, and written anew."""

from __future__ import annotations

import json
import random
from pathlib import Path

from recognizers.splits import is_test
from recognizers.training.augment import drop, style, swap
from recognizers.training.sample import Text
from recognizers.training.sets import _SPACING, _is_fully_labelled, set_texts


def _record(folder: Path, name: str, text: str, spans: list[tuple[str, str]]) -> None:
    identifier = next(f"{name}-{n}" for n in range(100) if not is_test(f"{name}-{n}", 0.2))
    marked = [{"start": text.index(s), "end": text.index(s) + len(s), "label": label} for s, label in spans]
    line = json.dumps({"id": identifier, "text": text, "spans": marked})
    (folder / f"{name}.jsonl").write_text(line + "\n", encoding="utf-8")


def test_handles_and_hashtags_are_not_persons(tmp_path: Path) -> None:
    spans = [("@", "PER"), ("zorelle", "PER"), ("Anna", "PER"), ("#Marko", "PER")]
    _record(tmp_path, "en_broad_twitter", "@ zorelle thanks Anna #Marko", spans)
    named = {
        t.text[a:b] for t in set_texts(tmp_path, random.Random(1)) for a, b, _ in t.spans if t.kind.endswith("tter")
    }
    assert named == {"Anna"}


def test_of_two_labels_that_overlap_the_wider_one_stays(tmp_path: Path) -> None:
    text = "Le maire de Villeneuve parle."
    _record(tmp_path, "fr_winer", text, [("maire de Villeneuve", "Organization"), ("Villeneuve", "Location")])
    first = next(iter(set_texts(tmp_path, random.Random(1))))
    assert [(first.text[a:b], label) for a, b, label in first.spans] == [("maire de Villeneuve", "ORG")]


def test_titles_and_stops_are_no_part_of_a_name(tmp_path: Path) -> None:
    spans = [("Dr Zarbet", "PER"), ("Paul Ludovan.", "PER"), (",", "LOC")]
    _record(tmp_path, "en_wikigold", "Seen by Dr Zarbet, then by Paul Ludovan.", spans)
    first = next(iter(set_texts(tmp_path, random.Random(1))))
    assert [first.text[a:b] for a, b, _ in first.spans] == ["Zarbet", "Paul Ludovan"]


def test_paragraphs_of_a_record_are_texts_of_their_own(tmp_path: Path) -> None:
    _record(tmp_path, "fr_winer", "Un premier.\n\nUn second, de Zoé.", [("Zoé", "Person")])
    found = [t for t in set_texts(tmp_path, random.Random(1)) if t.kind == "set/fr_winer"]
    assert [t.text for t in found] == ["Un premier.", "Un second, de Zoé."]


def test_stray_blanks_go_and_labels_follow() -> None:
    text = Text("x", "L' amie de Zoé , à Pau .", [(11, 14, "PER"), (19, 22, "LOC")])
    clean = drop(text, _SPACING)
    assert clean.text == "L'amie de Zoé, à Pau."
    assert [clean.text[a:b] for a, b, _ in clean.spans] == ["Zoé", "Pau"]


def test_who_is_swapped_keeps_one_name() -> None:
    text = Text("x", "Paul Zarbe est là. Zarbe parle à Pau.", [(0, 10, "PER"), (19, 24, "PER"), (33, 36, "LOC")])
    for seed in range(20):
        other = swap(text, "fr", random.Random(seed))
        names = [other.text[a:b] for a, b, _ in other.spans]
        assert names[2] == "Pau"
        assert "Zarbe" not in other.text
        assert set(names[1].casefold()) <= set(names[0].casefold()) | set("éèêëàâïîôûüç")


def test_another_style_keeps_the_person() -> None:
    text = Text("x", "Vu Jean Dupont hier.", [(3, 14, "PER")])
    written = {style(text, random.Random(seed)).text for seed in range(40)}
    assert {"Vu Jean DUPONT hier.", "Vu DUPONT Jean hier.", "Vu JEAN DUPONT hier."} <= written


def test_a_title_or_first_name_without_label_tells_that_labels_are_missing() -> None:
    assert not _is_fully_labelled("Hier M. Durand est venu.", [])
    assert not _is_fully_labelled("Hier Pierre Durand est venu.", [])
    assert _is_fully_labelled("Hier M. Durand est venu.", [(8, 14, "PER")])
    assert _is_fully_labelled("La rue Pierre Curie est fermée.", [])
    assert not _is_fully_labelled("KJbFU±SL, iCiV|iN 9&, *8 »•» aS", [])

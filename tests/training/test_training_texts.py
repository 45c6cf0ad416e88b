"""Texts for training: labels lie where they say, the seed decides everything, no test record is among them."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from recognizers.splits import is_test
from recognizers.training.grammar import LABELS, MistakeError, Slot, parse
from recognizers.training.negatives import manual_texts
from recognizers.training.people import People, is_held_out
from recognizers.training.scene import Scene
from recognizers.training.texts import Text, texts
from recognizers.training.tongue import Tongue, document_files, line_files, load

SCALE = 0.02


@pytest.fixture(scope="module")
def drawn() -> list[Text]:
    return list(texts(4, None, SCALE))


def test_labels_lie_inside_in_order_and_never_overlap(drawn: list[Text]) -> None:
    for text in drawn:
        last = 0
        for start, end, label in text.spans:
            assert last <= start < end <= len(text.text), text.kind
            assert label in LABELS
            assert text.text[start:end] == text.text[start:end].strip()
            last = end


def test_the_seed_decides_everything(drawn: list[Text]) -> None:
    assert list(texts(4, None, SCALE)) == drawn
    assert list(texts(5, None, SCALE)) != drawn


def test_every_kind_of_the_mix_is_drawn() -> None:
    kinds = {text.kind for text in texts(1, None, 0.1)}
    assert {"fr/signatures", "fr/cell", "fr/headings", "en/messages", "en/config", "code"} <= kinds


def test_some_texts_are_read_without_lists(drawn: list[Text]) -> None:
    assert 0 < sum(text.unlisted for text in drawn) < len(drawn) / 3


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_template_can_be_drawn(language: str) -> None:
    tongue = load(language)
    for nodes in (*tongue.lines.values(), *tongue.documents.values(), *tongue.words.values()):
        for node in nodes:
            for seed in range(3):
                scene = Scene(tongue, random.Random(seed))
                scene.render(node)
                assert "{" + "person" not in scene.sheet.text


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("kind", ["negatives", "plain", "config", "logs", "manuals"])
def test_what_names_nobody_bears_no_such_label(language: str, kind: str) -> None:
    tongue = load(language)
    for node in (*tongue.lines.get(kind, ()), *tongue.documents.get(kind, ())):
        scene = Scene(tongue, random.Random(1))
        scene.render(node)
        assert "PER" not in {label for _, _, label in scene.sheet.labels}, node


@pytest.mark.parametrize("language", ["fr", "en"])
def test_credits_name_somebody(language: str) -> None:
    tongue = load(language)
    for node in tongue.lines["credits"]:
        scene = Scene(tongue, random.Random(1))
        scene.render(node)
        assert "PER" in {label for _, _, label in scene.sheet.labels}, node


def test_manuals_credit_nobody() -> None:
    pages = list(manual_texts(40, random.Random(1)))
    assert len(pages) == 40
    assert not any("@" in page.text or "Copyright" in page.text for page in pages)
    assert not any(page.spans for page in pages)


@pytest.mark.parametrize(("language", "least"), [("fr", 400), ("en", 350)])
def test_there_are_many_different_templates(language: str, least: int) -> None:
    templates = [t for files in (line_files(language), document_files(language)) for _, ts in files for t in ts]
    assert len(templates) >= least
    assert len(templates) == len(set(templates))


@pytest.mark.parametrize("template", ["[a|b", "a]", "{", "<LOC:{town}", "(2-3)[a"])
def test_a_template_that_cannot_be_read_is_refused(template: str) -> None:
    with pytest.raises(MistakeError):
        parse(template)


def test_an_unknown_slot_is_refused() -> None:
    with pytest.raises(MistakeError, match="nothing is called 'persn'"):
        _draw("{persn}")


def test_who_is_named_twice_is_the_same() -> None:
    scene = _draw("{first@a} {last@a} = {full@a}")
    one, two = scene.sheet.text.split(" = ")
    assert one == two


def test_a_mark_covers_what_stands_inside() -> None:
    scene = _draw("à <LOC:rue {full}>, <NON:{first}>, {full}")
    assert [label for _, _, label in scene.sheet.labels] == ["LOC", "PER"]
    start, _, _ = scene.sheet.labels[0]
    assert start == 2


def test_a_quoted_sign_is_written() -> None:
    assert parse(r"\{a\} \[b\|c\]\t") == "{a} [b|c]\t"
    assert parse("{town.upper@x}") == Slot("town", ("upper",), "x")


def test_held_out_names_are_never_drawn() -> None:
    rng, people = random.Random(1), People("fr")
    drawn = [people.draw(rng) for _ in range(400)]
    simple = [p for p in drawn if p.first.isalpha() and p.last.isalpha() and p.last.isascii()]
    assert simple
    assert not any(is_held_out(p.first) for p in simple)


def test_no_test_record_is_yielded(tmp_path: Path) -> None:
    identifiers = [f"en_wikigold-{number}" for number in range(60)]
    lines = [json.dumps({"id": i, "text": f"Record number {i} is here.", "spans": []}) for i in identifiers]
    (tmp_path / "en_wikigold.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    found = {i for text in texts(1, tmp_path, 0.0) for i in identifiers if f"number {i} is" in text.text}
    assert found == {i for i in identifiers if not is_test(i, 0.2)}


def _draw(template: str) -> Scene:
    tongue: Tongue = load("fr")
    scene = Scene(tongue, random.Random(3))
    scene.render(parse(template))
    return scene

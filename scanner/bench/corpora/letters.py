"""French prose: letters, reports and articles, sentence after sentence, with a name or a telephone now and then."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from scanner.bench.corpora.columns import Draw, content, date, joined, text
from scanner.bench.corpora.people import People
from scanner.bench.corpora.words import WORDS as ALL

SENTENCES = 24_000

WORDS = ALL["letters"]


def block(seed: int, number: int) -> bytes:
    """One block of sentences, of about 130 bytes each, in paragraphs."""
    draw = Draw(SENTENCES, seed, 3, number)
    people = People(draw, number * SENTENCES)
    sentence = _sentence(draw)
    closing = joined("\n\nVeuillez agréer nos salutations les meilleures.\n\n", _name(people), "\n\n\n")
    return content(
        draw.mixed(
            (0.93, joined(sentence, draw.mixed((0.8, " "), (0.2, "\n\n")))),
            (
                0.02,
                joined("\n\n", draw.pick(WORDS["headings"]), " n° ", text(draw.number(1, 400)), "\n\n", sentence, " "),
            ),
            (0.02, joined(_opening(draw, people), sentence, " ")),
            (
                0.02,
                joined(sentence, closing),
            ),
            (0.007, joined("Vous pouvez joindre ", people.title, " ", people.last, " au ", people.phone, ". ")),
            (0.003, joined("Les réponses sont attendues à l'adresse ", people.email, ". ")),
        )
    )


def _sentence(draw: Draw) -> pa.Array:
    link = draw.pick(WORDS["links"])
    subjects = WORDS["subjects"]
    subject = draw.rank(len(subjects))
    raised = [word[0].upper() + word[1:] for word in subjects]
    bare = np.asarray(pc.equal(link, ""))
    named = pa.array(raised + subjects).take(pa.array(subject + np.where(bare, 0, len(subjects))))
    return joined(
        link, named, " ", draw.pick(WORDS["verbs"]), " ", draw.pick(WORDS["objects"]), draw.pick(WORDS["ends"]), "."
    )


def _opening(draw: Draw, people: People) -> pa.Array:
    when = date(draw.number(16_000, 20_500), "%d/%m/%Y")
    return joined("\n\n", people.town, ", le ", when, "\n\n", people.title, " ", people.last, ",\n\n")


def _name(people: People) -> pa.Array:
    return joined(people.first, " ", people.last)

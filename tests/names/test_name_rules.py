from __future__ import annotations

from itertools import pairwise

import pytest

from recognizers.names import NameRecognizer, score_cells
from scanner.model import Level

NAMES = NameRecognizer()


def found(text: str) -> dict[str, str]:
    return {text[span.start : span.end]: span.level.name for span in NAMES.find(text)}


@pytest.mark.parametrize(
    ("text", "name", "level"),
    [
        ("Bonjour M. Dupont, merci", "Dupont", "PROBABLE"),
        ("Voir Mme Claire Lefèvre au guichet", "Claire Lefèvre", "CERTAIN"),
        ("Le rendez-vous de Jean Dupont est annulé", "Jean Dupont", "PROBABLE"),
        ("DUPONT Jean-Pierre 12 avril", "DUPONT Jean-Pierre", "PROBABLE"),
        ("JEAN-PIERRE LEFEVRE", "JEAN-PIERRE LEFEVRE", "PROBABLE"),
        ("Signé : Yann Le Gall", "Yann Le Gall", "PROBABLE"),
        ("avec Maria Da Silva lundi", "Maria Da Silva", "PROBABLE"),
        ("Awa N'Diaye a répondu", "Awa N'Diaye", "PROBABLE"),
        ("reçu de J. Lefebvre hier", "J. Lefebvre", "POSSIBLE"),
        ("Nom : DURAND\nPrénom : Sylvie", "DURAND", "PROBABLE"),
        ("Nom : DURAND\nPrénom : Sylvie", "Sylvie", "PROBABLE"),
        ("nom: durand", "durand", "PROBABLE"),
        ("Sylvie Durand\nsylvie.durand@example.org", "Sylvie Durand", "CERTAIN"),
        ("Zorglub Krapoutchik <zorglub.krapoutchik@example.org>", "Zorglub Krapoutchik", "PROBABLE"),
        ("Mme Anne Petit née Rousseau", "Rousseau", "PROBABLE"),
        ("À lundi,\nCordialement,\nSophie", "Sophie", "PROBABLE"),
        ("Please call Mr. Robert Hughes", "Robert Hughes", "CERTAIN"),
        ("Emily Carter will join us", "Emily Carter", "POSSIBLE"),
        ("madame Lefort est venue", "Lefort", "PROBABLE"),
        ("Me Laurent Bonnet, avocat", "Laurent Bonnet", "CERTAIN"),
    ],
)
def test_person(text: str, name: str, level: str) -> None:
    assert found(text).get(name) == level


@pytest.mark.parametrize(
    "text",
    [
        "12 rue Victor Hugo, 75016 Paris",
        "place Jean Jaurès",
        "le lycée Jean Moulin et l'école Jules Ferry",
        "avenue du Général Leclerc",
        "Fiche Tarif Adresse",
        "Martin Consulting et Dupont Assurances SARL",
        "Lundi Mars Avril",
        "Paris Saint-Germain",
        "Clermont Ferrand",
        "Bon de commande, Conditions Générales de Vente",
        "Microsoft Office Word",
        "Marine Nationale",
        "Le Maître de Conférences",
        "contact@brasserie-martin.example",
        "Dave Cooks\nwww.davecooks.example",
        "2026-11-02T10:00:00Z srv nginx[812]: GET /api/v1/items 200",
    ],
)
def test_nobody(text: str) -> None:
    assert found(text) == {}


def test_source_code_names_only_those_with_an_address() -> None:
    code = "\n".join(
        ["class Martin(Thomas):", "    def run(self): return Julien.Robert(self.x[0], {'Claude': Simon})"] * 20
        + ["# Jean Dupont <jean.dupont@example.org>"]
    )
    assert set(found(code)) == {"Jean Dupont"}


def test_decomposed_accents_keep_offsets() -> None:
    text = "Mme He\u0301le\u0300ne Durand est la\u0300"
    assert list(found(text)) == ["He\u0301le\u0300ne Durand"]


def test_spans_do_not_overlap_and_are_in_order() -> None:
    text = "Nom : Mme Claire Lefèvre, Jean Dupont et DUPONT Jean ; claire.lefevre@example.org"
    spans = NAMES.find(text)
    assert all(one.end <= other.start for one, other in pairwise(spans))
    assert max(span.level for span in spans) == Level.CERTAIN


def test_columns_of_names() -> None:
    first = score_cells(["Jean", "MARIE", "sylvie", "Karim"])
    assert (first.first, first.n) == (4, 4)
    last = score_cells(["DUPONT", "Lefebvre", "Le Gall", "garcia"])
    assert (last.last, last.n) == (4, 4)
    full = score_cells(["Jean Dupont", "LEFEVRE Claire", "martin, paul", "M. Luc Bernard", ""])
    assert (full.full, full.n) == (4, 4)
    other = score_cells(["Lyon", "Bon de commande", "A12", "gasoil", "Conditions Générales"])
    assert other.full == 0

"""The works council: its union list and the minutes of a meeting."""

from __future__ import annotations

from random import Random

from packing import docx, table
from people import Person, staff


def files() -> dict[str, bytes]:
    rng = Random("vauquelin:council")
    team = staff()
    return {
        "cse/liste_adherents_syndicat.csv": _members(rng, team),
        "cse/compte_rendu_reunion.docx": docx(_minutes(team)),
    }


def _members(rng: Random, team: list[Person]) -> bytes:
    rows: list[list[object]] = [["nom", "prenom", "courriel", "syndicat", "adherent_depuis", "cotisation_syndicale"]]
    for one in sorted(rng.sample(team, 17), key=lambda one: one.last):
        union = rng.choice(("CFDT", "CGT", "CFDT", "FO"))
        rows.append([one.last, one.first, one.mail, union, rng.randint(2009, 2025), f"{rng.choice((12, 14, 16))},20"])
    return table(rows, ";", "utf-8", "\n")


def _minutes(team: list[Person]) -> list[str]:
    chair, clerk, elected, other = team[0], team[9], team[14], team[28]
    return [
        "COMITÉ SOCIAL ET ÉCONOMIQUE - COMPTE RENDU DE LA RÉUNION DU 22 OCTOBRE 2026",
        f"Présents : {chair.full} (présidence), {clerk.full} (secrétaire), {elected.full}, {other.full}.",
        "Point 1. Le procès-verbal de la réunion de septembre est approuvé à l'unanimité.",
        "Point 2. La fermeture de fin d'année est fixée du 24 décembre au soir au 4 janvier au matin.",
        f"Point 3. {elected.full} demande le remplacement de l'aspiration de l'atelier vernis ; devis attendu.",
        "Point 4. Bons d'achat de Noël : 120 euros par salarié, distribution à partir du 7 décembre.",
        f"Point 5. Les demandes de billetterie sont à adresser à {clerk.mail} avant le 15 novembre.",
        "La séance est levée à 16 h 40.",
    ]

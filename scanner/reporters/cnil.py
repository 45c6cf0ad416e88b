"""The register in the layout of the CNIL's simplified spreadsheet, its labels letter for letter, slips included."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from scanner.policy.register import EITHER
from scanner.reporters.language import labels, named
from scanner.reporters.opendocument import Sheet

LIST = "2 - Liste des traitements"
RECORD = "3 - Modèle de fiche de registre"
CATEGORIES = (
    ("État civil, identité, données d'identification, images…", ("C1",)),
    ("Vie personnelle (habitudes de vie, situation familiale, etc.)", ("C4",)),
    (
        "Informations d'ordre économique et financier (revenus, situation financière, situation fiscale, etc.)",
        ("C2",),
    ),
    ("Données de connexion (adress IP, logs, etc.)", ("C5",)),
    ("Données de localisation (déplacements, données GPS, GSM, etc.)", ("R6",)),
    ("Numéro de Sécurité Sociale (ou NIR)", ("R2",)),
)
SENSITIVE = (
    ("Données révélant l'origine raciale ou ethnique", "R1-a"),
    ("Données révélant les opinions politiques", "R1-b"),
    ("Données révélant les convictions religieuses ou philosophiques", "R1-c"),
    ("Données révélant l'appartenance syndicale", "R1-d"),
    ("Données génétiques", "R1-e"),
    ("Données biométriques aux fins d'identifier une personne physique de manière unique", "R1-f"),
    ("Données concernant la santé", "R1-g"),
    ("Données concernant la vie sexuelle ou l'orientation sexuelle", "R1-h"),
    ("Données relatives à des condamnations pénales ou infractions", "R3"),
)
ELSEWHERE = (("Vie professionnelle", ("C3",)), ("Autres catégories de données (précisez) :", ("C6", "C0")))
"""Lines of the CNIL's older model, for what the present one has no line for."""
_WIDTHS = ((("", 60), ("", 60), ("", 34), ("", 34)),)
_TO_COMPLETE = "à compléter par le client"


def sheets(inventory: Mapping[str, Any]) -> Iterator[Sheet]:
    """The list of processings, then one record for each; what nobody declared is a record to give a home."""
    groups = _groups(inventory)
    names = ("Nom / sigle", "N° / REF", "Date de création", "Dernière mise à jour")
    heads = (*names, "Finalité principale", "Transferts hors UE ? Oui/non", "Données sensibles ? Oui/non")
    yield LIST, [(name, 24) for name in heads], [_listed(inventory, rows) for rows in groups]
    for number, rows in enumerate(groups, 1):
        title = RECORD if number == 1 else f"3 - Fiche {number}"
        yield title, _WIDTHS[0], list(_record(inventory, rows))


def _groups(inventory: Mapping[str, Any]) -> list[list[Mapping[str, Any]]]:
    groups: dict[str, list[Mapping[str, Any]]] = {}
    for row in inventory["register"]:
        # What may belong to several processings has its home in none of them yet.
        groups.setdefault("" if EITHER in row["reference"] else row["reference"], []).append(row)
    return [groups[key] for key in sorted(groups, key=lambda key: (key == "", key))]


def _listed(inventory: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]) -> list[str]:
    first, day = rows[0], inventory["header"]["ended"][:10]
    outside = "Oui" if any(str(row["outside_eu"]).lower() in ("true", "oui") for row in rows) else "Non"
    sensitive = "Oui" if any(row["sensitive"] == "yes" for row in rows) else "Non"
    name = first["processing"] or "Constats sans traitement déclaré"
    return [name, first["reference"], day, day, first["purpose"] or _TO_COMPLETE, outside, sensitive]


def _record(inventory: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]) -> Iterator[list[str]]:
    first, head = rows[0], inventory["header"]
    day = head["ended"][:10]
    yield ["Nom / sigle", first["processing"] or "Constats sans traitement déclaré"]
    yield ["N° / REF", first["reference"]]
    yield ["Date de création", day]
    yield ["Dernière mise à jour", day]
    yield ["Acteurs", "Nom"]
    yield ["Responsable du traitement", head["client"] or _TO_COMPLETE]
    for actor in ("Délégué à la protection des données", "Société (si DPO externe)", "Représentant"):
        yield [actor, _TO_COMPLETE]
    yield ["Responsable(s) conjoint(s)", _TO_COMPLETE]
    yield ["Finalité(s) du traitement effectué", ""]
    yield ["Finalité principale", first["purpose"] or _TO_COMPLETE]
    for number in range(1, 6):
        yield [f"Sous-finalité {number}", ""]
    yield ["Catégories de données personnelles concernées", "Description", "Durée de conservation"]
    for label, codes in (*CATEGORIES, *ELSEWHERE):
        yield [label, *_described(inventory, rows, codes)]
    yield ["Données sensibles", "Description", "Durée de conservation"]
    for label, code in SENSITIVE:
        yield [label, *_described(inventory, rows, (code,))]
    yield ["Catégories de personnes concernées", "Description"]
    yield ["Catégorie de personnes 1", ", ".join(first["people"]) or _TO_COMPLETE]
    yield ["Destinataires", "Description"]
    yield ["Destinataire 1", ", ".join(first["recipients"]) or _TO_COMPLETE]
    yield ["Mesures de sécurité", "Description"]
    yield ["Mesure de sécurité 1", _TO_COMPLETE]
    yield ["Transferts hors UE", "Destinataire", "Pays", "Type de garanties"]
    yield ["Organisme destinataire 1", "", ", ".join(first["countries"]), first["guarantee"]]


def _described(inventory: Mapping[str, Any], rows: Sequence[Mapping[str, Any]], codes: tuple[str, ...]) -> list[str]:
    """Types that were found, in words, with how sure and how many; empty for a line that nothing belongs to."""
    words = labels("fr")
    parts, kept = [], []
    for row in rows:
        of_regime = set(codes) & {*row["nature"], *row["regimes"]}
        if row["category"] in codes or of_regime:
            names = _types(row, codes)
            if names:
                said = ", ".join(named(inventory, name, "fr") for name in names)
                parts.append(f"{said} ({words['declared'][row['declared']]})")
            kept += row["retention"]
    return [" ; ".join(dict.fromkeys(parts)), " ; ".join(dict.fromkeys(kept))]


def _types(row: Mapping[str, Any], codes: tuple[str, ...]) -> list[str]:
    """Of the types of a row, those that belong on a line: numbers of social security and places have their own."""
    from scanner.taxonomy import taxonomy

    found = []
    for name in row["types"] or row["types_declared"]:
        canonical = taxonomy().canonical(name) or name
        regimes = set(taxonomy().regimes_of(canonical))
        if regimes & set(codes) or (row["category"] in codes and not regimes & {"R2", "R6"}):
            found.append(canonical)
    return found

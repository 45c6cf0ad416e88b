"""One invented run with decisions of every outcome, as the scan would hand it over."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from scanner.inventory import build
from scanner.inventory.drift import Seen, drift
from scanner.inventory.facts import FINDINGS
from scanner.inventory.reading import ITEMS
from scanner.taxonomy import taxonomy

BIRTHDAY = 1_760_000_000 * 10**9

POL08 = (
    "En particulier, VMS doit être expressément informée si Vos Données Personnelles sont des données dites "
    "« sensibles » au sens de la Législation applicable. Dans ce cas, VMS se réserve le droit de refuser le "
    "traitement de ces données dites « sensibles »."
)
POL09 = (
    "nous vous demanderons de recenser l'ensemble de Vos Données Personnelles qui seront potentiellement transmises "
    "via nos Solutions et de nous les communiquer sur demande."
)

RUN: dict[str, Any] = {
    "version": "0.1.0",
    "started": "2026-11-23T09:00:00Z",
    "ended": "2026-11-23T09:12:30Z",
    "targets": ["/srv/volumes/vol-4411"],
    "options": {"ner": "auto", "ner_chars": 20000},
    "rules_sha256": "a1" * 32,
    "policy": {"name": "vms", "version": "2020-09-24", "sha256": "b2" * 32},
    "declaration_sha256": "c3" * 32,
    "role": "sous-traitant",
    "client": "Atelier des Tilleuls SAS",
    "mandate": "CTR-2026-014",
    "state": "complete",
    "coverage": {
        "items": 8,
        "read": 6,
        "partial": 1,
        "unread": 1,
        "bytes": 10_400_000,
        "bytes_read": 10_100_000,
        "bytes_unread": 300_000,
        "volume": {"bytes": 10_400_000, "bytes_read": 10_100_000, "bytes_unread": 300_000},
        "reasons": {"encrypted": {"items": 1, "bytes": 200_000}, "corrupt": {"items": 1, "bytes": 100_000}},
    },
    "ner": {
        "mode": "auto",
        "text_chars": 9_400_000,
        "lanes": {
            "names": {
                "offered": 9_000_000,
                "read": 1_470_000,
                "skipped": {"not_prose": 7_500_000, "no_capital": 10_000, "over_budget": 20_000},
            }
        },
    },
}

DECLARATION: dict[str, Any] = {
    "client": {"raison_sociale": "Atelier des Tilleuls SAS", "contact": "dpo@tilleuls.example"},
    "role_vms": "sous-traitant",
    "mandat": {
        "reference": "CTR-2026-014",
        "debut": "2026-11-01",
        "fin": "2027-10-31",
        "conservation_rapport_jours": 365,
    },
    "traitements": [
        {
            "ref": "T1",
            "nom": "Paie",
            "finalite": "Gestion de la paie",
            "personnes_concernees": [{"type": "salaries", "nombre_max": 300, "mineurs": "non"}],
            "categories": [
                {"code": "C1", "types": ["PERSON_NAME", "FR_NIR"], "emplacements": ["paie/**"]},
                {
                    "code": "C2",
                    "types": ["IBAN"],
                    "conservation": {"duree": 5, "unite": "ans", "point_depart": "émission du bulletin"},
                },
            ],
            "localisation": {"pays": ["FR"], "hors_ue": False},
            "destinataires": {"externes": ["Urssaf"]},
        },
        {"ref": "T2", "nom": "Boutique en ligne", "categories": [{"code": "C1", "types": []}, {"code": "C6"}]},
    ],
}

# path, table, column, type, level, count, distinct
FOUND: list[tuple[str, str, str, str, str, int, int]] = [
    ("rh/medical/visites_2025.csv", "", "pathologie", "HEALTH_DATA", "PROBABLE", 1240, 88),
    ("rh/medical/visites_2025.csv", "", "nir", "FR_NIR", "CERTAIN", 1240, 1240),
    ("rh/medical/visites_2025.csv", "", "nom", "PERSON", "PROBABLE", 1240, 1198),
    ("paie/2026/bulletins.xlsx", "Octobre", "nir", "FR_NIR", "CERTAIN", 240, 240),
    ("paie/2026/bulletins.xlsx", "Octobre", "salarie", "PERSON", "PROBABLE", 240, 238),
    ("paie/2026/bulletins.xlsx", "Octobre", "iban", "IBAN", "CERTAIN", 240, 236),
    ("web/www/.env", "", "", "PASSWORD_CLEAR", "CERTAIN", 2, 2),
    ("web/www/.env", "", "", "SECRET_CLOUD", "PROBABLE", 1, 1),
    ("web/logs/access.log", "", "", "IP_ADDRESS", "PROBABLE", 184_200, 5_310),
    ("boutique/export/old.zip!inner/clients.csv", "", "email", "EMAIL_ADDRESS", "CERTAIN", 3_400, 3_391),
    ("boutique/export/old.zip!inner/clients.csv", "", "adresse", "POSTAL_ADDRESS", "PROBABLE", 3_400, 3_120),
    ("notes/reunion.docx", "", "", "UNION_MEMBERSHIP", "POSSIBLE", 2, 1),
    ("notes/reunion.docx", "", "", "PERSON", "PROBABLE", 14, 9),
    ("rh/medical/visites_2025.csv", "", "telephone", "PHONE_NUMBER", "PROBABLE", 1_102, 1_090),
]

EVIDENCE = {"HEALTH_DATA": ["terms", "column_name", "by_row"], "UNION_MEMBERSHIP": ["term", "by_name"]}

READ: list[tuple[str, int, str, str, str, int]] = [
    ("rh/medical/visites_2025.csv", 400_000, "text/csv", "read", "", 0),
    ("paie/2026/bulletins.xlsx", 90_000, "application/vnd.ms-excel", "read", "", 0),
    ("web/www/.env", 310, "text/plain", "read", "", 0),
    ("web/logs/access.log", 9_209_690, "text/plain", "read", "", 0),
    ("boutique/export/old.zip", 400_000, "application/zip", "partial", "corrupt: member 3", 100_000),
    ("boutique/export/old.zip!inner/clients.csv", 380_000, "text/csv", "read", "", 0),
    ("notes/reunion.docx", 100_000, "application/vnd.openxmlformats", "read", "", 0),
    ("archives/coffre.7z", 200_000, "application/x-7z-compressed", "unread", "encrypted: password needed", 200_000),
]

DATED = {
    "rh/medical/visites_2025.csv": ("2025-01-06", "2025-12-19"),
    "paie/2026/bulletins.xlsx": ("2019-03-31", "2026-10-31"),
    "web/logs/access.log": ("2025-09-01", "2026-11-22"),
    "boutique/export/old.zip!inner/clients.csv": ("2014-05-02", "2019-08-30"),
}

WHY = {
    "8": ("REFUSER_PROPOSE", "POL-08", POL08, "Donnée sensible non déclarée.", "Undeclared special category.", 2),
    "15": ("SECURISER", "", "", "RGPD art. 32 : jamais en clair.", "GDPR art. 32: never in clear text.", 1),
    "12": ("SECURISER", "", "", "LIL art. 30 : fondement à fournir.", "A legal ground is needed for the NIR.", 1),
    "5": ("DEMANDER_AU_CLIENT", "POL-09", POL09, "Donnée non recensée.", "Not in the declaration.", 1),
    "9": ("DEMANDER_AU_CLIENT", "", "", "Indice non confirmé.", "A hint, not confirmed.", 1),
    "4": ("DEMANDER_AU_CLIENT", "", "", "Hors de l'emplacement déclaré.", "Outside its declared place.", 1),
    "3": ("ACCEPTER", "", "", "Déclaré (réf. T1).", "Declared (ref. T1).", 0),
    "5+19": ("DEMANDER_AU_CLIENT", "POL-09", POL09, "Journaux plus anciens que 12 mois.", "Logs over 12 months.", 1),
    "20": ("ACCEPTER", "", "", "Déclaré, non trouvé dans le périmètre lu.", "Declared, not found.", 0),
    "21": ("DEMANDER_AU_CLIENT", "", "", "Non lu.", "Not read.", 1),
}

SUITE = {
    "8": ["refuse"],
    "15": ["secret"],
    "12": ["nir"],
    "5": ["list"],
    "9": ["hint"],
    "4": ["elsewhere"],
    "5+19": ["list", "retention"],
    "21": ["unread"],
}

# Per finding: rule, declared, reference
JUDGED = {
    ("rh/medical/visites_2025.csv", "HEALTH_DATA"): ("8", "non", ""),
    ("rh/medical/visites_2025.csv", "FR_NIR"): ("12", "non", ""),
    ("rh/medical/visites_2025.csv", "PERSON"): ("4", "hors_emplacement", "T1"),
    ("paie/2026/bulletins.xlsx", "FR_NIR"): ("3", "oui", "T1"),
    ("paie/2026/bulletins.xlsx", "PERSON"): ("3", "oui", "T1"),
    ("paie/2026/bulletins.xlsx", "IBAN"): ("3", "oui", "T1"),
    ("web/www/.env", "PASSWORD_CLEAR"): ("15", "sans_objet", ""),
    ("web/www/.env", "SECRET_CLOUD"): ("15", "sans_objet", ""),
    ("web/logs/access.log", "IP_ADDRESS"): ("5+19", "non", ""),
    ("notes/reunion.docx", "UNION_MEMBERSHIP"): ("9", "non", ""),
}


def findings() -> pa.Table:
    known = taxonomy()
    rows = []
    for path, table, column, kind, level, count, distinct in FOUND:
        axes = {"category": known.category_of(kind), "regime": ",".join(known.regimes_of(kind))}
        named = {"path": path, "table": table, "column": column, "entity_type": kind, "level": level}
        numbers = {"count": count, "distinct": distinct, "score": 0.9, "recognizer": f"{kind.lower()}"}
        told = {"places": ["line 2-1241" if column else "line 12"], "evidence": EVIDENCE.get(kind, [])}
        rows.append(named | axes | numbers | told)
    return pa.Table.from_pylist(rows, schema=FINDINGS)


def items() -> pa.Table:
    names = ("path", "size", "media_type", "status", "reason", "bytes_unread")
    rows = [dict(zip(names, row, strict=True)) for row in READ]
    for row in rows:
        row["oldest"], row["newest"] = DATED.get(row["path"], ("", ""))
    return pa.Table.from_pylist(
        [row | {"bytes_read": row["size"] - row["bytes_unread"], "modified": BIRTHDAY} for row in rows], schema=ITEMS
    )


def decision(row: dict[str, Any], rule: str, declared: str, reference: str) -> dict[str, Any]:
    outcome, anchor, citation, french, english, confirmations = WHY[rule]
    names = ("path", "entity_type", "category", "regime", "level", "count", "distinct", "places")
    return {name: row[name] for name in names} | {
        "declared": declared,
        "reference": reference,
        "regle": rule,
        "decisions": [outcome, "SECURISER"] if rule == "8" else [outcome],
        "ancre": anchor,
        "citation": citation,
        "motif": {"fr": french, "en": english},
        "confirmations": confirmations,
        "urgent": rule == "15",
        "suite": SUITE.get(rule, []),
        "severite": {"8": "Maximale", "15": "Importante", "12": "Importante", "21": "", "20": ""}.get(rule, "Limitée"),
    }


def decisions() -> list[dict[str, Any]]:
    judged = []
    for row in findings().to_pylist():
        rule, declared, reference = JUDGED.get((row["path"], row["entity_type"]), ("5", "non", ""))
        judged.append(decision(row, rule, declared, reference))
    nothing = {"path": "", "entity_type": "", "regime": "", "level": "", "count": 0, "distinct": 0, "places": []}
    judged.append(decision(nothing | {"category": "C6"}, "20", "non_trouve", "T2"))
    unread = nothing | {"category": "", "count": 1, "places": ["archives/coffre.7z"]}
    judged.append(decision(unread, "21", "sans_objet", "encrypted"))
    return judged


def earlier() -> list[dict[str, Any]]:
    """The decisions of the run before: no health data yet, fewer customers, a file that has moved since."""
    before = []
    for one in decisions():
        if one["entity_type"] == "HEALTH_DATA":
            continue
        if one["entity_type"] == "EMAIL_ADDRESS":
            one |= {"count": 3_100}
        if one["path"] == "notes/reunion.docx":
            one |= {"path": "reunion.docx"}
        before.append(one)
    return before


def changes() -> dict[str, Any]:
    def read(moved: bool) -> dict[str, list[str]]:
        paths = [row[0] if moved or row[0] != "notes/reunion.docx" else "reunion.docx" for row in READ]
        digests = [f"{number:032x}" for number in range(len(READ))]
        return {"path": paths, "digest": digests, "status": [row[3] for row in READ]}

    found = drift(Seen.of(earlier(), read(False)), Seen.of(decisions(), read(True)))
    return found | {"since": "2026-10-23T09:12:30Z", "same_rules": True}


def inventory() -> dict[str, Any]:
    return build(RUN, findings(), items(), decisions(), DECLARATION, changes())

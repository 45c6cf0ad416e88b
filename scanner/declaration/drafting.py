"""Lines that a client may declare, drafted from what was found and not declared; nothing of it counts by itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import yaml

from scanner.declaration.layout import ANSWER, ROLE
from scanner.taxonomy import taxonomy

TO_COMPLETE = "à compléter par le client"
_HEAD = """\
# Brouillon établi d'après des constats : il ne déclare rien. Seul le client connaît ses finalités, ses bases légales et
# ses destinataires. recense refuse ce fichier tant qu'une case « {words} » y reste.
"""
_SURE = ("CERTAIN", "PROBABLE")


def suggested(decisions: Iterable[Mapping[str, Any]], head: Mapping[str, Any]) -> dict[str, Any]:
    """A declaration to complete: one processing for each top folder, its categories, its special categories."""
    folders: dict[str, dict[str, set[str]]] = {}
    special: dict[str, set[str]] = {}
    for one in decisions:
        if one["declared"] not in ("non", "hors_emplacement", "sans_objet") or not one["path"]:
            continue
        if one["level"] not in _SURE or taxonomy().canonical(one["entity_type"]) is None:
            continue
        if "R8" in one["regime"].split(",") or one.get("regle") == "22":
            continue  # nobody declares a secret, nor what is excluded
        folder = one["path"].partition("!")[0].partition("/")[0] + ("/**" if "/" in one["path"] else "")
        codes = [code for code in one["regime"].split(",") if code]
        sensitive = {code for code in codes if taxonomy().sensitive((code,)) and code != "R1-i"}
        special.setdefault(folder, set()).update(sensitive)
        folders.setdefault(folder, {}).setdefault(one["category"], set()).add(one["entity_type"])
    found = [
        _processing(f"S{number}", folder, folders[folder], sorted(special.get(folder, ())))
        for number, folder in enumerate(sorted(folders), 1)
    ]
    return {**head, "traitements": found}


def _processing(reference: str, folder: str, categories: Mapping[str, set[str]], special: list[str]) -> dict[str, Any]:
    lines: list[dict[str, Any]] = []
    for code in sorted(categories):
        numbers = sorted(name for name in categories[code] if taxonomy().regimes_of(name) == ("R2",))
        others = sorted(categories[code] - set(numbers))
        if others:
            lines.append({"code": code, "types": others, "emplacements": [folder]})
        if numbers:
            founded = {"nir_fondement": TO_COMPLETE}
            lines.append({"code": code, "types": numbers, "emplacements": [folder], **founded})
    entry: dict[str, Any] = {
        "ref": reference,
        "nom": TO_COMPLETE,
        "finalite": TO_COMPLETE,
        "base_legale": TO_COMPLETE,
        "personnes_concernees": [{"type": TO_COMPLETE}],
        "categories": lines,
    }
    if special:
        answer = {"exception_art9": TO_COMPLETE, "emplacements": [folder], ANSWER: {"statut": "en_attente"}}
        entry["donnees_sensibles"] = [{"regime": code, "description": TO_COMPLETE, **answer} for code in special]
    return entry


def blank() -> dict[str, Any]:
    """A new declaration, with one processing to complete."""
    from scanner.declaration.fields import SUFFIX

    return {
        "schema": f"{SUFFIX}-declaration/1",
        "langue": "fr",
        "client": {
            "raison_sociale": TO_COMPLETE,
            "siren": None,
            "contact": {"nom": None, "mel": None},
            "dpo": {"nom": None, "mel": None},
        },
        ROLE: "sous-traitant",
        "mandat": {
            "reference": TO_COMPLETE,
            "signataire": TO_COMPLETE,
            "date_signature": None,
            "debut": None,
            "fin": None,
            "perimetre": [TO_COMPLETE],
            "autorise": {
                "lecture_contenu": True,
                "ocr": False,
                "messageries": False,
                "jetons_hmac": False,
                "fichiers_supprimes": False,
            },
            "conservation_rapport_jours": 365,
        },
        "traitements": [_processing("T1", f"{TO_COMPLETE}/**", {"C1": {"PERSON", "EMAIL_ADDRESS"}}, [])],
    }


def as_yaml(data: Mapping[str, Any]) -> str:
    """The draft as a file to complete."""
    body = yaml.safe_dump(_worded(data), allow_unicode=True, sort_keys=False, width=120)
    return _HEAD.format(words=TO_COMPLETE) + body


def _worded(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _worded(inner) for key, inner in value.items()}
    if isinstance(value, bool):
        return "oui" if value else "non"
    return [_worded(one) for one in value] if isinstance(value, list | tuple) else value

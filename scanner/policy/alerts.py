"""What people are called about: decisions worth an alert, without a value or an excerpt."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from scanner.declaration.perimeter import shown
from scanner.model import Decision, Outcome
from scanner.policy.rulebook import Rulebook, rulebook
from scanner.taxonomy import taxonomy


def alerts(
    decisions: Iterable[Decision],
    run: Mapping[str, Any],
    key: bytes,
    rules: Rulebook | None = None,
    lang: str = "fr",
    words: Mapping[str, str] | None = None,
    shown_as: Callable[[str], str] = str,
    digests: Mapping[str, str] | None = None,
) -> Iterator[dict[str, Any]]:
    """One alert for each decision to refuse or secure and each urgent one; what is accepted under conditions waits in
    the report.

    ``run`` gives ``client``, ``mandate``, ``targets``, ``started`` (ISO 8601) and ``link``. ``key`` makes the tokens:
    with the client's key kept, a second scan updates an alert instead of repeating it. ``words`` say what the codes of
    evidence mean, ``shown_as`` how a path is told outside, ``digests`` the keyed digest of each file.
    """
    book = rules or rulebook()
    for decision in decisions:
        if calls(decision):
            place = {"chemin": shown_as(decision.path), "objet": (digests or {}).get(decision.path) or None}
            yield _alert(decision, run, key, book, lang, words or {}, place)


def severity(decision: Decision) -> str:
    """One of the four words of the CNIL's method, by the provider's convention in ``rules/regimes.yaml``."""
    axes = taxonomy()
    words = list(axes.severities)
    codes = [code for code in decision.regime.split(",") if code in axes.regimes]
    found = [words.index(axes.regimes[code].severity) for code in codes]
    known = axes.types.get(decision.entity_type)
    if known and known.severity:
        found.append(words.index(known.severity))
    if not found:
        found.append(words.index(axes.categories[axes.category_of(decision.entity_type)].severity))
    sensitive = axes.sensitive(tuple(codes))
    raised: int = decision.distinct > axes.very_large or (sensitive and ("R4" in codes or decision.count >= axes.large))
    raised += exposed(decision) != ""
    return words[min(max(found) + raised, len(words) - 1)]


def calls(decision: Decision) -> bool:
    """Whether people are called about it: to refuse, to secure, or urgent."""
    outcomes = decision.verdict.outcomes
    if decision.verdict.urgent or Outcome.REFUSER_PROPOSE in outcomes:
        return True
    return Outcome.SECURISER in outcomes and Outcome.ACCEPTER not in outcomes


def exposed(decision: Decision) -> str:
    """``web`` or ``world`` when the row about exposed places was added."""
    if "17" not in decision.verdict.rule.split("+"):
        return ""
    return "web" if decision.verdict.urgent else "world"


def token_of(decision: Decision, run: Mapping[str, Any], key: bytes) -> str:
    """What an alert about it is called in every run: keyed, so that nobody finds its place by trying paths."""
    return _token(key, str(run.get("client") or ""), decision.path, decision.entity_type)


def risen(
    row: Mapping[str, Any], run: Mapping[str, Any], earlier: Mapping[str, Any], shown_as: Callable[[str], str]
) -> dict[str, Any]:
    """The event of a risk that rose since an earlier run, from a row of the drift."""
    return {
        "schema": "recense-evenement/1",
        "evenement": "risque_accru",
        "emis_le": run.get("started"),
        "depuis": earlier.get("ended"),
        "client": run.get("client") or None,
        "mandat": run.get("mandate") or None,
        "nature": row["kind"],
        "constat": {
            "type": row["entity_type"],
            "objet": row["subject"],
            "libelle": taxonomy().label(row["entity_type"]),
        },
        "emplacement": {"chemin": shown_as(row["path"]), "avant": shown_as(row["before"]) or None},
        **{name: {"avant": row[key][0] or None, "apres": row[key][1]} for name, key in _CHANGES.items()},
    }


_CHANGES = {"decision": "outcome", "certitude": "level", "occurrences": "count", "declare": "declared"}

_EXPOSURE = {
    "": "aucune constatée",
    "web": "emplacement publié : suspicion de violation, à établir par une personne",
    "world": "lisible par tous les comptes du système",
}


def _alert(
    decision: Decision,
    run: Mapping[str, Any],
    key: bytes,
    book: Rulebook,
    lang: str,
    words: Mapping[str, str],
    place: Mapping[str, Any],
) -> dict[str, Any]:
    verdict = decision.verdict
    client = str(run.get("client") or "")
    volume = ", ".join(shown(str(target)) for target in run.get("targets") or ())
    same, weight = token_of(decision, run, key), severity(decision)
    return {
        "schema": book.policy.schemas.get("alert", "recense-alerte/1"),
        # The same as long as it says the same: who received it need not receive it again.
        "id": _token(key, same, verdict.rule, weight, *(one.name for one in verdict.outcomes)),
        "emise_le": run.get("started"),
        "client": client or None,
        "mandat": run.get("mandate"),
        "regle": verdict.rule,
        "decision": verdict.outcomes[0].name,
        "decisions": [outcome.name for outcome in verdict.outcomes],
        "urgent": verdict.urgent,
        "severite": weight,
        "etat": "a_valider",
        "confirmations": verdict.confirmations,
        "constat": _finding(decision, lang, words),
        "emplacement": {"volume": volume or None, **place, "places": list(decision.places)},
        "exposition": _EXPOSURE[exposed(decision)],
        "premiere_detection": run.get("started"),
        "delai_art33": _clock(decision, run),
        "motif": _reason(decision, book, lang),
        "action_attendue": book.action(verdict.outcomes[0], lang),
        "dedup": f"blake2b:{same}",
        "lien": run.get("link"),
    }


def _finding(decision: Decision, lang: str, words: Mapping[str, str]) -> dict[str, Any]:
    return {
        "type": decision.entity_type,
        "regime": decision.regime,
        "categorie": decision.category,
        "libelle": taxonomy().label(decision.entity_type, lang),
        "certitude": decision.level,
        "preuves": [_said(code, words) for code in decision.evidence],
        "declare": decision.declared,
        "personnes_min": decision.distinct if decision.entity_type in taxonomy().person_keys else None,
        "valeurs_distinctes": decision.distinct,
        "occurrences": decision.count,
    }


def _clock(decision: Decision, run: Mapping[str, Any]) -> dict[str, Any] | None:
    """When a suspected breach became known, which starts a clock; whether it is one, people say."""
    if exposed(decision) != "web":
        return None
    return {"connaissance": run.get("started"), "client": "dans les meilleurs délais (RGPD art. 33(2))", "heures": 72}


def _said(code: str, words: Mapping[str, str]) -> str:
    """A code of evidence with its words: ``by_name: personne nommée à proximité``."""
    return f"{code}: {words[code]}" if code in words else code


def _reason(decision: Decision, book: Rulebook, lang: str) -> dict[str, Any]:
    verdict = decision.verdict
    return {
        "texte": verdict.reason_en if lang == "en" else verdict.reason_fr,
        "ancre": verdict.anchor or None,
        "citation": verdict.citation or None,
        "politique_sha256": book.policy.sha256,
    }


def _token(key: bytes, *parts: str) -> str:
    """A keyed token: without the key nobody can try paths and find which one it names."""
    text = "\0".join(parts).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(text, key=hashlib.blake2b(key).digest(), digest_size=16).hexdigest()

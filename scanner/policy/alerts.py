"""What people are called about: decisions worth an alert, without a value or an excerpt."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
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
) -> Iterator[dict[str, Any]]:
    """One alert for each decision to refuse or secure and each urgent one; what is accepted under conditions waits in
    the report.

    ``run`` gives ``client``, ``mandate``, ``targets``, ``started`` (ISO 8601) and ``link``. ``key`` makes the tokens:
    with the client's key kept, a second scan updates an alert instead of repeating it.
    """
    book = rules or rulebook()
    for decision in decisions:
        if _calls(decision):
            yield _alert(decision, run, key, book, lang)


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
    raised = decision.distinct > axes.very_large or (sensitive and ("R4" in codes or decision.count >= axes.large))
    return words[min(max(found) + raised, len(words) - 1)]


def _calls(decision: Decision) -> bool:
    outcomes = decision.verdict.outcomes
    if decision.verdict.urgent or Outcome.REFUSER_PROPOSE in outcomes:
        return True
    return Outcome.SECURISER in outcomes and Outcome.ACCEPTER not in outcomes


def _alert(decision: Decision, run: Mapping[str, Any], key: bytes, book: Rulebook, lang: str) -> dict[str, Any]:
    verdict = decision.verdict
    client = str(run.get("client") or "")
    volume = ", ".join(shown(str(target)) for target in run.get("targets") or ())
    same = _token(key, client, decision.path, decision.entity_type)
    return {
        "schema": book.policy.schemas.get("alert", "recense-alerte/1"),
        "id": _token(key, same, str(run.get("started") or ""), verdict.rule),
        "emise_le": run.get("started"),
        "client": client or None,
        "mandat": run.get("mandate"),
        "regle": verdict.rule,
        "decision": verdict.outcomes[0].name,
        "decisions": [outcome.name for outcome in verdict.outcomes],
        "urgent": verdict.urgent,
        "severite": severity(decision),
        "etat": "a_valider",
        "confirmations": verdict.confirmations,
        "constat": _finding(decision, lang),
        "emplacement": {"volume": volume or None, "chemin": decision.path, "places": list(decision.places)},
        "exposition": "non évaluée",
        "delai_art33": None,
        "motif": _reason(decision, book, lang),
        "action_attendue": book.action(verdict.outcomes[0], lang),
        "dedup": f"blake2b:{same}",
        "lien": run.get("link"),
    }


def _finding(decision: Decision, lang: str) -> dict[str, Any]:
    return {
        "type": decision.entity_type,
        "regime": decision.regime,
        "categorie": decision.category,
        "libelle": taxonomy().label(decision.entity_type, lang),
        "certitude": decision.level,
        "declare": decision.declared,
        "personnes_min": decision.distinct if decision.entity_type in taxonomy().person_keys else None,
        "valeurs_distinctes": decision.distinct,
        "occurrences": decision.count,
    }


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

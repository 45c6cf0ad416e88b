"""What the inventory says of itself: for whom, on what ground, of which run, by which rules."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scanner.inventory.codes import LANGUAGES
from scanner.inventory.words import phrases


def header(run: Mapping[str, Any], declaration: Mapping[str, Any]) -> dict[str, Any]:
    """What stands at the top of every report."""
    provider = str((run.get("policy") or {}).get("provider") or "")
    client, mandate = declaration.get("client") or {}, declaration.get("mandat") or {}
    reference = str(run.get("mandate") or mandate.get("reference") or "")
    # On its own volume the provider needs no instruction of a client.
    statement = "statement_own" if run.get("role") == "responsable" else "statement"
    return {
        "reference": "-".join(part for part in (reference, str(run.get("ended") or "")[:10]) if part),
        "client": str(run.get("client") or client.get("raison_sociale") or ""),
        "role": str(run.get("role") or ""),
        "mandate": {
            "reference": reference,
            **{name: str(mandate.get(key) or "") for name, key in (("start", "debut"), ("end", "fin"))},
        },
        "started": str(run.get("started") or ""),
        "ended": str(run.get("ended") or ""),
        "version": str(run.get("version") or ""),
        "targets": [str(target) for target in run.get("targets") or []],
        "rules_sha256": str(run.get("rules_sha256") or ""),
        "policy": {key: str((run.get("policy") or {}).get(key) or "") for key in ("name", "version", "sha256")},
        "declaration": _declared(declaration),
        "declaration_sha256": str(run.get("declaration_sha256") or ""),
        "operator": str(run.get("operator") or ""),
        "recipient": _contact(client.get("contact")),
        "retention_days": mandate.get("conservation_rapport_jours"),
        "state": str(run.get("state") or "complete"),
        "status": "draft",
        "edition": "operator",
        "provider": provider,
        "statement": {
            lang: phrases()[lang][statement].format(provider=provider, reference=reference or "—") for lang in LANGUAGES
        },
    }


def _contact(contact: Any) -> str:
    if isinstance(contact, Mapping):
        return ", ".join(str(contact[key]) for key in ("nom", "mel") if contact.get(key))
    return str(contact or "")


def _declared(declaration: Mapping[str, Any]) -> str:
    """An empty declaration is a statement of the client; a missing one is not."""
    if declaration.get("traitements") is None:
        return "missing"
    return "present" if declaration["traitements"] else "empty"

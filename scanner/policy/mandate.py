"""The gate: on a client's volume nothing is read without a documented, current instruction that covers the target."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from scanner.declaration import Declaration
from scanner.declaration.perimeter import includes, shown
from scanner.declaration.sections import Mandate
from scanner.mistakes import MistakesError
from scanner.policy.circumstances import circumstances
from scanner.policy.rulebook import Rulebook, rulebook


class MandateError(MistakesError):
    """The scan may not start; ``problems`` says what the mandate lacks."""


def check(declaration: Declaration, targets: Sequence[str], today: date, rules: Rulebook | None = None) -> None:
    """Raise unless the scan of ``targets`` is allowed today; a provider's own volumes need no mandate."""
    mandate = declaration.mandate
    if declaration.role == "responsable":
        problems = [] if mandate is None else _unread(mandate)
    elif mandate is None:
        problems = ["mandat absent : aucun balayage en qualité de sous-traitant sans instruction documentée"]
    else:
        problems = [*_reference(mandate), *_period(mandate, today), *_scope(mandate, targets), *_unread(mandate)]
    if problems:
        head = f"{declaration.source} : " if declaration.source else ""
        reason = (rules or rulebook()).reason("0", "fr")
        raise MandateError([*(f"{head}{problem}" for problem in problems), reason])


def closed(declaration: Declaration) -> tuple[str, ...]:
    """The readers that may not open anything: those of mail, unless the client's mandate says that they may."""
    mandate = declaration.mandate
    if declaration.role == "responsable" or (mandate is not None and mandate.allowed.mail):
        return ()
    return circumstances().mail


def _reference(mandate: Mandate) -> list[str]:
    if (mandate.reference or "").strip():
        return []
    return ["mandat.reference : référence du mandat absente"]


def _period(mandate: Mandate, today: date) -> list[str]:
    problems = []
    if mandate.start and today < mandate.start:
        problems.append(f"mandat.debut : le mandat ne commence que le {mandate.start:%d/%m/%Y}")
    if mandate.end is None:
        problems.append("mandat.fin : date de fin du mandat absente")
    elif today > mandate.end:
        problems.append(f"mandat.fin : le mandat a expiré le {mandate.end:%d/%m/%Y}")
    return problems


def _scope(mandate: Mandate, targets: Sequence[str]) -> list[str]:
    if not mandate.scope:
        return ["mandat.perimetre : aucun périmètre déclaré"]
    allowed = ", ".join(mandate.scope)
    outside = [target for target in targets if not any(includes(scope, target) for scope in mandate.scope)]
    return [f"mandat.perimetre : « {shown(target)} » est hors du périmètre ({allowed})" for target in outside]


def _unread(mandate: Mandate) -> list[str]:
    if mandate.allowed.content:
        return []
    return ["mandat.autorise.lecture_contenu : la lecture du contenu n'est pas autorisée"]

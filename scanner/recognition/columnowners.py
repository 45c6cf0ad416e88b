"""Columns that make each row one person's, though no value shows who it is: numbers of staff, patients, members."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from recognizers.folding import listed
from scanner.model import Level
from scanner.recognition.columnlevels import SHARE
from scanner.recognition.columnvalues import ColumnFacts
from scanner.recognition.sensitive_columns import split_name
from scanner.recognition.tally import Tally

_PERSON = listed(
    "matricule mat ipp nip ine ins salarie salariee patient patiente pat assure assuree adherent adherente eleve "
    "etudiant etudiante beneficiaire allocataire detenu detenue ecrou mineur enfant candidat candidate demandeur "
    "titulaire donateur donatrice membre usager usagere repondant repondante enquete panelist panel prevenu "
    "victime conducteur licencie societaire initiales employee emp staff payroll student pupil child minor member "
    "donor prisoner inmate defendant elector voter respondent participant worker resident tenant claimant "
    "hosp nhs mrn initials surname lastname pseudo athlete"
)
_ONLY_PERSONS = listed("matricule ipp ine ecrou initiales initials")
"""Words of which no count is taken."""
_NUMBER = listed("id no nb num numero number code ref n key uid hospital name nom carte dossier")
_CHILD = listed("enfant child mineur minor kid bebe baby nourrisson pupille")
_PATH = re.compile(r"\[\]|[./@]")

Called = Mapping[int, Mapping[tuple[str, Level], Tally]]


def have_owners(columns: Iterable[ColumnFacts], called: Called) -> bool:
    """Whether a column numbers persons, or holds the birth of one in each row: then what the row says is theirs."""
    return any(
        _is_born(called[facts.index]) or _is_named(facts, called[facts.index]) or _numbers_persons(facts)
        for facts in columns
    )


def names_children(facts: ColumnFacts, called: Mapping[tuple[str, Level], Tally]) -> bool:
    """Whether a column of names says that they are children's; how many children there are is no name."""
    named = any(entity_type == "PERSON" and level >= Level.POSSIBLE for entity_type, level in called)
    return named and not _CHILD.isdisjoint(_own_words(facts.name))


def _is_born(called: Mapping[tuple[str, Level], Tally]) -> bool:
    return any(entity_type == "DATE_OF_BIRTH" and level >= Level.PROBABLE for entity_type, level in called)


def _is_named(facts: ColumnFacts, called: Mapping[tuple[str, Level], Tally]) -> bool:
    """Whether most values are names, be it under a header that says nothing: one is no person, all are."""
    counted = sum(t.count for (kind, level), t in called.items() if kind == "PERSON" and level >= Level.POSSIBLE)
    return counted > 0 and counted >= SHARE * facts.values


def _numbers_persons(facts: ColumnFacts) -> bool:
    """The name is of one person, in the singular, and nearly each row has another value: no count of persons."""
    words = _own_words(facts.name)
    if _PERSON.isdisjoint(words) or any(word not in _PERSON and word not in _NUMBER for word in words):
        return False
    repeated = facts.distinct < SHARE * facts.values and _ONLY_PERSONS.isdisjoint(words)
    return facts.values > 0 and not repeated


def _own_words(name: str) -> list[str]:
    """The words of the last step of a path: ``reponses[].etudiant`` is about a student."""
    return split_name([part for part in _PATH.split(name) if part][-1]) if _PATH.sub("", name) else []

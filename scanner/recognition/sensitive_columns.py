"""Names of columns that say a special category by themselves."""

from __future__ import annotations

import re
from functools import lru_cache

from recognizers.folding import fold, listed
from scanner.recognition.lexicons import load_lexicons

_TRAPS = listed(
    "copropriete coproprietaire mixte intercommunal immobilier immobiliere energetique dpe reseau technique systeme "
    "logiciel serveur produit produits article articles donnees data commande commandes commercial commerciale api css "
    "sql html job task tache machine materiel vehicule animal animaux race chien chat bovin plante parcelle bien page "
    "url lien code_postal facture colis livraison stock bug erreur error exception system disk network build test_id "
    "node process theme template element conversion rate taux_conversion tracking browser key sha md5 hash certificate "
    "filter filtre icon icone config template threshold seuil param parametre timeout"
)
_MOST_WORDS = 5
_VARIANT = re.compile(r"rs[0-9]{5,9}")
"""A reference number of dbSNP (NCBI); serial ports (RS-232, RS-422) have three digits."""


def column_regime(name: str) -> tuple[str, str] | None:
    """The entity type and regime that a column's name announces; a name with a trap in it announces nothing."""
    words = split_name(name)
    if len(words) == 1 and _VARIANT.fullmatch(words[0]):
        return "GENETIC_DATA", _regime_of("GENETIC_DATA")
    if not words or len(words) > _MOST_WORDS:
        return None
    for length in range(len(words), 0, -1):
        for start in range(len(words) - length + 1):
            found = _names().get(_key(words[start : start + length]))
            if found and not any(map(_is_trap, words[:start] + words[start + length :])):
                return found
    return None


def _is_trap(word: str) -> bool:
    return word in _TRAPS or word.rstrip("s") in _TRAPS


def is_ambiguous_column(name: str) -> bool:
    """``traitement``, ``origine``, ``parti``: names that only their values can explain."""
    return _key(split_name(name)) in _ambiguous()


def split_name(name: str) -> list[str]:
    """``dateNaiss``, ``DATE_NAISS`` and ``date naiss.`` give the same words."""
    folded = fold(name).data.decode("ascii")
    spaced = []
    for index, char in enumerate(folded):
        if char.isupper() and index and folded[index - 1].islower():
            spaced.append(" ")
        spaced.append(char.lower() if char.isalnum() else " ")
    return "".join(spaced).split()


def _key(words: list[str]) -> str:
    return " ".join(word.rstrip("s") if len(word) > 3 else word for word in words if word not in _SMALL)


_SMALL = listed("de du des la le les d l of the a un une")


def _regime_of(entity_type: str) -> str:
    return next(lexicon.regime for lexicon in load_lexicons() if lexicon.entity_type == entity_type)


@lru_cache(maxsize=1)
def _names() -> dict[str, tuple[str, str]]:
    return {
        _key(split_name(column)): (lexicon.entity_type, lexicon.regime)
        for lexicon in load_lexicons()
        for column in lexicon.columns
    }


@lru_cache(maxsize=1)
def _ambiguous() -> frozenset[str]:
    return frozenset(_key(split_name(column)) for lexicon in load_lexicons() for column in lexicon.ambiguous_columns)

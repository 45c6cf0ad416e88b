"""Whether the rows of a table are about things, and the persons in it only deal with them."""

from __future__ import annotations

from collections.abc import Iterable

from recognizers.folding import listed
from scanner.recognition.sensitive_columns import split_name

_THINGS = listed(
    "copropriete coproprietaire tantieme animal race chien chat cheval bovin bovins plante variete cultivar "
    "espece species breed product produit article isbn puce cheptel parcelle accession oeuvre livre film bug "
    "ticket build commit sku plat dish recette recipe menu"
)
_IN_CHARGE = listed(
    "obtenteur obtentrice eleveur eleveuse redacteur redactrice auteur autrice illustrateur illustratrice "
    "acheteur acheteuse vendeur vendeuse responsable contact referent referente valideur validateur formateur "
    "formatrice intervenant intervenante conferencier animateur animatrice gestionnaire technicien "
    "technicienne inspecteur inspectrice organisateur organisatrice realisateur realisatrice editeur "
    "fournisseur journaliste photographe pilote curator clerk usher interpreter manager breeder keeper "
    "handler grower editor author buyer seller organiser organizer officer recorder reviewer approver "
    "maintainer assignee teacher trainer speaker technician supplier reporter writer director producer "
    "supervisor coordinator"
)


def is_about_things(names: Iterable[str]) -> bool:
    """Whether the name of a column says that each row is an animal, a plant, a product, a book."""
    return any(_has(name, _THINGS) for name in names)


def are_in_charge(persons: Iterable[str]) -> bool:
    """Whether all columns that name persons, of which there are some, name those who deal with the matter."""
    named = list(persons)
    return bool(named) and all(_has(name, _IN_CHARGE) for name in named)


def _has(name: str, words: frozenset[str]) -> bool:
    return any(word in words or word.rstrip("s") in words for word in split_name(name))

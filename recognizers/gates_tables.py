"""What the gates look words up in: small tables of hashes, made from the gazetteers once in a process."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from recognizers import gates_kernels as kernels
from recognizers import gazetteers
from recognizers.folding import listed
from recognizers.gates_kernels import Bytes

_PARTICLES = "de la du des le van der den von ter ben el al ait da dos do di del"
_CALLS = "monsieur madame mademoiselle docteur maitre professeur mme mlle mr dr"
_TITLES = (
    "M MM MME MMES MLLE MLLES MR MRS MS MISS MONSIEUR MADAME MADEMOISELLE DR DOCTEUR DOCTOR PR PROF PROFESSEUR "
    "PROFESSOR ME MAITRE MTRE SIR LADY LORD CAPITAINE LIEUTENANT SERGENT ADJUDANT"
)
_KEYS = (
    "naissance famille fille usage marital patronymique nom noms prenom prenoms nomprenom nomprenoms nomsprenom "
    "nomsprenoms prenomnom prenomnoms prenomsnom prenomsnoms patient patiente titulaire signataire redacteur "
    "redactrice demandeur demandeuse conjoint conjointe interlocuteur interlocutrice salarie salariee employe employee "
    "name firstname lastname fullname surname familyname givenname attn de contact beneficiaire"
)
_FLAGS = {
    kernels.SMALL: _PARTICLES,
    kernels.CALL: _CALLS,
    kernels.FORM: _KEYS,
    kernels.TRIGGER: "a habite",
    kernels.OF: "de",
    kernels.SEAT: "ville commune mairie",
    kernels.BIRTH: "ne nee",
}


_ELIDING = ("A", "E", "H", "I", "O", "U", "Y")


@dataclass(frozen=True, slots=True)
class Tables:
    """What each byte is, and all that is known of words, by their hashes; sets of words may err by saying yes."""

    signs: Bytes
    memory: Bytes


@lru_cache(maxsize=1)
def tables() -> Tables:
    """The tables of this process: less than half a megabyte."""
    signs = inside("'.-") * np.uint8(kernels.INSIDE)
    signs[65:91] |= np.arange(1, 27, dtype=np.uint8) | np.uint8(kernels.UPPER)
    signs[97:123] |= np.arange(1, 27, dtype=np.uint8)
    memory = np.zeros(kernels.EVERYTHING, np.uint8)
    for flag, words in _FLAGS.items():
        kernels.learn_flags(_lines(sorted(listed(words))), signs, flag, memory)
    names = _lines((*gazetteers.first_names(), *sorted(listed(_TITLES))))
    kernels.learn_words(names, signs, memory, kernels.NAMES, kernels.PLAIN - kernels.NAMES)
    elided = {"L'" + town.split()[0] for town in gazetteers.plain_towns() if town.startswith(_ELIDING)}
    towns = _lines((*gazetteers.towns(), *sorted(elided), *sorted(listed("ST STE LA LE LES"))))
    kernels.learn_words(towns, signs, memory, kernels.PLAIN, kernels.TOWNS - kernels.PLAIN)
    kernels.learn_towns(_lines(_posted_towns()), signs, memory)
    return Tables(signs, memory)


def byte_table(values: dict[str, int]) -> Bytes:
    """One value for each byte, 0 where none is given."""
    table = np.zeros(256, np.uint8)
    table[[ord(char) for char in values]] = list(values.values())
    return table


def inside(chars: str) -> Bytes:
    """Marks letters and these bytes: what a match may consist of."""
    letters = "".join(chr(code) for code in (*range(65, 91), *range(97, 123)))
    return byte_table(dict.fromkeys(letters + chars, 1))


def _posted_towns() -> Iterable[str]:
    """A department's two digits and a town, however Saint is written."""
    for prefix, town in gazetteers.towns_by_department():
        yield prefix + town
        if "SAINT" in town:
            words = [{"SAINT": "ST", "SAINTE": "STE"}.get(word, word) for word in town.split()]
            yield prefix + " ".join(words)
    yield from (f"{number:02}CEDEX" for number in range(100))


def _lines(words: Iterable[str]) -> Bytes:
    return np.frombuffer(("\n".join(words) + "\n").encode("ascii"), np.uint8)

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
_FLAG_SLOTS = 1 << 12
_NAME_BYTES = 1 << 17
_TOWN_BYTES = 1 << 18
_PLAIN_BYTES = 1 << 15


@dataclass(frozen=True, slots=True)
class Tables:
    """Classes of bytes, flags of short words by hash, and three sets of words as bits that may err by saying yes."""

    kinds: Bytes
    letters: Bytes
    flags: Bytes
    names: Bytes
    towns: Bytes
    plain: Bytes


@lru_cache(maxsize=1)
def tables() -> Tables:
    """The tables of this process: half a megabyte."""
    letters = byte_table({chr(upper + shift): upper - 64 for upper in range(65, 91) for shift in (0, 32)})
    kinds = byte_table({chr(upper): kernels.UPPER for upper in range(65, 91)})
    kinds[48:58] = kernels.DIGIT
    kinds[[ord(":"), ord("=")]] = kernels.COLON
    kinds[ord("\n")] = kernels.NEWLINE
    made = Tables(
        kinds, letters, *(np.zeros(n, np.uint8) for n in (_FLAG_SLOTS, _NAME_BYTES, _TOWN_BYTES, _PLAIN_BYTES))
    )
    for flag, words in _FLAGS.items():
        kernels.learn_short(_lines(sorted(listed(words))), letters, flag, made.flags)
    kernels.learn_first_words(_lines((*gazetteers.first_names(), *sorted(listed(_TITLES)))), letters, made.names)
    kernels.learn_towns(_lines(_posted_towns()), letters, made.towns)
    kernels.learn_first_words(_lines((*gazetteers.towns(), "ST", "STE")), letters, made.plain)
    return made


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

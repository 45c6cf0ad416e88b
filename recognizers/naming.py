"""What the words of a possible name say: first name, surname, both, or neither."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from recognizers import gazetteers
from recognizers.folding import listed
from scanner.model import Level

PARTICLES = listed(
    "DE DU DES D' LA LE LES VAN VON DER DEN TEN TER ZU BEN BENT IBN ABU ABOU EL AL AIT DA DO DOS DAS DI "
    "DEL DELLA MC MAC ST O'"
)
_INNER_CAPITALS = ("Mc", "Mac", "Le", "La", "De", "Du", "Di", "Da", "El", "Al", "Van", "Von", "Fitz", "Saint")
_MOST_FIRST_NAMES = 3
_MOST_SURNAMES = 2


class Word(NamedTuple):
    """One word of a run: where it is, as the gazetteers spell it, and what they know of it."""

    start: int
    end: int
    key: str
    first: int
    last: int
    common: bool
    capitals: bool

    @property
    def initial(self) -> bool:
        """``J.`` or ``J.-P.``"""
        return len(self.key.replace("-", "").replace(".", "")) <= 2 and ("." in self.key or len(self.key) == 1)

    @property
    def particle(self) -> bool:
        """Small words that belong to the surname after them."""
        return self.key in PARTICLES


def read_word(start: int, raw: str) -> Word:
    """Look a word of folded text up in the gazetteers."""
    bare, key, first, last, common, capitals = _know(raw)
    return Word(start, start + len(bare), key, first, last, common, capitals)


@lru_cache(maxsize=1 << 16)
def _know(raw: str) -> tuple[str, str, int, int, bool, bool]:
    bare = raw if len(raw.rstrip(".")) <= 1 or ".-" in raw else raw.rstrip(".")
    key = bare.upper()
    capitals = bare.isupper() and len(key) > 1
    if not capitals and _is_camel(bare):
        return bare, key, 0, 0, True, capitals
    common = gazetteers.is_word(key) or gazetteers.is_blocker(key)
    return bare, key, gazetteers.is_first_name(key), gazetteers.is_surname(key), common, capitals


def _is_camel(bare: str) -> bool:
    """``NaT`` and ``DataFrame`` are no names; ``McDonald``, ``LeBlanc`` and ``Jean-Marc`` are."""
    for part in bare.replace("'", "-").split("-"):
        inner = part[1:]
        if inner != inner.lower() and not part.isupper() and not part.startswith(_INNER_CAPITALS):
            return True
    return False


def judge(words: list[Word]) -> Level | None:
    """The level of a run of words as somebody's full name, by the dictionaries alone."""
    if len([word for word in words if not word.particle]) < 2 or _names_a_place(words):
        return None
    best = 0
    for cut in range(1, len(words)):
        if words[cut - 1].particle and cut > 1:
            continue
        best = max(best, _weigh(words[:cut], words[cut:]))
        if not words[cut].particle:
            best = max(best, _weigh(words[cut:], words[:cut], reverse=True))
    return Level(best) if best else None


def _weigh(firsts: list[Word], lasts: list[Word], reverse: bool = False) -> int:
    first, last = _first_strength(firsts), _last_strength(lasts)
    if first == 0 or last == 0:
        return 0
    if reverse and last == 1 and not (lasts[0].capitals and not firsts[0].capitals):
        return 0
    if first + last >= 6 or (first == 3 and last == 2):
        return Level.PROBABLE
    if first == 2 and last == 3:
        return Level.PROBABLE if lasts[-1].last >= 2 else Level.POSSIBLE
    if first == 3 and last == 1:
        return Level.POSSIBLE
    return Level.POSSIBLE if first == 1 and last == 3 and lasts[-1].last >= 2 and not reverse else 0


def _first_strength(words: list[Word]) -> int:
    """3: clearly a first name; 2: one that is rare or a word too; 1: initials; 0: none."""
    if len(words) > _MOST_FIRST_NAMES or not all(word.initial or word.first for word in words):
        return 0
    full = [word for word in words if not word.initial]
    if not full:
        return 1
    if any(word.first >= 2 and not word.common for word in full):
        return 3
    return 2 if any(word.first >= 2 or not word.common for word in full) else 0


def _last_strength(words: list[Word]) -> int:
    """3: a surname and nothing else; 2: a frequent surname that is a word too; 1: unknown; 0: something else."""
    bare = [word for word in words if not word.particle]
    if not bare or len(bare) > _MOST_SURNAMES or any(word.initial for word in bare) or words[-1].particle:
        return 0
    if len(words) > 1 and gazetteers.is_surname(" ".join(word.key for word in words)):
        return 3
    return min(_surname_strength(word) for word in bare)


def _surname_strength(word: Word) -> int:
    known = word.last or gazetteers.is_surname(word.key.replace("'", "")) or (1 if word.first >= 2 else 0)
    if known:
        return 3 if not word.common else known - 1
    plain = word.key.replace("-", "").replace("'", "")
    unknown = len(plain) >= 3 and plain.isalpha() and not word.common
    place = gazetteers.is_commune(word.key) or gazetteers.is_country(word.key)
    return 1 if unknown and not place else 0


def _names_a_place(words: list[Word]) -> bool:
    whole = " ".join(word.key for word in words)
    return gazetteers.is_commune(whole) or any(gazetteers.is_country(word.key) and not word.first for word in words)


def next_word(data: bytes, end: int) -> str:
    """The word after a name on its line, which may say that it is a company's."""
    following = data[end : end + 24].split(b"\n")[0].split(b",")[0].split()
    return following[0].decode("ascii").upper().strip(".") if following else ""


def after_bearer(data: bytes, start: int) -> bool:
    """``rue du Docteur Roux`` and ``lycée Jean Moulin`` are places, whatever comes between."""
    line = data[max(0, start - 40) : start].split(b"\n")[-1].split(b",")[-1].replace(b"'", b" ")
    return any(gazetteers.is_bearer(word.decode("ascii").upper().strip('.:;("')) for word in line.split()[-3:])

"""Postcodes with their towns, and towns after streets, by the table of the French post."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

FIRST_LETTER, LAST_LETTER = 0xC0, 0x24F
"""Code points beyond ASCII among which letters of town names are looked for."""
BLANKS = " -'.\u00a0\u202f\u2009\u2019"
"""What joins the words of a town's name."""
ARTICLES = frozenset({"LE", "LA", "LES", "L"})
MOST_WORDS = 8
MOST_SIGNS = 3
"""Signs between a postcode and its town, at most."""
_LONG_FORMS = {"ST": "SAINT", "STE": "SAINTE"}
_STREET_ENDS = ",\n"


def postcode_town(value: str) -> bool:
    """A French postcode and the beginning of a town that it serves (La Poste, table of postcodes): 0.1 %."""
    from recognizers import gazetteers  # noqa: PLC0415

    for postcode, after in _postcodes(value):
        start = _first_letter(value, after)
        if any(
            name in gazetteers.town_of(postcode) or gazetteers.is_commune_of(name, postcode)
            for name in _names(value, start)
        ):
            return True
    return False


def street_town(value: str) -> bool:
    """A whole French commune after the last comma or line end, whose name is no word and seldom a person's: 1 %."""
    from recognizers import gazetteers  # noqa: PLC0415

    start = _first_letter(value, 1 + max(map(value.rfind, _STREET_ENDS)))
    *_, name = ("", *_names(value, start))
    return name in gazetteers.plain_towns()


def _postcodes(value: str) -> Iterator[tuple[str, int]]:
    """Five digits, a blank after the second or not, alone; and where they end."""
    for at, gap in ((at, gap) for at in range(len(value)) for gap in (0, 1)):
        end = at + 5 + gap
        digits = value[at : at + 2] + value[at + 2 + gap : end]
        alone = not any(map(_is_digit, value[max(0, at - 1) : at] + value[end : end + 1]))
        if alone and len(digits) == 5 and all(map(_is_digit, digits)) and value[at + 2 : at + 2 + gap] in ("", " "):
            yield digits, end


def _is_digit(char: str) -> bool:
    return "0" <= char <= "9"


def _first_letter(value: str, at: int) -> int:
    """Where a name begins, after a few signs; the end where none does."""
    for start in range(at, min(len(value), at + MOST_SIGNS + 1)):
        if _letter(value[start]):
            return start
    return len(value)


def _names(value: str, at: int) -> Iterator[str]:
    """The first word, the first two, and so on, as ``gazetteers.town_key`` writes names."""
    words = [""]
    for char in value[at:]:
        letter = _letter(char)
        if letter:
            words[-1] += letter
        elif char not in BLANKS or len(words) == MOST_WORDS:
            break
        elif words[-1]:
            yield _joined(words)
            words.append("")
    if words[-1]:
        yield _joined(words)


def _joined(words: list[str]) -> str:
    long = [_LONG_FORMS.get(word, word) for word in words]
    return " ".join(long[1:] if long[0] in ARTICLES and len(long) > 1 else long)


def _letter(char: str) -> str:
    """The capital without accent for a letter, nothing for any other character."""
    if char.isascii():
        return char.upper() if char.isalpha() else ""
    return _beyond_ascii().get(ord(char), "")


@cache
def _beyond_ascii() -> dict[int, str]:
    """Capitals by the code points of letters, one for one, as names and towns are folded everywhere."""
    from recognizers.folding import fold  # noqa: PLC0415

    codes = range(FIRST_LETTER, LAST_LETTER + 1)
    folded = fold("".join(map(chr, codes))).data.decode("latin-1").upper()
    return {
        code: capital for code, capital in zip(codes, folded, strict=True) if capital.isalpha() and capital.isascii()
    }

"""Finds the encoding of text: mark, UTF-8, NUL pattern, Western code pages, then statistics."""

from __future__ import annotations

import codecs

import re2

_MARKS: tuple[tuple[bytes, str], ...] = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
# Bytes that text does not hold, but for the few that terminals and printers use (BEL, BS, VT, FF, ESC, SUB).
_CONTROLS = bytes(b for b in range(32) if b not in b"\x07\x08\t\n\x0b\x0c\r\x1a\x1b") + b"\x7f"
_ASCII_LETTERS = bytes(range(65, 91)) + bytes(range(97, 123))
_DECLARED = re2.compile(rb"""(?i)(?:encoding|charset)\s*=\s*["']?([a-z][a-z0-9_.:-]{1,30})""")

_WESTERN_LETTERS = frozenset("éèêëàâäáãåæçùûüúôöóòõøîïíìñœßÿÉÈÊËÀÂÄÁÃÅÆÇÙÛÜÚÔÖÓÒÕØÎÏÍÌÑŒ")
_WESTERN_SIGNS = frozenset("«»€’‘“”„…–—•·°§£©®™²³½¼¾¡¿ºª\u00a0´¨†‰±×¹")
_WESTERN_PAGES = ("cp1252", "iso8859-15", "cp850", "mac-roman")
_SAMPLE = 1 << 14
_HOLE = re2.compile(rb"\x00{512,1000}\x00*")
"""Blocks of a sparse file that nothing was written to."""
_SHORT = 1 << 12


def find_encoding(head: bytes) -> str:
    """Name of a codec that reads ``head`` as text, or an empty string when it is not text."""
    for mark, encoding in _MARKS:
        if head.startswith(mark) and _decodes(head, encoding):
            return encoding
    if b"\0" in head:
        return _wide(head) or ("utf-8" if _few_zeros(head) else "")
    if _share(head, _CONTROLS) > 0.02:
        return ""
    if _decodes(head, "utf-8"):
        return _escaped(head) if b"\x1b" in head else "utf-8"
    return _legacy(head)


def _decodes(head: bytes, encoding: str) -> bool:
    """A character cut at the end of the head is no error."""
    try:
        codecs.getincrementaldecoder(encoding)("strict").decode(head)
    except (UnicodeDecodeError, LookupError):
        return False
    return True


def _share(head: bytes, wanted: bytes) -> float:
    return (len(head) - len(head.translate(None, wanted))) / len(head)


def _few_zeros(head: bytes) -> bool:
    """Logs get runs of zeros when a machine stops; anything else with zeros is not text."""
    written = _HOLE.sub(b"", head)
    if len(written) < len(head) and b"\n" not in written:
        return False
    bare = written.replace(b"\0", b"")
    return len(bare) > 0.6 * len(written) and _decodes(bare, "utf-8") and _share(bare, _CONTROLS) < 0.002


def _wide(head: bytes) -> str:
    """UTF-16 and UTF-32 without a mark, by where the zeros are."""
    head = head[: len(head) // 4 * 4] or head
    counts = [head[i::4].count(0) / max(1, len(head[i::4])) for i in range(4)]
    if min(counts[1:]) > 0.9 and counts[0] < 0.1:
        return "utf-32-le" if _decodes(head, "utf-32-le") else ""
    if min(counts[:2]) > 0.9 and counts[3] < 0.1:
        return "utf-32-be" if _decodes(head, "utf-32-be") else ""
    even, odd = (counts[0] + counts[2]) / 2, (counts[1] + counts[3]) / 2
    for high, low, encoding in ((odd, even, "utf-16-le"), (even, odd, "utf-16-be")):
        if high > 0.5 and low < 0.02 and _reads_well(head, encoding):
            return encoding
    return ""


def _reads_well(head: bytes, encoding: str) -> bool:
    if not _decodes(head, encoding):
        return False
    text = head[:4096].decode(encoding, "ignore")
    return sum(c.isprintable() or c in "\t\r\n" for c in text) > 0.97 * len(text)


def _escaped(head: bytes) -> str:
    """ISO-2022 is ASCII with escape sequences."""
    if b"\x1b$B" in head or b"\x1b$@" in head:
        return "iso2022_jp"
    return "iso2022_kr" if b"\x1b$)C" in head else "utf-8"


def _legacy(head: bytes) -> str:
    if _mostly_utf8(head):
        return "utf-8"
    match = _DECLARED.search(head[:1024])
    if match:
        declared = match.group(1).decode("ascii").lower()
        declared = "cp1252" if declared in ("iso-8859-1", "latin1", "us-ascii") else declared
        if declared not in ("utf-8", "utf8", "utf-16") and _is_codec(declared) and _decodes(head, declared):
            return codecs.lookup(declared).name
    sample = _sample(head)
    return _western(sample[:_SHORT]) or _guess(sample)


def _is_codec(name: str) -> bool:
    """Text encodings only: Python also calls rot13 and base64 codecs."""
    try:
        return bool(getattr(codecs.lookup(name), "_is_text_encoding", True))
    except LookupError:
        return False


def _mostly_utf8(head: bytes) -> bool:
    """UTF-8 with a few foreign bytes in it, as concatenated logs and dumps have."""
    text = head.decode("utf-8", "replace")
    wide = sum(map(str.isalpha, text.translate(_NO_ASCII)))
    # Texts of another encoding hold what looks like UTF-8 too, Chinese ones at most one character in five.
    return wide > 5 * (bad := text.count("\ufffd")) or (wide >= 2 and 2 * wide >= bad)


_NO_ASCII = dict.fromkeys(range(128)) | {0xFFFD: None}


def _sample(head: bytes) -> bytes:
    """The lines that hold bytes above ASCII: the others say nothing and would only take time."""
    if len(head) <= _SHORT:
        return head
    lines = [line for line in head.splitlines(keepends=True) if not line.isascii()]
    return b"".join(lines)[:_SAMPLE]


def _western(sample: bytes) -> str:
    """The Western code page that makes sense of nearly all high bytes; in a tie the first."""
    high = sum(byte > 127 for byte in sample)
    letters = sum(byte in _ASCII_LETTERS for byte in sample)
    if high > 0.35 * (letters + high):
        return ""
    scores = [(_western_score(sample, page), -rank, page) for rank, page in enumerate(_WESTERN_PAGES)]
    best, _, page = max(scores)
    # Few bytes say too little for statistics: there the best page will do.
    return page if best >= (0.9 if high >= 10 else 0.6) * high else ""


def _western_score(sample: bytes, page: str) -> float:
    text = f" {sample.decode(page, 'replace')} "
    score = 0.0
    for at, char in enumerate(text):
        if char < "\x80":
            continue
        before, after = text[at - 1], text[at + 1]
        if char in _WESTERN_LETTERS:
            # Capitals inside a word, and letters alone between signs, are what a wrong code page gives.
            odd = char.isupper() and before.islower()
            score += 0.3 if odd else 1.0 if before.isalpha() or after.isalpha() or char in "àÀ" else 0.6
        elif char in _WESTERN_SIGNS:
            fits = not (before.isalpha() and after.isalpha()) or char == "’"
            score += 1.0 if fits and not (char in "¼½¾" and after.isalpha()) else 0.0
    return score


def _guess(sample: bytes) -> str:
    import chardet

    found = chardet.detect(sample, prefer_superset=True, compat_names=False)["encoding"]
    if not found or not _is_codec(found):
        return "cp1252"
    return codecs.lookup(found).name

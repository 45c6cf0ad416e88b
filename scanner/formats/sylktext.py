"""Letters in SYLK: by escapes for what its first machines had no key for, as ISO 6937 lays them out."""

from __future__ import annotations

import re
import unicodedata

_ESCAPE = re.compile(r"\x1b(?:N(?:([A-HJKMO])(.)|(.))|([ -/])([0-?]))", re.DOTALL)
_ACCENTS = dict(
    zip("ABCDEFGHJKMO", "\u0300\u0301\u0302\u0303\u0304\u0306\u0307\u0308\u030a\u0327\u030b\u030c", strict=True)
)
"""What stands before the letter that it is set on."""
_SIGNS = dict(
    zip(
        "!\"#%'()+012345678;<=>?abchijklmqrsuxyz{|}",
        "¡¢£¥§¤‘«°±²³×µ¶·÷»¼½¾¿ÆĐªŁØŒºÞŦæđðıłøœßþŧ",
        strict=True,
    )
)


def unescape(text: str) -> str:
    """A text with its escapes replaced; one that means nothing stays."""
    return _ESCAPE.sub(_letter, text) if "\x1b" in text else text


def _letter(found: re.Match[str]) -> str:
    accent, letter, sign, high, low = found.groups()
    if accent:
        return unicodedata.normalize("NFC", letter + _ACCENTS[accent])
    if sign:
        return _SIGNS.get(sign, found[0])
    code = (ord(high) - 0x20) << 4 | (ord(low) - 0x30)
    return bytes([code]).decode("cp1252", "replace")

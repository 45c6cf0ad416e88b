"""Text from hostile names made harmless to look at: nothing hidden, nothing reordered, nothing executed."""

from __future__ import annotations

import re

# Controls, bidi marks and overrides, zero-width characters, line separators, surrogates, tags.
HIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff"
    "\U000e0000-\U000e007f]"
)


def escape(match: re.Match[str]) -> str:
    """The escape that programmers know, which a reader at least sees."""
    code = ord(match.group())
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def visible(text: str) -> str:
    """The text with every character that would not show, or would move others, written as an escape."""
    return text if text.isascii() and text.isprintable() else HIDDEN.sub(escape, text)

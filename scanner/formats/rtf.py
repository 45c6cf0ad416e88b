"""Plain text of Rich Text Format, and of the compressed form that Outlook keeps."""

from __future__ import annotations

import codecs
import re

# Linear: each alternative starts with a different character or is a single class.
_TOKEN = re.compile(rb"\\'[0-9A-Fa-f]{2}|\\[A-Za-z]{1,32}(?:-?[0-9]{1,10})? ?|\\[^A-Za-z]|[{}]|[^\\{}]+")
_WORD = re.compile(rb"\\([A-Za-z]+)(-?[0-9]+)? ?")
_BREAKS = {b"par": "\n", b"line": "\n", b"row": "\n", b"sect": "\n", b"page": "\n", b"tab": "\t", b"cell": "\t"}
_SIGNS = {b"lquote": "‘", b"rquote": "’", b"ldblquote": "“", b"rdblquote": "”", b"endash": "–", b"emdash": "—"}
# Groups whose content is no text of anybody.
_SILENT = {
    b"fonttbl",
    b"colortbl",
    b"stylesheet",
    b"pict",
    b"themedata",
    b"datastore",
    b"latentstyles",
    b"listtable",
    b"objdata",
}
_DICTIONARY = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor "
    b"MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n"
    b"\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)


class _Writer:
    """Text so far, and what the current group says of it."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self.parts: list[str] = []
        self.raw = bytearray()
        self.page = "cp1252"
        self.skip = 1
        self.pending = 0

    def flush(self) -> None:
        if self.raw:
            self.parts.append(self.raw.decode(self.page, "replace"))
            self.raw.clear()

    def write(self, text: str) -> None:
        self.flush()
        self.parts.append(text)
        if len(self.parts) > 1 << 16:  # single characters take sixty times their size
            self.done.append("".join(self.parts))
            self.parts.clear()

    def add(self, raw: bytes) -> None:
        """Characters; those that stand in for a Unicode one are dropped."""
        dropped = min(self.pending, len(raw))
        self.pending -= dropped
        self.raw += raw[dropped:]


def strip_rtf(data: bytes) -> str:
    """Text with its line breaks; hidden text, notes and comments included."""
    writer, silent, depth = _Writer(), 0, 0
    for match in _TOKEN.finditer(data):
        token = match[0]
        if token == b"{":
            depth += 1
        elif token == b"}":
            depth -= 1
            silent = 0 if depth < silent else silent
        elif not silent:
            silent = _token(writer, token, depth)
    writer.flush()
    return "".join([*writer.done, *writer.parts])


def _token(writer: _Writer, token: bytes, depth: int) -> int:
    """Returns the depth of the group that is to be passed over, or 0."""
    if not token.startswith(b"\\"):
        writer.add(token.replace(b"\r", b"").replace(b"\n", b""))
    elif len(token) == 4 and token.startswith(b"\\'"):
        writer.add(bytes([int(token[2:], 16)]))
    elif token[1:2].isalpha():
        return _control(writer, token, depth)
    elif token in {b"\\~", b"\\_"}:
        writer.write(" " if token == b"\\~" else "-")
    elif token in {b"\\\\", b"\\{", b"\\}"}:
        writer.add(token[1:])
    elif token in {b"\\\n", b"\\\r"}:
        writer.write("\n")
    return 0


def _control(writer: _Writer, token: bytes, depth: int) -> int:
    match = _WORD.match(token)
    if match is None:
        return 0
    word, number = match[1], int(match[2] or 0)
    if word == b"u":
        writer.write(chr(number & 0xFFFF))
        writer.pending = writer.skip
    elif word == b"uc":
        writer.skip = max(0, min(number, 16))
    elif word == b"ansicpg":
        writer.page = _page(number)
    elif word in _BREAKS or word in _SIGNS:
        writer.write(_BREAKS.get(word) or _SIGNS[word])
    elif word in _SILENT:
        return depth
    return 0


def _page(number: int) -> str:
    try:
        return codecs.lookup(f"cp{number}").name
    except LookupError:
        return "cp1252"


def inflate_rtf(data: bytes, limit: int) -> bytes:
    """Outlook's compressed RTF ([MS-OXRTFCP]), up to ``limit`` bytes; damage ends it early."""
    if data[8:12] == b"MELA":
        return data[16 : 16 + limit]
    window = bytearray(_DICTIONARY) + bytearray(4096 - len(_DICTIONARY))
    out, at, write = bytearray(), 16, len(_DICTIONARY)
    while at < len(data) and len(out) < limit:
        control = data[at]
        at += 1
        for bit in range(8):
            if at >= len(data):
                return bytes(out)
            if control >> bit & 1:
                pair = int.from_bytes(data[at : at + 2], "big")
                at += 2
                offset, length = pair >> 4, (pair & 15) + 2
                if offset == write:
                    return bytes(out)
                for step in range(length):
                    byte = window[(offset + step) % 4096]
                    window[write] = byte
                    out.append(byte)
                    write = (write + 1) % 4096
            else:
                window[write] = data[at]
                out.append(data[at])
                at, write = at + 1, (write + 1) % 4096
    return bytes(out)

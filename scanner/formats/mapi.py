"""Text properties of Outlook items ([MS-OXPROPS]), with a label where one helps to understand the value."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from scanner.formats.markup import decode_text, strip_markup
from scanner.formats.rtf import inflate_rtf, strip_rtf
from scanner.model import Content, Passage

RTF_LIMIT = 64 << 20
STRING8, STRING, BINARY = 0x1E, 0x1F, 0x102
BODY, HTML, RTF = 0x1000, 0x1013, 0x1009
LABELS = {
    0x0037: "Subject",
    0x0042: "From",
    0x0065: "From address",
    0x007D: "Headers",
    0x0C1A: "Sender",
    0x0C1F: "Sender address",
    0x0E02: "Bcc",
    0x0E03: "Cc",
    0x0E04: "To",
    0x3001: "Display name",
    0x3003: "E-mail",
    0x39FE: "E-mail",
    0x3A02: "Mobile",
    0x3A06: "First name",
    0x3A08: "Business phone",
    0x3A09: "Home phone",
    0x3A11: "Last name",
    0x3A15: "Postal address",
    0x3A16: "Company",
    0x3A17: "Job title",
    0x3A18: "Department",
    0x3A1C: "Mobile phone",
    0x3A24: "Fax",
    0x3A26: "Country",
    0x3A27: "City",
    0x3A29: "Street",
    0x3A2A: "Postcode",
    0x3A48: "Spouse",
    0x3A4F: "Nickname",
    0x3A58: "Children",
    0x5D01: "Sender e-mail",
    0x5D02: "From e-mail",
}
_FIXED = {0x02: 4, 0x03: 4, 0x04: 4, 0x0B: 4, 0x0A: 4, 0x05: 8, 0x06: 8, 0x07: 8, 0x14: 8, 0x40: 8, 0x48: 16}


class MapiText:
    """Collects the properties of one item; a value that stands in several is given once."""

    def __init__(self, code_page: str) -> None:
        self.code_page = {"cp65001": "utf-8", "cp20127": "ascii", "cp28591": "latin-1"}.get(code_page, code_page)
        self.lines: dict[str, str] = {}
        self.bodies: dict[int, str] = {}

    @staticmethod
    def takes(identifier: int, kind: int) -> bool:
        """Whether a property holds text."""
        return kind in {STRING, STRING8} or (kind == BINARY and identifier in {HTML, RTF})

    def decode(self, kind: int, data: bytes) -> str:
        """A string property."""
        return data.decode("utf-16-le", "replace") if kind == STRING else decode_text(data, self.code_page)

    def add(self, identifier: int, kind: int, data: bytes) -> None:
        """Keeps the value with its label."""
        if identifier == RTF:
            self.bodies[RTF] = strip_rtf(inflate_rtf(data, RTF_LIMIT))
        elif identifier == HTML:
            self.bodies[HTML] = strip_markup(self.decode(kind, data))
        else:
            text = self.decode(kind, data).strip("\0")
            if identifier == BODY:
                self.bodies[BODY] = text
            elif text.strip():
                self.lines.setdefault(text, LABELS.get(identifier, ""))

    def passages(self, place: str) -> Iterator[Content]:
        """Properties, then the body: of its three forms the first that there is."""
        if self.lines:
            lines = (f"{label}: {text}" if label else text for text, label in self.lines.items())
            yield Passage("\n".join(lines), place or "properties")
        body = next((self.bodies[form] for form in (BODY, HTML, RTF) if self.bodies.get(form, "").strip()), "")
        if body:
            yield Passage(body, f"{place} body".strip())


def parse_properties(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Properties as TNEF writes them ([MS-OXTNEF] 2.1.3.4); stops at the first that it cannot follow."""
    at = 4
    while at + 4 <= len(data):
        kind, identifier = struct.unpack_from("<HH", data, at)
        at += 4
        if identifier >= 0x8000:
            at = _after_name(data, at)
        many = kind >= 0x1000 or kind in {STRING, STRING8, BINARY, 0x0D}
        count = 1
        if many:
            if at + 4 > len(data):
                return
            (count,) = struct.unpack_from("<I", data, at)
            at += 4
        base = kind & 0x0FFF
        for _ in range(min(count, len(data))):
            size = _FIXED.get(base, -1)
            if size < 0:
                if base not in {STRING, STRING8, BINARY, 0x0D} or at + 4 > len(data):
                    return
                (size,) = struct.unpack_from("<I", data, at)
                at += 4
            yield identifier, base, data[at : at + size]
            at += size + -size % 4
            if at > len(data):
                return


def _after_name(data: bytes, at: int) -> int:
    """Properties of one's own have a name: an identifier or a string."""
    if at + 24 > len(data):
        return len(data)
    kind, number = struct.unpack_from("<II", data, at + 16)
    return at + 24 if kind == 0 else at + 24 + number + -number % 4

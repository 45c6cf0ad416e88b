"""What a file is, by its first bytes; its name decides only what bytes leave open."""

from __future__ import annotations

from dataclasses import dataclass

from scanner.sniff.containers import refine
from scanner.sniff.dumps import declared_by_dump
from scanner.sniff.encodings import find_encoding
from scanner.sniff.names import suffix_of, type_by_name
from scanner.sniff.signatures import find_signature
from scanner.sniff.texts import find_text_type

HEAD = 1 << 16
"""How much of a file ``sniff`` wants to see."""

EMPTY = "inode/x-empty"
BINARY = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class Sniffed:
    """Media type of a file, and its text encoding, which is empty when it is not text."""

    media_type: str
    encoding: str


def sniff(head: bytes, name: str) -> Sniffed:
    """Recognise a file by its first 64 KB and its name."""
    head = head[:HEAD]
    suffix = suffix_of(name)
    if not head:
        return Sniffed(EMPTY, "")
    media_type = find_signature(head)
    if media_type:
        media_type = refine(media_type, head, suffix)
        return Sniffed(media_type, (find_encoding(head) or "utf-8") if media_type.startswith("text/") else "")
    encoding = find_encoding(head)
    if not encoding or not encoding.startswith("utf-16"):
        # Binary values make a dump look like no text, or like another encoding than it says.
        encoding = declared_by_dump(head) or encoding
    if encoding:
        text = head.decode(encoding, "replace").lstrip("\ufeff")
        return Sniffed(find_text_type(text, name, whole=len(head) < HEAD), encoding)
    return Sniffed(type_by_name(suffix, head) or BINARY, "")

"""Objects of a PDF beside the text of its pages: forms, annotations, properties, attachments.

Works on the bytes of the file and not on its cross references, which damaged files lack; it is not for encrypted files.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from functools import partial
from typing import BinaryIO

from scanner.contracts import Unreadable
from scanner.formats.markup import decode_text, strip_markup
from scanner.formats.members import BLOCK, BlockStream, Names, binary, refuse
from scanner.formats.pdfscripts import find_scripts, packed_objects, string_at
from scanner.model import Content, Embedded, Gap, Kind, Passage, Problem

INFLATED_LIMIT = 16 << 20
"""Of an object stream or a form."""
TEXT_KEYS = rb"Contents|V|DV|TU|T|Subj|Author|Title|Subject|Keywords|Company|RC|Name|Reason|Location|ContactInfo|URI"
# Bounded, and its alternatives start with different characters: linear.
_STRING = rb"(\((?:[^()\\]|\\[\s\S]|\((?:[^()\\]|\\[\s\S])*\))*\)|<[0-9A-Fa-f\s]{2,}>)"
_TEXT = re.compile(rb"/(" + TEXT_KEYS + rb")\s{0,4}" + _STRING)
_OPTIONS = re.compile(rb"/Opt\s{0,4}\[([^\]]{1,20000})\]")
_ANY = re.compile(_STRING)
_OBJECT = re.compile(rb"(\d{1,9})\s{1,4}\d{1,5}\s{1,4}obj\b")
_FILE = re.compile(rb"/(?:UF|F)\s{1,4}(\d{1,9})\s{1,4}\d{1,5}\s{1,4}R")
_FILE_NAME = re.compile(rb"/(UF|F)\s{0,4}" + _STRING)
_LENGTH = re.compile(rb"/Length\s{1,4}(\d{1,10})(?!\s{1,4}\d{1,5}\s{1,4}R)")
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|\r\n|[\s\S])")
_ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"", b"f": b"\n", b"\n": b"", b"\r": b"", b"\r\n": b""}


def is_encrypted(data: bytes) -> bool:
    """Whether strings and streams are encrypted, with or without a password."""
    return (
        b"/Encrypt" in data[-65536:]
        or b"/Encrypt" in data[:65536]
        or re.search(rb"/Encrypt\s+\d+\s+\d+\s+R", data) is not None
    )


def read_objects(data: bytes) -> Iterator[Content]:
    """Strings of forms, annotations and properties as text, scripts too; embedded files as members."""
    texts: dict[str, None] = {}
    scripts: dict[bytes | int, None] = {}
    files: dict[int, tuple[bytes, bytes]] = {}
    names: dict[int, str] = {}
    for number, body, stream in _objects(data):
        if b"/EmbeddedFile" in body and stream:
            files[number] = body, stream
            continue
        parts = [body]
        if stream and (b"/ObjStm" in body or b"/XFA" in body or _is_markup(body, stream)):
            inflated = b"".join(_bounded(body, stream))
            if b"/ObjStm" in body:
                parts.append(inflated)
            else:
                texts[strip_markup(inflated.decode("utf-8", "replace"))] = None
        for part in parts:
            texts.update(_strings(part))
            scripts.update(dict.fromkeys(find_scripts(part)))
            _note_names(part, names)
    text = "\n".join(text for text in texts if text.strip())
    if text:
        yield Passage(text, "forms, annotations and properties")
    yield from _scripts(data, scripts)
    kept = Names()
    for number, (body, stream) in files.items():
        name = kept.distinct(names.get(number, ""), "attachment")
        yield Embedded(name, partial(_open, body, stream), None, len(stream))


def _scripts(data: bytes, scripts: dict[bytes | int, None]) -> Iterator[Content]:
    """Scripts in the order in which the file names them; those in objects of their own need a second look."""
    numbers = {number for number in scripts if isinstance(number, int)}
    held: dict[int, str] = {}
    for number, body, stream in _objects(data) if numbers else ():
        if number in numbers and stream:
            inflated = b"".join(_bounded(body, stream))
            held[number] = decode_bytes(inflated, utf8=True)
            if not inflated:
                yield Gap(Problem(Kind.UNSUPPORTED, "filter of a script"), len(stream))
        elif b"/ObjStm" in body and stream:
            packed = packed_objects(body, b"".join(_bounded(body, stream)))
            held.update((inner, _held(packed[inner])) for inner in sorted(numbers & packed.keys()))
        elif number in numbers:
            held[number] = _held(body)
    texts = [held.get(script, "") if isinstance(script, int) else decode_string(script) for script in scripts]
    text = "\n".join(filter(None, dict.fromkeys(map(str.strip, texts))))
    if text:
        yield Passage(text, "script")


def _held(body: bytes) -> str:
    """An object that is nothing but a string."""
    start = body.lstrip()
    return decode_string(string_at(start, 0)) if start[:1] in {b"(", b"<"} and start[:2] != b"<<" else ""


def _objects(data: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """Number, dictionary and raw stream of each object, in the order of the file."""
    at = 0
    while (found := _OBJECT.search(data, at)) is not None:
        end = data.find(b"endobj", found.end())
        start = _stream_start(data, found.end(), end if end >= 0 else len(data))
        if start < 0:
            at = end if end >= 0 else len(data)
            yield int(found[1]), data[found.end() : at], b""
            continue
        body = data[found.end() : start]
        first = start + 6 + (2 if data[start + 6 : start + 8] == b"\r\n" else 1)
        last = _stream_end(data, body, first)
        yield int(found[1]), body, data[first:last]
        at = last
    trailer = data.rfind(b"trailer")
    if trailer >= 0:
        yield 0, data[trailer : trailer + 65536], b""


def _stream_start(data: bytes, at: int, end: int) -> int:
    """The word that follows a dictionary; inside a string it is only a word."""
    start = data.find(b"stream", at, end)
    while start >= 0 and not data[max(at, start - 16) : start].rstrip().endswith(b">>"):
        start = data.find(b"stream", start + 6, end)
    return start


def _stream_end(data: bytes, body: bytes, first: int) -> int:
    """By the length given when it is true, else by the word that ends a stream."""
    length = _LENGTH.search(body)
    if length is not None:
        last = first + int(length[1])
        if data[last : last + 12].lstrip().startswith(b"endstream"):
            return last
    last = data.find(b"endstream", first)
    return last if last >= 0 else len(data)


def _is_markup(body: bytes, stream: bytes) -> bool:
    """XMP, and the packets of XFA forms, which no key tells apart from other streams."""
    if b"/XML" in body:
        return True
    if b"/Subtype" in body or b"/Type" in body or b"/Width" in body or b"/FontFile" in body:
        return False
    head = stream[:64] if b"/Filter" not in body else next(_inflated(body, stream[:4096], strict=False), b"")[:64]
    return head.lstrip().startswith((b"<?xml", b"<xdp", b"<xfa", b"<template", b"<form", b"<datasets"))


def _bounded(body: bytes, stream: bytes) -> Iterator[bytes]:
    size = 0
    for block in _inflated(body, stream, strict=False):
        yield block
        size += len(block)
        if size > INFLATED_LIMIT:
            return


def _inflated(body: bytes, stream: bytes, strict: bool) -> Iterator[bytes]:
    """Decoded blocks; other filters than Flate are not for text."""
    if b"/Filter" not in body:
        yield stream
        return
    if b"/FlateDecode" not in body or body.count(b"Decode") > body.count(b"DecodeParms") + 1:
        if strict:
            refuse(Kind.UNSUPPORTED, "filter of an attachment")
        return
    decoder, pending = zlib.decompressobj(), stream
    while pending and not decoder.eof:
        try:
            yield decoder.decompress(pending, BLOCK)
        except zlib.error:
            if strict:
                raise Unreadable(Kind.CORRUPT, "compressed attachment") from None
            return
        pending = decoder.unconsumed_tail


def _open(body: bytes, stream: bytes) -> BinaryIO:
    return binary(BlockStream(_inflated(body, stream, strict=True)))


def _strings(part: bytes) -> dict[str, None]:
    found: dict[str, None] = {decode_string(match[2]): None for match in _TEXT.finditer(part)}
    for options in _OPTIONS.finditer(part):
        found.update((decode_string(match[1]), None) for match in _ANY.finditer(options[1]))
    return found


def _note_names(part: bytes, names: dict[int, str]) -> None:
    """File specifications give the names of attachments."""
    at = part.find(b"/EF")
    while at >= 0:
        reference = _FILE.search(part, at, at + 200)
        start = max(part.rfind(b"/Filespec", 0, at) - 300, at - 2000, 0)
        titles = {match[1]: match[2] for match in _FILE_NAME.finditer(part, start, at + 2000)}
        title = titles.get(b"UF") or titles.get(b"F")
        if reference is not None and title is not None:
            names[int(reference[1])] = decode_string(title).replace("\\", "/").rsplit("/", 1)[-1][:250]
        at = part.find(b"/EF", at + 3)


def decode_string(raw: bytes) -> str:
    """A PDF string, literal or hexadecimal, in UTF-16, UTF-8 or Latin characters."""
    if raw.startswith(b"<"):
        digits = re.sub(rb"[^0-9A-Fa-f]", b"", raw)
        data = bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())
    else:
        data = _ESCAPE.sub(_unescape, raw[1:-1])
    return decode_bytes(data)


def decode_bytes(data: bytes, utf8: bool = False) -> str:
    """What a string holds, by its mark; ``utf8`` when text without one may be in UTF-8."""
    if data.startswith(b"\xfe\xff"):
        return data[2:].decode("utf-16-be", "replace")
    if data.startswith(b"\xef\xbb\xbf"):
        return data[3:].decode("utf-8", "replace")
    return decode_text(data) if utf8 else data.decode("cp1252", "replace")


def _unescape(match: re.Match[bytes]) -> bytes:
    code = match[1]
    if code[:1].isdigit():
        return bytes([int(code, 8) & 255])
    return _ESCAPES.get(code, code)

"""Mail messages as the standards have them (RFC 5322, MIME)."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from email import policy
from email.errors import HeaderParseError, MessageError
from email.header import decode_header
from email.message import Message
from email.parser import BytesParser
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from scanner.contracts import Source, Unreadable
from scanner.formats.markup import decode_text, strip_markup
from scanner.formats.members import Names, refuse
from scanner.model import Content, Embedded, Gap, Kind, Passage, Problem

RECOVERIES = 50
LIMIT = 128 << 20
"""A message is parsed in memory."""
SUFFIXES = {
    "text/html": ".html",
    "text/plain": ".txt",
    "text/csv": ".csv",
    "text/calendar": ".ics",
    "text/vcard": ".vcf",
    "text/x-vcard": ".vcf",
    "text/xml": ".xml",
    "application/xml": ".xml",
    "application/json": ".json",
    "application/pdf": ".pdf",
    "application/ms-tnef": ".dat",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/gif": ".gif",
}
# What the standard library raises on malformed messages besides its own MessageError.
BUGS = (MessageError, LookupError, ValueError, TypeError, AttributeError, AssertionError)
# Printable ASCII, bounded: a line that begins a part, right before the first header of the part.
_BOUNDARY = re.compile(r"^--([!#-~](?:[ !#-~]{0,198}[!#-~])?)[ \t]{0,4}\r?\nContent-", re.MULTILINE)

if TYPE_CHECKING:
    Mail = Message[str, str]


class MailReader:
    """Headers and bodies as passages, attachments and attached messages as members."""

    name: ClassVar[str] = "mail"
    media_types: ClassVar[frozenset[str]] = frozenset(
        {"message/rfc822", "multipart/related", "application/x-mimearchive"}
    )
    gives: ClassVar[str] = "text"
    seeks: ClassVar[bool] = False

    def read(self, source: Source) -> Iterator[Content]:
        """In the order of the message."""
        data = source.stream.read(LIMIT + 1)
        if len(data) > LIMIT:
            raise Unreadable(Kind.TOO_LARGE, f"message over {LIMIT >> 20} MB", bytes_read=0)
        try:
            # The older policy parses what the newer one fails on; its headers are decoded here.
            message = BytesParser(policy=policy.compat32).parsebytes(data.lstrip(b"\r\n\xef\xbb\xbf"))
        except BUGS as error:
            yield Passage(decode_text(data), "message")
            yield Gap(Problem(Kind.CORRUPT, type(error).__name__))
            return
        yield from _message(message)


def _message(message: Mail) -> Iterator[Content]:
    names = Names()
    yield Passage(_headers(message), "headers")
    for number, part in enumerate(_leaves(message), 1):
        try:
            yield from _part(part, number, names)
        except BUGS as error:
            yield Gap(Problem(Kind.CORRUPT, f"part {number}: {type(error).__name__}"))


def _headers(message: Mail) -> str:
    return "\n".join(f"{name}: {decode_words(value)}" for name, value in message.raw_items())


def decode_words(value: object) -> str:
    """A header as a person reads it: encoded words decoded, stray bytes guessed, lines joined."""
    text = str(value) if not isinstance(value, str) else value
    text = text.replace("\r", "").replace("\n", "")
    if text.isascii() and "=?" in text:
        try:
            return "".join(_word(word, charset) for word, charset in decode_header(text))
        except (HeaderParseError, ValueError, LookupError):
            return text
    return _stray(text)


def _word(word: bytes | str, charset: str | None) -> str:
    return word if isinstance(word, str) else decode_text(word, charset or "")


def _stray(text: str) -> str:
    """Bytes beyond ASCII come from the parser as surrogates."""
    return text if text.isascii() else decode_text(text.encode("utf-8", "surrogateescape"))


def _leaves(message: Mail) -> Iterator[Mail]:
    """Parts that hold data, attached messages included, without recursion."""
    pending, recovered = [message], 0
    while pending:
        part = pending.pop()
        if part.get_content_maintype() != "multipart":
            yield part
            continue
        if part.is_multipart():
            pending.extend(reversed(_children(part)))
            strays = [part.preamble, part.epilogue]
        else:
            strays = [str(part.get_payload())]
        for stray in strays:
            if stray and stray.strip():
                recovered += 1
                pending.append(_recover(stray) if recovered <= RECOVERIES else _text_part(stray))


def _recover(text: str) -> Mail:
    """Parts that the declared boundary missed, by the boundary that stands there; else plain text."""
    found = _BOUNDARY.search(text)
    if found is None:
        return _text_part(text)
    head = f'Content-Type: multipart/mixed; boundary="{found[1]}"\n\n'.encode()
    raw = text[found.start() :].encode("utf-8", "surrogateescape")
    part = BytesParser(policy=policy.compat32).parsebytes(head + raw)
    if not part.is_multipart():
        return _text_part(text)
    part.preamble = text[: found.start()]
    return part


def _children(part: Mail) -> list[Mail]:
    children = [child for child in part.get_payload() if isinstance(child, Message)]
    if part.get_content_type() == "multipart/encrypted":
        for child in children[1:]:
            child.set_type("application/pgp-encrypted")
    return children


def _text_part(text: str) -> Mail:
    part: Mail = Message()
    part.set_payload(text)
    return part


def _part(part: Mail, number: int, names: Names) -> Iterator[Content]:
    kind, file_name = part.get_content_type(), _file_name(part)
    attached = bool(file_name) or part.get_content_disposition() == "attachment"
    if part.is_multipart():
        yield from _inner_messages(part, number, names)
        return
    data = _payload(part)
    if any(type(defect).__name__.startswith("InvalidBase64") for defect in part.defects):
        yield Gap(Problem(Kind.CORRUPT, f"part {number}: invalid base64"))
    if _is_encrypted(part):
        yield Embedded(names.distinct(file_name, f"part-{number}"), partial(refuse, Kind.ENCRYPTED, kind), len(data))
    elif (not attached and kind.startswith(("text/", "multipart/", "message/")) and kind not in SUFFIXES) or (
        not attached and kind in {"text/plain", "text/html"}
    ):
        text = decode_text(data, part.get_content_charset() or "")
        yield Passage(strip_markup(text) if kind == "text/html" else text, f"part {number}")
    elif data:
        name = names.distinct(file_name, f"part-{number}{SUFFIXES.get(kind, '')}")
        yield Embedded(name, partial(io.BytesIO, data), len(data), len(data))


def _is_encrypted(part: Mail) -> bool:
    kind = part.get_content_type()
    if kind == "application/pgp-encrypted":
        return True
    return kind in {"application/pkcs7-mime", "application/x-pkcs7-mime"} and "enveloped" in str(
        part.get_param("smime-type")
    )


def _payload(part: Mail) -> bytes:
    """Decoded bytes; a transfer encoding that nobody knows leaves them as they are."""
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else str(part.get_payload()).encode("utf-8", "surrogateescape")


def _file_name(part: Mail) -> str:
    try:
        name = part.get_filename("")
    except BUGS:
        return ""
    return decode_words(name).replace("\\", "/").rsplit("/", 1)[-1].strip()[:250]


def _inner_messages(part: Mail, number: int, names: Names) -> Iterator[Content]:
    """Attached messages are members; delivery reports, which are runs of headers, are text."""
    inner = [child for child in part.get_payload() if isinstance(child, Message)]
    if part.get_content_type() != "message/rfc822":
        yield Passage("\n\n".join(_headers(child) for child in inner), f"part {number}")
        return
    for child in inner:
        data = child.as_bytes()
        name = names.distinct(_file_name(part), f"message-{number}.eml")
        yield Embedded(name, partial(io.BytesIO, data), len(data), len(data))

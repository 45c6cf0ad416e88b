"""Scripts of a PDF are read, and do not hide that its pages were not."""

from __future__ import annotations

import zlib

import pytest
from test_documents import contents, pdf, places

from scanner.contracts import Unreadable
from scanner.formats.pdfscripts import find_scripts, string_at
from scanner.model import Gap, Kind, Passage, Picture
from scanner.readers.documents import DocumentReader

EMPTY = b"0 0 10 10 re f"


def script_of(extra: bytes, page: bytes = EMPTY) -> str:
    found = contents(DocumentReader, pdf(extra, page), "application/pdf")
    return "\n".join(part.text for part in found if isinstance(part, Passage) and part.place == "script")


def stream(number: int, data: bytes, keys: bytes = b"") -> bytes:
    return b"%d 0 obj\n<< %s /Length %d >>\nstream\n%s\nendstream\nendobj\n" % (number, keys, len(data), data)


def test_strings_of_both_kinds() -> None:
    code = b"if (f(g(h\\(1\\)))) { app.alert(stream('zoe@example.org')) }"
    extra = b"10 0 obj\n<< /S /JavaScript /JS (" + code + b") >>\nendobj\n"
    extra += b"11 0 obj\n<< /S /JavaScript /JS<FEFF" + "Zoé".encode("utf-16-be").hex().encode() + b"> >>\nendobj\n"
    assert script_of(extra) == "if (f(g(h(1)))) { app.alert(stream('zoe@example.org')) }\nZoé"


def test_scripts_in_objects_of_their_own() -> None:
    call = b"10 0 obj\n<< /S /JavaScript /JS 12 0 R >>\nendobj\n"
    code = "app.alert('Hélène Roux')"
    packed = zlib.compress(code.encode())
    assert script_of(call + stream(12, packed, b"/Filter /FlateDecode")) == code
    assert script_of(stream(12, b"\xfe\xff" + code.encode("utf-16-be")) + call) == code
    assert script_of(call + b"12 0 obj\n(app.beep\\(1\\))\nendobj\n") == "app.beep(1)"
    inner = b"11 0 12 6 (abcd)(app.beep(1))"
    assert script_of(call + stream(20, inner, b"/Type /ObjStm /N 2 /First 10")) == "app.beep(1)"


def test_a_filter_that_is_not_undone_is_told() -> None:
    extra = b"10 0 obj\n<< /JS 12 0 R >>\nendobj\n" + stream(12, b"..", b"/Filter /LZWDecode")
    found = contents(DocumentReader, pdf(extra), "application/pdf")
    assert [(part.problem.kind, part.bytes_unread) for part in found if isinstance(part, Gap)] == [
        (Kind.UNSUPPORTED, 2)
    ]


def test_scans_with_scripts_are_still_told() -> None:
    image = stream(
        10,
        bytes(300 * 200 // 8 + 200),
        b"/Type /XObject /Subtype /Image /Width 300 /Height 200 /ColorSpace /DeviceGray /BitsPerComponent 1",
    )
    extra = image + b"11 0 obj\n<< /S /JavaScript /JS (app.beep\\(1\\)) >>\nendobj\n"
    data = pdf(extra, b"q 300 0 0 200 0 0 cm /I Do Q").replace(
        b"/Resources << ", b"/Resources << /XObject << /I 10 0 R >> "
    )
    found = contents(DocumentReader, data, "application/pdf")
    assert places(found) == {"script"}
    assert [part.page for part in found if isinstance(part, Picture)] == [1]


def test_nothing_but_drawings_is_not_read() -> None:
    with pytest.raises(Unreadable, match="no_text"):
        contents(DocumentReader, pdf(b"10 0 obj\n<< /S /JavaScript /JS () >>\nendobj\n", EMPTY), "application/pdf")


def test_unclosed_strings_are_seen_once() -> None:
    assert list(find_scripts(b"/JS (a(b) /JS (c) /JS (d")) == [b"(a(b) /JS (c) /JS (d)"]
    assert len(list(find_scripts(b"/JS(" * 200_000))) == 1
    assert string_at(b"<41", 0) == b"<41>"

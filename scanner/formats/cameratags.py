"""EXIF, IPTC and XMP of a picture: author, owner, captions, position, serial numbers of the camera."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from html import unescape
from typing import TYPE_CHECKING, Any

from scanner.formats.tags import degrees, position

if TYPE_CHECKING:
    from PIL.Image import Exif, Image

_EXIF_IFD, _GPS_IFD = 0x8769, 0x8825
_EXIF = {
    0x013B: "author",
    0x8298: "rights",
    0x010E: "caption",
    0x013C: "device",  # HostComputer: phones write the name that their owner gave them
    0x9C9B: "title",
    0x9C9C: "comment",
    0x9C9D: "author",
    0x9C9E: "keywords",
    0x9286: "comment",
    0xA430: "owner",
}
_SERIALS = (0xA431, 0xA435, 0xC62F)
"""Of the body and the lens, in EXIF 2.3 and in DNG."""
_IPTC = {
    (2, 5): "title",
    (2, 25): "keywords",
    (2, 80): "author",
    (2, 90): "place",
    (2, 92): "place",
    (2, 95): "place",
    (2, 101): "place",
    (2, 110): "author",
    (2, 116): "rights",
    (2, 118): "contact",
    (2, 120): "caption",
    (2, 122): "author",
}
_XMP = {
    "dc:creator": "author",
    "dc:rights": "rights",
    "dc:title": "title",
    "dc:description": "caption",
    "dc:subject": "keywords",
    "aux:OwnerName": "owner",
    "exifEX:CameraOwnerName": "owner",
    "photoshop:Credit": "author",
    "photoshop:CaptionWriter": "author",
    "photoshop:City": "place",
    "Iptc4xmpCore:Location": "place",
    "Iptc4xmpCore:CiEmailWork": "contact",
    "Iptc4xmpCore:CiTelWork": "contact",
    "Iptc4xmpExt:PersonInImage": "people",
    "mwg-rs:Name": "people",
    "MPReg:PersonDisplayName": "people",
}
_XMP_SERIALS = ("aux:SerialNumber", "aux:LensSerialNumber", "exifEX:BodySerialNumber")
_TAGS = re.compile("<[^>]*>")
_COMMENT = {b"ASCII\0\0\0": "ascii", b"UNICODE\0": "utf-16", b"JIS\0\0\0\0\0": "iso2022_jp"}
_MOST = 1 << 20
"""Characters of XMP that are looked at."""


def exif_of(image: Image) -> Exif:
    """The EXIF of a picture; of a PNG from its head alone, where the library would decode all of it first."""
    from PIL.Image import Exif

    if image.format != "PNG":
        return image.getexif()
    exif = Exif()
    exif.load(image.info.get("exif") or b"")
    return exif


def tags_of(image: Image) -> list[tuple[str, str]]:
    """Values by what they are, as ``tags.LABELS`` names it."""
    exif = exif_of(image)
    fields = {**dict(exif), **dict(exif.get_ifd(_EXIF_IFD))}
    found = [(key, _text(fields[tag])) for tag, key in _EXIF.items() if tag in fields]
    found += [(key, value) for name, key in _XMP.items() for value in _xmp(_packet(image), name)]
    found += list(_iptc(image))
    found += [("comment", _text(image.info[key])) for key in ("comment", "Comment") if key in image.info]
    found += [("author", _text(image.info[key])) for key in ("Author", "Artist") if key in image.info]
    found += [("caption", _text(image.info[key])) for key in ("Description", "Title") if key in image.info]
    return found


def known_of(image: Image) -> list[tuple[str, str]]:
    """Positions and serial numbers, with their types."""
    exif = exif_of(image)
    fields = {**dict(exif), **dict(exif.get_ifd(_EXIF_IFD))}
    found = [("GPS_COORD", place) for place in (_gps(dict(exif.get_ifd(_GPS_IFD))), _xmp_gps(_packet(image))) if place]
    serials = [_text(fields[tag]) for tag in _SERIALS if tag in fields]
    serials += [value for name in _XMP_SERIALS for value in _xmp(_packet(image), name)]
    return found + [("DEVICE_ID", value) for value in serials if any(sign in "123456789" for sign in value)]


def _text(value: Any) -> str:
    """A value of any of the types that tags have, as far as it is text."""
    if isinstance(value, tuple):
        value = bytes(value) if value and all(isinstance(one, int) and 0 <= one < 256 for one in value) else value[0]
    if not isinstance(value, bytes):
        return _unmixed(str(value)).strip("\0 ")
    if value[:8] in _COMMENT:
        return value[8:].decode(_COMMENT[value[:8]], "replace").strip("\0 ")
    wide = len(value) >= 4 and not any(value[1:8:2])
    return value.decode("utf-16-le" if wide else "utf-8", "replace").strip("\0 ")


def _unmixed(text: str) -> str:
    """The library reads all strings as Latin-1, most programs write UTF-8."""
    with suppress(UnicodeError):
        return text.encode("latin-1").decode()
    return text


def _gps(fields: dict[int, Any]) -> str:
    """The position of the GPS directory (EXIF 2.32, 4.6.6); what is malformed is none."""
    with suppress(KeyError, TypeError, ValueError, ZeroDivisionError, OverflowError):
        return position(degrees(fields[2], str(fields.get(1, "N"))), degrees(fields[4], str(fields.get(3, "E"))))
    return ""


def _xmp_gps(packet: str) -> str:
    """``48,51.4N`` and its longitude (XMP specification part 2, GPSCoordinate)."""
    both = [next(_xmp(packet, name), "") for name in ("exif:GPSLatitude", "exif:GPSLongitude")]
    with suppress(ValueError):
        parts = [[float(part) for part in one[:-1].split(",")] for one in both if one]
        return position(*(degrees(part, one[-1]) for part, one in zip(parts, both, strict=True)))
    return ""


def _iptc(image: Image) -> Iterator[tuple[str, str]]:
    from PIL import ImageFile, IptcImagePlugin

    fields = (IptcImagePlugin.getiptcinfo(image) if isinstance(image, ImageFile.ImageFile) else None) or {}
    for place, key in _IPTC.items():
        values = fields.get(place, [])
        for value in values if isinstance(values, list) else [values]:
            yield key, _text(value)


def _packet(image: Image) -> str:
    packet = image.info.get("xmp") or image.info.get("XML:com.adobe.xmp") or b""
    return (packet.decode("utf-8", "replace") if isinstance(packet, bytes) else str(packet))[:_MOST]


def _xmp(packet: str, name: str) -> Iterator[str]:
    """The values of a property, written as attribute or element; items of a list one by one."""
    for found in re.finditer(rf'\b{name}\s*=\s*"([^"]*)"', packet):
        yield unescape(found[1])
    for found in re.finditer(rf"<{name}\b[^>]*>(.*?)</{name}>", packet, re.DOTALL):
        for item in re.split(r"</rdf:li>", found[1]):
            if value := unescape(_TAGS.sub(" ", item)).strip():
                yield value

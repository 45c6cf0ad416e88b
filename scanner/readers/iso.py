"""Images of optical disks: ISO 9660 with its longer names, and UDF."""

from __future__ import annotations

import posixpath
import struct
from collections.abc import Iterator
from functools import partial
from typing import Any, BinaryIO, ClassVar

from scanner.contracts import Source, Unreadable
from scanner.formats.members import GuardedStream, Names, binary
from scanner.model import Content, Embedded, Kind


class IsoReader:
    """Files of an ISO 9660 or UDF image, under the best names that it has."""

    name: ClassVar[str] = "iso"
    media_types: ClassVar[frozenset[str]] = frozenset({"application/x-iso9660-image"})
    gives: ClassVar[str] = "members"
    seeks: ClassVar[bool] = True

    def read(self, source: Source) -> Iterator[Content]:
        """Files folder by folder; links are told."""
        image, errors = _image(source.stream)
        names, kind = Names(), _names(image)
        try:
            for folder, _, files in image.walk(**{kind: "/"}):
                for file in files:
                    path = posixpath.join(folder, file)
                    yield _member(image, kind, path, names, errors)
        except errors as error:
            raise Unreadable(Kind.CORRUPT, type(error).__name__) from None
        finally:
            image.close()


def _image(stream: BinaryIO) -> tuple[Any, tuple[type[Exception], ...]]:
    import pycdlib
    from pycdlib.pycdlibexception import PyCdlibException

    errors = (PyCdlibException, struct.error, ValueError, IndexError, KeyError, AttributeError, TypeError, EOFError)
    image = pycdlib.PyCdlib()
    try:
        image.open_fp(stream)
    except errors as error:
        raise Unreadable(Kind.CORRUPT, type(error).__name__) from None
    return image, errors


def _names(image: Any) -> str:
    """Which of the trees has the names that people gave."""
    if image.has_rock_ridge():
        return "rr_path"
    if image.has_joliet():
        return "joliet_path"
    return "udf_path" if image.has_udf() else "iso_path"


def _member(image: Any, kind: str, path: str, names: Names, errors: tuple[type[Exception], ...]) -> Embedded:
    record = image.get_record(**{kind: path})
    size = int(record.get_data_length())
    shown = names.distinct(path.lstrip("/").removesuffix(";1"))
    return Embedded(shown, partial(_open, image, kind, path, record, errors), size, size)


def _open(image: Any, kind: str, path: str, record: Any, errors: tuple[type[Exception], ...]) -> BinaryIO:
    if getattr(record, "rock_ridge", None) is not None and record.rock_ridge.is_symlink():
        raise Unreadable(Kind.LINK, "symbolic link in an image")
    try:
        opened = image.open_file_from_iso(**{kind: path})
        opened.__enter__()
    except errors as error:
        raise Unreadable(Kind.CORRUPT, type(error).__name__) from None
    return binary(GuardedStream(opened, errors))

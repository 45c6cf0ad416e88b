"""Sound and film: what is written beside what is heard and seen, which nobody listens to here."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO, ClassVar

from scanner.contracts import Source, Unreadable
from scanner.formats.filmtags import BOXED, film_tags
from scanner.formats.tags import passages_of
from scanner.model import Content, Gap, Kind, Problem

_SOUND = frozenset({
    "audio/mpeg", "audio/ogg", "audio/flac", "audio/vnd.wave", "audio/aiff", "video/x-ms-asf",
})  # fmt: skip
_KEYS = {"artist": "author", "albumartist": "author", "composer": "author", "title": "title", "comment": "comment"}
_OTHERS = {"copyright": "rights", "encoded_by": "author", "lyricist": "author", "conductor": "author", "url": "contact",
           "description": "caption", "director": "author", "publisher": "author"}  # fmt: skip


class RecordingReader:
    """Artist, author, owner, comment and position; sound and film themselves are said to be unread."""

    name: ClassVar[str] = "recording"
    media_types: ClassVar[frozenset[str]] = _SOUND | BOXED
    gives: ClassVar[str] = "text"
    seeks: ClassVar[bool] = True

    def read(self, source: Source) -> Iterator[Content]:
        """Tags as text, then what is left."""
        tags, known = (
            film_tags(source.stream, source.size) if source.media_type in BOXED else (_sound(source.stream), [])
        )
        written = list(passages_of(tags, known))
        if not written:
            raise Unreadable(Kind.NO_TEXT, "sound or film, without tags")
        yield from written
        beside = sum(len(passage.text.encode("utf-8", "replace")) for passage in written)
        yield Gap(Problem(Kind.NO_TEXT, "sound or film: only tags are read"), max(0, source.size - beside))


def _sound(stream: BinaryIO) -> list[tuple[str, str]]:
    """The tags of a library that knows the formats of sound."""
    from tinytag import TinyTag, TinyTagException

    try:
        found = TinyTag.get("", file_obj=stream, tags=True, duration=False, image=False)
    except (TinyTagException, OSError, ValueError, KeyError, IndexError, TypeError, OverflowError) as error:
        raise Unreadable(Kind.CORRUPT, f"tags do not parse ({type(error).__name__})") from None
    return [(key, text) for name, key in (_KEYS | _OTHERS).items() for text in _values(found, name)]


def _values(found: Any, name: str) -> Iterator[str]:
    if value := getattr(found, name, None):
        yield str(value)
    for other in found.other.get(name, ()):
        yield str(other)

"""What stands in one cell that is JSON, XML or what PHP serialises: texts under their paths."""

from __future__ import annotations

import json
from typing import Any
from xml.parsers import expat

from recognizers.folding import listed

Leaf = tuple[str, str]
"""A path such as ``client.mails[]``, and a text that is there."""

LONGEST = 1 << 20
"""Characters of a cell that is taken apart."""
_DEEPEST = 40
_LONGEST_KEY = 64
_PAGES = listed(
    "html body p div span a b i u em strong small font h1 h2 h3 h4 h5 h6 ul ol li dl table tr td img br hr pre "
    "code blockquote section article header footer figure style script svg iframe form center link meta"
)
"""What begins a piece of a page: prose, which is read as such."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A map; one in which a key comes twice would hide what the first of them says, and is read as text."""
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError
    return members


_DECODER = json.JSONDecoder(parse_float=str, parse_int=str, parse_constant=str, object_pairs_hook=_once)


def decoded(text: str) -> Any:
    """JSON whose numbers are texts; ``ValueError`` where it is none."""
    return _DECODER.decode(text)


def leaves_of(text: str) -> list[Leaf] | None:
    """All texts of a cell with their paths, keys that are data among them; None when it is nothing of the kind."""
    bare = text.strip()
    if len(bare) > LONGEST:
        return None
    try:
        if bare[:1] in "{[":
            return _spread(decoded(bare))
        if bare[:1] == "<":
            return _of_xml(bare)
        return _spread(_Php(bare.encode("utf-8", "surrogatepass")).whole())
    except (ValueError, RecursionError, IndexError, expat.ExpatError):
        return None


def _spread(value: Any) -> list[Leaf] | None:
    """The leaves of nested maps and lists, from the first to the last."""
    if not isinstance(value, dict | list):
        return None
    found: list[Leaf] = []
    stack: list[tuple[str, Any, int]] = [("", value, 0)]
    while stack:
        path, one, depth = stack.pop()
        if depth > _DEEPEST:
            return None
        if isinstance(one, dict):
            inner = [(_step(path, str(key), found), member, depth + 1) for key, member in one.items()]
            stack += reversed(inner)
        elif isinstance(one, list):
            stack += [(path + "[]", member, depth + 1) for member in reversed(one)]
        elif isinstance(one, bool):
            found.append((path, str(one).lower()))
        elif isinstance(one, str) and one:
            found.append((path, one.encode("utf-8", "replace").decode()))
    return found


def is_data(key: str) -> bool:
    """Whether a key is a value rather than the name of one."""
    return not key or len(key) > _LONGEST_KEY or "@" in key or key[0].isdigit()


def _step(path: str, key: str, found: list[Leaf]) -> str:
    """The path of a member; a key that is data is a value of its own and shares ``path.*``."""
    if is_data(key):
        if key and not key.isdigit():
            found.append((path + "{}", key.encode("utf-8", "replace").decode()))
        key = "*"
    return f"{path}.{key}" if path else key


def _of_xml(text: str) -> list[Leaf] | None:
    """Texts and attributes under the names of elements; one with entities, comments or a page in it is read as text."""
    found: list[Leaf] = []
    paths: list[str] = []
    texts: list[list[str]] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if len(paths) > _DEEPEST or (not paths and name.lower() in _PAGES):
            raise ValueError
        paths.append(f"{paths[-1]}/{name}" if paths else name)
        texts.append([])
        found.extend((f"{paths[-1]}@{key}", value) for key, value in attributes.items() if value)

    def end(_: str) -> None:
        path, said = paths.pop(), "".join(texts.pop()).strip()
        if said:
            found.append((path, said))

    def said_here(said: str) -> None:
        texts[-1].append(said)

    def refuse(*_: object) -> int:
        raise ValueError

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = said_here
    parser.CommentHandler = parser.ProcessingInstructionHandler = refuse
    parser.EntityDeclHandler = parser.UnparsedEntityDeclHandler = parser.ExternalEntityRefHandler = refuse
    parser.Parse(text.encode("utf-8", "replace"), True)
    return found


class _Php:
    """Reads ``serialize`` of PHP, which counts strings in bytes."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def whole(self) -> Any:
        """The value that is all of the text."""
        value = self._value(0)
        if self._at != len(self._data):
            raise ValueError
        return value

    def _value(self, depth: int) -> Any:
        if depth > _DEEPEST:
            raise ValueError
        kind = self._data[self._at : self._at + 2]
        self._at += 2
        if kind == b"N;":
            return None
        if kind == b"s:":
            value = self._string()
            self._skip(b";")
            return value
        if kind in {b"i:", b"d:", b"b:"}:
            return self._until(b";")
        if kind == b"O:":
            self._string()
            self._skip(b":")
        elif kind != b"a:":
            raise ValueError
        return self._members(depth)

    def _members(self, depth: int) -> dict[str, Any] | list[Any]:
        count = int(self._until(b":"))
        self._skip(b"{")
        if count > len(self._data):
            raise ValueError
        pairs = [(str(self._value(depth + 1)), self._value(depth + 1)) for _ in range(count)]
        self._skip(b"}")
        if [key for key, _ in pairs] == [str(at) for at in range(count)]:
            return [value for _, value in pairs]
        # Members of a class that others cannot see begin with its name between zeros.
        return _once([(key.rpartition("\0")[2], value) for key, value in pairs])

    def _string(self) -> str:
        size = int(self._until(b":"))
        self._skip(b'"')
        value = self._data[self._at : self._at + size]
        self._at += size
        self._skip(b'"')
        return value.decode("utf-8", "replace")

    def _until(self, mark: bytes) -> str:
        end = self._data.index(mark, self._at)
        value = self._data[self._at : end].decode("ascii")
        self._at = end + 1
        return value

    def _skip(self, byte: bytes) -> None:
        if self._data[self._at : self._at + 1] != byte:
            raise ValueError
        self._at += 1

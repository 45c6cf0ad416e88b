"""Cards as rows of one table, so that a name, a birthday or a number is judged by the property it stands in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scanner.formats.blocks import string_array
from scanner.formats.markup import decode_text
from scanner.model import Column, Content, Passage

TABLE = "vcard"
REPEATS = 8
"""So many values of one property are columns; the more of them stay in the text."""
FAR = 1000
"""So many cards without a value end a run."""
# Names of columns that say to anyone, and to the judgement of columns, what is in them.
_COLUMNS = {
    b"FN": "full name",
    b"NICKNAME": "nickname",
    b"BDAY": "birthday",
    b"EMAIL": "email",
    b"TEL": "phone",
    b"ADR": "address",
    b"ORG": "employer",
    b"TITLE": "job title",
    b"ROLE": "job title",
    b"GENDER": "gender",
}
_NAME = ("last name", "first name", "salutation")
_INDEX = {name: index for index, name in enumerate(dict.fromkeys((*_NAME, *_COLUMNS.values())))}
_FRAME = frozenset((b"BEGIN", b"END", b"VERSION"))
_FRAMED = frozenset(("VCARD", "2.1", "3.0", "4.0"))
_CHARSET = re.compile(rb"(?i);CHARSET=\"?([\w.:-]{1,40})")
_PARTS = re.compile(r"(?<!\\);")
_ESCAPED = re.compile(r"\\([nN,;:\\])")
_URI = re.compile(r"(?i)^(?:tel|mailto):")
Values = list[tuple[str, str]]


@dataclass(slots=True)
class Run:
    """Values of one column from the card ``first`` on, with nothing where a card has none."""

    first: int
    values: list[str | None]

    @property
    def next(self) -> int:
        """Number of the card after the last one that has a value."""
        return self.first + len(self.values)

    def put(self, row: int, value: str) -> None:
        """Set the value of a card that comes after all others."""
        self.values.extend([None] * (row - self.next))
        self.values.append(value)


class Cards:
    """Counts the cards of a file over all its blocks."""

    def __init__(self) -> None:
        self._row = 0
        self._used: dict[str, int] = {}
        self._runs: dict[tuple[str, int], list[Run]] = {}

    def read(self, block: bytes, encoding: str, line: int) -> Iterator[Content]:
        """Columns of one block of unfolded lines, then the rest of it as text with its lines in their places."""
        self._runs, name, texts = {}, "", []
        for raw in block.removeprefix(b"\xef\xbb\xbf").splitlines():
            key, parameters, value = _split(raw, encoding)
            if key == b"BEGIN":
                name, self._used = "", {}
                self._row += 1
            values = _values(key, value)
            name = next((v for k, v in values if k == "full name"), name)
            left = [pair for pair in values if not self._take(*pair)]
            whole = not values or bool(left) or b'"' in parameters
            texts.append(_rest(raw, key, value, name, encoding) if whole else "")
        yield from self._flush()
        if any(texts):
            yield Passage("\n".join(texts), "", line)

    def _take(self, column: str, value: str) -> bool:
        """Put a value in the row of its card, beside others of the same property."""
        turn = self._used.get(column, 0)
        if turn >= REPEATS or not self._row:
            return False
        self._used[column] = turn + 1
        runs = self._runs.setdefault((column, turn), [])
        if not runs or self._row - runs[-1].next > FAR:
            runs.append(Run(self._row, []))
        runs[-1].put(self._row, value)
        return True

    def _flush(self) -> Iterator[Content]:
        for (column, _), runs in sorted(self._runs.items(), key=lambda item: (_INDEX[item[0][0]], item[0][1])):
            for run in runs:
                yield Column(TABLE, column, _INDEX[column], string_array(run.values), run.first)


def _split(line: bytes, encoding: str) -> tuple[bytes, bytes, str]:
    """Property, parameters and value; groups (``item1.EMAIL``) are left out."""
    quoted = line.count(b'"', 0, max(0, line.find(b":"))) % 2
    at = line.find(b":", line.find(b'"', line.find(b":")) if quoted else 0)
    if at < 0:
        return b"", b"", ""
    name, _, parameters = line[:at].partition(b";")
    charset = _CHARSET.search(line[:at])
    return (
        name.strip().rpartition(b".")[2].upper(),
        parameters,
        decode_text(line[at + 1 :], charset[1].decode() if charset else encoding).strip(),
    )


def _values(key: bytes, value: str) -> Values:
    """What a property gives to which columns."""
    parts = [_plain(part) for part in _PARTS.split(value)]
    if key == b"N":
        last, first, more, title, suffix = (*parts, "", "", "", "", "")[:5]
        found = zip(_NAME, (last, _join(" ", (first, more)), _join(" ", (title, suffix))), strict=True)
        return [pair for pair in found if pair[1]]
    column = _COLUMNS.get(key, "")
    if not column or not any(parts):
        return []
    if key == b"ADR":
        box, more, street, city, region, code, country = (*parts, *("",) * 7)[:7]
        return [(column, _join(", ", (box, more, street, _join(" ", (code, city)), region, country, *parts[7:])))]
    if key == b"GENDER":
        return [(column, text) for text in parts if text]
    return [(column, _dated(key, _URI.sub("", _join(", ", parts))))]


def _dated(key: bytes, value: str) -> str:
    # 1604 is what some address books write for a birthday without its year.
    return "--" + value[4:].lstrip("-") if key == b"BDAY" and value.startswith("1604") else value


def _rest(raw: bytes, key: bytes, value: str, name: str, encoding: str) -> str:
    """A line as text; a note goes with the name of its card, of which it says something."""
    if key in _FRAME and value.upper() in _FRAMED:
        return ""
    text = f"{key.decode('ascii', 'replace')}: {value}" if _CHARSET.search(raw[:200]) else decode_text(raw, encoding)
    return f"{name} - {_plain(text)}" if key == b"NOTE" and name else _plain(text)


def _plain(text: str) -> str:
    """Without the escapes of separators and line ends."""
    return _ESCAPED.sub(lambda match: " " if match[1] in "nN" else match[1], text).strip()


def _join(separator: str, parts: Sequence[str]) -> str:
    return separator.join(part for part in parts if part)

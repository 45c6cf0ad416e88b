"""What an item is as a whole: a document of a known kind, a list of contacts, mail."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache, partial

from recognizers.documents.recognizer import HEAD, DocumentRecognizer
from scanner.model import Evidence, Finding, ItemRow, Level, Status
from scanner.recognition.distinct import Distinct
from scanner.recognition.evidence import with_evidence
from scanner.recognition.tally import Tallies, Tally

MAIL = frozenset(
    {
        "application/mbox",
        "application/ms-tnef",
        "application/vnd.ms-outlook",
        "application/vnd.ms-tnef",
        "application/x-mimearchive",
        "message/rfc822",
    }
)
_CONTACT = frozenset({"EMAIL_ADDRESS", "PHONE_NUMBER", "POSTAL_ADDRESS"})
_LEAST = 5
"""Distinct persons, and as many addresses or numbers, from which a table is a list of contacts."""
_SCORE = 0.75
_NAME = 80
_UNNAMED = re.compile(r"^.*[/!\\]|[_.-]+", re.DOTALL)
"""What of a path is not words of the file's name."""


class DocumentLane:
    """Keeps the beginning of one file's text, and says what the file is once all of it was read."""

    def __init__(self) -> None:
        self._head: list[str] = []
        self._room = HEAD

    @property
    def named(self) -> bool:
        """Whether the name of the file can add to what it is."""
        return bool(self._head)

    def take(self, text: str) -> None:
        """Note a passage, as far as there is room."""
        if self._room > 0:
            self._head.append(text[: self._room])
            self._room -= len(text) + 1

    def join(self, other: DocumentLane) -> None:
        """Go on with what the next section of the file begins with."""
        for text in other._head:
            self.take(text)

    def close(self, path: str, tallies: Tallies, evidence: Iterable[Evidence] = ()) -> None:
        """Add what the file is, which its name may say too, to what was found in it; ``evidence`` of its pictures."""
        head = "\n".join([_UNNAMED.sub(" ", path[-_NAME:]), *self._head]) if self._head else ""
        source = with_evidence(DocumentRecognizer.name, *evidence)
        for entity_type, level, score in _recognizer().find(head, partial(tallies.has, at_least=Level.POSSIBLE)):
            if not tallies.has(frozenset({entity_type}), level):  # what its pictures said already
                tallies.put("", "", entity_type, level, _one(score, source))
        for table in sorted(_lists(tallies)):
            tallies.put(table, "", "CONTACT_LIST", Level.PROBABLE, _one(_SCORE, "contacts"))


@lru_cache(maxsize=1)
def _recognizer() -> DocumentRecognizer:
    return DocumentRecognizer()


def _one(score: float, recognizer: str) -> Tally:
    values = Distinct()
    values.add(recognizer)
    tally = Tally.of(1, values, recognizer, "")
    tally.places, tally.score = [], score
    return tally


def _lists(tallies: Tallies) -> set[str]:
    """Tables in which several persons stand beside as many ways to reach them."""
    persons, contacts = tallies.most_distinct(frozenset({"PERSON"})), tallies.most_distinct(_CONTACT)
    return {table for table, count in persons.items() if min(count, contacts.get(table, 0)) >= _LEAST}


def correspondence(rows: Iterable[ItemRow], axes: dict[str, tuple[str, str]]) -> Iterator[Finding]:
    """One finding for each mailbox or lone message that was read, with the number of messages; rows of one item."""
    mail = sorted((row for row in rows if row.media_type in MAIL and row.status != Status.UNREAD), key=lambda r: r.path)
    outer: list[tuple[ItemRow, int]] = []
    for row in mail:
        if outer and row.path.startswith(outer[-1][0].path + "!"):
            outer[-1] = outer[-1][0], outer[-1][1] + 1
        else:
            outer.append((row, 0))
    category, regime = axes["MAILBOX"]
    for row, inside in outer:
        count = max(1, inside)
        yield Finding(row.path, "", "", "MAILBOX", category, regime, Level.CERTAIN, count, count, 0.95, "mail")

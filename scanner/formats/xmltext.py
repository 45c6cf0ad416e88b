"""Text of the XML inside office documents."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from functools import lru_cache
from xml.parsers import expat

from scanner.model import Marks, Passage

ERRORS = (expat.ExpatError, ValueError, LookupError)
# Elements after which a person sees a new line, or a new cell.
LINES = frozenset(
    ("p", "br", "row", "tr", "h", "title", "li", "line-break", "section", "Relationship", "property", "Text")
)
CELLS = frozenset(("tab", "tc", "table-cell", "td", "th", "c", "s"))
# Positions and sizes of drawings stand as text inside paragraphs.
MEASURES = frozenset(
    ("posOffset", "pctWidth", "pctHeight", "align", "pctPosHOffset", "pctPosVOffset", "binary-data", "Icon")
)
# Attributes that name somebody or hold what was typed.
ATTRIBUTES = frozenset(
    (
        "author",
        "initials",
        "lastModBy",
        "creator",
        "userName",
        "userId",
        "displayName",
        "href",
        "Target",
        "descr",
        "alt",
    )
)
OFFICE = (":office:1.0", "openoffice.org/2000/office")
UNITS = {
    "text": ("paragraph", frozenset(("p", "h"))),
    "presentation": ("slide", frozenset(("page",))),
    "drawing": ("page", frozenset(("page",))),
}
"""By the element around the body of an OpenDocument: what a person counts in it, and the elements that begin one."""
PARAGRAPHS = ("paragraph", frozenset(("p",)))
COUNTED = frozenset().union(*(counted for _, counted in UNITS.values()))
ASIDE = frozenset(("tracked-changes", "annotation", "note-body", "txbxContent"))
"""What stands beside the body and is not counted in it."""
LAID_OUT = ("word/", "ppt/", "xl/", "visio/", "content.xml", "styles.xml", "Object", "index.")
"""Parts where text runs on from element to element; in the others each element is a value of its own."""


MEANT = LINES | CELLS | MEASURES | COUNTED | ASIDE | frozenset(UNITS)
"""Elements that are more than a look."""
NAMES = 4_096
"""Names of other elements that are remembered."""


@lru_cache(maxsize=NAMES)
def _is_told(key: str) -> bool:
    return key.rpartition(" ")[2] in ATTRIBUTES


class XmlText:
    """Character data with line breaks where a person sees them, and the attributes that hold data."""

    def __init__(self, name: str, only: str = "") -> None:
        self.parts: list[str] = []
        self.size = 0
        self.only = only
        self.muted = int(bool(only))
        self.links_only = name.endswith(".rels")
        self.labelled = not name.startswith(LAID_OUT) and not self.links_only
        self.unit, self.counted = PARAGRAPHS if name.startswith("word/") else ("", frozenset())
        self.open = name == "content.xml" and not only
        self.first, self.aside = 1, 0
        self.starts = array("q")
        self.dull: set[str] = set()
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._data
        self.parser.EntityDeclHandler = _refuse_entity

    def feed(self, block: bytes) -> None:
        """Raises ``expat.ExpatError`` as the parser does."""
        self.parser.Parse(block, False)

    def passages(self, place: str, least: int) -> Iterator[Passage]:
        """What was gathered, once it is more than ``least`` characters."""
        if self.size > least:
            text, marks = "".join(self.parts), self._marks()
            self.parts, self.size = [], 0
            if text.strip():
                yield Passage(text, place, marks=marks)

    def _marks(self) -> Marks | None:
        """Where what is counted begins in the text so far; the last one may go on in the next passage."""
        starts, self.starts = self.starts, array("q", (0,) if self.starts else ())
        if not starts:
            return None
        marks = Marks(self.unit, self.first, starts)
        self.first += len(starts) - 1
        return marks

    def _data(self, text: str) -> None:
        if not self.muted and not self.links_only:
            self.parts.append(text)
            self.size += len(text)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name not in self.dull:
            self._begin(name, attributes)
        if attributes and not self.muted:
            for key, value in attributes.items():
                if _is_told(key) and value and not value.startswith("#"):
                    self._tell(value, attributes)

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        """An element that means something; those that only say how it looks, which are most, are known by now."""
        local = name.rpartition(" ")[2]
        self.muted += (local in MEASURES) - (local == self.only)
        if local in self.counted and not self.aside:
            self.starts.append(self.size)
        elif local in ASIDE:
            self.aside += 1
        elif self.open and local in UNITS and name.partition(" ")[0].endswith(OFFICE):
            (self.unit, self.counted), self.open = UNITS[local], False
        elif not self.labelled and local != self.only and local not in MEANT and len(self.dull) < NAMES:
            self.dull.add(name)
        if self.labelled:
            self._data(f"{attributes.get('name', local)}: ")

    def _tell(self, value: str, attributes: dict[str, str]) -> None:
        if not self.links_only or attributes.get("TargetMode") == "External":
            self.parts.append(f"\n{value}\n")
            self.size += len(value) + 2

    def _end(self, name: str) -> None:
        if name in self.dull:
            return
        local = name.rpartition(" ")[2]
        self.muted += (local == self.only) - (local in MEASURES)
        self.aside -= local in ASIDE
        if self.labelled or local in LINES:
            self._data("\n")
        elif local in CELLS:
            self._data("\t")


def _refuse_entity(*_: object) -> None:
    """Office formats declare no entities; documents that do want to grow."""
    raise ValueError

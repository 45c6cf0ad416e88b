"""Templates become texts: one scene is one text, whose persons and companies stay the same under the same name."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from recognizers.training.figures import FIGURES, digits
from recognizers.training.grammar import Again, Choice, Mark, MistakeError, Node, Slot
from recognizers.training.people import Persona
from recognizers.training.sheet import CASES, Sheet, plain
from recognizers.training.tongue import Tongue
from recognizers.training.writing import FORMS, draw_form, write_person, write_user

_ONE_STYLE = 0.5
"""Share of texts in which all names are written in the same form."""
_OFTEN_CAPITALS = {"company": 0.1, "town": 0.16, "street": 0.1, "hospital": 0.15, "school": 0.08, "job": 0.04}
_DIGITS = re.compile(r"d\d+")
_CIVILITIES = {
    ("fr", "M"): ("M.", "M.", "M.", "Monsieur", "Mr", "M", "MONSIEUR", "Mr."),
    ("fr", "F"): ("Mme", "Mme", "Mme", "Madame", "MME", "Mlle", "MADAME", "Mademoiselle", "Mme."),
    ("en", "M"): ("Mr", "Mr.", "Mr", "Mr.", "MR", "Master"),
    ("en", "F"): ("Mrs", "Ms", "Miss", "Mrs.", "Ms.", "MRS"),
}


class Scene:
    """One text under way."""

    def __init__(self, tongue: Tongue, rng: random.Random) -> None:
        self._tongue = tongue
        self._rng = rng
        self._cast: dict[str, Persona] = {}
        self._kept: dict[str, Sheet] = {}
        self._form = draw_form(tongue.language, rng) if rng.random() < _ONE_STYLE else ""
        self.sheet = Sheet()

    def render(self, node: Node) -> None:
        """Writes one drawing of this template."""
        match node:
            case str():
                self.sheet.write(node)
            case Slot():
                self._fill(node)
            case Choice(options):
                self.render(self._rng.choice(options))
            case Again(least, most, inner):
                for _ in range(self._rng.randint(least, most)):
                    self.render(inner)
            case Mark(label, inner):
                self.sheet.mark(label, lambda: self.render(inner))
            case _:
                for inner in node:
                    self.render(inner)

    def _fill(self, slot: Slot) -> None:
        start = self.sheet.pieces
        self._write(slot)
        for form in slot.forms:
            if form in CASES:
                self.sheet.reword(start, CASES[form])
        if self._rng.random() < _OFTEN_CAPITALS.get(slot.name, 0.0):
            self.sheet.reword(start, CASES["upper"])

    def _write(self, slot: Slot) -> None:
        if slot.name in self._tongue.words:
            self._word(slot)
        elif slot.name in _PERSONAL:
            _PERSONAL[slot.name](self, slot)
        elif slot.name == "town":
            self._town()
        elif slot.name == "domain":
            self._domain(slot)
        elif slot.name in FIGURES:
            self.sheet.write(FIGURES[slot.name](self._rng))
        elif _DIGITS.fullmatch(slot.name):
            self.sheet.write(digits(self._rng, int(slot.name[1:])))
        else:
            raise MistakeError(f"nothing is called {slot.name!r}")

    def _word(self, slot: Slot) -> None:
        """A word list's option; under a name, the same every time."""
        if not slot.who:
            self.render(self._rng.choice(self._tongue.words[slot.name]))
            return
        key = f"{slot.name}@{slot.who}"
        if key not in self._kept:
            self._kept[key] = self._aside(self._rng.choice(self._tongue.words[slot.name]))
        self._copy(self._kept[key])

    def _aside(self, node: Node) -> Sheet:
        outer, self.sheet = self.sheet, Sheet()
        self.render(node)
        outer, self.sheet = self.sheet, outer
        return outer

    def _copy(self, kept: Sheet) -> None:
        at, text = 0, kept.text
        for start, end, label in sorted(kept.labels):
            self.sheet.write(text[at:start])
            self.sheet.write(text[start:end], label)
            at = end
        self.sheet.write(text[at:])

    def _persona(self, who: str) -> Persona:
        if not who:
            return self._tongue.people.draw(self._rng)
        if who not in self._cast:
            self._cast[who] = self._tongue.people.draw(self._rng)
        return self._cast[who]

    def _person(self, slot: Slot) -> None:
        form = next((form for form in slot.forms if form in FORMS), "")
        form = form or self._form or draw_form(self._tongue.language, self._rng)
        self.sheet.write(write_person(self._persona(slot.who), form, self._rng), "PER")

    def _full(self, slot: Slot) -> None:
        persona = self._persona(slot.who)
        self.sheet.write(f"{persona.first} {persona.last}", "PER")

    def _first(self, slot: Slot) -> None:
        first = self._persona(slot.who).first
        self.sheet.write(first if slot.who else first.split(" ")[0], "PER")

    def _last(self, slot: Slot) -> None:
        self.sheet.write(self._persona(slot.who).last, "PER")

    def _civility(self, slot: Slot) -> None:
        options = _CIVILITIES[self._tongue.language, self._persona(slot.who).sex]
        self.sheet.write(self._rng.choice(options))

    def _user(self, slot: Slot) -> None:
        self.sheet.write(write_user(self._persona(slot.who), self._rng))

    def _initials(self, slot: Slot) -> None:
        persona = self._persona(slot.who)
        self.sheet.write((persona.first[0] + persona.last[0]).upper())

    def _invented(self, slot: Slot) -> None:
        self.sheet.write(self._tongue.people.invent(self._rng))

    def _town(self) -> None:
        if not self._tongue.towns or self._rng.random() < 0.4:
            self.render(self._rng.choice(self._tongue.words["bigtown"]))
        else:
            self.sheet.write(self._rng.choice(self._tongue.towns), "LOC")

    def _domain(self, slot: Slot) -> None:
        """The address of a company on the web; under a name, that company's."""
        name = self._aside(Slot("company", (), slot.who)).text
        letters = re.sub(
            "[^a-z0-9-]", "", plain(name.lower().replace(" & ", "-").replace(" ", self._rng.choice("-  ").strip()))
        )
        self.sheet.write(
            (letters.strip("-") or "example")
            + self._rng.choice((".fr", ".com", ".com", ".net", ".org", ".eu", ".co.uk"))
        )


_PERSONAL: dict[str, Callable[[Scene, Slot], None]] = {
    "person": Scene._person,
    "full": Scene._full,
    "first": Scene._first,
    "last": Scene._last,
    "civ": Scene._civility,
    "user": Scene._user,
    "initials": Scene._initials,
    "invented": Scene._invented,
}

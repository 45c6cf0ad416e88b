"""The two axes of every finding: the policy's categories and the law's regimes, per entity type."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cached_property, lru_cache
from importlib.resources import files
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from scanner.mistakes import MistakesError, explain, nearest

Model = TypeVar("Model", bound=BaseModel)


class RulesError(MistakesError):
    """The shipped or given rule files contradict their schema or each other."""


class Record(BaseModel):
    """What all rule data share: frozen, and unknown keys are mistakes."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Category(Record):
    """One of the policy's categories; ``label_fr`` holds the policy's own words, with the accents of capitals."""

    label_fr: str
    label_cnil: str
    label_en: str
    severity: str


class Regime(Record):
    """One of the law's regimes; ``sensitive`` means Art. 9 of the GDPR, nothing looser."""

    label_fr: str
    label_en: str
    law: str
    sensitive: bool
    article9: str | None = None
    severity: str


class EntityType(Record):
    """Where one type of finding belongs on both axes."""

    category: str
    regimes: tuple[str, ...] = ()
    label_fr: str
    label_en: str
    aliases: tuple[str, ...] = ()
    person_key: bool = False
    searched: bool = True
    severity: str | None = None
    stands_for: tuple[str, ...] = ()
    """The data that a document of this type is there to give: who declared them declared the document."""


class _Categories(Record):
    version: str
    categories: dict[str, Category]
    entity_types: dict[str, EntityType]


class _Regimes(Record):
    version: str
    severities: tuple[str, ...]
    large: int
    very_large: int
    regimes: dict[str, Regime]


class Taxonomy:
    """Both axes, ready for lookups; types it does not know belong to C0 and to no regime."""

    def __init__(self, categories: _Categories, regimes: _Regimes, digest: str) -> None:
        self.digest = digest
        self.categories: Mapping[str, Category] = categories.categories
        self.regimes: Mapping[str, Regime] = regimes.regimes
        self.types: Mapping[str, EntityType] = categories.entity_types
        self.severities = regimes.severities
        self.large, self.very_large = regimes.large, regimes.very_large
        self._names = {name: name for name in self.types}
        self._names |= {alias: name for name, one in self.types.items() for alias in one.aliases}

    def category_of(self, entity_type: str) -> str:
        """The code of the policy's category, ``C0`` for a type that the policy does not know."""
        known = self._type(entity_type)
        return known.category if known else "C0"

    def regimes_of(self, entity_type: str) -> tuple[str, ...]:
        """The regimes that a type brings by itself, whatever its context."""
        known = self._type(entity_type)
        return known.regimes if known else ()

    def stands_for(self, entity_type: str) -> tuple[str, ...]:
        """The types of data that a type of document is another name of; none for data."""
        known = self._type(entity_type)
        return known.stands_for if known else ()

    def canonical(self, name: str) -> str | None:
        """The name of the vocabulary for a name or an alias, in any letter case."""
        return self._names.get(name.strip().upper())

    def label(self, code: str, lang: str = "fr") -> str:
        """Words for a category, a regime, several regimes joined by commas, or an entity type."""
        found = self.categories.get(code) or self.regimes.get(code) or self._type(code)
        if found is not None:
            return found.label_en if lang == "en" else found.label_fr
        return ", ".join(self.label(part.strip(), lang) for part in code.split(",")) if "," in code else code

    @cached_property
    def person_keys(self) -> frozenset[str]:
        """The types that identify one person on their own."""
        return frozenset(name for name, one in self.types.items() if one.person_key)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Every name that a declaration may use for a type, aliases included."""
        return tuple(self._names)

    def searched(self, entity_type: str) -> bool:
        """Whether a built-in recognizer looks for it; otherwise "not found" would mean nothing."""
        known = self._type(entity_type)
        return known is None or known.searched

    def sensitive(self, regimes: tuple[str, ...]) -> bool:
        """Whether one of the regimes is Art. 9 of the GDPR."""
        return any(code in self.regimes and self.regimes[code].sensitive for code in regimes)

    def _type(self, name: str) -> EntityType | None:
        return self.types.get(name) or self.types.get(self._names.get(name.upper(), ""))


@lru_cache(maxsize=1)
def taxonomy() -> Taxonomy:
    """The shipped taxonomy, checked once."""
    raw = [rule_file(name) for name in ("categories.yaml", "regimes.yaml")]
    categories = checked(_Categories, raw[0], "categories.yaml")
    regimes = checked(_Regimes, raw[1], "regimes.yaml")
    if problems := _contradictions(categories, regimes):
        raise RulesError(problems)
    return Taxonomy(categories, regimes, hashlib.sha256(b"\0".join(raw)).hexdigest())


def rule_file(name: str) -> bytes:
    """The bytes of a file of the ``rules`` package."""
    return files("rules").joinpath(name).read_bytes()


def checked(model: type[Model], raw: bytes, source: str) -> Model:
    """Rule data of ours as a model; ours, so the fast loader and YAML's own types will do."""
    try:
        return model.model_validate(yaml.load(raw, Loader=_LOADER))  # noqa: S506  a safe loader, in C when there is one
    except yaml.YAMLError as error:
        raise RulesError([f"{source} : YAML mal formé ({type(error).__name__})"]) from None
    except ValidationError as error:
        raise RulesError(explain(error, model, source, {})) from None


_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _contradictions(categories: _Categories, regimes: _Regimes) -> list[str]:
    problems, owners = [], dict.fromkeys(categories.entity_types, "")
    for name, one in categories.entity_types.items():
        head = f"categories.yaml : entity_types.{name}"
        if one.category not in categories.categories:
            known = nearest(one.category, categories.categories)
            problems.append(f"{head}.category : code inconnu « {one.category} »{known}")
        for code in one.regimes:
            if code not in regimes.regimes:
                problems.append(f"{head}.regimes : code inconnu « {code} »{nearest(code, regimes.regimes)}")
        for alias in one.aliases:
            if alias in owners:
                problems.append(f"{head}.aliases : « {alias} » désigne déjà un autre type")
            owners[alias] = name
    words = [one.severity for one in categories.categories.values()]
    words += [one.severity for one in regimes.regimes.values()]
    words += [one.severity for one in categories.entity_types.values() if one.severity]
    unknown = sorted(set(words) - set(regimes.severities))
    return problems + [f"gravité inconnue « {word} »{nearest(word, regimes.severities)}" for word in unknown]

"""The kinds of values of a declaration: they correct nothing silently and name the nearest valid value."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    StringConstraints,
    ValidationInfo,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError, core_schema

from scanner.mistakes import nearest
from scanner.taxonomy import Record, checked, rule_file, taxonomy


class _Spelling(Record):
    policy: str
    suffix: str


SUFFIX = checked(_Spelling, rule_file("policies/default.yaml"), "default.yaml").suffix
"""Ends the keys that name the provider: ``role_…``, ``acceptation_…``."""

_YES = frozenset({"oui", "true", "yes", "vrai"})
_NO = frozenset({"non", "false", "no", "faux"})


class Section(BaseModel):
    """A part of a declaration: frozen, French keys, unknown keys are mistakes."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _unwritten(cls, given: Any) -> Any:
        """A known key with nothing after it is a key not written."""
        if not isinstance(given, dict):
            return given
        known = {field.alias or name for name, field in cls.model_fields.items()}
        return {key: value for key, value in given.items() if value is not None or key not in known}


def mistake(text: str) -> PydanticCustomError:
    """A mistake whose text is printed as it stands."""
    return PydanticCustomError("fr", "{text}", {"text": text})


def choice(*values: str) -> Choice:
    """One of the values, whatever its case, accents, spaces, hyphens and underscores."""
    return Choice(values)


@dataclass(frozen=True)
class Choice:
    """Reads one of these values, and says in the JSON Schema which there are."""

    values: tuple[str, ...]

    def __call__(self, given: Any) -> str:
        """The value as it is meant."""
        _word(given)
        found = {_fold(value): value for value in self.values}.get(_fold(str(given)))
        if found is None:
            raise mistake(f"valeur inconnue « {given} »{nearest(str(given), self.values)}")
        return found

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        """Read before anything else looks at the value."""
        return core_schema.no_info_before_validator_function(self, handler(source))

    def __get_pydantic_json_schema__(
        self, core: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """A closed list."""
        return {"enum": list(self.values)}


def _word(given: Any) -> str:
    if isinstance(given, dict | list | tuple):
        raise mistake("une seule valeur attendue")
    return str(given)


def _fold(word: str) -> str:
    plain = unicodedata.normalize("NFKD", word).encode("ascii", "ignore").decode()
    return plain.casefold().replace("_", "-").replace(" ", "-")


def _day(given: Any) -> date:
    if type(given) is date:
        return given
    try:
        return date.fromisoformat(_word(given))
    except ValueError:
        raise mistake(f"date invalide « {given} » ; attendu AAAA-MM-JJ") from None


def _flag(given: Any) -> bool:
    word = _word(given).casefold()
    if word in _YES or word in _NO:
        return word in _YES
    raise mistake(f"oui ou non attendu, pas « {given} »")


def _listing(given: Any) -> Any:
    """A single word stands for a list of one; nothing written stands for an empty list."""
    return () if given is None else (given,) if isinstance(given, str) else given


def _entity_type(given: Any, info: ValidationInfo) -> str:
    name = _word(given)
    extra = (info.context or {}).get("known", ())
    found = name if name in extra else taxonomy().canonical(name)
    if found is None:
        raise mistake(f"type de donnée inconnu « {name} »{nearest(name, (*taxonomy().names, *extra))}")
    return found


def _category(given: Any) -> str:
    code = _word(given).upper()
    if code not in taxonomy().categories:
        raise mistake(f"code de catégorie inconnu « {given} »{nearest(code, taxonomy().categories)}")
    return code


def _sensitive(given: Any) -> str:
    codes = {code.casefold(): code for code, regime in taxonomy().regimes.items() if regime.sensitive}
    found = codes.get(_word(given).casefold())
    if found is None:
        raise mistake(f"régime inconnu « {given} »{nearest(str(given), codes.values())}")
    return found


Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Day = Annotated[date, BeforeValidator(_day)]
_FLAG = {"anyOf": [{"type": "boolean"}, {"enum": ["oui", "non"]}]}
_WORDS = {"anyOf": [{"type": "string", "minLength": 1}, {"type": "array", "items": {"type": "string", "minLength": 1}}]}
_SENSITIVE = [code for code, regime in taxonomy().regimes.items() if regime.sensitive]
Flag = Annotated[bool, BeforeValidator(_flag), WithJsonSchema(_FLAG)]
Listing = Annotated[tuple[Words, ...], BeforeValidator(_listing), WithJsonSchema(_WORDS)]
Types = Annotated[
    tuple[Annotated[str, BeforeValidator(_entity_type)], ...], BeforeValidator(_listing), WithJsonSchema(_WORDS)
]
CategoryCode = Annotated[str, BeforeValidator(_category), WithJsonSchema({"enum": sorted(taxonomy().categories)})]
SensitiveCode = Annotated[str, BeforeValidator(_sensitive), WithJsonSchema({"enum": _SENSITIVE})]
Count = Annotated[int, Field(ge=0)]

"""Mistakes in files that people write, told in one French line each: file, line, key, nearest valid value."""

from __future__ import annotations

import difflib
import typing
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pydantic import BaseModel, ValidationError

Path = tuple[int | str, ...]

_MESSAGES = {
    "missing": "clé obligatoire absente",
    "string_type": "texte attendu",
    "string_too_short": "valeur vide",
    "string_pattern_mismatch": "version de schéma inconnue ; attendu « …-declaration/1 »",
    "int_type": "nombre entier attendu",
    "int_parsing": "nombre entier attendu",
    "greater_than_equal": "nombre trop petit",
    "tuple_type": "liste attendue",
    "list_type": "liste attendue",
    "dict_type": "groupe de clés attendu",
    "model_type": "groupe de clés attendu",
    "model_attributes_type": "groupe de clés attendu",
    "bool_parsing": "oui ou non attendu",
    "bool_type": "oui ou non attendu",
}


class MistakesError(Exception):
    """All that is wrong with one file, so that its author corrects it in one go."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = list(problems)


def nearest(word: str, valid: Iterable[str]) -> str:
    """The words to add to a message: the closest valid value, or all of them when none is close."""
    folded = {choice.casefold(): choice for choice in valid}
    close = difflib.get_close_matches(word.casefold(), list(folded), n=1, cutoff=0.6)
    if close:
        return f" ; la plus proche : « {folded[close[0]]} »"
    return f" ; possibles : {', '.join(folded.values())}" if len(folded) <= 12 else ""


def dotted(path: Path) -> str:
    """``traitements[0].categories[1].code``, as the author can find it in the file."""
    text = ""
    for key in path:
        text += f"[{key}]" if isinstance(key, int) else f".{key}" if text else key
    return text


def locate(source: str, path: Path, lines: Mapping[Path, int]) -> str:
    """The head of a message: the file, the line of the nearest key that exists, the key."""
    known = next((path[:end] for end in range(len(path), 0, -1) if path[:end] in lines), None)
    where = f", ligne {lines[known]}" if known else ""
    return f"{source}{where} : {dotted(path)}" if path else f"{source}{where}"


def explain(error: ValidationError, model: type[BaseModel], source: str, lines: Mapping[Path, int]) -> list[str]:
    """Pydantic's errors as lines to print, in the order of the file."""
    found = []
    for one in error.errors(include_url=False):
        path = one["loc"]
        if one["type"] == "extra_forbidden":
            text = f"clé inconnue « {path[-1]} »{nearest(str(path[-1]), _keys(model, path[:-1]))}"
        else:
            text = _MESSAGES.get(one["type"]) or (one["msg"] if one["type"] == "fr" else "valeur refusée")
        order = next((lines[path[:end]] for end in range(len(path), 0, -1) if path[:end] in lines), 0)
        found.append((order, f"{locate(source, path, lines)} : {text}"))
    return [text for _, text in sorted(found, key=lambda pair: pair[0])]


def _keys(model: type[BaseModel], path: Path) -> list[str]:
    """The keys that the schema allows at ``path``."""
    here: Any = model
    for key in path:
        if isinstance(here, type) and issubclass(here, BaseModel) and isinstance(key, str):
            field = next((f for name, f in here.model_fields.items() if key in (name, f.alias)), None)
            here = _inner(field.annotation) if field else None
    if not (isinstance(here, type) and issubclass(here, BaseModel)):
        return []
    return [field.alias or name for name, field in here.model_fields.items() if field.init is not False]


def _inner(annotation: Any) -> Any:
    """The model inside ``X | None``, ``tuple[X, ...]`` or ``Annotated[X, ...]``."""
    if not typing.get_args(annotation):
        return annotation
    models = (_inner(part) for part in typing.get_args(annotation) if part is not type(None) and part is not ...)
    return next((part for part in models if isinstance(part, type) and issubclass(part, BaseModel)), None)

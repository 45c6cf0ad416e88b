"""Strict YAML for files that people write: every scalar stays the text they wrote, every key has its line."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import yaml

from scanner.mistakes import MistakesError, Path

_NULL = "tag:yaml.org,2002:null"
_LARGEST = 2_000_000


@dataclass(frozen=True, slots=True)
class Tree:
    """The data as dicts, tuples, strings and None; ``lines`` gives the line of each key or element."""

    data: Any
    lines: dict[Path, int]


@dataclass(slots=True)
class _Growth:
    source: str
    lines: dict[Path, int] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    seen: set[int] = field(default_factory=set)


def parse(raw: bytes, source: str) -> Tree:
    """Read one document; syntax errors, duplicate keys and aliases are mistakes with their line.

    Nothing is converted, so that ``non``, ``NO`` and ``0123`` mean what they say.
    """
    growth = _Growth(source)
    root = _compose(raw, source)
    data = _grow(root, (), growth) if root is not None else None
    if growth.problems:
        raise MistakesError(growth.problems)
    return Tree(data, growth.lines)


def _compose(raw: bytes, source: str) -> yaml.Node | None:
    if len(raw) > _LARGEST:
        raise MistakesError([f"{source} : fichier trop grand ({_LARGEST} octets au plus)"])
    try:
        return yaml.compose(raw.decode("utf-8-sig"), Loader=yaml.SafeLoader)
    except UnicodeDecodeError as error:
        raise MistakesError([f"{source} : le texte n'est pas en UTF-8 (octet {error.start})"]) from None
    except RecursionError:
        raise MistakesError([f"{source} : trop de niveaux imbriqués"]) from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f", ligne {mark.line + 1}, colonne {mark.column + 1}" if mark else ""
        detail = getattr(error, "problem", None) or getattr(error, "reason", "") or ""
        raise MistakesError([f"{source}{where} : YAML mal formé ({' '.join(str(detail).split())})"]) from None


def _grow(node: yaml.Node, path: Path, growth: _Growth) -> Any:
    if id(node) in growth.seen:
        growth.problems.append(f"{growth.source} : les alias YAML (*nom) ne sont pas acceptés")
        return None
    growth.seen.add(id(node))
    growth.lines.setdefault(path, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, path, growth)
    if isinstance(node, yaml.SequenceNode):
        return tuple(_grow(child, (*path, index), growth) for index, child in enumerate(node.value))
    return None if node.tag == _NULL else node.value


def _mapping(node: yaml.MappingNode, path: Path, growth: _Growth) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        if not isinstance(key_node, yaml.ScalarNode):
            growth.problems.append(f"{growth.source}, ligne {line} : une clé doit être un mot")
            continue
        key = str(key_node.value)
        if key in data:
            growth.problems.append(f"{growth.source}, ligne {line} : clé « {key} » écrite deux fois")
            continue
        growth.lines[(*path, key)] = line
        data[key] = _grow(value_node, (*path, key), growth)
    return data

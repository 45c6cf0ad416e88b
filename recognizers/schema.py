"""What a rule file may say; every mistake is an error with its file and key."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Annotated, Any, Literal

import re2
import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from recognizers.automata.syntax import parse
from recognizers.edges import NAMES as EDGES
from recognizers.kept import code, kept
from recognizers.validators import VALIDATORS
from recognizers.vocabulary import compiled

Words = tuple[Annotated[str, Field(min_length=1)], ...]
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=False)


def _one_line(text: str) -> str:
    """Expressions may be written over several lines; line ends and indents are not part of them."""
    return "".join(line.strip() for line in text.splitlines())


def _nearest(name: str, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(name, sorted(known), n=1)
    return f"; did you mean {close[0]!r}?" if close else ""


_THINGS_FILE = "numbered_things.txt"
THINGS = "numbered things"
"""In ``not_after``, stands for the words of ``numbered_things.txt``."""


@cache
def _things() -> tuple[str, ...]:
    lines = resources.files("recognizers").joinpath(_THINGS_FILE).read_text("utf-8").splitlines()
    words = (word.strip() for line in lines if not line.startswith("#") for word in line.split(","))
    return tuple(dict.fromkeys(filter(None, words)))


def _with_things(words: tuple[str, ...] | None) -> tuple[str, ...] | None:
    if words is None or THINGS not in words:
        return words
    return (*(word for word in words if word != THINGS), *_things())


class PatternFile(_Strict):
    """One pattern; ``validator``, ``edges`` and ``not_after`` of the rule hold where it says nothing.

    ``checks_match`` gives the validator the whole match, where the span is only its first group. ``followed_by`` is an
    expression that must stand right after the match. ``pivot`` lists the signs, one of which stands in every match and
    from which its beginning is sought, for patterns that could begin with any word.
    """

    name: str
    regex: str
    random_pass_rate: float = Field(gt=0, le=1)
    when: Literal["always", "context", "column"] = "always"
    own_context: bool = False
    checks_match: bool = False
    edges: str | None = None
    validator: str | None = None
    followed_by: str | None = None
    pivot: Words = ()
    not_after: Words | None = None

    @field_validator("regex", "followed_by")
    @classmethod
    def _compiles(cls, text: str | None) -> str | None:
        if text is None:  # a key without a value
            return None
        expression = _one_line(text)
        try:
            compiled(expression)
        except re2.error as error:
            raise ValueError(f"not an RE2 expression: {error}") from None
        try:
            parse(expression)
        except (ValueError, IndexError) as error:
            raise ValueError(f"not in the part of RE2's syntax that rules use: {error}") from None
        return expression

    @field_validator("not_after")
    @classmethod
    def _with_things(cls, words: tuple[str, ...] | None) -> tuple[str, ...] | None:
        return _with_things(words)

    @field_validator("edges")
    @classmethod
    def _known_edges(cls, name: str | None) -> str | None:
        return _known(name, EDGES, "edges")

    @field_validator("validator")
    @classmethod
    def _known_validator(cls, name: str | None) -> str | None:
        return name if name == "none" else _known(name, VALIDATORS, "validator")


def _known(name: str | None, names: Iterable[str], what: str) -> str | None:
    if name is not None and name not in names:
        raise ValueError(f"no {what} named {name!r}{_nearest(name, names)}")
    return name


class Match(_Strict):
    """A text and exactly what must be found in it, in order; ``column`` when a column's name gives the context."""

    text: str
    finds: tuple[str, ...] = Field(min_length=1)
    level: Literal["CERTAIN", "PROBABLE", "POSSIBLE"]
    column: bool = False


class Reject(_Strict):
    """A text in which nothing may be found, and why."""

    text: str
    why: str = Field(min_length=3)
    column: bool = False


class RuleFile(_Strict):
    """A whole rule file."""

    name: str
    entity_type: str = Field(pattern=r"^[A-Z][A-Z0-9_]+$")
    why: str
    source: str
    languages: Words
    patterns: tuple[PatternFile, ...] = Field(min_length=1)
    edges: str = "word"
    validator: str | None = None
    context: Words = ()
    context_window: tuple[int, int] = (100, 40)
    not_after: Words = ()
    allow_list: Words = ()
    matches: tuple[Match, ...] = Field(min_length=5)
    rejects: tuple[Reject, ...] = Field(min_length=5)

    @field_validator("not_after")
    @classmethod
    def _with_things(cls, words: tuple[str, ...]) -> tuple[str, ...] | None:
        return _with_things(words)

    @field_validator("edges")
    @classmethod
    def _known_edges(cls, name: str) -> str:
        return _known(name, EDGES, "edges") or name

    @field_validator("validator")
    @classmethod
    def _known_validator(cls, name: str | None) -> str | None:
        return _known(name, VALIDATORS, "validator")

    @classmethod
    def known(cls, values: dict[str, Any]) -> RuleFile:
        """A rule that was valid when ``model_dump`` gave these values, and is not looked through again."""
        parts: dict[str, type[_Strict]] = {"patterns": PatternFile, "matches": Match, "rejects": Reject}
        nested = {key: tuple(part.model_construct(**one) for one in values[key]) for key, part in parts.items()}
        return cls.model_construct(**values | nested)


class RuleErrors(Exception):
    """All mistakes of all rule files, one a line."""

    def __init__(self, mistakes: Iterable[str]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("\n".join(self.mistakes))


def read_files(folders: Iterable[Path | Traversable]) -> list[RuleFile]:
    """All rules of these folders; raises ``RuleErrors`` with every mistake of every file."""
    rules: dict[str, RuleFile] = {}
    mistakes: list[str] = []
    for folder in folders:
        for path in sorted(folder.iterdir(), key=lambda entry: entry.name):
            if path.name.endswith(".yaml"):
                try:
                    rule = RuleFile.model_validate(yaml.load(path.read_text("utf-8"), Loader=_LOADER))  # noqa: S506
                except yaml.YAMLError as error:
                    mistakes.append(f"{path.name}: not YAML: {str(error).splitlines()[0]}")
                    continue
                except (UnicodeDecodeError, RecursionError) as error:
                    mistakes.append(f"{path.name}: not YAML in UTF-8 ({type(error).__name__})")
                    continue
                except ValidationError as error:
                    mistakes.extend(_explain(path.name, error))
                    continue
                mistakes.extend(_misnamed(path.name, rule, rules))
                rules[rule.name] = rule
    if mistakes:
        raise RuleErrors(mistakes)
    return [rules[name] for name in sorted(rules)]


def read_known(folders: Iterable[Path | Traversable]) -> list[RuleFile]:
    """What ``read_files`` gives, from an earlier process if neither rules nor what judges them changed since."""
    folders = tuple(folders)
    paths = (path for folder in folders for path in folder.iterdir() if path.name.endswith(".yaml"))
    texts = [path.read_bytes() for path in sorted(paths, key=lambda path: path.name)]
    judges = (resources.files("recognizers").joinpath(name).read_bytes() for name in ("schema.py", _THINGS_FILE))
    names = "\n".join((*EDGES, *sorted(VALIDATORS))).encode()
    sources = (*texts, *judges, *code("recognizers.automata"), names)
    found = kept("rule-files", sources, lambda: [file.model_dump() for file in read_files(folders)])
    return [RuleFile.known(values) for values in found]


def _misnamed(file: str, rule: RuleFile, others: dict[str, RuleFile]) -> Iterator[str]:
    if rule.name != file.removesuffix(".yaml"):
        yield f"{file}: name: {rule.name!r} is not the file's name"
    if rule.name in others:
        yield f"{file}: name: another rule is called {rule.name!r}"


def _explain(file: str, error: ValidationError) -> Iterator[str]:
    for mistake in error.errors(include_url=False, include_input=False):
        key = ".".join(map(str, mistake["loc"]))
        near = ""
        if mistake["type"] == "extra_forbidden":
            near = _nearest(str(mistake["loc"][-1]), _keys(mistake["loc"]))
        yield f"{file}: {key}: {mistake['msg']}{near}"


def _keys(place: tuple[Any, ...]) -> Iterable[str]:
    inner: dict[str, type[BaseModel]] = {"patterns": PatternFile, "matches": Match, "rejects": Reject}
    return (inner[place[0]] if len(place) > 1 and place[0] in inner else RuleFile).model_fields

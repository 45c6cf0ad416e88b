"""Kinds of documents: their titles, the marks that stand together in them, and what they must hold of a person."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import Annotated, Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

Words = tuple[Annotated[str, Field(min_length=2)], ...]
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Example(_Record):
    """A short document of the kind."""

    text: str


class NearMiss(_Record):
    """A document that uses the same words and is something else."""

    text: str
    why: str


class DocumentKind(_Record):
    """One kind: each group of ``marks`` counts once, a title twice where the document begins with it, else once.

    ``least`` is the count from which a document that also ``holds`` one of these entity types is of the kind, if one of
    the groups in ``needs`` is among them; any phrase of ``never`` says that it only speaks of such documents.
    """

    name: str
    entity_type: str = Field(pattern=r"^[A-Z][A-Z0-9_]+$")
    why: str
    source: str
    titles: Words
    marks: dict[str, Words] = Field(min_length=4)
    least: int = Field(ge=3)
    needs: frozenset[str] = Field(min_length=1)
    holds: frozenset[str] = Field(min_length=1)
    never: Words
    matches: tuple[Example, ...] = Field(min_length=3)
    rejects: tuple[NearMiss, ...] = Field(min_length=3)

    @model_validator(mode="after")
    def _needs_what_it_has(self) -> DocumentKind:
        if unknown := self.needs - {"title", *self.marks}:
            raise ValueError(f"needs: no mark is called {min(unknown)!r}")
        return self

    def groups(self) -> Iterable[tuple[str, Words]]:
        """All phrases by what they say: ``title``, ``never``, or the name of a mark."""
        yield "title", self.titles
        yield "never", self.never
        yield from self.marks.items()


@cache
def load_kinds() -> tuple[DocumentKind, ...]:
    """The shipped kinds, by name; raises pydantic's error for a file that says what no kind may."""
    folder = resources.files("recognizers.documents")
    paths = sorted((path for path in folder.iterdir() if path.name.endswith(".yaml")), key=lambda path: path.name)
    return tuple(DocumentKind.model_validate(_loaded(path.read_text("utf-8"))) for path in paths)


def _loaded(text: str) -> Any:
    return yaml.load(text, Loader=_LOADER)  # noqa: S506 - a safe loader, in C when there is one

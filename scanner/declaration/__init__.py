"""What a client says may lie in its volumes, under which mandate: the file, its schema, its mistakes."""

from __future__ import annotations

import hashlib
from collections import Counter
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, StringConstraints, ValidationError

from scanner.declaration.fields import Section, choice
from scanner.declaration.sections import Client, Exclusion, Mandate, PolicyReference, Processing, Signature
from scanner.mistakes import MistakesError, explain
from scanner.yamltree import Tree, parse


class DeclarationError(MistakesError):
    """The declaration cannot be used as it is; ``problems`` has one line for each thing to correct."""


class Declaration(Section):
    """A whole declaration; no ``traitements`` (nothing on file) is not the same as ``traitements: []``."""

    format_: Annotated[str, StringConstraints(pattern=r"^[a-z]+-declaration/1$")] = Field(
        default="recense-declaration/1", alias="schema"
    )
    language: Annotated[str, choice("fr", "en")] = Field(default="fr", alias="langue")
    client: Client | None = None
    role: Annotated[str, choice("sous-traitant", "responsable")] = Field(alias="role_vms")
    mandate: Mandate | None = Field(default=None, alias="mandat")
    policy: PolicyReference | None = Field(default=None, alias="politique")
    declared: tuple[Processing, ...] | None = Field(default=None, alias="traitements")
    exclusions: tuple[Exclusion, ...] = ()
    signature: Signature | None = None
    source: str = Field(default="", init=False)
    digest: str = Field(default="", init=False)

    @property
    def on_file(self) -> bool:
        """Whether the client has answered at all, even to say that there is nothing."""
        return self.declared is not None

    @property
    def processings(self) -> tuple[Processing, ...]:
        """The declared processings, none when nothing is on file."""
        return self.declared or ()


def load(path: str | Path, known: tuple[str, ...] = ()) -> Declaration:
    """Read and check a declaration; ``known`` are the entity types that plug-ins add to the vocabulary."""
    file = Path(path)
    try:
        raw = file.read_bytes()
    except OSError as error:
        raise DeclarationError([f"{file.name} : fichier illisible ({error.strerror})"]) from None
    try:
        tree = parse(raw, file.name)
    except MistakesError as error:
        raise DeclarationError(error.problems) from None
    declaration = _validate(tree, file.name, known)
    return declaration.model_copy(update={"source": file.name, "digest": hashlib.sha256(raw).hexdigest()})


def none_declaration(role: str = "responsable") -> Declaration:
    """What stands for a declaration when there is no file: a role, and nothing on file."""
    return Declaration.model_validate({"role_vms": role})


def _validate(tree: Tree, source: str, known: tuple[str, ...]) -> Declaration:
    if not isinstance(tree.data, dict):
        raise DeclarationError([f"{source} : le fichier est vide ou n'est pas un groupe de clés"])
    problems = _whole(tree, source)
    try:
        declaration = Declaration.model_validate(tree.data, context={"known": known})
    except ValidationError as error:
        raise DeclarationError([*explain(error, Declaration, source, tree.lines), *problems]) from None
    if problems:
        raise DeclarationError(problems)
    return declaration


def _whole(tree: Tree, source: str) -> list[str]:
    """What no single section can see: an absent client, references used twice, keys kept for the program."""
    data: dict[str, Any] = tree.data
    problems = []
    if "client" not in data:
        problems.append(f"{source} : client : clé obligatoire absente")
    if "traitements" in data and data["traitements"] is None:
        line = tree.lines["traitements",]
        empty = "« traitements: [] » pour déclarer qu'il n'y a aucune donnée, ou retirez la clé"
        problems.append(f"{source}, ligne {line} : traitements : liste attendue ; écrivez {empty}")
    for key in ("source", "digest"):
        if key in data:
            problems.append(f"{source}, ligne {tree.lines[key,]} : {key} : clé inconnue « {key} »")
    lines = data.get("traitements") or ()
    written = [line.get("ref") for line in lines if isinstance(line, dict)]
    references = Counter(name.strip() for name in written if isinstance(name, str))
    doubles = [name for name, times in references.items() if name and times > 1]
    return problems + [f"{source} : traitements : référence « {name} » utilisée deux fois" for name in doubles]

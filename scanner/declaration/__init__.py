"""What a client says may lie in its volumes, under which mandate: the file, its schema, its mistakes."""

from __future__ import annotations

import hashlib
from collections import Counter
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, StringConstraints, ValidationError

from scanner.declaration.fields import SUFFIX, Section, choice
from scanner.declaration.form import FORM, read_form
from scanner.declaration.sections import Client, Exclusion, Mandate, PolicyReference, Processing, Signature
from scanner.mistakes import MistakesError, explain, locate
from scanner.mistakes import Path as Path_
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
    role: Annotated[str, choice("sous-traitant", "responsable")] = Field(alias=f"role_{SUFFIX}")  # type: ignore[literal-required]
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
    """Read and check a declaration, YAML or the filled form; ``known`` are the entity types that plug-ins add."""
    file = Path(path)
    try:
        raw = file.read_bytes()
    except OSError as error:
        raise DeclarationError([f"{file.name} : fichier illisible ({error.strerror})"]) from None
    try:
        tree = read_form(raw, file.name) if raw.startswith(FORM) else parse(raw, file.name)
    except MistakesError as error:
        raise DeclarationError(error.problems) from None
    tree, suffix = _spelled(tree)
    try:
        declaration = _validate(tree, file.name, known)
    except DeclarationError as error:
        raise DeclarationError([_as_written(line, suffix) for line in error.problems]) from None
    return declaration.model_copy(update={"source": file.name, "digest": hashlib.sha256(raw).hexdigest()})


def _spelled(tree: Tree) -> tuple[Tree, str]:
    """The tree with the keys that end in the provider's name as this installation spells them, and that name."""
    head = tree.data.get("schema") if isinstance(tree.data, dict) else None
    suffix = head.partition("-declaration/")[0] if isinstance(head, str) and "-declaration/" in head else SUFFIX
    if suffix == SUFFIX or not suffix.isalpha():
        return tree, SUFFIX
    named = {f"{key}_{suffix}": f"{key}_{SUFFIX}" for key in ("role", "acceptation")}

    def spell(value: Any) -> Any:
        if isinstance(value, dict):
            return {named.get(key, key): spell(inner) for key, inner in value.items()}
        return tuple(map(spell, value)) if isinstance(value, tuple) else value

    lines = {tuple(named.get(str(key), key) for key in path): line for path, line in tree.lines.items()}
    return Tree(spell(tree.data), lines), suffix


def _uncompleted(tree: Tree, source: str) -> list[str]:
    """What a draft left for the client to say."""
    found = []

    def look(value: Any, path: Path_) -> None:
        if isinstance(value, str) and value.strip().casefold().startswith("à compléter"):
            found.append(f"{locate(source, path, tree.lines)} : « {value.strip()} » : valeur à donner")
        for key, inner in value.items() if isinstance(value, dict) else ():
            look(inner, (*path, key))
        for index, inner in enumerate(value if isinstance(value, tuple) else ()):
            look(inner, (*path, index))

    look(tree.data, ())
    return found


def _as_written(line: str, suffix: str) -> str:
    return line.replace(f"role_{SUFFIX}", f"role_{suffix}").replace(f"acceptation_{SUFFIX}", f"acceptation_{suffix}")


def restored(data: dict[str, Any]) -> Declaration:
    """A declaration as ``model_dump`` gave it, with the file that it came from."""
    ours = {key: data.pop(key, "") for key in ("source", "digest")}
    return Declaration.model_validate(data).model_copy(update=ours)


def none_declaration(role: str = "responsable") -> Declaration:
    """What stands for a declaration when there is no file: a role, and nothing on file."""
    return Declaration.model_validate({f"role_{SUFFIX}": role})


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
    problems += _uncompleted(tree, source)
    references = Counter(name.strip() for name in written if isinstance(name, str))
    doubles = [name for name, times in references.items() if name and times > 1]
    return problems + [f"{source} : traitements : référence « {name} » utilisée deux fois" for name in doubles]

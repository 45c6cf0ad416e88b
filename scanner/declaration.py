"""What a client says may lie in its volumes, under which mandate: the file, its schema, its mistakes."""

from __future__ import annotations

import hashlib
from collections import Counter
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import Field, StringConstraints, ValidationError, model_validator

from scanner.fields import (
    CategoryCode,
    Count,
    Day,
    Flag,
    Listing,
    Section,
    SensitiveCode,
    Types,
    Words,
    choice,
    mistake,
)
from scanner.mistakes import MistakesError, explain
from scanner.taxonomy import taxonomy
from scanner.yamltree import Tree, parse


class DeclarationError(MistakesError):
    """The declaration cannot be used as it is; ``problems`` has one line for each thing to correct."""


class Contact(Section):
    """A person to write to."""

    name: str | None = Field(default=None, alias="nom")
    mail: str | None = Field(default=None, alias="mel")


class Client(Section):
    """Who is responsible for the data."""

    name: Words = Field(alias="raison_sociale")
    siren: str | None = None
    contact: str | Contact | None = None
    dpo: Contact | None = None
    representative: str | Contact | None = Field(default=None, alias="representant_ue")


class Allowed(Section):
    """What the mandate lets the scan do; what is not written is not allowed, but reading is why a mandate exists."""

    content: Flag = Field(default=True, alias="lecture_contenu")
    ocr: Flag = False
    mail: Flag = Field(default=False, alias="messageries")
    tokens: Flag = Field(default=False, alias="jetons_hmac")
    deleted_files: Flag = Field(default=False, alias="fichiers_supprimes")


class Mandate(Section):
    """The client's documented instruction (GDPR Art. 28(3)(a)); ``scanner.mandate`` checks it."""

    reference: str | None = None
    signatory: str | None = Field(default=None, alias="signataire")
    signed: Day | None = Field(default=None, alias="date_signature")
    start: Day | None = Field(default=None, alias="debut")
    end: Day | None = Field(default=None, alias="fin")
    scope: Listing = Field(default=(), alias="perimetre")
    allowed: Allowed = Field(default=Allowed(), alias="autorise")
    keep_report_days: Count | None = Field(default=None, alias="conservation_rapport_jours")

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.start and self.end and self.end < self.start:
            raise mistake(f"« fin » ({self.end}) précède « debut » ({self.start})")
        return self


class PolicyReference(Section):
    """The version of the provider's policy that the client read."""

    version: str | None = None
    sha256: str | None = None


class Persons(Section):
    """One group of data subjects."""

    kind: Words = Field(alias="type")
    at_most: Count | None = Field(default=None, alias="nombre_max")
    minors: Flag = Field(default=False, alias="mineurs")


class Retention(Section):
    """How long the client keeps the data."""

    length: Count = Field(alias="duree")
    unit: Annotated[str, choice("jours", "mois", "ans")] = Field(alias="unite")
    start: str | None = Field(default=None, alias="point_depart")


class DeclaredCategory(Section):
    """One line of a processing: a category, or only some of its types, and where they may be."""

    code: CategoryCode
    types: Types = ()
    sensitive: Flag = Field(default=False, alias="sensible")
    retention: Retention | None = Field(default=None, alias="conservation")
    places: Listing = Field(default=(), alias="emplacements")
    nir_basis: str | None = Field(default=None, alias="nir_fondement")

    @model_validator(mode="after")
    def _founded(self) -> Self:
        numbers = [name for name in self.types if taxonomy().regimes_of(name) == ("R2",)]
        if numbers and not (self.nir_basis or "").strip():
            wanted = "« nir_fondement » obligatoire (entrée du décret n° 2019-341)"
            raise mistake(f"{', '.join(numbers)} déclaré sans fondement : {wanted}")
        return self


class Acceptance(Section):
    """The provider's answer to one line of special categories."""

    status: Annotated[str, choice("acceptee", "en_attente", "refusee")] | None = Field(default=None, alias="statut")
    day: Day | None = Field(default=None, alias="date")
    by: str | None = Field(default=None, alias="par")
    reference: str | None = None
    conditions: Listing = ()


class SensitiveLine(Section):
    """One special category (GDPR Art. 9) of a processing."""

    regime: SensitiveCode
    description: str | None = None
    exception: str | None = Field(default=None, alias="exception_art9")
    acceptance: Acceptance = Field(default=Acceptance(), alias="acceptation_vms")
    places: Listing = Field(default=(), alias="emplacements")

    @model_validator(mode="after")
    def _excepted(self) -> Self:
        if not (self.exception or "").strip():
            raise mistake(f"{self.regime} déclaré sans « exception_art9 » (par exemple « 9(2)(b) »)")
        return self


class Offences(Section):
    """Criminal convictions and offences (GDPR Art. 10)."""

    present: Flag = Field(default=False, alias="presence")
    basis: str | None = Field(default=None, alias="fondement")


class HealthHosting(Section):
    """Whether French health-data hosting rules apply, and under which contract."""

    concerned: Flag = Field(default=False, alias="concerne")
    contract: str | None = Field(default=None, alias="contrat_hds")
    activities: Listing = Field(default=(), alias="activites")


class Location(Section):
    """The countries of a processing."""

    countries: Listing = Field(default=(), alias="pays")
    outside_eu: Flag = Field(default=False, alias="hors_ue")
    guarantee: Annotated[str, choice("adequation", "CCT", "BCR", "art49")] | None = Field(
        default=None, alias="garantie"
    )


class Recipients(Section):
    """Who receives the data."""

    internal: Listing = Field(default=(), alias="internes")
    external: Listing = Field(default=(), alias="externes")
    processors: Listing = Field(default=(), alias="sous_traitants")


class Processing(Section):
    """One processing of the client's register."""

    reference: Words = Field(alias="ref")
    name: Words = Field(alias="nom")
    purpose: str | None = Field(default=None, alias="finalite")
    legal_basis: str | None = Field(default=None, alias="base_legale")
    persons: tuple[Persons, ...] = Field(default=(), alias="personnes_concernees")
    categories: tuple[DeclaredCategory, ...] = ()
    sensitive: tuple[SensitiveLine, ...] = Field(default=(), alias="donnees_sensibles")
    offences: Offences = Field(default=Offences(), alias="donnees_art10")
    health_hosting: HealthHosting = Field(default=HealthHosting(), alias="hds")
    location: Location = Field(default=Location(), alias="localisation")
    recipients: Recipients = Field(default=Recipients(), alias="destinataires")

    @model_validator(mode="after")
    def _named(self) -> Self:
        if any(line.sensitive for line in self.categories) and not self.sensitive:
            raise mistake("« sensible: oui » sans ligne « donnees_sensibles » qui dise laquelle (R1-a à R1-h)")
        return self


class Exclusion(Section):
    """A place that the client says holds no real data, until a date, on somebody's word."""

    place: Words = Field(alias="emplacement")
    reason: Words = Field(alias="motif")
    approved_by: Words = Field(alias="valide_par")
    expires: Day = Field(alias="expire")


class Signature(Section):
    """The client's signature of the file; kept for the record, not verified here."""

    algorithm: str | None = Field(default=None, alias="algorithme")
    key: str | None = Field(default=None, alias="cle")
    value: str | None = Field(default=None, alias="valeur")


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
    references = Counter(line.get("ref") for line in lines if isinstance(line, dict))
    doubles = [str(name) for name, times in references.items() if name and times > 1]
    return problems + [f"{source} : traitements : référence « {name} » utilisée deux fois" for name in doubles]

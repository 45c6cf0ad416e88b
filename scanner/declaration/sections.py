"""The sections of a declaration, as the client writes them: French keys, checked values."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from scanner.declaration.fields import (
    SUFFIX,
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
from scanner.taxonomy import taxonomy


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
    """The client's documented instruction (GDPR Art. 28(3)(a)); ``scanner.policy.mandate`` checks it."""

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
    acceptance: Acceptance = Field(default=Acceptance(), alias=f"acceptation_{SUFFIX}")  # type: ignore[literal-required]
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

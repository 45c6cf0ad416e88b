"""The sheets of the form: what a row is, and which key of the declaration each column fills."""

from __future__ import annotations

from dataclasses import dataclass

from scanner.declaration.fields import SUFFIX

YES_NO = ("oui", "non")


@dataclass(frozen=True, slots=True)
class Field:
    """One cell: its dotted key, what a client reads, and what may stand there."""

    key: str
    label: str
    many: bool = False
    """Several values, parted by semicolons."""
    choices: tuple[str, ...] = ()
    help: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows that fill one list of the declaration; ``within`` the processing that the first column names."""

    title: str
    list: str
    fields: tuple[Field, ...]
    within: bool = False


ROLE, ANSWER = f"role_{SUFFIX}", f"acceptation_{SUFFIX}"
NOTHING = "aucun_traitement"
"""Says that the client declares that there is nothing, which an empty sheet does not."""

WHOLE = (
    Field("schema", "Schéma", help="ne pas modifier"),
    Field("langue", "Langue", choices=("fr", "en")),
    Field("client.raison_sociale", "Raison sociale"),
    Field("client.siren", "SIREN"),
    Field("client.contact.nom", "Contact : nom"),
    Field("client.contact.mel", "Contact : adresse électronique"),
    Field("client.dpo.nom", "Délégué à la protection des données : nom"),
    Field("client.dpo.mel", "Délégué à la protection des données : adresse électronique"),
    Field("client.representant_ue.nom", "Représentant dans l'Union : nom"),
    Field("client.representant_ue.mel", "Représentant dans l'Union : adresse électronique"),
    Field(ROLE, "Rôle de l'hébergeur", choices=("sous-traitant", "responsable")),
    Field("mandat.reference", "Mandat : référence"),
    Field("mandat.signataire", "Mandat : signataire"),
    Field("mandat.date_signature", "Mandat : date de signature", help="AAAA-MM-JJ"),
    Field("mandat.debut", "Mandat : début", help="AAAA-MM-JJ"),
    Field("mandat.fin", "Mandat : fin", help="AAAA-MM-JJ"),
    Field("mandat.perimetre", "Mandat : périmètre", many=True, help="volumes ou dossiers, séparés par « ; »"),
    Field("mandat.autorise.lecture_contenu", "Autorise : lecture du contenu", choices=YES_NO),
    Field("mandat.autorise.ocr", "Autorise : lecture du texte des images", choices=YES_NO),
    Field("mandat.autorise.messageries", "Autorise : messageries", choices=YES_NO),
    Field("mandat.autorise.jetons_hmac", "Autorise : jetons à clé (HMAC)", choices=YES_NO),
    Field("mandat.autorise.fichiers_supprimes", "Autorise : fichiers supprimés", choices=YES_NO),
    Field("mandat.conservation_rapport_jours", "Conservation du rapport, en jours"),
    Field("politique.version", "Politique : version"),
    Field("politique.sha256", "Politique : empreinte"),
    Field(NOTHING, "Aucune donnée personnelle n'est confiée", choices=YES_NO, help="oui : déclaration vide"),
)

_REF = Field("ref", "Réf. du traitement")
_PLACES = Field("emplacements", "Emplacements", many=True, help="séparés par « ; », vide : partout")

SHEETS = (
    Sheet(
        "Traitements",
        "traitements",
        (
            _REF,
            Field("nom", "Nom du traitement"),
            Field("finalite", "Finalité"),
            Field("base_legale", "Base légale (art. 6)"),
            Field("donnees_art10.presence", "Infractions, condamnations (art. 10)", choices=YES_NO),
            Field("donnees_art10.fondement", "Fondement (art. 10)"),
            Field("hds.concerne", "Données de santé issues de soins (HDS)", choices=YES_NO),
            Field("hds.contrat_hds", "Contrat HDS"),
            Field("hds.activites", "Activités HDS", many=True),
            Field("localisation.pays", "Pays", many=True),
            Field("localisation.hors_ue", "Hors UE", choices=YES_NO),
            Field("localisation.garantie", "Garantie", choices=("adequation", "CCT", "BCR", "art49")),
            Field("destinataires.internes", "Destinataires internes", many=True),
            Field("destinataires.externes", "Organismes externes", many=True),
            Field("destinataires.sous_traitants", "Sous-traitants", many=True),
        ),
    ),
    Sheet(
        "Personnes",
        "personnes_concernees",
        (
            _REF,
            Field("type", "Catégorie de personnes"),
            Field("nombre_max", "Nombre au plus"),
            Field("mineurs", "Mineurs", choices=YES_NO),
        ),
        within=True,
    ),
    Sheet(
        "Catégories",
        "categories",
        (
            _REF,
            Field("code", "Catégorie", choices=("C1", "C2", "C3", "C4", "C5", "C6", "C0")),
            Field("types", "Types", many=True, help="vide : toute la catégorie"),
            Field("sensible", "Sensible", choices=YES_NO),
            Field("conservation.duree", "Conservation : durée"),
            Field("conservation.unite", "Conservation : unité", choices=("jours", "mois", "ans")),
            Field("conservation.point_depart", "Conservation : point de départ"),
            _PLACES,
            Field("nir_fondement", "NIR : entrée du décret n° 2019-341"),
        ),
        within=True,
    ),
    Sheet(
        "Données sensibles",
        "donnees_sensibles",
        (
            _REF,
            Field("regime", "Régime (R1-a à R1-h)", choices=tuple(f"R1-{letter}" for letter in "abcdefgh")),
            Field("description", "Description"),
            Field("exception_art9", "Exception (art. 9(2))"),
            _PLACES,
            Field(f"{ANSWER}.statut", "Réponse : statut", choices=("acceptee", "en_attente", "refusee")),
            Field(f"{ANSWER}.date", "Réponse : date", help="AAAA-MM-JJ"),
            Field(f"{ANSWER}.par", "Réponse : par"),
            Field(f"{ANSWER}.reference", "Réponse : référence"),
            Field(f"{ANSWER}.conditions", "Réponse : conditions", many=True),
        ),
        within=True,
    ),
    Sheet(
        "Exclusions",
        "exclusions",
        (
            Field("emplacement", "Emplacement"),
            Field("motif", "Motif"),
            Field("valide_par", "Validé par"),
            Field("expire", "Expire le", help="AAAA-MM-JJ"),
        ),
    ),
)
FIRST_SHEET = "Déclaration"

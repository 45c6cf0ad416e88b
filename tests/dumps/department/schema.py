"""The databases of an invented French department: 40 tables of all types, for every server alike."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate

SCHEMA = """
communes        1 id:pk code:insee nom:town code_postal:postcode population:count
foyers          2 id:pk reference:reference commune_id:ref>communes adresse:street quotient:amount
habitants       6 id:pk foyer_id:ref>foyers civilite:title nom:last prenom:first nom_naissance:last? courriel:mail \
                  tel:phone d1:birth#date_de_naissance nir:nir actif:flag cree_le:moment
comptes_portail 3 id:pk habitant_id:ref>habitants login:login mot_de_passe:hash derniere_ip:ip ouvert_le:moment
sessions_portail 5 id:uuid compte_id:ref>comptes_portail ip:ip agent_http:browser debut:moment duree:small
demandes        3 id:pk habitant_id:ref>habitants objet:subject etat:state texte:remark depose_le:moment
pieces_jointes  1 id:pk demande_id:ref>demandes nom_fichier:file contenu:blob taille:count
messages        3 id:pk demande_id:ref>demandes expediteur:mail corps:sentence envoye_le:moment
journal_acces   8 id:big quand:moment adresse_ip:ip methode:verb chemin:path code:http parametres:json
abonnes_lettre  2 id:pk courriel:mail prenom:first? inscrit_le:day
elus            1 id:pk nom:last prenom:first parti:party mandat:role
agents          1 id:pk matricule:reference nom:last prenom:first naissance:birth nir:nir iban:iban service:unit
paies           4 id:pk agent_id:ref>agents mois:day brut:amount net:amount heures:ratio
conges          2 id:pk agent_id:ref>agents du:day au:day motif:leave
arrets_maladie  1 id:pk agent_id:ref>agents du:day au:day pathologie:ill
syndicats       1 id:pk agent_id:ref>agents syndicat:union cotisation:amount
formations      1 id:pk agent_id:ref>agents intitule:course note:small
vehicules       1 id:pk agent_id:ref>agents? immatriculation:plate modele:product km:count
badges          2 uid:uuid agent_id:ref>agents lu_le:moment porte:door
medecins        1 id:pk rpps:reference nom:last prenom:first tel:phone specialite:specialty
patients        2 id:pk habitant_id:ref>habitants medecin_id:ref>medecins groupe:blood poids:real taille:small
consultations   4 id:pk patient_id:ref>patients vu_le:moment motif:ill observations:note
ordonnances     3 id:pk patient_id:ref>patients medicament:drug posologie:dose le:day
vaccinations    2 id:pk patient_id:ref>patients vaccin:vaccine lot:reference le:day
ecoles          1 id:pk uai:reference nom:school commune_id:ref>communes courriel:mail
eleves          2 id:pk ecole_id:ref>ecoles nom:last prenom:first ne_le:childbirth classe:grade
responsables    2 id:pk eleve_id:ref>eleves nom:last prenom:first tel:phone courriel:mail adresse:street
cantine         6 id:pk eleve_id:ref>eleves le:day regime:diet prix:amount
absences        3 id:pk eleve_id:ref>eleves du:moment motif:leave justifie:flag
notes           6 id:big eleve_id:ref>eleves matiere:course valeur:ratio
fournisseurs    1 id:pk raison:company siret:siret iban:iban contact:full tel:phone courriel:mail
factures        3 id:pk fournisseur_id:ref>fournisseurs numero:reference ttc:amount emise_le:day
lignes_facture  5 id:big facture_id:ref>factures libelle:product quantite:small prix:amount
paiements       3 id:pk facture_id:ref>factures mode:means regle_le:moment carte:card?
mandats_sepa    2 id:pk habitant_id:ref>habitants iban:iban bic:bic titulaire:full signe_le:day
beneficiaires   2 id:pk habitant_id:ref>habitants aide:aid montant:amount commentaire:remark?
signalements    1 id:pk lat:latitude lon:longitude texte:remark auteur:full? photo:blob?
catalogue       2 id:pk libelle:product prix:amount poids:real annee:year
parametres      1 cle:key valeur:json maj:moment
statistiques    5 id:big jour:day visites:count taux:real erreurs:small
"""


@dataclass(frozen=True, slots=True)
class Col:
    """A column: what it holds, what it refers to, what is said of it, whether it may be empty."""

    name: str
    kind: str
    refers: str = ""
    comment: str = ""
    empties: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table and its share of all rows."""

    name: str
    share: int
    columns: tuple[Col, ...]


def _column(written: str) -> Col:
    name, _, rest = written.partition(":")
    rest, _, comment = rest.partition("#")
    kind, _, refers = rest.rstrip("?").partition(">")
    return Col(name, kind, refers, comment.replace("_", " "), rest.endswith("?"))


def tables() -> list[Table]:
    """All tables, those that others refer to first."""
    lines = (line.split() for line in SCHEMA.strip().splitlines())
    return [Table(name, int(share), tuple(map(_column, columns))) for name, share, *columns in lines]


def rows_of(total: int) -> dict[str, int]:
    """How many rows each table has of so many in all."""
    listed = tables()
    ends = list(accumulate(table.share for table in listed))
    reach = [0, *(total * end // ends[-1] for end in ends)]
    return {table.name: max(1, b - a) for table, a, b in zip(listed, reach, reach[1:], strict=False)}


# kind -> types of PostgreSQL, MySQL and SQLite, where they are not text of a few dozen characters.
TYPES: dict[str, tuple[str, str, str]] = {
    "pk": ("integer PRIMARY KEY", "int PRIMARY KEY", "INTEGER PRIMARY KEY"),
    "big": ("bigint", "bigint", "INTEGER"),
    "ref": ("integer", "int", "INTEGER"),
    "uuid": ("uuid", "char(36)", "TEXT"),
    "count": ("integer", "int unsigned", "INTEGER"),
    "small": ("smallint", "smallint", "INTEGER"),
    "amount": ("numeric(10,2)", "decimal(10,2)", "TEXT"),
    "ratio": ("double precision", "double", "REAL"),
    "real": ("real", "float", "REAL"),
    "latitude": ("double precision", "double", "REAL"),
    "longitude": ("double precision", "double", "REAL"),
    "flag": ("boolean", "tinyint(1)", "INTEGER"),
    "day": ("date", "date", "TEXT"),
    "birth": ("date", "date", "TEXT"),
    "childbirth": ("date", "date", "TEXT"),
    "moment": ("timestamp", "datetime", "TEXT"),
    "year": ("smallint", "year", "INTEGER"),
    "http": ("smallint", "smallint", "INTEGER"),
    "json": ("json", "longtext", "TEXT"),
    "blob": ("bytea", "blob", "BLOB"),
    "title": ("char(1)", "enum('M','F')", "TEXT"),
    "sentence": ("text", "text", "TEXT"),
    "remark": ("text", "mediumtext", "TEXT"),
    "note": ("text", "text", "TEXT"),
}
_TEXT = ("varchar(160)", "varchar(160)", "TEXT")
POSTGRES, MYSQL, SQLITE = range(3)


def definitions(server: int) -> list[str]:
    """The statements that make the tables."""
    made = []
    for table in tables():
        made.append(f"CREATE TABLE {table.name} ({', '.join(_defined(c, server) for c in table.columns)})")
        if server == POSTGRES:
            said = (c for c in table.columns if c.comment)
            made += [f"COMMENT ON COLUMN {table.name}.{c.name} IS '{c.comment}'" for c in said]
    return made


def _defined(column: Col, server: int) -> str:
    text = f"{column.name} {TYPES.get(column.kind, _TEXT)[server]}"
    if column.refers:
        text += f" REFERENCES {column.refers} (id)"
    return text + (f" COMMENT '{column.comment}'" if column.comment and server == MYSQL else "")

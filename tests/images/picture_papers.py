"""What is printed on the invented pages, and which types of values a reader must find on each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from picture_pages import (
    A4,
    BOOKLET,
    CARD,
    Paper,
    drawn,
    lines_of,
    noisy,
    photographed,
    turned,
    zone_cni,
    zone_td1,
    zone_td2,
    zone_td3,
)
from PIL import Image


@dataclass(frozen=True)
class Page:
    """One picture to read: how it is made, and the types that it holds, with how many values each."""

    name: str
    paper: Paper
    worn: Callable[[Image.Image], Image.Image] | None
    holds: tuple[str, ...]
    dots: int = 150

    def image(self) -> Image.Image:
        """The picture, drawn anew."""
        image = drawn(self.paper, self.dots)
        return image if self.worn is None else self.worn(image)


def nir(body: str) -> str:
    """The thirteen digits with their key, as they are printed."""
    key = f"{97 - int(body) % 97:02}"
    return f"{body[0]} {body[1:3]} {body[3:5]} {body[5:7]} {body[7:10]} {body[10:]} {key}"


def iban(bank: str, branch: str, account: str) -> str:
    """A French account with both of its keys, in groups of four."""
    key = 97 - (89 * int(bank) + 15 * int(branch) + 3 * int(account)) % 97
    number = f"{bank}{branch}{account}{key:02}"
    check = 98 - int(number + "152700") % 97
    whole = f"FR{check:02}{number}"
    return " ".join(whole[at : at + 4] for at in range(0, len(whole), 4))


def _zone(zone: str, top: float, size: float = 12, left: float = 22):
    return lines_of(*zone.split("\n"), size=size, font="mono", left=left, top=top, step=size * 1.7)


PAYSLIP = Paper(
    A4,
    (
        *lines_of("BULLETIN DE PAIE", size=16, font="bold", top=50),
        *lines_of(
            "Période de paie : du 01/10/2026 au 31/10/2026",
            "Employeur : ATELIERS DU VAL SAS",
            "Convention collective : métallurgie",
            "",
            "Salarié : Mme Ysaline COURTEPAILLE",
            f"N° de sécurité sociale : {nir('2880431042017')}",
            "Matricule : 004217",
            "Emploi occupé : technicienne qualité    Coefficient : 240",
            "Salaire de base   151,67 h   2 412,30",
            "Total brut   2 412,30",
            "CSG déductible   161,20     Retraite complémentaire   96,41",
            "Net imposable   1 962,44",
            "Prélèvement à la source   41,20",
            "Net à payer   1 884,06 EUR",
            f"Virement sur le compte {iban('30003', '04120', '00051234567')}",
            "Solde de congés payés : 12,5 jours",
            top=90,
        ),
    ),
)
RIB = Paper(
    A4,
    (
        *lines_of("RELEVÉ D'IDENTITÉ BANCAIRE", size=15, font="bold", top=60),
        *lines_of(
            "Titulaire du compte : M. Barnabé TRILLAUD",
            "14 rue des Tilleuls",
            "45000 ORLÉANS",
            "Domiciliation : AGENCE DU VAL",
            "Code banque 20041   Code guichet 01005   Numéro de compte 00512345678",
            f"IBAN : {iban('20041', '01005', '00512345678')}",
            "BIC : PSSTFRPPXXX",
            top=110,
            step=24,
        ),
    ),
)
PASSPORT = Paper(
    BOOKLET,
    (
        *lines_of("PASSEPORT   République française", size=13, font="bold", top=40, left=180),
        *lines_of(
            "Nom / Surname : TRILLAUD",
            "Prénoms / Given names : BARNABÉ, LOUIS",
            "Nationalité / Nationality : Française",
            "Date de naissance / Date of birth : 07 11 1979",
            "Sexe / Sex : M     Taille / Height : 1,81 m",
            "Lieu de naissance / Place of birth : ORLÉANS",
            "Date d'expiration / Date of expiry : 14 02 2033",
            "Autorité / Authority : Préfecture du Loiret",
            size=10,
            left=180,
            top=75,
            step=24,
        ),
        *_zone(zone_td3("TRILLAUD<<BARNABE<LOUIS", "15BE69365", "791107", "M", "330214"), 350),
    ),
)
CARD_NEW = Paper(
    CARD,
    (
        *lines_of("CARTE NATIONALE D'IDENTITÉ   République française", size=11, font="bold", top=30, left=20),
        *lines_of(
            "Nom : COURTEPAILLE",
            "Prénom(s) : YSALINE, MARTHE",
            "Sexe : F    Nationalité : FRA    Né(e) le : 12 04 1988",
            "Date d'expiration : 03 09 2031",
            size=10,
            left=150,
            top=60,
            step=22,
        ),
        *_zone(zone_td1("COURTEPAILLE<<YSALINE<MARTHE", "X4RTBPFW4", "880412", "F", "310903"), 215, 14),
    ),
)
CARD_OLD = Paper(
    CARD,
    (
        *lines_of("CARTE NATIONALE D'IDENTITÉ N° : 120475100123", size=10, font="bold", top=30, left=20),
        *lines_of(
            "Nom : MARCHAND",
            "Prénom(s) : ÉLODIE, JEANNE",
            "Sexe : F    Né(e) le : 14.07.1985",
            "à : BESANÇON",
            "Taille : 1,68 m",
            size=10,
            left=150,
            top=60,
            step=20,
        ),
        *_zone(zone_cni("MARCHAND", "ELODIE<<JEANNE", "120475100123", "850714", "F"), 235, 12),
    ),
)
CARD_ABROAD = Paper(
    (460, 330),
    (
        *lines_of("IDENTITY CARD   Utopia", size=13, font="bold", top=35, left=150),
        *lines_of(
            "Surname : VERNIER",
            "Given names : PAUL",
            "Date of birth : 12 08 1974    Sex : M",
            "Date of expiry : 15 04 2029",
            size=10,
            left=150,
            top=70,
            step=24,
        ),
        *_zone(zone_td2("VERNIER<<PAUL", "D23145890", "740812", "M", "290415", "UTO"), 265, 12),
    ),
)
LETTER = Paper(
    A4,
    (
        *lines_of("Madame Hélène LEFÈVRE", "8 rue du Moulin", "25000 BESANÇON", "Tél. : 03 53 01 48 27", top=60),
        *lines_of("helene.lefevre@example.org", top=138),
        *lines_of("Besançon, le 12 octobre 2026", left=340, top=190),
        *lines_of(
            "Objet : résiliation de mon contrat n° 88-4127",
            "",
            "Madame, Monsieur,",
            "",
            "Par la présente, je vous informe que je souhaite résilier mon abonnement à compter du",
            "1er décembre prochain, comme me le permettent vos conditions générales de vente.",
            "Vous pouvez me rappeler au 06 39 98 12 34 en fin de journée si une pièce vous manquait.",
            "Je vous remercie de m'adresser un accusé de réception à l'adresse ci-dessus.",
            "",
            "Je vous prie d'agréer, Madame, Monsieur, mes salutations distinguées.",
            "",
            "Hélène Lefèvre",
            font="serif",
            size=12,
            top=240,
            step=22,
        ),
    ),
)
LETTER_ENGLISH = Paper(
    A4,
    (
        *lines_of("Mr Edmund HARGREAVES", "27 Quarry Lane", "Leeds", "edmund.hargreaves@example.com", top=70),
        *lines_of(
            "12 October 2026",
            "",
            "Dear Sir or Madam,",
            "",
            "Please find enclosed the documents which you asked for in your letter of last month.",
            "My passport and a recent bank statement are among them, and I would ask you to send both",
            "of them back once you have seen them. I can be reached on +44 7700 900461 at any time.",
            "The account for the refund is GB17 NWBK 6016 1331 9268 41, in my own name.",
            "",
            "Yours faithfully,",
            "Edmund Hargreaves",
            font="serif",
            size=12,
            top=200,
            step=24,
        ),
    ),
)
HEALTH_CARD = Paper(
    CARD,
    (
        *lines_of("Carte d'assurance maladie   VITALE", size=15, font="bold", top=50, left=30),
        *lines_of(
            "Émise le 02/03/2019",
            "YSALINE COURTEPAILLE",
            nir("2880431042017"),
            "N° de série 8025000012 3456789012 4",
            size=14,
            left=40,
            top=120,
            step=36,
        ),
    ),
)
REGISTRATION = Paper(
    A4,
    (
        *lines_of("CERTIFICAT D'IMMATRICULATION", size=15, font="bold", top=50),
        *lines_of(
            "République française     Communauté européenne",
            "A  Numéro d'immatriculation : AB-344-CA",
            "B  Date de première immatriculation : 12/05/2017",
            "C.1  Titulaire : M. BARNABÉ TRILLAUD",
            "C.3  14 rue des Tilleuls, 45000 ORLÉANS",
            "C.4a  EST LE PROPRIÉTAIRE DU VÉHICULE",
            "D.1  Marque : RENAULT     D.3  CLIO",
            "E  Numéro d'identification du véhicule : VF15RRL0H56123454",
            "P.6  Puissance administrative nationale : 5",
            "I  Date du certificat : 21/06/2021",
            top=95,
            step=26,
        ),
    ),
)
MEDICAL = Paper(
    A4,
    (
        *lines_of(
            "Centre hospitalier du Val", "Service de cardiologie", "Dr Maud VERCHÈRE", size=12, font="bold", top=60
        ),
        *lines_of(
            "Orléans, le 3 novembre 2026",
            "",
            "Cher confrère,",
            "",
            f"Votre patiente Mme Ysaline COURTEPAILLE, née le 12/04/1988, NIR {nir('2880431042017')},",
            "a été hospitalisée du 28 au 31 octobre pour une douleur thoracique.",
            "Antécédents : hypertension artérielle, diabète de type 2 traité par metformine.",
            "L'électrocardiogramme montre une fibrillation auriculaire ; traitement par apixaban.",
            "Nous la reverrons en consultation dans un mois.",
            "",
            "Bien confraternellement,",
            "Dr Maud Verchère",
            size=11,
            top=150,
            step=23,
        ),
    ),
)

PAGES = (
    Page("payslip", PAYSLIP, None, ("PERSON", "FR_NIR", "IBAN", "PAYSLIP")),
    Page("rib", RIB, None, ("PERSON", "IBAN", "BIC", "POSTAL_ADDRESS", "RIB_DOCUMENT")),
    Page("passport", PASSPORT, None, ("MRZ", "PERSON", "FR_PASSPORT", "DATE_OF_BIRTH", "NATIONALITY", "ID_SCAN"), 200),
    Page("card_new", CARD_NEW, noisy, ("MRZ", "PERSON", "FR_CNI", "DATE_OF_BIRTH", "ID_SCAN"), 200),
    Page("card_old", CARD_OLD, photographed, ("MRZ", "PERSON", "FR_CNI", "DATE_OF_BIRTH", "ID_SCAN"), 200),
    Page("card_abroad", CARD_ABROAD, turned(1), ("MRZ", "PERSON", "NATIONAL_ID", "DATE_OF_BIRTH", "ID_SCAN"), 200),
    Page("letter", LETTER, turned(2), ("PERSON", "EMAIL_ADDRESS", "PHONE_NUMBER", "POSTAL_ADDRESS", "LETTER_SCAN")),
    Page("letter_worn", LETTER, noisy, ("PERSON", "EMAIL_ADDRESS", "PHONE_NUMBER", "POSTAL_ADDRESS", "LETTER_SCAN")),
    Page(
        "letter_english", LETTER_ENGLISH, turned(3), ("PERSON", "EMAIL_ADDRESS", "PHONE_NUMBER", "IBAN", "LETTER_SCAN")
    ),
    Page("health_card", HEALTH_CARD, photographed, ("FR_NIR", "FR_VITALE", "PERSON", "HEALTH_CARD")),
    Page("registration", REGISTRATION, noisy, ("FR_PLATE", "VIN", "PERSON", "VEHICLE_REGISTRATION")),
    Page("medical", MEDICAL, photographed, ("FR_NIR", "PERSON", "DATE_OF_BIRTH", "HEALTH_DATA", "MEDICAL_LETTER")),
)
"""Every kind once, and every way to spoil a page at least twice."""

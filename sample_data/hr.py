"""Human resources: staff file, pay slips, contracts, reviews, the infirmary, sick leave, training."""

from __future__ import annotations

import base64
from datetime import date, timedelta
from random import Random

from packing import docx, odt, pdf, table, workbook
from people import Person, spaced, spaced_nir, staff

STATUSES = ("célibataire", "marié(e)", "pacsé(e)", "divorcé(e)")


def files() -> dict[str, bytes]:
    rng = Random("vauquelin:hr")
    team = staff()
    return {
        "rh/salaries.csv": _roll(rng, team),
        "rh/bulletins/bulletin_2026-10_VQ0012.txt": _slip(team[11], 2418.50, union=True).encode("cp1252"),
        "rh/bulletins/bulletin_2026-10_VQ0031.txt": _slip(team[30], 1987.20, union=False).encode("cp1252"),
        "rh/bulletins/bulletin_2026-10_VQ0007.pdf": pdf(
            _slip(team[6], 2764.00, union=False).splitlines(), "Bulletin de paie octobre 2026"
        ),
        "rh/contrats/contrat_travail_VQ0012.docx": docx(_contract(team[11])),
        "rh/contrats/contrat.pdf": pdf(_fixed_term(team[43]), "Contrat de travail"),
        "rh/evaluations/entretien_2026_VQ0018.odt": odt(_review(team[17], team[4])),
        "rh/note_infirmerie.txt": _infirmary(team[22], team[35]).encode(),
        "rh/arret_maladie.eml": _sick_leave(team[40]),
        "rh/plan_formation.xlsx": _training(rng, team),
    }


def _roll(rng: Random, team: list[Person]) -> bytes:
    head = "matricule;civilite;nom;prenom;ddn;lieu_naiss;nir;adresse;cp;ville;tel_port;mel;sit_fam;nb_enfants;poste;"
    rows: list[list[object]] = [[*(head + "date_entree;salaire_brut;iban").split(";")]]
    for one in team:
        entry = date(2004, 1, 5) + timedelta(days=rng.randrange(8000))
        pay = f"{rng.randint(1850, 4200)},{rng.choice(('00', '50'))}"
        family = [rng.choice(STATUSES), rng.choice((0, 0, 1, 2, 2, 3))]
        who = [one.number, one.title, one.last.upper(), one.first, f"{one.born:%d/%m/%Y}", one.birthplace, one.nir]
        where = [one.street, one.postcode, one.town, one.mobile, one.mail]
        rows.append([*who, *where, *family, one.job, f"{entry:%d/%m/%Y}", pay, one.iban])
    return table(rows, ";", "cp1252")


def _slip(one: Person, gross: float, union: bool) -> str:
    def euros(amount: float) -> str:
        return f"{amount:,.2f}".replace(",", " ").replace(".", ",")

    lines = [
        "ATELIERS VAUQUELIN SAS                                   BULLETIN DE PAIE",
        "14 route de Parthenay, 79300 Bressuire                   Période : octobre 2026",
        "Convention collective : Ameublement (fabrication)",
        "",
        f"Salarié : {one.title} {one.last.upper()} {one.first}          Matricule : {one.number}",
        f"Adresse : {one.street}",
        f"          {one.postcode} {one.town}",
        f"N° de sécurité sociale : {spaced_nir(one.nir)}",
        f"Emploi : {one.job}          Coefficient : 185",
        "",
        "Rubrique                                 Base          Taux       Retenue",
        f"Salaire de base 151,67 h                                     {euros(gross)}",
        f"Sécurité sociale plafonnée       {euros(gross)}       6,90 %     {euros(gross * 0.069)}",
        f"CSG déductible                   {euros(gross)}       6,80 %     {euros(gross * 0.068)}",
        f"Retraite complémentaire          {euros(gross)}       3,15 %     {euros(gross * 0.0315)}",
    ]
    if union:
        lines.append("Cotisation syndicale CFDT (prélevée à la demande du salarié)        14,20")
    net = gross * 0.78 - (14.2 if union else 0)
    lines += [
        f"Salaire brut : {euros(gross)}",
        f"Net à payer avant impôt : {euros(net)} euros",
        f"Prélèvement à la source : {euros(net * 0.031)}",
        f"Net payé : {euros(net * 0.969)} euros",
        f"Virement le 30/10/2026 sur le compte IBAN {spaced(one.iban)}",
        "",
        "Dans votre intérêt, conservez ce bulletin sans limitation de durée.",
    ]
    return "\r\n".join(lines) + "\r\n"


def _contract(one: Person) -> list[str]:
    born = "née" if one.woman else "né"
    return [
        "CONTRAT DE TRAVAIL À DURÉE INDÉTERMINÉE",
        "Entre la société Ateliers Vauquelin SAS, dont le siège est 14 route de Parthenay, 79300 Bressuire,",
        f"et {one.title} {one.full}, {born} le {one.born:%d/%m/%Y} à {one.birthplace}, de nationalité française, "
        f"demeurant {one.address},",
        f"numéro de sécurité sociale {spaced_nir(one.nir)}, il a été convenu ce qui suit.",
        f"Article 1. {one.title} {one.last} est engagé(e) en qualité de {one.job}, à compter du 2 mars 2020.",
        "Article 2. La durée du travail est fixée à 35 heures par semaine, réparties du lundi au vendredi.",
        "Article 3. La rémunération mensuelle brute est de 2 418,50 euros, versée le dernier jour ouvré du mois.",
        "Article 4. La période d'essai est de deux mois. Chaque partie peut y mettre fin en respectant le préavis.",
        "Article 5. Le salarié est tenu à une obligation de discrétion sur les modèles et procédés de l'atelier.",
        f"En cas d'urgence, prévenir au {one.landline}. Courriel : {one.mail}.",
        "Fait à Bressuire, en deux exemplaires, le 24 février 2020.",
    ]


def _fixed_term(one: Person) -> list[str]:
    born = "née" if one.woman else "né"
    return [
        "CONTRAT DE TRAVAIL À DURÉE DÉTERMINÉE",
        "",
        "Ateliers Vauquelin SAS, 14 route de Parthenay, 79300 Bressuire",
        "",
        f"{one.title} {one.full}, {born} le {one.born:%d/%m/%Y} à {one.birthplace}",
        f"demeurant {one.street},",
        f"{one.postcode} {one.town}",
        f"Téléphone : {one.mobile}",
        f"Courriel : {one.mail}",
        f"Numéro de sécurité sociale : {spaced_nir(one.nir)}",
        "",
        "Motif du recours : accroissement temporaire d'activité (salon du meuble).",
        f"Emploi : {one.job}. Terme : 31 janvier 2027.",
        "Rémunération mensuelle brute : 1 867,00 euros.",
        f"Virement sur le compte IBAN {spaced(one.iban)}",
    ]


def _review(one: Person, head: Person) -> list[str]:
    return [
        "ENTRETIEN ANNUEL D'ÉVALUATION 2026",
        f"Salarié : {one.full} ({one.number}), {one.job}",
        f"Responsable : {head.full}. Date de l'entretien : 14 octobre 2026.",
        f"Coordonnées : {one.mail}, {one.mobile}.",
        "Bilan de l'année : objectifs atteints sur la ligne chaises, retard sur la gamme Bocage au printemps.",
        "Points forts : soin des assemblages, transmission aux apprentis. À améliorer : tenue des fiches de suivi.",
        "Souhait du salarié : évoluer vers le bureau d'études, formation à la CAO demandée.",
        "Appréciation générale : B+. Augmentation proposée : 2,5 %.",
    ]


def _infirmary(one: Person, other: Person) -> str:
    return f"""INFIRMERIE - ATELIERS VAUQUELIN
Cahier de liaison, semaine 45. Confidentiel, ne pas diffuser.

Lundi 2 novembre. Patient : {one.title} {one.full}, {one.born:%d/%m/%Y}, matricule {one.number}.
Glycémie à 2,9 g/l à 10 h 15. Diabète de type 1 connu depuis 2011, traitement par insuline lente
le soir. Allergie à la pénicilline notée au dossier. Antécédents : hospitalisation en mars pour
acidocétose. Ordonnance du médecin traitant renouvelée, joindre au {one.mobile} en cas de malaise.

Mercredi 4 novembre. {other.title} {other.full}, {other.born:%d/%m/%Y}. Douleurs lombaires depuis
l'accident du travail du 12 octobre, diagnostic de hernie discale L5-S1 confirmé par IRM.
Traitement : kétoprofène 100 mg. Le médecin du travail propose une reconnaissance de la qualité de
travailleur handicapé (RQTH) et un aménagement de poste. Restriction : pas de port de charge > 8 kg.

L'infirmière
"""


def _sick_leave(one: Person) -> bytes:
    body = f"""Bonjour,

Je vous adresse mon avis d'arrêt de travail prescrit par mon médecin traitant pour la période
du 9 au 20 novembre 2026 : le diagnostic est une dépression réactionnelle, avec un traitement
antidépresseur en cours. La prolongation après hospitalisation de jour n'est pas exclue.

Numéro de sécurité sociale : {spaced_nir(one.nir)}
Vous pouvez me joindre au {one.mobile}.

Cordialement,
{one.full}
{one.address}
"""
    text = base64.encodebytes(body.replace("\n", "\r\n").encode()).decode().replace("\n", "\r\n")
    head = (
        f"From: {one.login} <{one.mail}>\r\nTo: Service RH <rh@vauquelin.example.com>\r\n"
        "Subject: =?utf-8?q?Arr=C3=AAt_maladie_du_9_au_20_novembre?=\r\n"
        "Date: Mon, 09 Nov 2026 08:12:44 +0100\r\nMessage-ID: <20261109081244.1@vauquelin.example.com>\r\n"
        "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    )
    return head.encode() + text.encode()


def _training(rng: Random, team: list[Person]) -> bytes:
    titles = ("CACES R489", "Habilitation électrique", "CAO bois", "Sauveteur secouriste", "Vernis sans solvant")
    plan: list[list[object]] = [["Stage", "Organisme", "Durée (h)", "Coût HT", "Trimestre"]]
    plan += [
        [title, "Centre Bocage Formation", rng.choice((7, 14, 21)), rng.randint(4, 18) * 100, "T1"] for title in titles
    ]
    people: list[list[object]] = [["Matricule", "Nom", "Prénom", "Date de naissance", "NIR", "Stage"]]
    for one in team[8:26]:
        people.append([one.number, one.last, one.first, f"{one.born:%d/%m/%Y}", one.nir, rng.choice(titles)])
    return workbook({"Plan 2027": plan, "Stagiaires OPCO": people}, hidden=["Stagiaires OPCO"])

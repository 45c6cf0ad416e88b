"""Mail: two messages with attachments and a small mailbox."""

from __future__ import annotations

import base64
import quopri

from packing import docx, table
from people import Person, customers, staff


def files() -> dict[str, bytes]:
    people, team = customers(), staff()
    return {
        "mail/commande_speciale.eml": _order(people[11], people[30:36]),
        "mail/candidature.eml": _application(people[57]),
        "mail/boite_contact.mbox": _mailbox(people[80:85], team[2]),
    }


def _wrapped(data: bytes) -> str:
    return base64.encodebytes(data).decode().replace("\n", "\r\n")


def _part(head: str, body: str) -> str:
    return f"--=_vq\r\n{head}\r\n\r\n{body}\r\n"


def _message(head: str, parts: list[str]) -> bytes:
    kind = 'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="=_vq"\r\n\r\n'
    return (head + kind + "".join(parts) + "--=_vq--\r\n").encode("ascii")


def _order(one: Person, guests: list[Person]) -> bytes:
    body = f"""Bonjour,

Suite à notre échange téléphonique, je vous confirme la commande de six chaises en frêne et d'une
table de 2,40 m. La livraison est à prévoir chez mes parents, {one.address}, avant Noël.
Mon numéro : {one.mobile}. Je joins la liste des personnes à prévenir le jour de la livraison.

Bien à vous,
{one.full}
"""
    rows: list[list[object]] = [["nom", "prenom", "telephone", "courriel"]]
    rows += [[guest.last, guest.first, guest.mobile, guest.mail] for guest in guests]
    head = (
        f"From: =?utf-8?b?{base64.b64encode(one.full.encode()).decode()}?= <{one.mail}>\r\n"
        "To: commandes@vauquelin.example.com\r\nSubject: =?utf-8?q?Commande_sp=C3=A9ciale?=\r\n"
        "Date: Thu, 05 Nov 2026 18:40:02 +0100\r\nMessage-ID: <20261105184002.7@vauquelin.example.com>\r\n"
    )
    text = quopri.encodestring(body.encode()).decode().replace("\n", "\r\n")
    sheet = _wrapped(table(rows, ";", "utf-8"))
    plain = "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable"
    joined = (
        'Content-Type: text/csv; name="a_prevenir.csv"\r\nContent-Transfer-Encoding: base64\r\n'
        'Content-Disposition: attachment; filename="a_prevenir.csv"'
    )
    return _message(head, [_part(plain, text), _part(joined, sheet)])


def _application(one: Person) -> bytes:
    body = f"""Madame, Monsieur,

Je vous adresse ma candidature au poste de menuisier poseur. Titulaire d'un CAP menuisier fabricant
et d'un brevet professionnel, je suis disponible dès janvier.

{one.full}
{one.address}
{one.mobile} / {one.mail}
"""
    resume = docx(
        [
            "CURRICULUM VITAE",
            f"{one.full}, {'née' if one.woman else 'né'} le {one.born:%d/%m/%Y} à {one.birthplace}",
            f"{one.address} - {one.mobile} - {one.mail}",
            "2019-2026 : menuisier poseur, Menuiseries Réunies. 2016-2019 : apprenti menuisier.",
            "Diplômes : CAP menuisier fabricant, brevet professionnel menuisier.",
            "Permis B. Loisirs : tournage sur bois, randonnée.",
        ],
        author=one.full,
    )
    head = (
        f"From: {one.mail}\r\nTo: rh@vauquelin.example.com\r\nSubject: Candidature menuisier poseur\r\n"
        "Date: Tue, 03 Nov 2026 21:05:30 +0100\r\nMessage-ID: <20261103210530.4@vauquelin.example.com>\r\n"
    )
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    plain = "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64"
    joined = (
        f'Content-Type: {word}; name="cv.docx"\r\nContent-Transfer-Encoding: base64\r\n'
        'Content-Disposition: attachment; filename="cv.docx"'
    )
    return _message(head, [_part(plain, _wrapped(body.encode())), _part(joined, _wrapped(resume))])


SUBJECTS = (
    ("Retard de livraison", "Ma commande devait arriver lundi. Pouvez-vous me rappeler au {mobile} ?"),
    ("Changement d'adresse", "Nous avons emménagé au {address}. Merci de mettre à jour ma fiche."),
    ("Pied de table", "Un pied est arrivé fendu. Photo sur demande, joignable au {mobile} après 18 h."),
    ("Visite du showroom", "Je passerai samedi matin avec mon épouse, merci de confirmer à {mail}."),
    ("Remboursement", "Merci de virer le remboursement sur mon compte IBAN {iban}."),
)


def _mailbox(people: list[Person], clerk: Person) -> bytes:
    letters = []
    for day, (one, (subject, text)) in enumerate(zip(people, SUBJECTS, strict=True), 9):
        body = text.format(mobile=one.mobile, address=one.address, mail=one.mail, iban=one.iban)
        letters.append(
            f"From {one.mail} Mon Nov {day:2d} 10:0{day % 10}:00 2026\n"
            f"From: {one.mail}\nTo: contact@vauquelin.example.com\nCc: {clerk.mail}\n"
            f"Subject: {subject}\nDate: Mon, {day:02d} Nov 2026 10:0{day % 10}:00 +0100\n"
            "MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n"
            f"Bonjour,\n\n{body}\n\n{one.full}\n\n"
        )
    return "".join(letters).replace("Subject: Changement d'adresse", "Subject: Changement adresse").encode()

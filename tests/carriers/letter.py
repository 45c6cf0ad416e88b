"""One planted letter: an invented person with eight values, and the same as a record, for every carrier to hold."""

from __future__ import annotations

import csv
import io
import json

VALUES = {
    "name": "Maëlle Kerbrat",
    "birth": "14/03/1978",
    "address": "12 rue des Lilas, 79300 Bressuire",
    "nir": "2 78 03 79 049 211 72",
    "phone": "06 39 98 41 27",
    "email": "maelle.kerbrat@courriel.example.org",
    "iban": "FR76 9999 8000 0100 0123 4567 801",
    "card": "4970 9912 3456 7897",
}
"""Numbers from ranges that nobody is given, with their checksums."""
TYPES = {
    "name": "PERSON",
    "birth": "DATE_OF_BIRTH",
    "address": "POSTAL_ADDRESS",
    "nir": "FR_NIR",
    "phone": "PHONE_NUMBER",
    "email": "EMAIL_ADDRESS",
    "iban": "IBAN",
    "card": "PAYMENT_CARD",
}
HEAD = {
    "name": "nom_complet",
    "birth": "date_naissance",
    "address": "adresse",
    "nir": "num_secu",
    "phone": "telephone",
    "email": "courriel",
    "iban": "iban",
    "card": "carte_bancaire",
}
LINES = (
    "Bressuire, le 3 novembre 2026",
    f"Madame {VALUES['name']}, née le {VALUES['birth']}, a demandé un duplicata de son dossier à notre accueil.",
    f"Adresse : {VALUES['address']}",
    f"Numéro de sécurité sociale : {VALUES['nir']}",
    f"Téléphone : {VALUES['phone']}",
    f"Courriel : {VALUES['email']}",
    f"IBAN : {VALUES['iban']}",
    f"Carte bancaire : {VALUES['card']}",
    "Nous vous prions d'agréer, Madame, l'expression de nos salutations distinguées.",
)
TEXT = "\n".join(LINES) + "\n"
ROW = {HEAD[kind]: value for kind, value in VALUES.items()}


def table(delimiter: str = ";") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerows([list(ROW), list(ROW.values())])
    return out.getvalue()


def lines_of_json() -> str:
    return json.dumps(ROW, ensure_ascii=False) + "\n"

"""Accounting: invoices, suppliers, bank details, the tax administration's ledger export, card refunds."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from packing import table, workbook
from people import (
    TOWNS,
    card,
    customers,
    digits,
    iban_of,
    landline,
    plain,
    rib,
    siren,
    siret,
    spaced,
    staff,
    vat,
)

COMPANY = siren(Random("vauquelin:company"))
SUPPLIERS = (
    "Scierie de l'Autize",
    "Quincaillerie Rambaud Frères",
    "Vernis et Cires du Thouet",
    "Transports Brossard",
    "Textiles Deux Vallées",
    "Cartonnerie du Bocage",
    "Outillage Ménard",
    "Énergie Gâtine Services",
)


LEDGER = """JournalCode JournalLib EcritureNum EcritureDate CompteNum CompteLib CompAuxNum CompAuxLib PieceRef PieceDate
EcritureLib Debit Credit EcritureLet DateLet ValidDate Montantdevise Idevise"""


def files() -> dict[str, bytes]:
    rng = Random("vauquelin:accounting")
    return {
        "compta/factures.csv": _invoices(rng),
        "compta/fournisseurs.xlsx": _suppliers(rng),
        "compta/rib.txt": _bank_details(rng),
        f"compta/{COMPANY}FEC20251231.txt": _ledger(rng),
        "compta/remboursements_cb.csv": _refunds(rng),
    }


def _invoices(rng: Random) -> bytes:
    rows: list[list[object]] = [
        ["numero", "date", "client", "email", "adresse", "montant_ht", "montant_ttc", "reglement"]
    ]
    for rank, one in enumerate(rng.sample(customers(), 120), 1):
        day = date(2026, 1, 8) + timedelta(days=2 * rank)
        net = rng.randint(90, 4200)
        paid = rng.choice(("CB", "virement", "chèque"))
        name = f"F2026-{rank:05d}"
        rows.append([name, day.isoformat(), one.full, one.mail, one.address, f"{net}.00", f"{net * 1.2:.2f}", paid])
    return table(rows, ",", "utf-8", "\n")


def _suppliers(rng: Random) -> bytes:
    rows: list[list[object]] = [
        ["Raison sociale", "SIRET", "TVA intracommunautaire", "IBAN", "Contact", "Courriel", "Téléphone", "Ville"]
    ]
    for name, contact in zip(SUPPLIERS, rng.sample(customers(), len(SUPPLIERS)), strict=True):
        company = siren(rng)
        mail = f"{plain(contact.first)}.{plain(contact.last)}@{plain(name)[:18]}.example.net"
        ids = [siret(rng, company), vat(company), iban_of(rib(rng))]
        rows.append([name, *ids, contact.full, mail, landline(rng), rng.choice(TOWNS)[1]])
    return workbook({"Fournisseurs": rows})


def _bank_details(rng: Random) -> bytes:
    parts = rib(rng)
    bank, branch, account, key = parts
    holder = staff()[3]
    return f"""RELEVÉ D'IDENTITÉ BANCAIRE

Titulaire du compte : {holder.title} {holder.full}
{holder.street}
{holder.postcode} {holder.town}

Code banque   Code guichet   N° de compte   Clé RIB
{bank}         {branch}          {account}    {key}

IBAN : {spaced(iban_of(parts))}
Domiciliation : Banque du Bocage, agence de Bressuire
""".encode()


def _ledger(rng: Random) -> bytes:
    rows: list[list[object]] = [[*LEDGER.split()]]
    for rank, one in enumerate(rng.sample(customers(), 80), 1):
        day = f"{date(2025, 1, 6) + timedelta(days=4 * rank):%Y%m%d}"
        amount = f"{rng.randint(90, 4200)},00"
        aux, piece = [one.number, one.full], [f"F2025-{rank:05d}", day, f"Facture {one.full}"]
        start = ["VE", "Ventes", rank, day]
        rows.append([*start, "411000", "Clients", *aux, *piece, amount, "0,00", "", "", day, "", ""])
        rows.append([*start, "701000", "Ventes de meubles", "", "", *piece, "0,00", amount, "", "", day, "", ""])
    return table(rows, "\t", "cp1252")


def _refunds(rng: Random) -> bytes:
    rows: list[list[object]] = [["commande", "titulaire", "num_cb", "exp", "cvv", "montant"]]
    for one in rng.sample(customers(), 24):
        expiry = f"{rng.randint(1, 12):02d}/{rng.randint(27, 30)}"
        order = f"CM{rng.randint(10000, 99999)}"
        rows.append([order, one.full, card(rng), expiry, digits(rng, 3), f"{rng.randint(20, 900)},00"])
    return table(rows, ";", "utf-8", "\n")

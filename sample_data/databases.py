"""Dumps and data files of the shop: MySQL, PostgreSQL, SQLite, Parquet, JSON, vCard."""

from __future__ import annotations

import io
import json
from datetime import datetime, timedelta
from random import Random

import pyarrow as pa
import pyarrow.parquet as pq
from packing import database
from people import Person, customers

INTERESTS = ("chaises", "cuisine sur mesure", "restauration de meubles", "stages du week-end", "promotions")
BCRYPT = "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
PIECES = ("VQ-TAB-0184", "VQ-CHA-0021", "VQ-BUF-0307", "VQ-LIT-0090")


def files() -> dict[str, bytes]:
    rng = Random("vauquelin:databases")
    everyone = customers()
    return {
        "bdd/boutique.sql": _mysql(rng, everyone),
        "bdd/crm.sql": _postgres(rng, everyone[60:180]),
        "bdd/newsletter.db": _newsletter(rng, everyone[100:220]),
        "bdd/commandes.parquet": _orders(rng, everyone),
        "bdd/export.json": _export(rng, everyone[20:70]),
        "bdd/contacts.vcf": _cards(everyone[200:225]),
    }


def _quoted(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def _mysql(rng: Random, everyone: list[Person]) -> bytes:
    people, orders = [], []
    for rank, one in enumerate(everyone, 1):
        kept = "$2y$10$" + "".join(rng.choice(BCRYPT) for _ in range(53))
        texts = (one.last, one.first, one.mail, one.mobile, one.street, one.postcode, one.town, kept)
        people.append(
            f"({rank},{','.join(map(_quoted, texts))},'2026-0{rng.randint(1, 9)}-1{rng.randint(0, 9)} 09:12:00')"
        )
    for rank in range(1, 401):
        buyer, piece = rng.randint(1, len(everyone)), _quoted(rng.choice(PIECES))
        orders.append(f"({rank},{buyer},{piece},{rng.randint(1, 6)},{rng.randint(40, 2400)}.00)")
    return (MYSQL.format(people=",".join(people), orders=",".join(orders))).encode()


MYSQL = """-- MySQL dump 10.13  Distrib 8.0.43, for Linux (x86_64)
--
-- Host: localhost    Database: boutique_vauquelin
-- ------------------------------------------------------
/*!40101 SET NAMES utf8mb4 */;

DROP TABLE IF EXISTS `clients`;
CREATE TABLE `clients` (
  `id` int NOT NULL AUTO_INCREMENT,
  `nom` varchar(80) DEFAULT NULL,
  `prenom` varchar(80) DEFAULT NULL,
  `email` varchar(190) DEFAULT NULL,
  `telephone` varchar(20) DEFAULT NULL,
  `adresse` varchar(190) DEFAULT NULL,
  `code_postal` char(5) DEFAULT NULL,
  `ville` varchar(80) DEFAULT NULL,
  `mot_de_passe` varchar(255) DEFAULT NULL,
  `derniere_connexion` datetime DEFAULT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

LOCK TABLES `clients` WRITE;
INSERT INTO `clients` VALUES {people};
UNLOCK TABLES;

DROP TABLE IF EXISTS `commandes`;
CREATE TABLE `commandes` (
  `id` int NOT NULL AUTO_INCREMENT,
  `client_id` int NOT NULL,
  `reference` varchar(20) NOT NULL,
  `quantite` int NOT NULL,
  `montant` decimal(10,2) NOT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB;

INSERT INTO `commandes` VALUES {orders};
-- Dump completed on 2026-11-02  4:10:07
"""


def _postgres(rng: Random, people: list[Person]) -> bytes:
    rows = []
    for rank, one in enumerate(people, 1):
        birth = one.born.isoformat() if rng.random() < 0.8 else "\\N"
        rows.append("\t".join((str(rank), one.title, one.last, one.first, birth, one.mail, one.landline, one.town)))
    return (POSTGRES + "\n".join(rows) + "\n\\.\n\n").encode()


POSTGRES = """--
-- PostgreSQL database dump
--
-- Dumped from database version 16.4

SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;

CREATE TABLE public.contacts (
    id integer NOT NULL,
    civilite text,
    nom text,
    prenom text,
    date_naissance date,
    courriel text,
    telephone text,
    ville text
);

COPY public.contacts (id, civilite, nom, prenom, date_naissance, courriel, telephone, ville) FROM stdin;
"""


def _newsletter(rng: Random, people: list[Person]) -> bytes:
    script = (
        "CREATE TABLE abonnes (id INTEGER PRIMARY KEY, email TEXT, prenom TEXT, centre_interet TEXT, inscrit_le TEXT);"
        "CREATE TABLE envois (id INTEGER PRIMARY KEY, objet TEXT, envoyes INTEGER);"
    )
    rows = [
        (rank, one.mail, one.first, rng.choice(INTERESTS), f"2025-{rng.randint(1, 12):02d}-03")
        for rank, one in enumerate(people, 1)
    ]
    sent = [(1, "Les soldes de janvier", 118), (2, "Nouvelle gamme Bocage", 120)]
    return database(
        script, {"INSERT INTO abonnes VALUES (?, ?, ?, ?, ?)": rows, "INSERT INTO envois VALUES (?, ?, ?)": sent}
    )


def _orders(rng: Random, everyone: list[Person]) -> bytes:
    buyers = [rng.choice(everyone) for _ in range(600)]
    start = datetime(2026, 1, 4, 9, 0)
    frame = pa.table(
        {
            "commande": [f"CM{20000 + rank}" for rank in range(600)],
            "passee_le": [start + timedelta(hours=12 * rank) for rank in range(600)],
            "client_nom": [one.last for one in buyers],
            "client_prenom": [one.first for one in buyers],
            "client_email": [one.mail for one in buyers],
            "livraison_tel": [one.mobile for one in buyers],
            "livraison_adresse": [one.address for one in buyers],
            "montant": [float(rng.randint(40, 2400)) for _ in buyers],
        }
    )
    out = io.BytesIO()
    pq.write_table(frame, out, compression="snappy")
    return out.getvalue()


def _export(rng: Random, people: list[Person]) -> bytes:
    rows = [
        {
            "id": one.number,
            "identite": {"nom": one.last, "prenom": one.first, "date_naissance": one.born.isoformat()},
            "contact": {"email": one.mail, "telephone": one.mobile, "adresse": one.address},
            "interets": rng.sample(INTERESTS, 2),
            "commentaire": "Préfère être livré le matin." if rng.random() < 0.3 else None,
        }
        for one in people
    ]
    return json.dumps({"version": 2, "clients": rows}, ensure_ascii=False, indent=1).encode()


def _cards(people: list[Person]) -> bytes:
    cards = [
        f"BEGIN:VCARD\r\nVERSION:3.0\r\nN:{one.last};{one.first};;{one.title};\r\nFN:{one.full}\r\n"
        f"TEL;TYPE=CELL:{one.mobile}\r\nEMAIL:{one.mail}\r\n"
        f"ADR;TYPE=HOME:;;{one.street.replace(',', chr(92) + ',')};{one.town};;{one.postcode};France\r\n"
        f"BDAY:{one.born:%Y-%m-%d}\r\nEND:VCARD\r\n"
        for one in people
    ]
    return "".join(cards).encode()

"""A database as mysqldump writes it: definitions, then rows in statements of about a megabyte."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from scanner.bench.corpora.columns import CRYPT, HEX, Draw, content, date, digits, joined, text
from scanner.bench.corpora.customers import comment
from scanner.bench.corpora.people import People, address
from scanner.bench.corpora.words import ITEMS

START = 1_735_689_600
HEAD = """-- MySQL dump 10.13  Distrib 8.0.39, for Linux (x86_64)
--
-- Host: localhost    Database: boutique
-- ------------------------------------------------------
/*!40101 SET NAMES utf8mb4 */;
/*!40014 SET @OLD_FOREIGN_KEY_CHECKS=@@FOREIGN_KEY_CHECKS, FOREIGN_KEY_CHECKS=0 */;
"""
UNLOCK = b"UNLOCK TABLES;\n"
DEFINITION = """
--
-- Table structure for table `{name}`
--

DROP TABLE IF EXISTS `{name}`;
CREATE TABLE `{name}` (
{columns}
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

--
-- Dumping data for table `{name}`
--

LOCK TABLES `{name}` WRITE;
"""


def clients(seed: int, number: int) -> pa.Array:
    """Rows of the customers."""
    draw = Draw(5_000, seed, 4, number)
    people = People(draw, 1 + number * draw.rows)
    return joined(
        *("(", text(people.ids), ",'", people.title, "','", people.last, "','", people.first, "','", people.email),
        *("','", people.phone, "','", date(people.born, "%Y-%m-%d"), "','", _quoted(people.street), "','"),
        *(people.postcode, "','", people.town, "',", draw.mixed((0.6, joined("'", people.iban, "'")), (0.4, "NULL"))),
        *(",'", _quoted(comment(draw)), "')"),
    )


def commandes(seed: int, number: int) -> pa.Array:
    """Rows of the orders."""
    draw = Draw(10_000, seed, 5, number)
    ids = np.arange(number * draw.rows, (number + 1) * draw.rows, dtype=np.int64)
    return joined(
        *("(", text(ids + 1), ",", text(draw.number(1, 200_000)), ",'", date(draw.number(18_262, 20_500), "%Y-%m-%d")),
        *("','CMD-", digits(draw.number(0, 10**6), 6), "','", draw.pick(ITEMS), "',", text(draw.number(1, 9)), ","),
        *(text(draw.number(5, 900)), ".", digits(draw.number(0, 100), 2), ",'", draw.pick(("payée", "expédiée"))),
        *("','", draw.signs(HEX, 32), "')"),
    )


def journal(seed: int, number: int) -> pa.Array:
    """Rows of the log of connections."""
    draw = Draw(10_000, seed, 6, number)
    people = People(draw, number * draw.rows)
    stamps = START + number * 40_000 + np.cumsum(draw.number(0, 8))
    when = pc.strftime(pa.array(stamps, pa.timestamp("s")), "%Y-%m-%d %H:%M:%S")
    page = joined("/compte/", draw.pick(ITEMS), "?id=", text(draw.number(1, 10**6)))
    return joined(
        *("(", text(people.ids), ",'", when, "','", address(draw), "','", people.login, "','", page, "','"),
        *(draw.signs(HEX, 26), "')"),
    )


def wp_users(seed: int, number: int) -> pa.Array:
    """Rows of WordPress's accounts, with the hashes that it writes."""
    draw = Draw(5_000, seed, 7, number)
    people = People(draw, 1 + number * draw.rows)
    crypt = joined(draw.pick(("$wp$2y$10$", "$2y$10$")), draw.signs(CRYPT, 53))
    older = joined("$P$B", draw.signs(CRYPT, 30))
    return joined(
        *("(", text(people.ids), ",'", people.login, "','", draw.mixed((0.7, crypt), (0.3, older)), "','"),
        *(people.login, "','", people.email, "','','", date(draw.number(18_262, 20_500), "%Y-%m-%d"), " 08:00:00','"),
        *("',0,'", people.first, " ", people.last, "')"),
    )


def _quoted(values: pa.Array) -> pa.Array:
    return pc.replace_substring(values, "'", "\\'")


@dataclass(frozen=True, slots=True)
class Table:
    """One table; ``share`` is its part of the dump, ``columns`` are SQL's own lines."""

    name: str
    share: float
    rows: Callable[[int, int], pa.Array]
    columns: str


TABLES = (
    Table(
        "clients",
        0.4,
        clients,
        """  `id` int NOT NULL AUTO_INCREMENT,
  `civilite` varchar(4) DEFAULT NULL,
  `nom` varchar(60) NOT NULL,
  `prenom` varchar(60) DEFAULT NULL,
  `email` varchar(120) DEFAULT NULL,
  `telephone` varchar(20) DEFAULT NULL,
  `date_naissance` date DEFAULT NULL,
  `adresse` varchar(160) DEFAULT NULL,
  `code_postal` char(5) DEFAULT NULL,
  `ville` varchar(60) DEFAULT NULL,
  `iban` varchar(34) DEFAULT NULL,
  `commentaire` text,
  PRIMARY KEY (`id`)""",
    ),
    Table(
        "commandes",
        0.25,
        commandes,
        """  `id` int NOT NULL AUTO_INCREMENT,
  `client_id` int NOT NULL,
  `date` date NOT NULL,
  `numero` varchar(20) NOT NULL,
  `article` varchar(60) DEFAULT NULL,
  `quantite` int NOT NULL,
  `montant` decimal(8,2) DEFAULT NULL,
  `etat` varchar(12) DEFAULT NULL,
  `jeton` char(32) DEFAULT NULL,
  PRIMARY KEY (`id`)""",
    ),
    Table(
        "journal",
        0.25,
        journal,
        """  `id` int NOT NULL AUTO_INCREMENT,
  `horodatage` datetime NOT NULL,
  `adresse_ip` varchar(45) DEFAULT NULL,
  `identifiant` varchar(60) DEFAULT NULL,
  `page` varchar(255) DEFAULT NULL,
  `session` char(26) DEFAULT NULL,
  PRIMARY KEY (`id`)""",
    ),
    Table(
        "wp_users",
        0.1,
        wp_users,
        """  `ID` bigint unsigned NOT NULL AUTO_INCREMENT,
  `user_login` varchar(60) NOT NULL DEFAULT '',
  `user_pass` varchar(255) NOT NULL DEFAULT '',
  `user_nicename` varchar(50) NOT NULL DEFAULT '',
  `user_email` varchar(100) NOT NULL DEFAULT '',
  `user_url` varchar(100) NOT NULL DEFAULT '',
  `user_registered` datetime NOT NULL,
  `user_activation_key` varchar(255) NOT NULL DEFAULT '',
  `user_status` int NOT NULL DEFAULT '0',
  `display_name` varchar(250) NOT NULL DEFAULT '',
  PRIMARY KEY (`ID`)""",
    ),
)


def statements(seed: int, size: int) -> Iterator[bytes]:
    """The whole dump of about ``size`` bytes, one statement or one definition at a time."""
    yield HEAD.encode()
    for table in TABLES:
        defined = DEFINITION.format(name=table.name, columns=table.columns).encode()
        yield defined
        yield from _inserts(table, seed, int(table.share * (size - len(HEAD))) - len(defined) - len(UNLOCK))
        yield UNLOCK


def _inserts(table: Table, seed: int, size: int) -> Iterator[bytes]:
    for number in count():
        rows = table.rows(seed, number)
        statement = _insert(table.name, rows)
        if len(statement) > size:
            yield _insert(table.name, rows[: max(1, int(len(rows) * 0.98 * size / len(statement)))])
            return
        yield statement
        size -= len(statement)


def _insert(name: str, rows: pa.Array) -> bytes:
    marks = pa.array([","]).take(pa.array(np.zeros(len(rows) - 1, np.int64)))
    ended = joined(rows, pa.concat_arrays([marks, pa.array([";\n"])]))
    return b"INSERT INTO `%s` VALUES %s" % (name.encode(), content(ended))

"""Text formats pushed beyond reason: XML, JSON, YAML, CSV, SQL, encodings, lines without end."""

from __future__ import annotations

import itertools
import random
from pathlib import Path

MIB = 1 << 20
WORDS = ["alpha", "beta", "gamma", "delta", "sigma", "omega", "tango", "bravo"]


def plant(folder: Path) -> None:
    """Write them all."""
    for make in (_xml, _json, _yaml, _csv, _sql, _texts):
        for name, data in make().items():
            (folder / name).write_bytes(data if isinstance(data, bytes) else data.encode())
    with (folder / "creux.bin").open("wb") as file:
        file.truncate(200 * MIB)
    with (folder / "creux.txt").open("wb") as file:
        file.write(b"debut\n")
        file.truncate(200 * MIB)


def _xml() -> dict[str, str]:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    attributes = " ".join(f'a{n}="{n}"' for n in range(20_000))
    return {
        "rires.xml": f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">{laughs}]><x>&l11;</x>',
        "externe.xml": '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>',
        "reseau.xml": '<!DOCTYPE x SYSTEM "http://192.0.2.1/x.dtd"><x>texte</x>',
        "parametre.xml": '<!DOCTYPE x [<!ENTITY % p SYSTEM "file:///dev/zero"> %p;]><x>texte</x>',
        "profond.xml": "<a>" * 100_000 + "x" + "</a>" * 100_000,
        "attributs.xml": f"<x {attributes}/>",
        "balises.xml": "<r>" + "".join(f"<t{n}>v</t{n}>" for n in range(8_000)) + "</r>",
        "page.html": "<html><body>" + "<div>" * 50_000 + "texte" + "</div>" * 50_000,
        "page-ouverte.html": "<html><body><p>" + "<b <i" * 50_000,
        "profond.svg": '<svg xmlns="http://www.w3.org/2000/svg">' + "<g>" * 50_000,
    }


def _json() -> dict[str, str | bytes]:
    keys = ",".join(f'"cle{n}":{n}' for n in range(50_000))
    return {
        "profond.json": "[" * 100_000 + "]" * 100_000,
        "objets.json": '{"a":' * 100_000 + "1" + "}" * 100_000,
        "nombre.json": '{"n": ' + "9" * (5 * MIB) + "}",
        "exposant.json": '{"n": 1e999999999, "m": -1E-999999, "i": [Infinity, NaN]}',
        "chaine.json": '{"s": "' + "x" * (20 * MIB) + '"}',
        "cles.json": "{" + keys + "}",
        "doubles.json": '{"a": 1, "a": {"a": 2}, "": 3, "\\ud800": "\\udfff seul", "\\u0000": "nul \\u0000"}',
        "substituts.jsonl": '{"nom\\ud83d": "x\\ud800y"}\n{"nom": "\\udc00"}\n' * 50,
        "ouvert.json": '{"a": [1, 2, {"b": "pas fini',
        "virgules.json": "[" + "," * 200_000 + "]",
        "lignes.jsonl": '{"a": 1}\n{casse\n[]\n"x"\n' * 2000,
        "types.json": '[1, "1", null, true, {"x": []}, [[[]]], 1.0e5, ""]' * 3,
    }


def _yaml() -> dict[str, str]:
    names = "abcdefghi"
    bomb = "a: &a [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n"
    for before, name in itertools.pairwise(names):
        bomb += f"{name}: &{name} [{', '.join(f'*{before}' for _ in range(9))}]\n"
    tags = '!!python/object/apply:os.system ["touch /nulle-part"]\n'
    return {
        "alias.yaml": bomb,
        "etiquettes.yaml": f"a: {tags}b: !!binary |\n  AAAA\nc: !inconnu x\n",
        "boucle.yaml": "a: &a\n  b: *a\n",
        "profond.yaml": "[" * 50_000 + "]" * 50_000,
        "retraits.yaml": "".join(" " * n + "a:\n" for n in range(2000)),
        "documents.yaml": "--- a\n" * 20_000,
    }


def _csv() -> dict[str, str | bytes]:
    quotes = 'a;b;c\n1;2;3\n4;"pas ferme;6\n' + "7;8;9\n" * 20_000
    return {
        "large.csv": ";".join(["x"] * 1_000_000) + "\n",
        "large-entete.csv": ";".join(f"c{n}" for n in range(20_000)) + "\n" + ";".join(["v"] * 20_000) + "\n",
        "inegal.csv": "\n".join(";".join(["v"] * (n % 300 + 1)) for n in range(3000)),
        "escalier.csv": "a;b\n1;2\n" + ";".join(["v"] * 100_000) + "\n" + "1;2\n" * 30_000,
        "guillemets.csv": quotes,
        "tout-guillemets.csv": '"' * 300_000,
        "guillemet-long.csv": 'a;b\n1;"' + "x\n" * 1_000_000,
        "nuls.csv": b"a;b\n" + b"\0;\0\n" * 5000,
        "formules.csv": '=HYPERLINK("http://192.0.2.1");+1;@x;-2\n' + "=1+1;+1;@SUM(A1);-2\n" * 20,
        "retours.csv": "a;b\r1;2\r" * 5000,
        "vides.csv": "\n" * 300_000,
    }


def _sql() -> dict[str, str]:
    values = ",".join(f"({n},'{WORDS[n % 8]}',NULL)" for n in range(500_000))
    return {
        "geant.sql": f"CREATE TABLE t (a INT, b TEXT, c TEXT);\nINSERT INTO `t` VALUES {values};\n",
        "longue-chaine.sql": "INSERT INTO t VALUES (1,'" + "y" * (5 * MIB) + "');\n",
        "coupe.sql": "CREATE TABLE t (a INT, b TEXT);\nINSERT INTO t VALUES (1,'a'),(2,'pas fi",
        "commentaire.sql": "/* jamais ferme\n" + "INSERT INTO t VALUES (1);\n" * 2000,
        "parentheses.sql": "INSERT INTO t VALUES " + "(" * 200_000,
        "tables.sql": "".join(f"INSERT INTO t{n} VALUES (1,'x');\n" for n in range(1000)),
        "dollars.sql": "COPY t (a, b) FROM stdin;\n1\t2\n" + "\\N\t" * 100_000,
        "echappe.sql": "INSERT INTO t VALUES ('" + "\\'" * 300_000,
    }


def _texts() -> dict[str, str | bytes]:
    words = " ".join(random.Random(7).choices(WORDS, k=1_000_000))
    return {
        "sans-espace.txt": "abcdefghij" * (3 * MIB),
        "chiffres.txt": "".join(random.Random(3).choices("0123456789", k=5 * MIB)),
        "un-chiffre.txt": "1" * (5 * MIB),
        "sans-ligne.log": words,
        "espaces.txt": " " * (10 * MIB),
        "arobases.txt": "a@" * (MIB),
        "points.txt": "a.b-" * (MIB),
        "majuscules.txt": "Abcde " * (MIB),
        "utf16-impair.txt": "texte simple\n".encode("utf-16") * 30 + b"x",
        "utf8-coupe.txt": ("é" * 70_000).encode()[:-1],
        "utf8-faux.txt": b"caf\xe9 \xff\xfe \xc0\x80 \xed\xa0\x80 texte\n" * 2000,
        "utf7.txt": b"+AGE-+AGI-" * 5000,
        "utf32.txt": "texte simple\n".encode("utf-32") * 50,
        "marques.txt": "\u202e\u200b\ufeff" * 20_000,
        "controles.txt": bytes(range(1, 32)) * 5000,
        "combinants.txt": "e" + "\u0301" * 300_000,
    }

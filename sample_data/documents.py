"""Files without personal data that resemble it, and one made-up test set that the declaration excludes."""

from __future__ import annotations

import hashlib
from random import Random

from packing import table
from people import customers, digits

NAMES = ("chaise Bocage", "table Gâtine", "buffet Thouet", "lit Autize", "tabouret Sèvre", "étagère Mellois")


def files() -> dict[str, bytes]:
    rng = Random("vauquelin:documents")
    return {
        "divers/versions.txt": VERSIONS.encode(),
        "divers/catalogue_produits.csv": _catalogue(rng),
        "divers/readme.md": README.encode(),
        "divers/empreintes.sha256": _digests(),
        "divers/article_presse_sante.txt": ARTICLE.encode(),
        "divers/lorem.txt": LOREM.encode(),
        "divers/test/jeu_essai.csv": _test_set(),
    }


def ean13(rng: Random) -> str:
    """An article number: prefix 2 is kept for use inside a shop."""
    body = "2" + digits(rng, 11)
    total = sum(int(sign) * (1 + 2 * (rank % 2)) for rank, sign in enumerate(body))
    return body + str(-total % 10)


def _catalogue(rng: Random) -> bytes:
    rows: list[list[object]] = [["sku", "nom", "ean", "origine", "essence", "prix_ttc", "stock"]]
    for rank in range(1, 91):
        wood = rng.choice(("chêne", "frêne", "hêtre", "merisier"))
        price, stock = f"{rng.randint(35, 1900)}.00", rng.randint(0, 80)
        rows.append([f"VQ-{rank:04d}-{wood[:2].upper()}", rng.choice(NAMES), ean13(rng), "France", wood, price, stock])
    return table(rows, ",", "utf-8", "\n")


def _digests() -> bytes:
    names = ("boutique-3.12.0.tar.gz", "theme-vauquelin-1.4.2.zip", "polices.tar.xz", "catalogue-2027.indd")
    return "".join(f"{hashlib.sha256(name.encode()).hexdigest()}  {name}\n" for name in names).encode()


def _test_set() -> bytes:
    rows: list[list[object]] = [["nom", "prenom", "email", "telephone"]]
    rows += [[one.last, one.first, one.mail, one.mobile] for one in customers("essai", 12)]
    return table(rows, ";", "utf-8", "\n")


VERSIONS = """Composants installés sur la boutique
noyau 6.8.0.49
php 8.3.6
theme-vauquelin 1.4.2
module-paiement 4.11.0.2
module-stock 10.2.7.1
bibliotheque-pdf 3.0.12
identifiant de construction 1763971200000
objet 1.3.6.1.4.1.311.21.8
"""
README = """# Thème de la boutique

Le traitement des images se fait à la construction. Pour lancer :

    make theme VERSION=1.4.2

- `src/parent/enfant.css` : feuille de style du thème enfant
- `src/classe.php` : classe de base des modules
- `cle.pub` : empreinte de la clé de signature, voir `empreintes.sha256`

Le port par défaut est 8080 ; les versions suivent le schéma majeur.mineur.correctif.
"""
ARTICLE = """Le diabète, une maladie chronique de mieux en mieux suivie

Le diabète de type 2 progresse dans la plupart des pays européens. Selon les spécialistes, le
diagnostic est souvent tardif : les premiers symptômes passent inaperçus. Les traitements ont
beaucoup changé en vingt ans, avec des stylos injecteurs et des capteurs de glycémie en continu.

L'alimentation et l'activité physique restent les premiers conseils donnés aux patients. Les
complications, cardiaques ou rénales, reculent lorsque l'équilibre est trouvé tôt. Plusieurs
campagnes de dépistage seront proposées en pharmacie cet automne.
"""
LOREM = (
    "Lorem ipsum dolor sit amet, consectetur adipiscing elit. Integer posuere, nibh nec feugiat "
    "volutpat, sapien lorem dictum nulla, vel tincidunt massa arcu eu est. Nulla facilisi. Praesent "
    "ut sem in orci viverra ultrices.\n"
) * 6

"""Two hundred invented files in the encodings of old and new machines: ``python -m tests.carriers.encodings``."""

from __future__ import annotations

import io
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from scanner.formats.blocks import decoded
from scanner.sniff import HEAD, sniff

PAGES = (
    "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "cp1252", "cp1252", "latin-1",
    "iso8859-15", "cp850", "cp850", "mac-roman", "cp1250", "cp1251", "koi8-r", "shift_jis", "euc-kr", "gb18030",
)  # fmt: skip
SENTENCES = (
    "Madame Élodie Lefèvre a été reçue à l'accueil le {} décembre.", "Le dossier n° {} n'est pas complet : il manque la pièce d'identité.",
    "Prévoir un rendez-vous à Besançon, à 14 h {}.", "Reçu la somme de {} F, à valoir sur le loyer du garage.",
    "Où en sont les élèves de la classe de première ?", "Le maïs, la cigüe et l'ambiguïté de Noël coûtent {} francs.",
    "Ça n'a pas marché : réessayez plus tôt, s'il vous plaît.", "Æthelred et son frère, œuvre complète, tome {}.",
    "Monsieur Müller habite Straßburg, 12 rue de l'Hôpital.", "La forêt brûle près de Châteauneuf-du-Rhône.",
)  # fmt: skip
WITH_SIGNS = (
    "Le montant s'élève à {} € toutes taxes comprises.", "« Bien reçu », dit-elle — puis l’agent raccrocha…", "Prix : {} € • franco de port",
)  # fmt: skip
ABROAD = {
    "cp1250": ("Zażółć gęślą jaźń, proszę pana numer {}.", "Wrocław i Łódź są pięknymi miastami."),
    "cp1251": ("Иван Петров живёт в Москве, дом {}.", "Телефон и адрес указаны в договоре."),
    "koi8-r": ("Иван Петров живёт в Москве, дом {}.", "Телефон и адрес указаны в договоре."),
    "shift_jis": ("山田太郎さんは東京都に住んでいます。番号は{}です。", "ありがとうございます。"),
    "euc-kr": ("김철수 씨는 서울에 살고 있습니다. 번호 {}.", "주소와 전화번호를 알려 주세요."),
    "gb18030": ("张伟住在北京市朝阳区，电话号码是{}。", "请提供您的姓名和地址。"),
}


@dataclass(frozen=True, slots=True)
class Sample:
    """One file: ``text`` is what a person typed."""

    name: str
    page: str
    text: str
    data: bytes


def samples(count: int = 200, seed: int = 6) -> Iterator[Sample]:
    chance = Random(seed)
    for number in range(count):
        page = PAGES[number % len(PAGES)]
        known = list(ABROAD.get(page, SENTENCES))
        if page in ("cp1252", "mac-roman", "utf-8", "utf-16", "utf-16-le"):
            known += WITH_SIGNS
        lines = [chance.choice(known).format(chance.randint(1, 31)) for _ in range(chance.choice((2, 4, 12, 60, 900)))]
        yield _sample(number, page, lines, chance)


def _sample(number: int, page: str, lines: list[str], chance: Random) -> Sample:
    ends = {"mac-roman": "\r", "cp1252": "\r\n", "cp850": "\r\n"}.get(page, "\n")
    form = chance.choice(("txt", "txt", "csv", "html", "lies"))
    text = ends.join(lines) + ends
    if form == "csv":
        text = ends.join(f"{rank};{line.replace(';', ',')};{rank * 7}" for rank, line in enumerate(lines)) + ends
    elif form in ("html", "lies"):
        told = {"utf-8-sig": "utf-8", "mac-roman": "macintosh", "iso8859-15": "iso-8859-15"}.get(page, page)
        told = told if form == "html" else "utf-8"
        body = ends.join(f"<p>{line}</p>" for line in lines)
        text = f'<html><head><meta charset="{told}"></head>{ends}<body>{body}</body></html>{ends}'
    suffix = "html" if form == "lies" else form
    data = text.encode(page, "replace")
    return Sample(f"{number}.{suffix}", page, data.decode(page), data)


def read(sample: Sample) -> str:
    """As a scan decodes it."""
    found = sniff(sample.data[:HEAD], sample.name)
    return "".join(decoded(io.BytesIO(sample.data), found.encoding)) if found.encoding else ""


def right(sample: Sample) -> bool:
    return read(sample).removeprefix("\ufeff") == sample.text


def main() -> int:
    wrong: Counter[str] = Counter()
    total = 0
    for sample in samples():
        total += 1
        if not right(sample):
            wrong[sample.page] += 1
            got = sniff(sample.data[:HEAD], sample.name).encoding
            print(f"{sample.name}  {sample.page} taken for {got or 'no text'}, {len(sample.text)} characters")
    print(f"{total - wrong.total()} of {total} right")
    return 0 if wrong.total() <= 0.02 * total else 1


if __name__ == "__main__":
    sys.exit(main())

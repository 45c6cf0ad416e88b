from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from scanner.model import Kind
from scanner.policy.rulebook import policies, rulebook
from scanner.taxonomy import RulesError, rule_file, taxonomy

_VOCABULARY = """
PERSON LOCATION EMAIL_ADDRESS PHONE_NUMBER POSTAL_ADDRESS POSTCODE DATE_OF_BIRTH PLACE_OF_BIRTH SEX TITLE NATIONALITY
USERNAME MARITAL_STATUS CHILDREN_COUNT JOB_TITLE EMPLOYER EMPLOYEE_ID SALARY FR_NIR FR_NIA FR_INS FR_VITALE FR_SPI
FR_PASSPORT FR_CNI FR_DRIVING_LICENCE FR_RESIDENCE_PERMIT FR_PLATE FR_INE FR_RPPS FR_ADELI FR_FINESS FR_UAI FR_SIREN
FR_SIRET FR_VAT FR_RIB FR_CADASTRE IBAN BIC PAYMENT_CARD CARD_CVV CARD_TRACK MRZ BE_NN DE_IDNR ES_DNI ES_NIE IT_CF
UK_NINO UK_NHS CH_AVS NL_BSN PT_NIF PL_PESEL EHIC BE_EID LU_MATRICULE CH_UID
AT_SVNR IE_PPS SE_PNR DK_CPR FI_HETU RO_CNP CZ_RC BG_EGN GR_AMKA US_SSN NATIONAL_ID ACCOUNT_BALANCE CREDIT_SCORE
IP_ADDRESS MAC_ADDRESS IMEI USER_AGENT SESSION_ID COOKIE_ID
ACCESS_LOG AUTH_LOG GPS_COORD INTEREST SECRET_PRIVATE_KEY SECRET_CLOUD SECRET_DSN PASSWORD_CLEAR PASSWORD_HASH
HEALTH_DATA ETHNIC_ORIGIN POLITICAL_OPINION RELIGIOUS_BELIEF UNION_MEMBERSHIP GENETIC_DATA BIOMETRIC_DATA
SEXUAL_ORIENTATION CRIMINAL_RECORD MINOR
""".split()  # noqa: SIM905


def test_every_type_of_the_vocabulary_has_its_place() -> None:
    axes = taxonomy()
    assert [name for name in _VOCABULARY if name not in axes.types] == []
    assert all(axes.types[name].searched for name in _VOCABULARY)
    for name in _VOCABULARY:
        assert axes.label(name, "fr") != name
        assert axes.label(name, "en") != name


def test_the_two_axes_of_some_types() -> None:
    axes = taxonomy()
    assert (axes.category_of("FR_NIR"), axes.regimes_of("FR_NIR")) == ("C1", ("R2",))
    assert axes.regimes_of("FR_INS") == ("R1-g", "R2")
    assert axes.regimes_of("CARD_CVV") == ("R5", "R9")
    assert (axes.category_of("GPS_COORD"), axes.regimes_of("GPS_COORD")) == ("C0", ("R6",))
    assert axes.sensitive(("R1-d",))
    assert not axes.sensitive(("R2", "R3", "R8"))
    assert {"PERSON", "EMAIL_ADDRESS", "PHONE_NUMBER", "FR_NIR"} <= axes.person_keys
    assert "FR_RPPS" not in axes.person_keys


def test_aliases_and_unknown_types() -> None:
    axes = taxonomy()
    for alias, name in (("PERSON_NAME", "PERSON"), ("phone_fr", "PHONE_NUMBER"), ("IPV6", "IP_ADDRESS")):
        assert axes.canonical(alias) == name
        assert axes.category_of(alias) == axes.category_of(name)
    assert axes.canonical("BADGE_NUMBER") is None
    assert (axes.category_of("BADGE_NUMBER"), axes.regimes_of("BADGE_NUMBER")) == ("C0", ())
    assert axes.label("BADGE_NUMBER", "fr") == "BADGE_NUMBER"
    assert axes.label("R1-g,R2", "en") == "Data concerning health, French social security number"


def test_the_categories_are_the_lines_of_the_policy() -> None:
    lines = rulebook().policy.anchors["POL-05"].lines
    labels = {code: one.label_fr for code, one in taxonomy().categories.items() if code != "C0"}
    assert {code: label.replace("É", "E") for code, label in labels.items()} == lines
    assert labels["C1"].startswith("État civil")


def test_every_kind_of_unread_has_words() -> None:
    for kind in Kind:
        assert rulebook().unread(kind.value, "fr") not in ("", kind.value)
    assert rulebook().unread("", "fr") == "non précisé"


def test_digests_are_those_of_the_files() -> None:
    raw = rule_file("categories.yaml") + b"\0" + rule_file("regimes.yaml")
    assert taxonomy().digest == hashlib.sha256(raw).hexdigest()
    assert len(rulebook().digest) == 64


def _normal(text: str) -> str:
    """Spaces, case, quotes, apostrophes and emphasis do not make another sentence."""
    text = text.replace("**", "").replace("’", "'").replace("«", '"').replace("»", '"').replace("“", '"')
    return re.sub(r'\s*"\s*', '"', re.sub(r"\s+", " ", text)).casefold()


def test_every_quote_is_in_the_policy() -> None:
    corpora = Path(os.environ.get("RECENSE_CORPORA", Path(__file__).parents[3] / "shared" / "corpora"))
    text = corpora.parent / "reference" / "politique-vms.txt"
    if not text.exists():
        pytest.skip("the policy's text is not here")
    raw = text.read_bytes()
    policy = rulebook().policy
    assert hashlib.sha256(raw).hexdigest() == policy.sha256
    whole = _normal(raw.decode("utf-8"))
    assert list(policy.anchors) == [f"POL-{number:02}" for number in range(1, 16)]
    for name, anchor in policy.anchors.items():
        for quote in (anchor.quote, anchor.section, *anchor.lines.values()):
            assert _normal(quote) in whole, name


def test_the_shipped_policies_keep_the_digest_of_what_they_quote() -> None:
    assert policies() == ("european-generic", "vms-2020-09-24")
    generic = rulebook("european-generic").policy
    quotes = "\n".join(anchor.quote for anchor in generic.anchors.values())
    assert generic.sha256 == hashlib.sha256(quotes.encode()).hexdigest()


def test_nothing_of_a_provider_in_the_code() -> None:
    root = Path(__file__).parents[2]
    files = [*root.glob("scanner/**/*.py"), *root.glob("rules/*.yaml"), *root.glob("scanner/**/*.html")]
    assert [str(path) for path in files if re.search("vms", path.read_text("utf-8"), re.IGNORECASE)] == []


def test_a_policy_that_nobody_ships() -> None:
    with pytest.raises(RulesError, match="politique inconnue « european » ; la plus proche : « european-generic »"):
        rulebook("european")


def test_another_provider_brings_another_file(tmp_path: Path) -> None:
    shipped = yaml.safe_load(rule_file("policies/vms-2020-09-24/policy.yaml"))
    shipped |= {"provider": "Hébergeur Exemple", "version": "2026-01-01", "schemas": {}}
    path = tmp_path / "policy.yaml"
    path.write_text(yaml.safe_dump(shipped, allow_unicode=True), encoding="utf-8")
    assert rulebook(str(tmp_path)).policy.provider == "Hébergeur Exemple"


@pytest.mark.parametrize(
    ("spoil", "expected"),
    [
        (lambda policy: policy["anchors"].pop("POL-08"), "ancre « POL-08 » absente"),
        (lambda policy: policy.update(provder="x"), "clé inconnue « provder » ; la plus proche : « provider »"),
    ],
)
def test_a_policy_that_does_not_fit_the_table(
    tmp_path: Path, spoil: Callable[[dict[str, object]], object], expected: str
) -> None:
    shipped = yaml.safe_load(rule_file("policies/vms-2020-09-24/policy.yaml"))
    spoil(shipped)
    path = tmp_path / "policy.yaml"
    path.write_text(yaml.safe_dump(shipped, allow_unicode=True), encoding="utf-8")
    with pytest.raises(RulesError) as caught:
        rulebook(str(tmp_path))
    assert any(expected in line for line in caught.value.problems)


@pytest.mark.parametrize("policy", ["vms-2020-09-24", "european-generic"])
def test_every_row_that_asks_something_says_who_does_what_next(policy: str) -> None:
    book = rulebook(policy)
    asking = [rule for rule in (*book.order, *book.also) if rule.outcomes != ("ACCEPTER",)]
    told = book.steps({rule.next for rule in asking})
    assert {rule.next for rule in asking} == set(told)
    assert all(book.steps([book.unread_next(kind.value)]) for kind in Kind if book.unread_next(kind.value))
    assert book.unread_next("ocr_off") == "unread_pictures"
    for steps in told.values():
        assert steps
        for step in steps:
            assert step["who"]["fr"] != step["who"]["en"] or policy.startswith("vms")
            assert step["who"]["fr"][0].isupper()
            assert all(step["does"][lang][0].islower() for lang in ("fr", "en"))
    assert all(any("DPO" in step["does"]["fr"] for step in told[rule.next]) for rule in asking if rule.id == "8")


def test_a_row_that_leads_nowhere_is_a_mistake(tmp_path: Path) -> None:
    table = yaml.safe_load(rule_file("decisions.yaml"))
    next(rule for rule in table["order"] if rule["id"] == "8")["next"] = "refuze"
    (tmp_path / "decisions.yaml").write_text(yaml.safe_dump(table, allow_unicode=True), encoding="utf-8")
    policy = yaml.safe_load(rule_file("policies/vms-2020-09-24/policy.yaml"))
    del policy["actors"]["officer"]
    (tmp_path / "policy.yaml").write_text(yaml.safe_dump(policy, allow_unicode=True), encoding="utf-8")
    with pytest.raises(RulesError) as caught:
        rulebook(str(tmp_path))
    said = "\n".join(caught.value.problems)
    assert "règle 8 : suite inconnue « refuze » ; la plus proche : « refuse »" in said
    assert "steps.refuse : personne inconnue « officer »" in said


def test_no_name_of_a_provider_in_the_table() -> None:
    assert b"VMS" not in rule_file("decisions.yaml")


def test_what_makes_data_safe_comes_before_what_settles_whose_they_are() -> None:
    book = rulebook()
    for rule in (*book.order, *book.also):
        told = [step["now"] for step in book.steps([rule.next])[rule.next]] if rule.next else []
        assert told == sorted(told, reverse=True), rule.next
        if "SECURISER" in rule.outcomes:
            assert told[0], f"rule {rule.id}: {rule.next}"


def test_the_client_is_told_before_it_acts_or_instructs() -> None:
    book = rulebook()
    for name, told in book.steps({rule.next for rule in (*book.order, *book.also)}).items():
        assert told[0]["who"]["fr"] != book.policy.actors["client"]["fr"], name
        said = [step["does"]["fr"] for step in told]
        instructed = [at for at, words in enumerate(said) if "sur instruction du client" in words]
        if instructed:
            assert "alerte le client et lui demande son instruction" in said[: instructed[0]], name


@pytest.mark.parametrize("name", ["refuse", "refused", "sensitive_unasked"])
def test_sensitive_data_are_looked_at_by_a_person_before_the_client_is_told(name: str) -> None:
    """As the rules have it: human review, then information of the client."""
    book = rulebook()
    assert book.steps([name])[name][0]["who"]["fr"] == book.policy.actors["officer"]["fr"]


def test_a_refusal_ends_with_the_decision_of_a_named_person() -> None:
    book = rulebook()
    refusing = [rule for rule in (*book.order, *book.also) if "REFUSER_PROPOSE" in rule.outcomes]
    assert {"7", "8", "10"} <= {rule.id for rule in refusing}
    for rule in refusing:
        told = book.steps([rule.next])[rule.next]
        assert [step["last"] for step in told] == [False] * (len(told) - 1) + [True], rule.next
        assert told[-1]["who"] == book.policy.actors["officer"]
        assert any("observations" in step["does"]["fr"] for step in told[:-1]), rule.next


def test_a_hint_is_looked_at_before_the_client_is_asked() -> None:
    book = rulebook()
    assert not book.asks(["hint"])
    assert book.asks(["list"])
    assert book.asks(["hint", "unread"])


def test_delays_are_the_policy_s_to_set(tmp_path: Path) -> None:
    assert all(rulebook(name).delay("urgent") is None for name in policies())
    shipped = yaml.safe_load(rule_file("policies/vms-2020-09-24/policy.yaml"))
    shipped["delays"] = {"urgent": {"length": 2, "unit": "jours"}}
    (tmp_path / "policy.yaml").write_text(yaml.safe_dump(shipped, allow_unicode=True), encoding="utf-8")
    delay = rulebook(str(tmp_path)).delay("urgent")
    assert delay is not None
    assert (delay.length, delay.unit) == (2, "jours")
    shipped["delays"] = {"soon": {"length": 2, "unit": "jours"}}
    other = tmp_path / "other"
    other.mkdir()
    (other / "policy.yaml").write_text(yaml.safe_dump(shipped, allow_unicode=True), encoding="utf-8")
    with pytest.raises(RulesError):
        rulebook(str(other))

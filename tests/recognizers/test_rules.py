"""Every example of every rule, through the path that a scan takes."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from recognizers import table
from recognizers.pattern import level_of
from recognizers.rule import Rule, RuleErrors, Subject, load_rules
from recognizers.schema import Match, Reject
from scanner.model import Level

RULES = {rule.name: rule for rule in load_rules()}
TYPES = """
EMAIL_ADDRESS PHONE_NUMBER POSTAL_ADDRESS POSTCODE DATE_OF_BIRTH SALARY FR_NIR FR_NIA FR_INS FR_VITALE FR_SPI
FR_PASSPORT FR_CNI FR_DRIVING_LICENCE FR_RESIDENCE_PERMIT FR_PLATE FR_INE FR_RPPS FR_ADELI FR_FINESS FR_UAI
FR_SIREN FR_SIRET FR_VAT FR_RNA FR_RIB FR_CADASTRE FR_TAX_NOTICE_REF FR_CAF FR_JOBSEEKER FR_VOTER EMPLOYEE_ID VIN
SEPA_MANDATE IBAN BIC PAYMENT_CARD CARD_CVV CARD_TRACK MRZ BE_NN DE_IDNR ES_DNI ES_NIE IT_CF UK_NINO UK_NHS CH_AVS
NL_BSN PT_NIF PL_PESEL EHIC BE_EID LU_MATRICULE CH_UID AT_SVNR IE_PPS SE_PNR DK_CPR FI_HETU RO_CNP CZ_RC BG_EGN
GR_AMKA US_SSN ACCOUNT_BALANCE CREDIT_SCORE IP_ADDRESS MAC_ADDRESS IMEI USER_AGENT SESSION_ID COOKIE_ID ACCESS_LOG
AUTH_LOG GPS_COORD SECRET_PRIVATE_KEY SECRET_CLOUD SECRET_DSN PASSWORD_CLEAR PASSWORD_HASH AGE CELL_ID
CHILDREN_COUNT CONTRACT_TYPE DEVICE_ID DIPLOMA EMPLOYER FAMILY_LINK HOUSING INTEREST JOB_TITLE LOCATION
MARITAL_STATUS NATIONALITY PLACE_OF_BIRTH SEX TITLE TRACKER TRIP USERNAME UUID_USER WORK_SCHEDULE
"""
SHAPED = TYPES.split()
MATCHES = [
    pytest.param(rule, example, id=f"{rule.name}-{at}")
    for rule in RULES.values()
    for at, example in enumerate(rule.file.matches)
]
REJECTS = [
    pytest.param(rule, example, id=f"{rule.name}-{at}")
    for rule in RULES.values()
    for at, example in enumerate(rule.file.rejects)
]


@pytest.mark.parametrize(("rule", "example"), MATCHES)
def test_match(rule: Rule, example: Match) -> None:
    for subject in (example.text, Subject(example.text)):
        spans = rule.find(subject, in_context=example.column)
        assert [example.text[span.start : span.end] for span in spans] == list(example.finds)
        assert {span.level.name for span in spans} == {example.level}
        assert {span.recognizer for span in spans} == {rule.name}


@pytest.mark.parametrize(("rule", "example"), REJECTS)
def test_reject(rule: Rule, example: Reject) -> None:
    assert example.why
    assert not rule.find(Subject(example.text), in_context=example.column), example.why


@pytest.mark.parametrize(("rule", "example"), MATCHES)
def test_offsets_are_characters(rule: Rule, example: Match) -> None:
    text = f"« é𝄞 » \n{example.text}"
    found = [text[span.start : span.end] for span in rule.find(Subject(text), in_context=example.column)]
    assert found == list(example.finds)


def test_every_shaped_type_has_a_rule() -> None:
    assert sorted(SHAPED) == sorted({rule.entity_type for rule in RULES.values()})


def test_rules_are_sorted_and_examples_are_enough() -> None:
    assert list(RULES) == sorted(RULES)
    assert all(len(rule.file.matches) >= 5 and len(rule.file.rejects) >= 5 for rule in RULES.values())


def test_every_pattern_is_used_by_an_example() -> None:
    silent = [
        f"{rule.name}.{pattern.name}"
        for rule in RULES.values()
        if rule.name != "secret_cloud"  # see test_cloud_keys
        for pattern in rule.patterns
        if not any(any(pattern.candidates(Subject(example.text))) for example in rule.file.matches)
    ]
    assert not silent


def test_levels() -> None:
    assert level_of(0.01, True) is Level.CERTAIN
    assert level_of(0.01, False) is Level.PROBABLE
    assert level_of(0.1, True) is Level.PROBABLE
    assert level_of(0.1, False) is Level.POSSIBLE
    assert level_of(0.9, True) is Level.POSSIBLE


@pytest.mark.parametrize("name", ["fr_siren", "payment_card", "imei", "fr_rpps", "fr_finess", "fr_adeli"])
def test_luhn_alone_is_never_certain(name: str) -> None:
    assert all(level_of(pattern.rate, True) < Level.CERTAIN for pattern in RULES[name].patterns)


def test_a_number_that_passes_several_checks_gives_a_span_for_each() -> None:
    subject = Subject("123456782")
    found = {span.entity_type for rule in RULES.values() for span in rule.find(subject)}
    assert {"FR_SIREN", "NL_BSN"} <= found


def test_rules_travel_between_processes() -> None:
    rule = pickle.loads(pickle.dumps(RULES["fr_nir"]))
    example = rule.file.matches[0]
    assert [example.text[span.start : span.end] for span in rule.find(example.text)] == list(example.finds)


def test_screened_and_unscreened_agree() -> None:
    texts = [example.text for rule in RULES.values() for example in (*rule.file.matches, *rule.file.rejects)]
    whole = Subject("\n".join(texts))
    for rule in RULES.values():
        assert rule.find(whole) == rule.find(whole.text)


def test_all_mistakes_are_reported_together(tmp_path: Path) -> None:
    (tmp_path / "one.yaml").write_text("name: two\nentity_type: X\npaterns: []\n", "utf-8")
    (tmp_path / "three.yaml").write_text(
        """
name: three
entity_type: FR_NIR
why: w
source: s
languages: [fr]
validator: siern
patterns: [{name: p, regex: '(?=a)', random_pass_rate: 0.1}]
matches: []
rejects: []
""",
        "utf-8",
    )
    with pytest.raises(RuleErrors) as caught:
        load_rules([tmp_path])
    text = "\n".join(caught.value.mistakes)
    assert "one.yaml: paterns" in text
    assert "did you mean 'patterns'" in text
    assert "three.yaml: validator" in text
    assert "did you mean 'siren'" in text
    assert "not an RE2 expression" in text
    assert "three.yaml: matches" in text


def test_the_table_of_the_readme_is_fresh() -> None:
    text = table.README.read_text("utf-8")
    assert table.rewritten(text) == text, "run python -m recognizers.table"

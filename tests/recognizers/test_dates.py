"""Days of birth in all notations: what the calendar has passes, and nothing else."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recognizers.rule import load_rules
from recognizers.validators.dates import birth_date

MONTHS = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()  # noqa: SIM905
ENGLISH = "January February March April May June July August September October November December".split()  # noqa: SIM905
RULE = next(rule for rule in load_rules() if rule.name == "date_of_birth")


def notations(day: date) -> list[str]:
    return [
        f"{day:%d/%m/%Y}",
        f"{day:%d.%m.%y}",
        f"{day:%Y-%m-%d}",
        f"{day.day} {MONTHS[day.month - 1]} {day.year}",
        f"{ENGLISH[day.month - 1]} {day.day}, {day.year}",
        f"{day.day:02}{ENGLISH[day.month - 1][:3].upper()}{day.year}",
        f"{day:%d %m %Y}",
    ]


@given(st.dates(date(1931, 1, 1), date(2029, 12, 31)))
def test_every_day_passes_in_every_notation(day: date) -> None:
    assert all(map(birth_date, notations(day)))


@given(st.dates(date(1931, 1, 1), date(2029, 12, 31)), st.sampled_from(["née le ", "DOB: ", "date de naissance : "]))
def test_every_notation_is_found_after_its_words(day: date, words: str) -> None:
    for written in notations(day):
        text = f"{words}{written}, à Nantes"
        assert [text[span.start : span.end] for span in RULE.find(text)] == [written]


@pytest.mark.parametrize(
    "value", ["30FEB1984", "12XYZ1984", "31 04 1990", "12MAR184", "MAR1984", "0MAR1984", "1984MAR12x"]
)
def test_no_such_day(value: str) -> None:
    assert not birth_date(value)

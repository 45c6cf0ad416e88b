"""Which found span is which labelled one, worked out by hand."""

from __future__ import annotations

import pytest

from scanner.evaluate.mapping import NEUTRAL, OTHER
from scanner.evaluate.spans import NOTHING, Mark, Matching, match

WHOLES = {"ADDRESS": ("LOCATION", "POSTCODE")}


def labelled(*marks: tuple[int, int, str]) -> list[Mark]:
    return [Mark(start, end, name, f"l-{name}") for start, end, name in marks]


def found(*marks: tuple[int, int, str]) -> list[Mark]:
    return [Mark(start, end, name, f"f-{name}", 0.5) for start, end, name in marks]


def matched(one: list[Mark], two: list[Mark], classes: tuple[str, ...] = ("PERSON", "LOCATION")) -> Matching:
    return match(one, two, classes, WHOLES)


def bounds(marks: list[Mark]) -> list[tuple[int, int]]:
    return [(mark.start, mark.end) for mark in marks]


def test_a_shared_character_is_enough_and_the_class_must_agree() -> None:
    result = matched(labelled((0, 5, "PERSON"), (10, 15, "LOCATION")), found((4, 9, "PERSON"), (10, 15, "PERSON")))
    assert [(a.start, b.start) for a, b in result.pairs] == [(0, 4)]
    assert bounds(result.missed) == [(10, 15)]
    assert bounds(result.wrong) == [(10, 15)]


def test_spans_that_only_meet_do_not_overlap() -> None:
    result = matched(labelled((0, 5, "PERSON")), found((5, 9, "PERSON")))
    assert (len(result.pairs), len(result.missed), len(result.wrong)) == (0, 1, 1)


def test_each_is_used_once_and_the_greater_overlap_wins() -> None:
    # (0, 12) shares 4 characters with the first label and 6 with the second: it is the second.
    result = matched(labelled((0, 4, "PERSON"), (5, 11, "PERSON")), found((0, 12, "PERSON")))
    assert [(a.start, b.start) for a, b in result.pairs] == [(5, 0)]
    assert bounds(result.missed) == [(0, 4)]
    # One label in two pieces: the longer piece is right, the other is wrong.
    result = matched(labelled((0, 10, "PERSON")), found((0, 3, "PERSON"), (4, 10, "PERSON")))
    assert [b.start for _, b in result.pairs] == [4]
    assert bounds(result.wrong) == [(0, 3)]


def test_at_equal_overlap_the_tighter_pair_wins() -> None:
    result = matched(labelled((2, 6, "PERSON")), found((0, 10, "PERSON"), (2, 6, "PERSON")))
    assert [(b.start, b.end) for _, b in result.pairs] == [(2, 6)]


def test_the_same_place_twice_is_one_answer() -> None:
    result = matched(labelled((0, 4, "PERSON")), found((0, 4, "PERSON"), (0, 4, "PERSON")))
    assert (len(result.pairs), len(result.wrong)) == (1, 0)


def test_a_found_address_holds_labelled_places() -> None:
    result = matched(labelled((10, 15, "LOCATION")), found((0, 15, "ADDRESS")))
    assert bounds(result.inside) == [(10, 15)]
    assert (result.missed, result.wrong, bounds(result.aside)) == ([], [], [(0, 15)])


def test_an_address_on_nothing_counts_against_the_places_of_a_set_without_addresses() -> None:
    result = matched([], found((0, 15, "ADDRESS")))
    assert [mark.name for mark in result.wrong] == ["LOCATION"]
    assert match([], found((0, 15, "ADDRESS")), ("PERSON",), WHOLES).wrong == []


def test_a_place_inside_a_labelled_address_is_neither_right_nor_wrong() -> None:
    classes = ("ADDRESS", "LOCATION")
    result = matched(labelled((0, 20, "ADDRESS")), found((10, 15, "LOCATION"), (30, 35, "LOCATION")), classes)
    assert bounds(result.missed) == [(0, 20)]
    assert bounds(result.wrong) == [(30, 35)]


def test_what_cannot_be_judged_counts_nowhere() -> None:
    marks = [Mark(0, 5, NEUTRAL, "handle"), Mark(10, 15, OTHER, "company")]
    result = matched(marks, found((0, 5, "PERSON"), (10, 15, "PERSON")))
    assert bounds(result.aside) == [(0, 5)]
    assert bounds(result.wrong) == [(10, 15)]


def test_confusions_pair_what_is_left_whatever_its_class() -> None:
    marks = [*labelled((0, 5, "LOCATION"), (20, 25, "PERSON")), Mark(10, 15, OTHER, "company")]
    result = matched(marks, found((0, 5, "PERSON"), (10, 15, "PERSON"), (40, 44, "LOCATION")))
    assert dict(result.confusions) == {
        ("l-LOCATION", "f-PERSON"): 1,
        ("company", "f-PERSON"): 1,
        ("l-PERSON", NOTHING): 1,
        (NOTHING, "f-LOCATION"): 1,
    }


@pytest.mark.parametrize("found_first", [True, False])
def test_the_order_in_which_spans_come_does_not_matter(found_first: bool) -> None:
    one, two = labelled((0, 4, "PERSON"), (5, 11, "PERSON")), found((0, 12, "PERSON"), (3, 6, "PERSON"))
    turned = matched(one[::-1], two[::-1]) if found_first else matched(one, two)
    assert [(a.start, b.start) for a, b in turned.pairs] == [(5, 0), (0, 3)]

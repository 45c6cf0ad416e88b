"""The lane in a scan: what it wants, how it joins what rules found, and that Presidio may have it."""

from __future__ import annotations

from datetime import date

import pytest

from recognizers.presidio import NamesRecognizer
from scanner.config import Settings
from scanner.model import Level, Span
from scanner.recognition.lanes import slow_lanes
from scanner.recognition.nameslane import NamesLane
from scanner.recognition.pieces import Kind, Piece, Reason

LANE = NamesLane()
LOG = "\n".join(f"2026-11-23 10:00:{n:02} INFO [main] org.example.Server - Started in {n} ms" for n in range(40))
LETTER = "Bonjour,\n\nJean Dupont a bien reçu votre courrier et vous répondra la semaine prochaine.\n\nCordialement"
LOREM = "Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt ut labore. " * 5


def rule(start: int, end: int, level: Level, entity_type: str = "PERSON") -> Span:
    return Span(entity_type, start, end, 0.5, "names", level)


@pytest.mark.parametrize(
    ("text", "reason"),
    [(LETTER, Reason.MAY_HOLD), (LOG, Reason.NOT_PROSE), (LOREM, Reason.FOREIGN), (LETTER.lower(), Reason.MAY_HOLD)],
)
def test_prose_is_wanted_and_logs_are_not(text: str, reason: Reason) -> None:
    assert LANE.wants(Piece(text, 0, Kind.PASSAGE)) is reason


MANUAL = (
    "set_mode(flag) = {acl} and ${HOME}/.zorbrc are read by load_config() of zorb.core.io. Writes go to {buffer}. "
    "If Zorbek is used, TARVIK_MAX must be set. It was written by Sylvie Durand, and she thanks Mme Vasseur for tests. "
)


def test_manuals_are_asked_for_full_names() -> None:
    """The same words are somebody's in a letter, and a program's where machines write too."""
    (spans,) = LANE.read([Piece(MANUAL, 0, Kind.STRETCH)])
    likely = {MANUAL[s.start : s.end] for s in spans if s.entity_type == "PERSON" and s.level >= Level.PROBABLE}
    assert likely == {"Sylvie Durand", "Vasseur"}


def test_a_stretch_in_another_language_is_left() -> None:
    """Files of translations hold all languages, one under the other."""
    polish = "Proszę wybrać kraj, w którym znajduje się ten komputer, oraz strefę czasową dla zegara systemowego. " * 3
    assert LANE.wants(Piece(polish, 0, Kind.STRETCH)) is Reason.FOREIGN
    assert LANE.wants(Piece(LETTER, 0, Kind.STRETCH)) is Reason.MAY_HOLD


def test_where_the_lane_read_a_doubtful_rule_needs_its_word() -> None:
    read = [Span("PERSON", 40, 50, 0.9, "persons", Level.PROBABLE)]
    doubtful, likely, elsewhere = (
        rule(0, 5, Level.POSSIBLE),
        rule(10, 15, Level.PROBABLE),
        rule(200, 205, Level.POSSIBLE),
    )
    assert LANE.combine([doubtful, likely, elsewhere], read, [(0, 100)]) == [likely, *read, elsewhere]


def test_agreement_raises_a_doubtful_rule() -> None:
    read = [Span("PERSON", 0, 11, 0.9, "persons", Level.PROBABLE)]
    (span,) = LANE.combine([rule(0, 11, Level.POSSIBLE)], read, [(0, 100)])
    assert span.level == Level.PROBABLE


def test_places_found_by_lists_stay() -> None:
    town = rule(0, 5, Level.POSSIBLE, "LOCATION")
    assert LANE.combine([town], [], [(0, 100)]) == [town]


@pytest.mark.parametrize(("mode", "names"), [("auto", ["names"]), ("off", ["names"]), ("all", ["names", "ner"])])
def test_the_deep_model_reads_only_when_all_is_to_be_read(mode: str, names: list[str]) -> None:
    lanes = slow_lanes(Settings.model_validate({"ner": mode, "today": date(2026, 11, 23)})).lanes
    assert [lane.name for lane in lanes] == names


def test_presidio_has_the_lane() -> None:
    recognizer = NamesRecognizer("fr")
    (result,) = recognizer.analyze(LETTER, ["PERSON"])
    assert LETTER[result.start : result.end] == "Jean Dupont"
    assert recognizer.analyze(LETTER, ["LOCATION"]) == []

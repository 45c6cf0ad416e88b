"""The contract of slow lanes: what they are given, in which batches, within which budget, and how it is counted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.model import Level, Span
from scanner.recognition.lanes import BATCH, Cost, SlowLanes, Stretch
from scanner.recognition.pieces import Piece, Reason
from scanner.recognition.shares import Allowance, Share
from scanner.recognition.stretches import STRETCH, spread, stretches


@dataclass
class Shouts:
    """A lane that wants what holds an exclamation mark, and finds the first word of each piece."""

    name: str = "shouts"
    cost: Cost = Cost.DEEP
    entity_types: frozenset[str] = frozenset({"PERSON"})
    batches: list[int] = field(default_factory=list)

    def wants(self, piece: Piece) -> Reason:
        return Reason.MAY_HOLD if "!" in piece.text else Reason.NO_CAPITAL

    def read(self, pieces: Sequence[Piece]) -> list[list[Span]]:
        self.batches.append(len(pieces))
        return [[Span("PERSON", 0, len(p.text.split(" ")[0]), 0.5, self.name, Level.POSSIBLE)] for p in pieces]

    def combine(self, found: Iterable[Span], read: Iterable[Span], where: Sequence[Stretch]) -> list[Span]:
        return [*found, *read]


TEXT = "".join(f"{'Ah!' if n % 2 else 'Bof'} {'x' * (STRETCH - 6)}\n\n" for n in range(80))
EMAIL = Span("EMAIL_ADDRESS", 0, 3, 0.9, "rule", Level.CERTAIN)


def accounted(share: Share, lane: str = "shouts") -> bool:
    own = share.of(lane)
    return own.offered == own.read + sum(own.skipped.values())


@pytest.mark.parametrize(
    ("mode", "read", "skipped"),
    [("off", 0, {"off": len(TEXT)}), ("all", len(TEXT), {}), ("auto", 40 * STRETCH, {"no_capital": 40 * STRETCH})],
)
def test_every_character_is_read_or_skipped_for_a_reason(mode: str, read: int, skipped: dict[str, int]) -> None:
    allowance = Allowance(len(TEXT))
    found = SlowLanes(mode, [Shouts()]).read_text(TEXT, [EMAIL], allowance.file())
    share = allowance.share.of("shouts")
    assert (share.offered, share.read, share.skipped) == (len(TEXT), read, skipped)
    assert found[0] == EMAIL
    assert {TEXT[span.start : span.end] for span in found[1:]} <= {"Ah!", "Bof"}


def test_pieces_come_in_batches_and_in_reading_order() -> None:
    lane = Shouts()
    found = SlowLanes("auto", [lane]).read_text(TEXT, [], Allowance(len(TEXT)).file())
    assert lane.batches == [BATCH, 40 - BATCH]
    assert [span.start for span in found] == [(2 * n + 1) * STRETCH for n in range(40)]


def test_a_small_budget_is_spread_over_the_text() -> None:
    allowance = Allowance(8 * STRETCH)
    found = SlowLanes("auto", [Shouts()]).read_text(TEXT, [], allowance.file())
    assert len(found) == 8
    assert found[0].start < 20 * STRETCH
    assert found[-1].start == 79 * STRETCH
    assert {span.start // (20 * STRETCH) for span in found} == {0, 1, 2, 3}
    assert allowance.share.of("shouts").read == 8 * STRETCH
    assert accounted(allowance.share)


def test_the_blocks_of_a_long_text_share_its_budget() -> None:
    lanes, read = SlowLanes("auto", [Shouts()]), []
    budget = Allowance(64 * STRETCH).file()
    for _ in range(4):
        before = budget.share.of("shouts").read
        lanes.read_text(TEXT * 4, [], budget)
        read.append(budget.share.of("shouts").read - before)
    assert read == [32 * STRETCH, 16 * STRETCH, 8 * STRETCH, 4 * STRETCH]


def test_quick_lanes_may_read_more_and_later_lanes_see_what_they_found() -> None:
    allowance = Allowance(2 * STRETCH)
    quick, deep = Shouts("quick", Cost.QUICK), Shouts("deep")
    found = SlowLanes("auto", [quick, deep]).read_text(TEXT, [], allowance.file())
    assert (allowance.share.of("quick").read, allowance.share.of("deep").read) == (40 * STRETCH, 2 * STRETCH)
    assert [span.recognizer for span in found] == ["quick"] * 40 + ["deep"] * 2


def test_a_container_gives_more_than_a_file_but_not_without_end() -> None:
    small, big = Allowance(1000, size=400), Allowance(1000, size=10**9)
    for allowance, most in ((small, 1100), (big, 1000 * Allowance.FILES)):
        for _ in range(60):
            SlowLanes("auto", [Shouts()]).read_text("Ah! " + "x" * 3000, [], allowance.file())
        assert allowance.share.of("shouts").read == most
        assert accounted(allowance.share)


def test_cells_are_read_one_by_one_within_half_of_what_is_left() -> None:
    cells = [f"{'Ah!' if n % 2 else 'Bof'} cell {n}" for n in range(1000)]
    allowance = Allowance(2000)
    spans = SlowLanes("auto", [Shouts()]).read_cells(cells, allowance.file())
    share = allowance.share.of("shouts")
    assert [len(own) for own in spans[::2]] == [0] * 500
    assert share.read == 1000
    assert any(spans[:100])
    assert any(spans[-100:])
    assert accounted(allowance.share)


@pytest.mark.parametrize("mode", ["all", "auto", "off"])
def test_cells_in_one_text_are_read_as_cells(mode: str) -> None:
    cells = ["Ah! 1", "Bof 2", "Oh! 3"]
    text, starts = "\n\n".join(cells), [0, 7, 14]
    lanes = SlowLanes(mode, [Shouts()])
    one = lanes.read_joined(text, starts, [EMAIL], Allowance(10**6).file())
    other = lanes.read_cells(cells, Allowance(10**6).file())
    moved = [(span.start + starts[n], span.end + starts[n]) for n, own in enumerate(other) for span in own]
    assert [(span.start, span.end) for span in one] == [(0, 3), *moved]


def test_a_column_that_is_no_prose_is_not_asked_about_cell_by_cell() -> None:
    asked: list[str] = []

    class Never(Shouts):
        def wants(self, piece: Piece) -> Reason:
            asked.append(piece.kind)
            return Reason.NOT_PROSE

    allowance = Allowance(10**6)
    assert SlowLanes("auto", [Never()]).read_cells(["a"] * 50_000, allowance.file()) == [[]] * 50_000
    assert asked == ["passage"]
    assert allowance.share.of("shouts").skipped == {"not_prose": 50_000}


def test_shares_survive_the_journal() -> None:
    allowance = Allowance(3 * STRETCH)
    SlowLanes("auto", [Shouts()]).read_text(TEXT, [], allowance.file())
    share = allowance.share
    share.text = len(TEXT)
    both = Share()
    both.add(share)
    both.add(Share.from_dict(share.as_dict()))
    assert both.text == 2 * len(TEXT)
    assert both.of("shouts").read == 2 * share.of("shouts").read
    assert accounted(both)


@given(st.integers(0, 300))
def test_spread_gives_each_number_once(count: int) -> None:
    assert sorted(spread(count)) == list(range(count))


@given(st.text(st.sampled_from("ab. \n"), max_size=6000), st.integers(0, 4000))
def test_stretches_are_the_text(text: str, room: int) -> None:
    pieces = sorted(stretches(text, room))
    assert "".join(piece for _, piece in pieces) == text
    assert all(text[at : at + len(piece)] == piece and 0 < len(piece) <= STRETCH for at, piece in pieces)

"""Which text reaches the names model, and which does not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from scanner.recognition.modellane import ModelLane
from scanner.recognition.pieces import Kind, Piece
from scanner.recognition.stretches import stretches

HERE = Path(__file__).parent
READ: dict[str, Any] = yaml.safe_load((HERE / "read.yaml").read_text(encoding="utf-8"))
LEFT: dict[str, str] = yaml.safe_load((HERE / "left.yaml").read_text(encoding="utf-8"))


def given(text: str) -> list[tuple[int, str]]:
    """The stretches that the lane reads, without a budget."""
    lane = ModelLane()
    if not lane.wants(Piece(text, 0, Kind.PASSAGE)).reads:
        return []
    return [(at, piece) for at, piece in stretches(text, len(text)) if lane.wants(Piece(piece, at, Kind.STRETCH)).reads]


@pytest.mark.parametrize("kind", READ)
def test_every_name_in_a_document_reaches_the_model(kind: str) -> None:
    text, pieces = READ[kind]["text"], given(READ[kind]["text"])
    for name in READ[kind]["names"]:
        place = text.index(name)
        assert any(at <= place and place + len(name) <= at + len(piece) for at, piece in pieces), name


@pytest.mark.parametrize("times", [1, 40])
@pytest.mark.parametrize("kind", LEFT)
def test_nothing_that_machines_write_reaches_it(kind: str, times: int) -> None:
    assert given("\n".join([LEFT[kind]] * times)) == []


@pytest.mark.parametrize("machine", ["system log", "access log", "python"])
def test_a_letter_among_pages_of_the_machine_is_left_out_but_half_of_letters_is_not(machine: str) -> None:
    pages = "\n".join([LEFT[machine]] * 60)
    letter = READ["letter"]["text"] * 40
    assert given(pages + "\n\n" + READ["letter"]["text"]) == []
    read = sum(len(piece) for _, piece in given(pages + "\n\n" + letter * (2 + len(pages) // len(letter))))
    assert read >= 0.9 * len(letter)


@pytest.mark.parametrize("kind", ["system log", "application log", "mobile log"])
def test_what_is_left_of_a_log_is_a_log(kind: str) -> None:
    blank = " " * 120 + "\n"
    left = "\n" + LEFT[kind].replace("\n", "\n" + blank * 6)
    assert given(left * 30) == []

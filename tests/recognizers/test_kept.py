"""Tables that are kept are those that would be made, or are made again."""

from __future__ import annotations

from pathlib import Path

import pytest

from recognizers import gazetteers, kept

TABLE = {"LEA": 3, "ZOÉ": 1}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("RECENSE_CACHE", str(tmp_path / "kept"))
    return tmp_path / "kept"


def asked(*sources: bytes) -> tuple[dict[str, int], int]:
    made: list[int] = []

    def make() -> dict[str, int]:
        made.append(1)
        return dict(TABLE)

    return kept.kept("names", sources, make), len(made)


def test_is_made_once_for_the_same_sources(folder: Path) -> None:
    assert asked(b"a", b"b") == (TABLE, 1)
    assert asked(b"a", b"b") == (TABLE, 0)
    assert asked(b"ab", b"") == (TABLE, 1)
    assert len(list(folder.iterdir())) == 1


@pytest.mark.parametrize("damage", [b"", b"short", bytes(400)])
def test_what_was_damaged_is_made_again(folder: Path, damage: bytes) -> None:
    asked(b"a")
    next(folder.iterdir()).write_bytes(damage)
    assert asked(b"a") == (TABLE, 1)
    assert asked(b"a") == (TABLE, 0)


def test_a_table_cut_short_is_made_again(folder: Path) -> None:
    asked(b"a")
    path = next(folder.iterdir())
    path.write_bytes(path.read_bytes()[:-3])
    assert asked(b"a") == (TABLE, 1)


def test_without_a_place_to_write_it_is_made_each_time(folder: Path) -> None:
    folder.write_text("a file where the folder would be")
    assert asked(b"a") == (TABLE, 1)
    assert asked(b"a") == (TABLE, 1)


def test_gazetteers_are_what_their_sources_give() -> None:
    assert list(gazetteers._first_names().items()) == list(gazetteers._count_first_names().items())
    assert gazetteers._surnames() == gazetteers._count_surnames()
    assert gazetteers._communes() == gazetteers._gather_communes()

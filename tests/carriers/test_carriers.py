"""One scan over the letter in every container, document and encoding that Python can make: all values are counted."""

from __future__ import annotations

from pathlib import Path

import pytest

from scanner import open_run

from . import encodings, letter, measure, packed

PARTLY = {"mail_in_docx.docx", "no_directory.zip", "setup.exe"}
"""Those with something beside the letter that is rightly told as unread."""


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[str], Path]:
    folder = tmp_path_factory.mktemp("carriers")
    (folder / "volume").mkdir()
    names = measure.write(folder / "volume")
    measure.scan(folder / "volume", folder / "run")
    return names, folder / "run"


def test_all_values_are_counted_in_every_carrier(run: tuple[list[str], Path]) -> None:
    names, folder = run
    found = measure.counted(folder)
    missing = {name: sorted(set(letter.VALUES) - found.get(name, set())) for name in names}
    assert len(names) >= 140
    assert {name: kinds for name, kinds in missing.items() if kinds} == {}


def test_what_is_not_wholly_read_is_named_and_sums_are_exact(run: tuple[list[str], Path]) -> None:
    _, folder = run
    rows = open_run(folder).items_table().to_pylist()
    assert set(measure.unread(folder)) == PARTLY
    assert all(row["bytes_read"] + row["bytes_unread"] == row["size"] for row in rows)
    assert not [row["path"] for row in rows if row["reason"].startswith(("reader_failed", "lost", "timed_out"))]


def test_members_are_entered_to_any_depth(run: tuple[list[str], Path]) -> None:
    paths = {row["path"] for row in open_run(run[1]).items_table().to_pylist()}
    deep = [path for path in paths if path.startswith("five_deep.tar.gz!")]
    assert max(path.count("!") for path in deep) == 5
    assert any(path.endswith("pièces.zip!lettre.docx") for path in deep)


def test_the_choice_of_encoding_is_told(run: tuple[list[str], Path]) -> None:
    rows = {row["path"]: row["encoding"] for row in open_run(run[1]).items_table().to_pylist()}
    assert {name: rows[f"{name}.txt"] for name in ("cp850", "mac-roman", "utf-16-le", "utf-32", "cp1252")} == {
        name: name for name in ("cp850", "mac-roman", "utf-16-le", "utf-32", "cp1252")
    }


def test_generated_encodings_are_right() -> None:
    wrong = [sample.name for sample in encodings.samples() if not encodings.right(sample)]
    assert len(wrong) <= 4


def test_the_letter_holds_what_its_types_say() -> None:
    assert set(letter.VALUES) == set(letter.TYPES) == set(letter.HEAD)
    assert all(value in letter.TEXT for value in letter.VALUES.values())
    assert packed.LETTER.decode() == letter.TEXT

"""A later run reads only what has another content, and says the same as one that reads all."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

import scanner.batches
from scanner import open_run
from scanner.connecting import Connectors
from scanner.scan import Request
from scanner.session import Asked, prepare
from scanner.store import EARLIER, Store

from .breaking import volume
from .scanning import changes, scanned, tables


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("since")
    target = volume(folder / "volume", files=12)
    (target / "lettre.txt").write_text("Bonjour,\nMerci d'écrire à camille.martin@example.org avant lundi.\n")
    scanned(target, folder / "first")
    return target, folder / "first"


def copied(target: Path, folder: Path) -> Path:
    """A copy with other times: nothing goes by them."""
    shutil.copytree(target, folder)
    for path in folder.rglob("*"):
        os.utime(path, (1_700_000_000, 1_700_000_000))
    return folder


def without_times(run: Path) -> list[list[dict[str, object]]]:
    found = tables(run)
    for row in found[1]:
        del row["modified"]
    return found


def test_an_unchanged_volume_is_not_read_again(first: tuple[Path, Path], tmp_path: Path) -> None:
    target, before = first
    second = copied(target, tmp_path / "volume")
    meta = scanned(second, tmp_path / "run", since=before)
    assert without_times(tmp_path / "run") == without_times(before)
    counts = meta["since"]["items"]
    assert counts["unchanged"] == meta["coverage"]["listed"]
    assert changes(tmp_path / "run") == {}
    assert open_run(tmp_path / "run").meta["ner"] == open_run(before).meta["ner"]
    earlier = open_run(before).meta["coverage"]
    assert meta["coverage"] == earlier


def test_what_changed_moved_came_and_went_is_named(first: tuple[Path, Path], tmp_path: Path) -> None:
    target, before = first
    second = copied(target, tmp_path / "volume")
    (second / "d1").rename(second / "ailleurs")
    (second / "d0" / "0.csv").write_text("nom;prenom;mel\nDURAND;Lea;lea.durand@example.org\n")
    # Of the same size and date as before: only the bytes tell.
    same = (second / "d2" / "2.csv").read_bytes()
    (second / "d2" / "2.csv").write_bytes(same.replace(b"camille2.0@", b"camille9.9@"))
    os.utime(second / "d2" / "2.csv", (1_700_000_000, 1_700_000_000))
    (second / "d3" / "3.csv").unlink()
    (second / "neuf.txt").write_text("Rien de personnel ici.\n")
    meta = scanned(second, tmp_path / "run", since=before)
    told = changes(tmp_path / "run")
    assert told["ailleurs/1.csv"] == ("moved", "d1/1.csv")
    assert told["d0/0.csv"][0] == told["d2/2.csv"][0] == "changed"
    assert told["d3/3.csv"][0] == "gone"
    assert told["neuf.txt"][0] == "new"
    assert meta["since"]["items"]["moved"] == len(list((second / "ailleurs").iterdir()))
    scanned(second, tmp_path / "afresh")
    assert tables(tmp_path / "run") == tables(tmp_path / "afresh")


def test_a_tree_that_moved_gives_the_same_at_its_new_place(first: tuple[Path, Path], tmp_path: Path) -> None:
    target, before = first
    shutil.copytree(target, tmp_path / "volume" / "plus" / "loin")
    meta = scanned(tmp_path / "volume", tmp_path / "run", since=before)
    scanned(tmp_path / "volume", tmp_path / "afresh")
    assert tables(tmp_path / "run") == tables(tmp_path / "afresh")
    assert any("!" in row["path"] for row in tables(tmp_path / "run")[0])
    counts = meta["since"]["items"]
    assert (counts["moved"], counts["unchanged"], counts["gone"]) == (meta["coverage"]["listed"], 0, 0)


def test_a_run_may_go_on_from_the_one_that_it_replaces(first: tuple[Path, Path], tmp_path: Path) -> None:
    target, before = first
    shutil.copytree(before, tmp_path / "run")
    meta = scanned(target, tmp_path / "run", since=tmp_path / "run", force=True)
    assert meta["since"]["items"]["unchanged"] == meta["coverage"]["listed"]
    assert not (tmp_path / "run" / "earlier").exists()


def test_a_run_that_is_gone_on_with_is_compared_with_what_it_began_from(
    first: tuple[Path, Path], tmp_path: Path
) -> None:
    target, before = first
    run = tmp_path / "run"
    with Store.create(run, since=before):
        (run / "run.json").write_text("{}")
    words = {"ner": "off", "sentences": "off", "ocr": "off", "lang": "en"}
    request = prepare(Asked((str(target),), None, run, 1, force=False, resume=True, quiet=True, **words))
    assert request.before.since == run / EARLIER
    assert request.before.seen[1]["started"] == open_run(before).meta["started"]


def test_copies_are_read_once_and_counted_everywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from scanner.examine import examine

    from .loaded import SETTINGS

    target = tmp_path / "volume"
    target.mkdir()
    for name in ("a.csv", "b.csv", "c.tsv"):
        (target / name).write_text("nom;prenom;mel\n" + "MARTIN;Camille;camille@example.org\n" * 5)
    visited = []
    import scanner.examine as module

    real = module._Turn.examine
    monkeypatch.setattr(module._Turn, "examine", lambda turn, *rest: (visited.append(turn._item), real(turn, *rest)))
    (batch,) = scanner.batches.batches(Connectors(SETTINGS), (str(target),), SETTINGS)
    result = examine(batch, SETTINGS, b"k")
    assert [item.locator.path for item in visited] == ["a.csv", "c.tsv"]
    by_path = {path: [f for f in result.findings if f.path == path] for path in ("a.csv", "b.csv")}
    assert by_path["a.csv"]
    assert [(f.entity_type, f.count) for f in by_path["a.csv"]] == [(f.entity_type, f.count) for f in by_path["b.csv"]]
    assert result.coverage.listed == 3
    assert Request.__slots__

"""One scan of everything that a tenant could put in the way of a scan, beside ordinary files."""

from __future__ import annotations

import json
import os
import shutil
from collections import Counter
from pathlib import Path

import pytest

from scanner import open_run

from . import packed, papers, places, structured
from .running import Done, check_sums, content, scan

ORDINARY = Path(__file__).parents[2] / "sample_data" / "volume"
GIB = 1 << 30
REASONS = {
    "archives/chevauche.zip!x.txt#2": "corrupt",
    "archives/ferme.7z!secret.txt": "encrypted",
    "archives/tout-ferme.7z": "encrypted",
    "archives/coupe.txt.gz!coupe.txt": "corrupt",
    "archives/queue.txt.gz!queue.txt": "corrupt",
    "archives/immense.tar": "corrupt",
    "archives/speciaux.tar!lien": "link",
    "archives/speciaux.tar!disque": "special",
    "archives/bombe.gz": "members",
    "papiers/coupe.docx": "corrupt",
    "papiers/coupe.xlsx": "corrupt",
    "papiers/pied-coupe.parquet": "corrupt",
    "papiers/milieu.db": "corrupt",
    "papiers/entete.db": "corrupt",
    "papiers/base64.eml": "corrupt",
    "entrees/tube": "special",
    "entrees/prise": "special",
    "entrees/boucle": "link",
    "entrees/dehors": "link",
    "entrees/pendant": "link",
    "textes/creux.bin": "unsupported",
}
READ = [
    "archives/glisse.zip!../../../etc/cron.d/x",
    "archives/suite.txt.gz!suite.txt",
    "archives/speciaux.tar!../../etc/passwd",
    "archives/speciaux.tar!apres.txt",
    "archives/doublons.zip!meme.txt#2",
    "papiers/sans-suffixe",
    "papiers/cent-feuilles.xlsx",
    "papiers/poupees.eml",
    "papiers/jeu.eml",
    "textes/rires.xml",
    "textes/externe.xml",
    "textes/profond.xml",
    "textes/profond.json",
    "textes/substituts.jsonl",
    "textes/alias.yaml",
    "textes/large.csv",
    "textes/escalier.csv",
    "textes/geant.sql",
    "textes/sans-espace.txt",
    "textes/chiffres.txt",
    "textes/utf16-impair.txt",
    "entrees/lointain.txt",
    "entrees/caf\\xe9.txt",
    "entrees/retour\nligne.txt",
]


@pytest.fixture(scope="module")
def volume(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile") / "volume"
    shutil.copytree(ORDINARY, folder / "ordinaire")
    for name, part in {"archives": packed, "textes": structured, "papiers": papers, "entrees": places}.items():
        (folder / name).mkdir()
        part.plant(folder / name)
    return folder


@pytest.fixture(scope="module")
def run(volume: Path) -> tuple[Path, Done]:
    """The one scan; the tests below look at what it left."""
    folder = volume.parent / "run"
    return folder, scan(volume, folder, "--workers", "2")


def test_it_comes_to_its_end_without_a_traceback(run: tuple[Path, Done]) -> None:
    folder, done = run
    assert done.code == 0, done.err[-2000:]
    assert "Traceback" not in done.err + done.out
    assert json.loads((folder / "run.json").read_text())["state"] == "complete"


def test_no_process_takes_a_gigabyte(run: tuple[Path, Done]) -> None:
    assert run[1].peak < GIB


def test_every_byte_is_accounted_for(run: tuple[Path, Done]) -> None:
    check_sums(run[0])


def test_every_entry_has_its_row(volume: Path, run: tuple[Path, Done]) -> None:
    items = open_run(run[0]).items_table().column("path").to_pylist()
    rows = Counter(items)
    for base, folders, files in os.walk(volume):
        # Folders beyond the longest path are one row, at the place where they begin.
        folders[:] = [name for name in folders if name != "p" * 200]
        for name in [*files, *(name for name in folders if (Path(base) / name).is_symlink())]:
            path = os.fsencode((Path(base) / name).relative_to(volume)).decode("utf-8", "backslashreplace")
            assert rows[path] == 1, path
    assert sum("p" * 200 in path for path in items) == 1
    assert max(rows.values()) == 1


@pytest.mark.parametrize(("path", "kind"), REASONS.items())
def test_what_is_not_read_is_said(run: tuple[Path, Done], path: str, kind: str) -> None:
    row = _rows(run[0])[path]
    assert row["status"] != "read"
    assert row["reason"].partition(":")[0] == kind


@pytest.mark.parametrize("path", READ)
def test_what_can_be_read_is(run: tuple[Path, Done], path: str) -> None:
    row = _rows(run[0])[path]
    assert (row["status"], row["bytes_unread"]) == ("read", 0), row["reason"]


def test_no_reader_fails_and_no_worker_dies(run: tuple[Path, Done]) -> None:
    for path, row in _rows(run[0]).items():
        assert row["reason"].partition(":")[0] not in ("reader_failed", "lost", "timed_out"), (path, row["reason"])


def test_bombs_stay_within_their_budget(run: tuple[Path, Done]) -> None:
    for path, row in _rows(run[0]).items():
        if path.startswith("archives/") and "!" in path:
            assert row["bytes_read"] <= GIB
    assert _rows(run[0])["archives/matriochka.zip"]["status"] == "partial"


def test_links_lead_nowhere(run: tuple[Path, Done]) -> None:
    assert not [path for path in _rows(run[0]) if path.startswith(("entrees/boucle/", "entrees/dossier-dehors/"))]
    assert not Path("/nulle-part").exists()


def test_ordinary_files_beside_give_what_they_give_alone(volume: Path, run: tuple[Path, Done]) -> None:
    alone = volume.parent / "seul"
    (alone / "ordinaire").parent.mkdir()
    shutil.copytree(ORDINARY, alone / "ordinaire")
    assert scan(alone, volume.parent / "run-seul", "-q", "--workers", "2").code == 0
    beside, own = content(run[0])[0], content(volume.parent / "run-seul")[0]
    assert [row for row in beside if row["path"].startswith("ordinaire/")] == own
    assert own


def test_reports_survive_the_names(run: tuple[Path, Done]) -> None:
    html = (run[0] / "inventory.html").read_text(encoding="utf-8")
    assert "<script>alert(1)" not in html
    assert "<img src=x" not in html
    assert "\x1b" not in run[1].out + run[1].err + html
    assert "\u202e" not in run[1].out + html


def test_the_number_of_workers_changes_nothing(volume: Path, run: tuple[Path, Done]) -> None:
    four = volume.parent / "run-4"
    assert scan(volume, four, "-q", "--workers", "4").code == 0
    assert content(four) == content(run[0])


def _rows(folder: Path) -> dict[str, dict[str, object]]:
    return {row["path"]: row for row in open_run(folder).items_table().to_pylist()}

"""The command measures, prints and writes what it was asked for; no figure is compared with anything."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from scanner.bench import baselines, table, whole
from scanner.bench.command import parsed_size
from scanner.bench.findings import Comparison, Difference, compare
from scanner.bench.plan import Plan, Report
from scanner.bench.processes import Sample, recense, run
from scanner.cli import cli


def pretended(target: Path, folder: Path, size: int, workers: int, ner: str = "off") -> Sample:
    """Stands for a scan in a process of its own, which takes seconds."""
    assert target.exists()
    return Sample(0.5, size, 90_000_000)


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, dict]:
    file = tmp_path_factory.mktemp("bench") / "bench.json"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(whole, "scan", pretended)
        patch.setattr(baselines, "SLICE", 5_000)
        done = CliRunner().invoke(cli, ["bench", "--size", "200KB", "--only", "csv", "--json", str(file)])
    assert done.exit_code == 0, done.output
    return done.stdout, json.loads(file.read_text(encoding="utf-8"))


def test_every_measure_is_there(measured: tuple[str, dict]) -> None:
    names = {figure["measure"] for figure in measured[1]["figures"]}
    assert {"rules", "identifiers", "everything", "columns", "reading", "worker", "scan1"} <= names
    assert {"presidio_ours", "presidio_own", "memory"} <= names
    assert {figure["corpus"] for figure in measured[1]["figures"]} == {"csv"}
    assert all(len(figure["rounds_mb_per_second"]) == 3 for figure in measured[1]["figures"])


def test_the_fast_lane_finds_what_the_recognisers_find(measured: tuple[str, dict]) -> None:
    (found,) = measured[1]["findings"]
    assert (found["missing"], found["extra"], found["by_type"]) == (0, 0, {})
    assert found["spans"] > 0


def test_the_tables_name_the_machine_and_the_units(measured: tuple[str, dict]) -> None:
    printed, stored = measured
    assert stored["machine"]["cpu"] in printed
    assert "MB/s" in printed
    assert "10^6 bytes" in printed


def test_no_value_is_printed(measured: tuple[str, dict]) -> None:
    assert "@" not in measured[0]
    assert "@" not in json.dumps(measured[1])


@pytest.mark.parametrize(("text", "size"), [("200KB", 200_000), ("50 mb", 50_000_000), ("1GB", 1_000_000_000)])
def test_sizes(text: str, size: int) -> None:
    assert parsed_size(text) == size


@pytest.mark.parametrize("arguments", [["--size", "much"], ["--size", "0MB"], ["--only", "novels"]])
def test_what_cannot_be_measured_is_refused(arguments: list[str]) -> None:
    assert CliRunner().invoke(cli, ["bench", *arguments]).exit_code == 2


def test_the_page_keeps_all_but_what_is_between_the_comments(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("before\n<!-- bench: begin -->\nold\n<!-- bench: end -->\nafter\n", encoding="utf-8")
    for _ in range(2):
        table.rewrite(page, "bench", ["| new |"])
    assert page.read_text("utf-8") == "before\n<!-- bench: begin -->\n| new |\n<!-- bench: end -->\nafter\n"
    with pytest.raises(ValueError, match="growth"):
        table.rewrite(page, "growth", [])


def test_the_page_has_a_place_for_each_table() -> None:
    text = table.PAGE.read_text(encoding="utf-8")
    for name in ("bench", "growth"):
        assert text.index(f"<!-- {name}: begin -->\n") < text.index(f"<!-- {name}: end -->")


def test_medians_peaks_and_differences_are_shown() -> None:
    report = Report(Plan(), {"cpu": "a processor", "cores": 2, "system": "", "python": "", "libraries": {}})
    for seconds in (1.0, 2.0, 4.0):
        report.add("log", "scan1", Sample(seconds, 200_000_000, int(seconds * 1e8)))
        report.grow("log", 10_000_000, Sample(seconds, 10_000_000, 90_000_000))
    report.comparisons.append(Comparison("log", 1000, 5, (Difference("log", "IP_ADDRESS", 1, 2),)))
    text = "\n".join(table.markdown(report))
    assert "| log | 100 | 400 |" in text
    assert "| log | 1 | 5 | 1 | 2 | IP_ADDRESS −1 +2 |" in text
    assert "| log | 10 MB | 2.00 | 5 | 90 |" in text


def test_comparing_counts_and_keeps_nothing_else(tmp_path: Path) -> None:
    file = tmp_path / "some.log"
    file.write_text("81.2.69.160 - - login ok\n" * 50, encoding="utf-8")
    found = compare("log", file)
    assert found.spans >= 40
    assert (found.missing, found.extra, found.differences) == (0, 0, ())


def test_a_process_that_fails_gives_no_figure() -> None:
    assert run(recense("scan", "/nonexistent"), 1, 1) is None
    assert run(recense("--version"), 1, 1) is not None


def test_small_files_are_cut_at_lines(tmp_path: Path) -> None:
    source = tmp_path / "lines.txt"
    source.write_text("a line of some length\n" * 1000, encoding="utf-8")
    total = whole.small_files([source], tmp_path / "small", 7)
    made = sorted((tmp_path / "small").rglob("*.txt"))
    assert len(made) == 7
    assert total == sum(path.stat().st_size for path in made)
    assert all(4_000 < path.stat().st_size <= 5_000 and path.read_bytes().endswith(b"\n") for path in made)


def test_a_scan_is_timed_and_its_memory_watched(tmp_path: Path) -> None:
    (tmp_path / "some.txt").write_text("Nothing to see.\n", encoding="utf-8")
    sample = whole.scan(tmp_path / "some.txt", tmp_path, 16, 1)
    assert sample is not None
    assert sample.seconds > 0
    assert min(sample.peak / 1_000_000, 20 * sample.cpu) > 1 or not Path("/proc").exists()


def test_growth_measures_three_sizes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "page.md"
    page.write_text("<!-- growth: begin -->\n<!-- growth: end -->\n", encoding="utf-8")
    monkeypatch.setattr(whole, "scan", pretended)
    monkeypatch.setattr(table, "PAGE", page)
    file = tmp_path / "growth.json"
    arguments = ["bench", "--growth", "--size", "500KB", "--only", "log", "--readme", "--json", str(file)]
    done = CliRunner().invoke(cli, arguments)
    assert done.exit_code == 0, done.output
    sizes = [figure["size"] for figure in json.loads(file.read_text("utf-8"))["growth"]]
    assert sizes == [5_000, 50_000, 500_000]
    assert "| log | 0.5 MB | 0.50 | 1 | 90 |" in page.read_text("utf-8")

"""Numbers that agree, on an invented run and on odd ones."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
from invented import DECLARATION, RUN, changes, decision, decisions, findings, inventory, items
from sums import check_data, check_page

from scanner.inventory import build
from scanner.inventory.facts import FINDINGS
from scanner.inventory.reading import ITEMS
from scanner.reporters.html import HtmlReporter


def page(tmp_path: Path, built: dict[str, object]) -> str:
    HtmlReporter().write(built, tmp_path / "page.html", "fr")
    return (tmp_path / "page.html").read_text("utf-8")


def test_every_number_agrees_with_what_it_counts(tmp_path: Path) -> None:
    check_data(inventory())
    check_page(inventory(), page(tmp_path, inventory()))


def test_long_lists_say_how_many_they_leave_out(tmp_path: Path) -> None:
    base = findings().to_pylist()[0]
    rows = [base | {"path": f"rh/f{k:03}.csv"} for k in range(250)]
    judged = [decision(row, "8", ("oui", "hors_emplacement", "non")[k % 3], "T1") for k, row in enumerate(rows)]
    listed = [{"path": row["path"], "size": 10, "bytes_read": 10, "status": "read", "reason": ""} for row in rows]
    volume = {"bytes": 2500, "bytes_read": 2500, "bytes_unread": 0}
    table, read = (pa.Table.from_pylist(one, schema=of) for one, of in ((rows, FINDINGS), (listed, ITEMS)))
    built = build(RUN | {"coverage": {"volume": volume}}, table, read, judged, DECLARATION)
    check_data(built)
    text = page(tmp_path, built)
    check_page(built, text)
    assert "et 247 autres fichiers" in text
    assert "Les 100 premiers sur 250\u00a0; la liste longue est dans le classeur." in text
    (card,) = built["cards"]
    assert (card["standing"], card["declared"]) == ("partly", {"oui": 84, "hors_emplacement": 83, "non": 83})
    assert "déclaré\u00a0: 84 fichiers sur 250" in text


def test_what_was_cut_off_is_no_loss_of_zero_bytes(tmp_path: Path) -> None:
    cut = {"path": "a.gz", "size": 90, "bytes_read": 90, "status": "partial", "reason": "members: 1 not fully read"}
    inner = {"path": "a.gz!a.csv", "size": 300, "bytes_read": 300, "status": "partial", "reason": "corrupt: truncated"}
    locked = {
        "path": "b.zip",
        "size": 80,
        "bytes_unread": 50,
        "status": "partial",
        "reason": "members: 1 not fully read",
    }
    member = {"path": "b.zip!c", "size": 70, "bytes_unread": 70, "status": "unread", "reason": "encrypted: password"}
    table = pa.Table.from_pylist([cut, inner, locked, member], schema=ITEMS)
    volume = {"bytes": 170, "bytes_read": 120, "bytes_unread": 50}
    built = build(RUN | {"coverage": {"volume": volume}}, FINDINGS.empty_table(), table, [], DECLARATION)
    check_data(built)
    check_page(built, text := page(tmp_path, built))
    assert "perte non mesurable" in text
    assert {row["kind"]: row["bytes"] for row in built["coverage"]["reasons"]} == {
        "encrypted": 50,
        "corrupt": 0,
        "members": 0,
    }


def test_a_decision_that_people_took_is_no_longer_pending() -> None:
    judged = decisions()
    judged[0]["etat"] = "confirmee"
    built = build(RUN, findings(), items(), judged, DECLARATION, changes())
    assert built["accounts"]["decisions"]["pending"] == inventory()["accounts"]["decisions"]["pending"] - 1
    check_data(built)

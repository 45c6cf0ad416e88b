from __future__ import annotations

import base64
import hashlib
import json
import re
import stat
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from invented import DECLARATION, RUN, decision, findings, inventory, items

from scanner.inventory import build
from scanner.inventory.facts import FINDINGS
from scanner.inventory.reading import ITEMS
from scanner.reporters.html import HtmlReporter
from scanner.reporters.language import labels

HOSTILE = "</script><img src=x onerror=alert(1)>\u202egnp.exe\"'&\n\x07\u200b"


class Page(HTMLParser):
    """Collects what a browser would load or run."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[str] = []
        self.kind = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.kind = tag

    def handle_data(self, data: str) -> None:
        if self.kind in {"script", "style"} and data.strip():
            self.scripts.append(data)

    def handle_endtag(self, tag: str) -> None:
        self.kind = ""


def page(tmp_path: Path, built: dict[str, Any], lang: str = "fr") -> tuple[str, Page]:
    path = tmp_path / "inventory.html"
    HtmlReporter().write(built, path, lang)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    text = path.read_text("utf-8")
    parsed = Page()
    parsed.feed(text)
    return text, parsed


def data(parsed: Page) -> dict[str, Any]:
    found: dict[str, Any] = next(json.loads(text) for text in parsed.scripts if text.startswith('{"columns"'))
    return found


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_nothing_comes_from_elsewhere(tmp_path: Path, lang: str) -> None:
    text, parsed = page(tmp_path, inventory(), lang)
    for tag, attributes in parsed.tags:
        assert tag not in {"link", "img", "iframe", "object", "embed", "base"}
        for name, value in attributes.items():
            assert not name.startswith("on")
            assert name not in {"style", "src", "action"}
            if name == "href":
                assert (value or "").startswith("#")
    style = next(text for text in parsed.scripts if text.lstrip().startswith(":root"))
    assert "url(" not in style
    assert "@import" not in style
    assert not re.search(r"https?://(?!www\.w3\.org/2000/svg)", text)


def test_only_its_own_script_and_style_may_run(tmp_path: Path) -> None:
    text, parsed = page(tmp_path, inventory())
    policy = next(a["content"] for _, a in parsed.tags if a.get("http-equiv") == "Content-Security-Policy") or ""
    assert "default-src 'none'" in policy
    for start, end in (("<style>", "</style>"), ("<script>", "</script>")):
        body = text.split(start)[1].split(end)[0]
        digest = base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy


def test_hostile_names_show_and_do_nothing(tmp_path: Path) -> None:
    row = findings().slice(0, 1).to_pylist()[0] | {"path": HOSTILE, "column": HOSTILE, "table": HOSTILE}
    row["places"] = [HOSTILE]
    table = FINDINGS.empty_table().from_pylist([row], schema=FINDINGS)
    bad = {"path": HOSTILE, "size": 5, "status": "unread", "reason": f"corrupt: {HOSTILE}", "bytes_unread": 5}
    unread = ITEMS.empty_table().from_pylist([bad], schema=ITEMS)
    run = RUN | {"client": HOSTILE, "targets": [HOSTILE], "mandate": HOSTILE}
    built = build(run, table, unread, [decision(row, "8", "non", HOSTILE)], DECLARATION)
    text, parsed = page(tmp_path, built)
    assert not [tag for tag, _ in parsed.tags if tag == "img"]
    assert sum(tag == "script" for tag, _ in parsed.tags) == 2
    assert not re.search("[\u202e\u200b\x07]", text)
    assert "\\u202egnp.exe" in text
    shown = next(one for one in data(parsed)["strings"] if "onerror" in one)
    assert shown.startswith("</script><img")
    assert "\\u202e" in shown
    assert "\n" not in shown


def test_the_page_answers_in_the_language_asked_and_quotes_in_french(tmp_path: Path) -> None:
    french, _ = page(tmp_path, inventory(), "fr")
    english, _ = page(tmp_path, inventory(), "en")
    assert '<html lang="fr">' in french
    assert "Que faire\u00a0?" in french
    assert "au moins 1\u202f240 personnes" in french
    assert '<html lang="en">' in english
    assert "What to do?" in english
    assert "at least 1,240 persons" in english
    assert '<blockquote lang="fr">' in english
    assert "VMS se réserve le droit de refuser" in english


def test_blocks_come_in_the_order_of_the_questions(tmp_path: Path) -> None:
    _, parsed = page(tmp_path, inventory())
    blocks = [a.get("id") for tag, a in parsed.tags if tag == "section"]
    assert blocks == ["answer", "todo", "coverage", "matrix", "folders", "timeline", "drift", "detail", "method"]


def test_tables_have_captions_and_scopes(tmp_path: Path) -> None:
    text, parsed = page(tmp_path, inventory())
    assert text.count("<caption") == sum(tag == "table" for tag, _ in parsed.tags)
    assert all(a.get("scope") for tag, a in parsed.tags if tag == "th")


def test_an_empty_run_speaks_of_what_was_read(tmp_path: Path) -> None:
    run = RUN | {"coverage": {"volume": {"bytes": 1000, "bytes_read": 972, "bytes_unread": 28}, "reasons": {}}}
    text, _ = page(tmp_path, build(run, FINDINGS.empty_table(), items(), [], DECLARATION))
    assert "Aucune donnée personnelle trouvée dans les 97,2\u202f% lus" in text
    page(tmp_path, build({}, FINDINGS.empty_table(), ITEMS.empty_table(), [], {}))


def test_an_interrupted_run_is_marked(tmp_path: Path) -> None:
    text, _ = page(tmp_path, build(RUN | {"state": "interrupted"}, findings(), items(), [], DECLARATION))
    assert "Balayage interrompu" in text


def test_the_page_without_its_data_stays_light(tmp_path: Path) -> None:
    text, _ = page(tmp_path, inventory())
    assert len(text) < 300_000


def test_twenty_thousand_rows_keep_their_strings_once(tmp_path: Path) -> None:
    row = findings().slice(0, 1).to_pylist()[0]
    rows = [row | {"path": f"d/f{k}.csv"} for k in range(20_000)]
    table = FINDINGS.empty_table().from_pylist(rows, schema=FINDINGS)
    text, parsed = page(tmp_path, build(RUN, table, items(), [], DECLARATION))
    assert len(data(parsed)["rows"]) == 20_000
    assert text.count('"pathologie"') == 1


def test_the_same_inventory_is_the_same_page_after_storage(tmp_path: Path) -> None:
    built = inventory()
    first, _ = page(tmp_path, built)
    second, _ = page(tmp_path, json.loads(json.dumps(built, sort_keys=True)))
    assert first == second


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_detail_holds_evidence_as_codes_and_their_words(tmp_path: Path, lang: str) -> None:
    held = data(page(tmp_path, inventory(), lang)[1])
    at = {name: number for number, name in enumerate(held["columns"])}
    told = {held["strings"][row[at["path"]]]: row[at["evidence"]] for row in held["rows"] if row[at["evidence"]]}
    codes = [held["strings"][k] for k in told["rh/medical/visites_2025.csv"]]
    assert codes == ["terms", "column_name", "by_row"]
    assert [held["t"]["evidence"][code] for code in codes] == [labels(lang)["evidence"][code] for code in codes]
    assert set(told) == {"rh/medical/visites_2025.csv", "notes/reunion.docx"}

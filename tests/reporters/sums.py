"""Checks that every number of an inventory agrees with what it counts, in the data and on the page that people read."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

ALONE = {"meta", "input", "use", "path", "rect", "br", "circle"}


@dataclass
class Node:
    tag: str
    attributes: dict[str, str]
    children: list[Node | str] = field(default_factory=list)

    def text(self) -> str:
        return "".join(one if isinstance(one, str) else one.text() for one in self.children)

    def all(self, wanted: Callable[[Node], bool]) -> Iterator[Node]:
        for one in self.children:
            if isinstance(one, Node):
                if wanted(one):
                    yield one
                yield from one.all(wanted)

    def named(self, tag: str, **attributes: str) -> list[Node]:
        return list(self.all(lambda one: one.tag == tag and attributes.items() <= one.attributes.items()))


class Tree(HTMLParser):
    """The page as nested nodes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.root = Node("", {})
        self.open = [self.root]
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {key: value or "" for key, value in attrs})
        self.open[-1].children.append(node)
        if tag not in ALONE:
            self.open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].children.append(Node(tag, {key: value or "" for key, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if tag not in ALONE:
            assert self.open[-1].tag == tag, (self.open[-1].tag, tag)
            self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def numbers(text: str) -> list[int]:
    """Whole numbers with their thousands apart, as either language writes them."""
    return [int(re.sub(r"\D", "", one)) for one in re.findall(r"\d{1,3}(?:[\u202f,]\d{3})+|\d+", text)]


def check_data(built: dict[str, Any]) -> None:
    """Sums of the data."""
    sums, cards, cover = built["accounts"], built["cards"], built["coverage"]
    files, decisions, outcomes = sums["files"], sums["decisions"], sums["outcomes"]
    assert files["total"] == files["read"] + files["partial"] + files["unread"] >= files["with_findings"]
    assert decisions["total"] == sum(one["decisions"] for one in outcomes.values()) == sum(decisions["about"].values())
    assert decisions["carded"] == sum(card["decisions"] for card in cards)
    assert decisions["total"] - decisions["carded"] == outcomes["ACCEPTER"]["decisions"]
    assert decisions["pending"] == sum(card["states"].get("a_valider", 0) for card in cards)
    assert sums["findings"]["total"] == sum(one["findings"] for one in outcomes.values()) == built["findings"]["total"]
    assert sums["findings"]["carded"] == sum(card["findings"] for card in cards)
    assert sums["findings"]["total"] - sums["findings"]["carded"] == outcomes["ACCEPTER"]["findings"]
    assert sums["cards"] == len(cards) == sum(one["cards"] for one in outcomes.values())
    _check_cards(built)
    for row in (*built["categories"], *built["regimes"]):
        assert row["files"] == row["in_place"] + row["elsewhere"] + row["undeclared"] + row["no_matter"], row["code"]
        assert row["files"] == sum(line["cells"].get(row["code"], [0])[0] for line in built["folders"]["rows"])
    assert built["sensitive"]["files"] == sum(built["sensitive"]["declared"].values())
    assert cover["volume"]["bytes"] == cover["volume"]["bytes_read"] + cover["volume"]["bytes_unread"]
    assert (
        sum(row["items"] for row in cover["reasons"]) == files["partial"] + files["unread"] == cover["unread"]["total"]
    )
    assert sum(row["bytes"] for row in cover["reasons"]) == cover["volume"]["bytes_unread"]
    late = built["timeline"]["overdue"]
    assert late["files"] == len({row["path"] for row in late["rows"]})
    assert sum(row["overdue"] for row in built["timeline"]["rows"]) >= late["files"]


def _check_cards(built: dict[str, Any]) -> None:
    at = built["findings"]["columns"].index("card")
    findings = Counter(row[at] for row in built["findings"]["rows"])
    decisions = Counter(row["card"] for row in built["decisions"]["rows"])
    for number, card in enumerate(built["cards"], start=1):
        assert card["number"] == number
        assert card["files"] == sum(card["declared"].values()) + card["unread"]
        assert len(card["places"]) == min(card["files"], 100)
        assert card["findings"] == findings[number]
        assert card["decisions"] == decisions[number] == sum(card["states"].values())
        assert card["decisions"] == sum(reason["decisions"] for reason in card["reasons"])


def check_page(built: dict[str, Any], text: str) -> None:
    """What the page shows is what the data say."""
    page, cards = Tree(text).root, built["cards"]
    shown = page.named("article")
    assert len(shown) == len(cards)
    for node, card in zip(shown, cards, strict=True):
        _check_card(node, card)
    _check_numbers(page, built)
    _check_tables(page, built)
    for row in built["quotations"]:
        assert text.count(html.escape(row["citation"]).replace("&#x27;", "&#39;")) == 1, row["anchor"]


def _check_card(node: Node, card: dict[str, Any]) -> None:
    assert node.attributes["id"] == f"card-{card['number']}"
    for unit in ("files", "findings", "decisions"):
        said = [one.text() for one in node.all(lambda one, unit=unit: one.attributes.get("data-unit") == unit)]
        assert [numbers(one)[0] for one in said] == ([card[unit]] if card[unit] or unit != "findings" else [])
    listed = [item for group in node.named("ul") for item in group.named("li")]
    assert len(listed) == len(card["places"])
    more = [numbers(one.text())[0] for one in node.named("summary") if one.text().endswith(("fichier", "fichiers"))]
    assert more == ([card["files"] - 3] if card["files"] > 3 else [])
    assert node.named("ol"), card["subject"]


def _check_numbers(page: Node, built: dict[str, Any]) -> None:
    (block,) = page.named("section", id="answer")[0].named("dl")
    said = [(numbers(one.named("dd")[0].text()), numbers(one.named("dt")[0].text())) for one in block.named("div")]
    files, sums = built["accounts"]["files"], built["accounts"]
    assert said[0] == ([files["read"]], [files["total"], files["partial"], files["unread"]])
    assert (said[2][0], said[2][1][-1]) == ([built["sensitive"]["files"]], built["sensitive"]["hints"])
    assert said[4] == ([sums["decisions"]["pending"]], [sums["cards"]])
    (table,) = page.named("section", id="answer")[0].named("details")[0].named("table")
    rows = [[numbers(cell.text())[0] for cell in row.named("td")] for row in table.named("tbody")[0].named("tr")]
    assert [sum(column) for column in zip(*rows[:-1], strict=True)] == rows[-1]
    assert rows[-1] == [sums["findings"]["total"], sums["decisions"]["total"], sums["cards"]]


def _check_tables(page: Node, built: dict[str, Any]) -> None:
    for table in [one for one in page.named("table") if "matrix" in one.attributes.get("class", "").split()]:
        for row in table.named("tbody")[0].named("tr"):
            cells = [(numbers(cell.text()) or [0])[0] for cell in row.named("td")[2:6]]
            without = [numbers(one.text())[0] for one in row.named("small") if "sans objet" in one.text()]
            assert cells[0] == sum(cells[1:]) + sum(without) or row.attributes["class"] == "state-found"
    files = built["accounts"]["files"]
    reasons = [numbers(one.named("span")[0].text())[0] for one in page.named("button") if "data-kind" in one.attributes]
    assert sum(reasons) == files["partial"] + files["unread"]
    for row in page.named("details", id="unread")[0].named("tr")[1:] if reasons else []:
        assert not row.named("td")[-1].text().startswith("0\u00a0")
    late = page.named("section", id="timeline")[0].named("summary")
    assert [numbers(one.text())[0] for one in late] == ([built["timeline"]["overdue"]["files"]] if late else [])

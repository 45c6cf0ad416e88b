"""The tables of the register (A to F), in words, for any report made of rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from scanner.inventory.codes import OUTCOMES
from scanner.inventory.words import Share, number, plural
from scanner.model import PLACES
from scanner.policy.register import EITHER
from scanner.reporters.columns import LAYOUT
from scanner.reporters.lanes import bound, reasons, sentences
from scanner.reporters.language import COLON, day, detail, labels, moment, named, place, reason
from scanner.reporters.proposals import declared, either, outcomes, provider, responsible, steps
from scanner.reporters.whereabouts import whereabouts

Rows = Iterable[Sequence[Any]]
Table = tuple[str, list[tuple[str, int]], Rows]


def tables(inventory: Mapping[str, Any], lang: str) -> Iterator[Table]:
    """Title, columns with widths, and rows of each table, in the order of the workbook."""
    writer = _Writer(inventory, lang)
    makers: dict[str, Callable[[], Rows]] = {name: getattr(writer, name) for name in LAYOUT}
    for name, make in makers.items():
        columns = [(writer.words["columns"][key], width) for key, width in LAYOUT[name]]
        yield writer.words["sheets"][name], columns, make()


class _Writer:
    """Turns one inventory's codes into the words of one language, table by table."""

    def __init__(self, inventory: Mapping[str, Any], lang: str) -> None:
        self.inventory = inventory
        self.lang = lang
        self.words = labels(lang)
        self.cards = {card["number"]: card for card in inventory["cards"]}

    def _outcome(self, names: Sequence[str], card: int = 0, *, look: bool = False) -> str:
        """What is proposed; what the provider checks for itself is no question to the client yet."""
        if look or self.cards.get(card, {}).get("look"):
            return str(self.words["todo"]["look"].format(provider=provider(self.inventory, self.lang)))
        return outcomes(names, self.lang)

    def _name(self, code: str) -> str:
        return named(self.inventory, code, self.lang)

    def _names(self, codes: Iterable[str]) -> str:
        return ", ".join(self._name(code) for code in codes if code)

    def _cut(self, table: Mapping[str, Any], width: int) -> Rows:
        """A last row that says what a bounded list leaves out."""
        if table["total"] > len(table["rows"]):
            shown, total = number(len(table["rows"]), self.lang), number(table["total"], self.lang)
            yield [self.words["cut_note"].format(shown=shown, total=total), *[""] * (width - 1)]

    def summary(self) -> Rows:
        """The header, the numbers and the sentence."""
        h, s, words = self.inventory["header"], self.inventory["synthesis"], self.words
        told = {"provider": provider(self.inventory, self.lang), "command": "recense report RUN --edition client"}
        yield [words["header"]["edition"], words["distribution"][h["edition"]].format(**told)]
        yield [words["blocks"]["answer"], s["sentence"][self.lang]]
        yield [words["header"]["status"], words["draft"]]
        if h["state"] == "interrupted":
            yield [words["header"]["status"], words["interrupted"]]
        for key in ("client", "reference", "operator", "recipient"):
            yield [words["header"][key], h[key] or words["unknown"]]
        yield [words["header"]["role"], words["roles"].get(h["role"], h["role"])]
        yield [words["header"]["mandate"], h["mandate"]["reference"] or words["unknown"]]
        days = [moment(h["mandate"][key], self.lang) or words["unknown"] for key in ("start", "end")]
        yield ["", words["header"]["mandate_period"].format(start=days[0], end=days[1])]
        times = {key: moment(h[name], self.lang) for key, name in (("start", "started"), ("end", "ended"))}
        yield [words["header"]["period"], words["header"]["from_to"].format(**times)]
        yield [words["header"]["targets"], h["targets"]]
        yield [words["header"]["declaration"], words["declarations"][h["declaration"]]]
        kept = h["retention_days"]
        kept = plural(words["days"], kept, self.lang) if isinstance(kept, int) else words["unknown"]
        yield [words["header"]["retention"], kept]
        yield [words["header"]["statement"], h["statement"][self.lang]]
        yield [words["numbers"]["share"], Share.of(s["bytes_read"], s["bytes"])]
        named = {"items": "items_read", "sensitive": "sensitive_files", "categories": "categories_found"}
        if h["role"] != "responsable":
            named["undeclared"] = "undeclared_files"
        for key, name in (named | {"pending": "decisions_pending"}).items():
            yield [words["numbers"][key]["many"], s[name]]
        yield from self._beside()
        yield from self._accounts()

    def _beside(self) -> Rows:
        """What the numbers leave out: what was not read and worries most, and what the client excluded."""
        words, worry = self.words, self.inventory["coverage"]["worrying"]
        if worry:
            kind = words["kinds"].get(worry["kind"], worry["kind"])
            told = {"path": worry["path"], "kind": kind, "word": worry["word"]}
            yield [words["statuses"]["unread"].capitalize(), words["coverage"]["worrying"].format(**told)]
        for row in self.inventory["exclusions"]:
            told = {name: row[name] or "–" for name in ("place", "reason", "by")}
            until, files = moment(row["until"], self.lang), plural(words["todo"]["files"], row["files"], self.lang)
            line = words["exclusions"]["line"].format(**told, until=until or "–", files=files)
            yield [words["exclusions"]["title"], line]

    def _accounts(self) -> Rows:
        """How files, findings, decisions and cards agree."""
        words, sums = self.words["accounts"], self.inventory["accounts"]
        files, decisions = sums["files"], sums["decisions"]
        parts = {key: number(files[key], self.lang) for key in ("total", "read", "partial", "unread")}
        yield [words["title"], plural(words["files"], files["with_findings"], self.lang, **parts)]
        about = {key: number(count, self.lang) for key, count in decisions["about"].items()}
        yield ["", words["about"].format(total=number(decisions["total"], self.lang), **about)]
        waiting = {"n": decisions["carded"], "pending": decisions["pending"]}
        yield ["", words["pending"].format_map({key: number(count, self.lang) for key, count in waiting.items()})]
        whole = {"findings": sums["findings"]["total"], "decisions": decisions["total"], "cards": sums["cards"]}
        called = self.words["outcomes"] | {"DEMANDER_AU_CLIENT": words["ask"]}
        named = {called[name]: sums["outcomes"][name] for name in OUTCOMES}
        for name, counts in (named | {words["total"]: whole}).items():
            for key in ("findings", "decisions", "cards"):
                yield [f"{name} – {words[key].lower()}", counts[key]]

    def register(self) -> Rows:
        """Table A: what the client declared and what was found, one row per processing and category."""
        for row in self.inventory["register"]:
            yield [self._field(row, key) for key, _ in LAYOUT["register"]]

    def _field(self, row: Mapping[str, Any], key: str) -> Any:
        words, empty = self.words, self.words["by_client"]
        simple = {
            "reference": either(row["reference"], self.lang) or empty,
            "processing": row["processing"] or self._open(row) or empty,
            "purpose": row["purpose"] or empty,
            "category": self._name(row["category"]),
            "cnil": self.inventory["labels"].get(row["category"], {}).get("cnil", ""),
            "types": self._names(row["types"]),
            "description": empty,
            "sensitive": words[row["sensitive"]],
            "nature": self._names(row["nature"]),
            "regimes": self._names(row["regimes"]),
            "people": ", ".join(row["people"]) or empty,
            "persons_min": row["persons_min"] or "",
            "persons_max": row["persons_max"] or "",
            "places": self._places(row),
            "level": words["levels"][row["level"]],
            "declared": declared({**row, "regime": ",".join(row["regimes"])}, self.lang),
            "oldest": day(row["oldest"]),
            "newest": day(row["newest"]),
            "retention": row["retention"] or empty,
            "recipients": ", ".join(row["recipients"]) or empty,
            "countries": ", ".join(row["countries"]) or empty,
            "transfers": self._transfers(row),
            "security": words["unknown"],
            "outcome": self._outcome([row["outcome"]], look=row["look"]),
            "reason": reason(self.inventory, row, self.lang),
            "validated": "",
            "date": "",
        }
        return simple[key] if key in simple else row[key]

    def _open(self, row: Mapping[str, Any]) -> str:
        """Which of several processings is meant is the client's to say."""
        names = either(row["reference"], self.lang)
        return self.words["todo"]["open"].format(names=names) if EITHER in row["reference"] else ""

    def _places(self, row: Mapping[str, Any]) -> list[str]:
        return self._listed(row["first"], row["files"])

    def _listed(self, paths: Sequence[str], total: int) -> list[str]:
        """Files one a line, and how many there are beyond the bound of the list."""
        more = total - len(paths)
        rest = [plural(self.words["todo"]["more"], more, self.lang)] if more > 0 and paths else []
        return [*paths, *rest]

    def _transfers(self, row: Mapping[str, Any]) -> str:
        if row["outside_eu"] is None:
            return str(self.words["by_client"])
        outside = str(row["outside_eu"]).lower() in {"true", "oui", "yes"}
        answer = self.words["yes" if outside else "no"]
        return f"{answer} ({row['guarantee']})" if row["guarantee"] else str(answer)

    def coverage(self) -> Rows:
        """Table B: bytes and items by status, then by reason."""
        words, cover = self.words, self.inventory["coverage"]
        total = cover["volume"]["bytes"]
        for key, name in (("bytes_read", "read"), ("bytes_unread", "unread")):
            share = Share.of(cover["volume"][key], total, up=name == "unread")
            least = name == "unread" and cover["unmeasured"]
            called = words["coverage"]["at_least"].format(part=words["summary"][name].lower()) if least else ""
            yield [called.capitalize() or words["summary"][name], "", cover["volume"][key], share]
        for status in ("read", "partial", "unread"):
            entry = cover["bytes"][status]
            name = f"{words['columns']['items']}{COLON[self.lang]}{words['statuses'][status]}"
            yield [name, entry["items"], entry["bytes_listed"], ""]
        for row in cover["reasons"]:
            name = words["kinds"].get(row["kind"], row["kind"])
            lost = words["coverage"]["holds" if row["kind"] == "members" else "unmeasured"]
            yield [f"{words['coverage']['reason']}{COLON[self.lang]}{name}", row["items"], row["bytes"] or lost, ""]
        yield [words["coverage"]["note"], "", "", ""]
        for line in sentences(self.inventory, self.lang):
            yield [line, "", "", ""]

    def unread(self) -> Rows:
        """The items behind table B's unread bytes, one by one."""
        listed = self.inventory["coverage"]["unread"]
        for row in listed["rows"]:
            kind = self.words["kinds"].get(row["kind"], row["kind"])
            status = self.words["statuses"][row["status"]]
            lost = row["bytes_unread"] if row["measured"] else self.words["coverage"]["unmeasured"]
            yield [row["path"], status, kind, detail(row["detail"], self.lang), row["size"], lost, row["media_type"]]
        yield from self._cut(listed, 7)

    def gaps(self) -> Rows:
        """Table C: where declaration and findings differ."""
        for row in self.inventory["gaps"]:
            names = [self._name(row["category"]), self._names(row["codes"])]
            numbers = [row["files"], row["values"], row["persons_min"] or "", row["people_max"] or ""]
            kind, outcome = self.words["declared"][row["kind"]], self._outcome([row["outcome"]], look=row["look"])
            yield [kind, either(row["reference"], self.lang), *names, *numbers, self._places(row), outcome]

    def security(self) -> Rows:
        """Table D: secrets, counted and placed, never shown."""
        listed = self.inventory["security"]
        for row in listed["rows"]:
            about = [row["path"], self._name(row["entity_type"]), self.words["levels"][row["level"]], row["count"]]
            yield [*about, whereabouts(row["spots"], self.lang, every=True)]
        for row in self.inventory["exposed"]:
            name = f"{self.words['exposed']}{COLON[self.lang]}{self._name(row['entity_type'])}"
            yield [row["path"], name, self.words["levels"][row["level"]], row["count"], ""]
        yield from self._cut(listed, len(LAYOUT["security"]))

    def retention(self) -> Rows:
        """Table E: declared durations beside the dates of the files, then what seems to be past one of them."""
        for (reference, category), rows in self._kept().items():
            first = rows[0]
            processing = first["processing"] or self._open(first)
            days = [
                day(min((row["oldest"] for row in rows if row["oldest"]), default="")),
                day(max((row["newest"] for row in rows if row["newest"]), default="")),
            ]
            source = "inside" if any(row["dated"] == "inside" for row in rows) else first["dated"]
            named = [either(reference, self.lang), processing, self._name(category)]
            yield [*named, first["retention"] or self.words["by_client"], *days, self.words["dated"][source], *[""] * 4]
        late = self.inventory["timeline"]["overdue"]
        for row in late["rows"]:
            verdict = self.inventory["verdicts"][row["verdict"]]
            about = [either(row["reference"], self.lang), "", self._name(row["category"]), "", "", "", ""]
            why = reason(self.inventory, verdict, self.lang)
            yield [*about, self.words["overdue"], row["path"], self._name(row["entity_type"]), why]
        yield from self._cut(late, len(LAYOUT["retention"]))

    def _kept(self) -> dict[tuple[str, str], list[Mapping[str, Any]]]:
        """The rows of table A by what has one period: a processing's category."""
        groups: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
        for row in self.inventory["register"]:
            groups.setdefault((row["reference"], row["category"]), []).append(row)
        return dict(sorted(groups.items(), key=lambda pair: (not pair[0][0], pair[0])))

    def decisions(self) -> Rows:
        """Table F: every decision and room for its confirmation."""
        listed, words = self.inventory["decisions"], self.words
        for row in listed["rows"]:
            verdict = self.inventory["verdicts"][row["verdict"]]
            proposed = self._outcome(verdict["outcomes"], row["card"])
            kind = words["kinds"].get(row["kind"]) or self._name(row["entity_type"])
            names = [kind, self._name(row["category"]), self._names(row["regime"].split(","))]
            counts = [words["levels"].get(row["level"], row["level"]), row["count"], row["distinct"]]
            reference = "" if row["kind"] else either(row["reference"], self.lang)
            state = [declared(row, self.lang), reference, verdict["rule"]]
            why = [
                reason(self.inventory, verdict, self.lang),
                verdict["citation"],
                verdict["anchor"],
                row["confirmations"],
            ]
            urgent = words["yes"] if row["urgent"] else ""
            said = [words["review"].get(row["state"], ""), row["by"], day(row["on"][:10])]
            then = [" ".join(step) for step in steps(self.inventory, row["steps"], self.lang)]
            first = [row["card"] or "", words["risks"]["words"][row["severity"]] if row["severity"] else ""]
            when = [self._due(row), responsible(self.inventory, row["steps"], self.lang)]
            where = row["path"] or self._listed(row["places"], row["count"] if row["kind"] else 0)
            about = [*first, proposed, urgent, *when, where, *names, *counts, *state]
            yield [*about, *why[:-1], then, why[-1], *said]
        yield from self._cut(listed, len(LAYOUT["decisions"]))

    def _due(self, row: Mapping[str, Any]) -> Any:
        """The day by which its card is to be dealt with, or that nobody set one yet."""
        card = self.cards.get(row["card"])
        if card is None:
            return ""
        return day(card["due"]) or self.words["todo"]["due_open"].format(provider=provider(self.inventory, self.lang))

    def drift(self) -> Rows:
        """What changed since an earlier run, risks that rose first."""
        words, found = self.words, self.inventory.get("drift")
        if not found:
            yield [words["drift"]["nothing_before"], *[""] * (len(LAYOUT["drift"]) - 1)]
            return
        for row in found["rows"]:
            places = [row["path"], row["before"], self._name(row["entity_type"])]
            decisions = [words["outcomes"][one] if one else "" for one in row["outcome"]]
            risen = words["yes"] if row["risen"] else ""
            declared = words["declared"].get(row["declared"][1], "")
            yield [words["drift"]["kinds"][row["kind"]], risen, *places, *row["count"], *decisions, declared]
        yield from self._cut(found, len(LAYOUT["drift"]))

    def findings(self) -> Rows:
        """The detail: one row per type of data and per place."""
        listed, words = self.inventory["findings"], self.words
        for values in listed["rows"]:
            row = dict(zip(listed["columns"], values, strict=True))
            names = [self._name(row["entity_type"]), self._name(row["category"]), self._names(row["regime"].split(","))]
            counts = [words["levels"].get(row["level"], row["level"]), row["count"], row["distinct"]]
            state = [declared(row, self.lang), self._proposed(row)]
            told = [row["card"] or "", [words["evidence"].get(code, code) for code in row["evidence"]]]
            where = [row["path"], row["table"], row["column"]]
            by = row["recognizer"] if self.inventory["header"]["edition"] == "operator" else ""
            yield [*where, *names, *counts, *state, *told, by, self._within(row)]
        yield from self._cut(listed, len(LAYOUT["findings"]))

    def _proposed(self, row: Mapping[str, Any]) -> str:
        """What is proposed for a finding; what only goes along with a card says so."""
        if row["joined"]:
            return str(self.words["todo"]["joined"].format(n=number(row["card"], self.lang)))
        return self._outcome([row["outcome"]], row["card"])

    def _within(self, row: Mapping[str, Any]) -> list[str]:
        """The places, and that their list ends at a bound where it does."""
        cut = len(row["places"]) >= PLACES and row["count"] > len(row["places"])
        said = [self.words["detail"]["places_cut"].format(n=PLACES)] if cut else []
        return [*(place(one, self.lang) for one in row["places"]), *said]

    def _technical(self) -> Iterator[tuple[str, Any]]:
        """Under the tool's own names, which are for the operator alone."""
        if self.inventory["header"]["edition"] == "operator":
            for name in ("options", "ner"):
                yield from self.inventory["method"][name].items()

    def method(self) -> Rows:
        """Versions, digests and what the tool cannot see."""
        h, words = self.inventory["header"], self.words
        yield [words["header"]["version"], h["version"]]
        yield [words["header"]["policy"], f"{h['policy']['name']} {h['policy']['version']}".strip()]
        digests = {
            "policy_sha256": h["policy"]["sha256"],
            "rules": h["rules_sha256"],
            "declaration_sha256": h["declaration_sha256"],
        }
        for key, digest in digests.items():
            yield [words["header"][key], digest]
        for key, value in self._technical():
            yield [words["method"]["technical"], f"{key} = {value}"]
        for said in (sentences, reasons, bound):
            yield from ([words["method"]["ner"], line] for line in said(self.inventory, self.lang))
        for level, meaning in words["method"]["levels"].items():
            yield [words["levels"][level], meaning]
        for title, lines in (("counting", "counts"), ("limits", "blind")):
            for line in words["method"][lines]:
                yield [words["method"][title], line]
        yield ["", words["method"]["rates"]]

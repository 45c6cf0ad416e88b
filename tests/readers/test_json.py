from __future__ import annotations

import json

import pytest
from reading import columns, read, text

from scanner.readers.json import JsonReader


def paths(data: str, media_type: str = "application/json", piece: int = 1 << 30) -> dict[str, list[str | None]]:
    content = read(JsonReader, data.encode(), "a.json", media_type=media_type, encoding="utf-8", piece=piece)
    return {name: values for (_, name), values in columns(content).items()}


def test_values_under_their_paths() -> None:
    data = (
        '{"clients": [{"email": "x@example.org", "tels": ["1", "2"]},'
        ' {"email": "y@example.org", "ok": true, "n": null}]}'
    )
    assert paths(data) == {
        "clients[].email": ["x@example.org", "y@example.org"],
        "clients[].tels[]": ["1", "2"],
        "clients[].ok": ["true"],
    }


def test_numbers_keep_their_digits() -> None:
    assert paths('[{"n": 12345678901234567890123, "f": 1.10}]') == {
        "[].n": ["12345678901234567890123"],
        "[].f": ["1.10"],
    }


def test_double_keys_are_kept() -> None:
    assert paths('{"a": "un", "a": "deux"}') == {"a": ["un", "deux"]}


def test_keys_that_are_data_become_values() -> None:
    found = paths(json.dumps({f"u{i}@example.org": {"age": "3"} for i in range(3)}))
    assert found == {"{}": [f"u{i}@example.org" for i in range(3)], ".*.age": ["3", "3", "3"]}


@pytest.mark.parametrize("piece", [65536, 1 << 30])
def test_documents_longer_than_the_window(piece: int) -> None:
    people = [{"nom": f"Nom{i}", "note": "x" * 50, "adr": {"cp": f"{i:05}"}} for i in range(40_000)]
    data = json.dumps({"meta": {"v": "1"}, "data": {"people": people}, "fin": "oui"}, indent=1)
    found = paths(data, piece=piece)
    assert found["data.people[].nom"] == [f"Nom{i}" for i in range(40_000)]
    assert found["data.people[].adr.cp"][-1] == "39999"
    assert found["meta.v"] == ["1"]
    assert found["fin"] == ["oui"]


def test_json_lines_survive_a_bad_line() -> None:
    data = '{"a": "1"}\n{"a": oops secret}\n{"a": "3"}\n'
    content = read(JsonReader, data.encode(), "a", media_type="application/x-ndjson", encoding="utf-8")
    assert columns(content) == {("", "a"): ["1", "3"]}
    assert "oops secret" in text(content)


def test_what_breaks_off_is_text_from_there() -> None:
    data = '[{"a": "1"}, {"a": "2"}, {"a": "3" oops'
    content = read(JsonReader, data.encode(), "a", media_type="application/json", encoding="utf-8")
    kept = " ".join(v or "" for values in columns(content).values() for v in values) + text(content)
    assert all(value in kept for value in ("1", "2", "3", "oops"))


def test_nesting_without_end_is_text() -> None:
    data = "[" * 200_000 + '"x@example.org"'
    assert "x@example.org" in text(
        read(JsonReader, data.encode(), "a", media_type="application/json", encoding="utf-8")
    )


def test_documents_in_a_row_and_lone_surrogates() -> None:
    assert paths('{"a": "1"} {"a": "\\ud800x"}') == {"a": ["1", "?x"]}


def test_long_prose_is_a_passage() -> None:
    article = "Une phrase simple. " * 400
    content = read(JsonReader, json.dumps({"corps": article}).encode(), "a.json")
    assert text(content) == article


def test_scalars_and_empty() -> None:
    assert paths("12") == {"": ["12"]} or paths("12") == {"0": ["12"]}
    assert paths("{}") == {}
    assert paths("") == {}

from __future__ import annotations

import pytest
from reading import columns, read, text

from scanner.readers.xml import XmlReader


def test_elements_attributes_and_comments() -> None:
    data = (
        '<?xml version="1.0"?><!-- voir x@example.org --><r><c id="007"><nom>A &amp; B</nom></c>'
        '<c id="008"><nom>C</nom></c></r>'
    )
    content = read(XmlReader, data.encode(), "a.xml")
    assert columns(content) == {("", "r/c@id"): ["007", "008"], ("", "r/c/nom"): ["A & B", "C"]}
    assert "x@example.org" in text(content)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252", "iso-8859-15"])
def test_encodings(encoding: str) -> None:
    data = f'<?xml version="1.0" encoding="{encoding}"?><r><nom>Hélène</nom><nom>François</nom></r>'.encode(encoding)
    assert columns(read(XmlReader, data, "a.xml"))["", "r/nom"] == ["Hélène", "François"]


def test_entities_are_never_expanded() -> None:
    bomb = '<!DOCTYPE r [<!ENTITY a "x@example.org"><!ENTITY b "&a;&a;&a;&a;">]><r>&b;&b;</r>'
    content = read(XmlReader, bomb.encode(), "a.xml")
    assert columns(content) == {}
    assert text(content).count("x@example.org") == 1


def test_nothing_outside_is_fetched() -> None:
    data = '<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/hostname">]><r>&a;<m>x@example.org</m></r>'
    assert "x@example.org" in text(read(XmlReader, data.encode(), "a.xml"))


def test_what_is_malformed_is_text_from_there() -> None:
    data = "<r>\n<m>x@example.org</m>\n<m>un & deux y@example.org</m>\n<m>z@example.org</m>\n</r>"
    content = read(XmlReader, data.encode(), "a.xml")
    everything = text(content) + " ".join(v or "" for values in columns(content).values() for v in values)
    assert all(mail in everything for mail in ("x@example.org", "y@example.org", "z@example.org"))


def test_a_document_that_breaks_off_keeps_what_it_gave() -> None:
    found = columns(read(XmlReader, b"<r><m>x@example.org</m><m>y@example.org", "a.xml"))
    assert found["", "r/m"] == ["x@example.org", "y@example.org"]


def test_nesting_and_long_texts_stay_bounded() -> None:
    deep = "<a>" * 100_000 + "x@example.org"
    assert "x@example.org" in text(read(XmlReader, deep.encode(), "a.xml"))
    long = f"<r>{'mot ' * 2_000_000}</r>"
    assert len(text(read(XmlReader, long.encode(), "a.xml"))) > 7_900_000


def test_many_rows() -> None:
    data = "<r>" + "".join(f"<c><n>{i}</n></c>" for i in range(100_000)) + "</r>"
    assert columns(read(XmlReader, data.encode(), "a.xml"))["", "r/c/n"] == [str(i) for i in range(100_000)]

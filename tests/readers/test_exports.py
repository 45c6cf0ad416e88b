"""Exports of tables that are no SQL: phpMyAdmin in JSON and XML, mysqldump --xml, CSV with its definitions beside."""

from __future__ import annotations

import io
from collections.abc import Mapping

import pytest
from reading import columns, read, text

from scanner.contracts import Source
from scanner.model import Column, Content, Definition
from scanner.readers.delimited import DelimitedReader
from scanner.readers.json import JsonReader
from scanner.readers.xml import XmlReader

CLIENTS = {("clients", "id"): ["1", "2"], ("clients", "mail"): ["lea@example.org", None]}
VISITS = {("visites", "id"): ["7"], ("visites", "motif"): ["contrôle"]}

PMA_JSON = """[
{"type":"header","version":"5.2.1","comment":"Export to JSON plugin for PHPMyAdmin"},
{"type":"database","name":"cabinet"},
{"type":"table","name":"clients","database":"cabinet","data":
[
{"id":"1","mail":"lea@example.org"},
{"id":"2","mail":null}
]
}
,{"type":"table","name":"visites","database":"cabinet","data":
[
{"id":"7","motif":"contr\\u00f4le"}
]
}
]
"""
PMA_XML = """<?xml version="1.0" encoding="utf-8"?>
<!-- phpMyAdmin XML Dump -->
<pma_xml_export version="1.0" xmlns:pma="https://www.phpmyadmin.net/some_doc_url/">
    <pma:structure_schemas>
        <pma:database name="cabinet" collation="utf8mb4_general_ci" charset="utf8mb4">
            <pma:table name="clients">
                CREATE TABLE `clients` (`id` int, `mail` varchar(90) COMMENT 'courriel');
            </pma:table>
        </pma:database>
    </pma:structure_schemas>
    <database name="cabinet">
        <!-- Table clients -->
        <table name="clients">
            <column name="id">1</column>
            <column name="mail">lea@example.org</column>
        </table>
        <table name="clients">
            <column name="id">2</column>
            <column name="mail">NULL</column>
        </table>
        <table name="visites">
            <column name="id">7</column>
            <column name="motif">contrôle</column>
        </table>
    </database>
</pma_xml_export>
"""
DUMP_XML = """<?xml version="1.0"?>
<mysqldump xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<database name="cabinet">
	<table_structure name="clients">
		<field Field="id" Type="int(11)" Null="NO" Key="PRI" Extra="" Comment="" />
		<field Field="mail" Type="varchar(90)" Null="YES" Key="" Default="NULL" Extra="" Comment="courriel" />
	</table_structure>
	<table_data name="clients">
	<row>
		<field name="id">1</field>
		<field name="mail">lea@example.org</field>
	</row>
	<row>
		<field name="id">2</field>
		<field name="mail" xsi:nil="true" />
	</row>
	</table_data>
	<table_data name="visites">
	<row>
		<field name="id">7</field>
		<field name="motif" xsi:type="xs:hexBinary">636F6E7472C3B46C65</field>
	</row>
	</table_data>
</database>
</mysqldump>
"""


@pytest.mark.parametrize("piece", [1 << 30, 7])
def test_phpmyadmin_json(piece: int) -> None:
    assert columns(read(JsonReader, PMA_JSON.encode(), "cabinet.json", piece=piece)) == CLIENTS | VISITS


def test_rows_before_a_fault_are_columns_and_the_rest_is_text() -> None:
    end = PMA_JSON.index("contr")
    content = read(JsonReader, PMA_JSON[:end].encode() + b"\x00}", "cabinet.json")
    assert columns(content).items() >= CLIENTS.items()
    assert "\x00}" in text(content), "the rest is text"


@pytest.mark.parametrize("document", [PMA_XML, DUMP_XML])
def test_tables_in_xml(document: str) -> None:
    content = read(XmlReader, document.encode(), "cabinet.xml")
    found = {key: values for key, values in columns(content).items() if key[0]}
    assert found == CLIENTS | VISITS
    said = [definition for definition in content if isinstance(definition, Definition)]
    assert [(one.table, one.columns, one.comments) for one in said] == [
        ("clients", ("id", "mail"), (("mail", "courriel"),))
    ]


def test_a_row_that_breaks_off_is_kept() -> None:
    document = DUMP_XML[: DUMP_XML.index("</row>")]
    assert columns(read(XmlReader, document.encode(), "cabinet.xml"))["clients", "mail"] == ["lea@example.org"]


SCHEMA = b"""CREATE TABLE public.clients (id integer NOT NULL, mail varchar(90));
COMMENT ON COLUMN public.clients.mail IS 'courriel';
CREATE TABLE public.visites (id integer REFERENCES public.clients (id), motif text, jour date);
"""


def csv(data: str, name: str, beside: Mapping[str, bytes]) -> list[Content]:
    stream = io.BytesIO(data.encode())
    source = Source(stream, name, len(data), "text/csv", "utf-8", beside=lambda other: beside.get(other, b""))
    return list(DelimitedReader().read(source))


@pytest.mark.parametrize("guide", ["clients.sql", "clients.ddl", "schema.sql"])
def test_definitions_beside_a_csv_name_its_columns(guide: str) -> None:
    content = csv("1,lea@example.org\n2,\n", "clients.csv", {guide: SCHEMA})
    found = {(table.removeprefix("public."), column): values for (table, column), values in columns(content).items()}
    assert found == {("clients", "id"): ["1", "2"], ("clients", "mail"): ["lea@example.org", ""]}
    assert [one.refers for one in content if isinstance(one, Definition)] == [(), ("public.clients",)]


def test_a_header_that_the_definition_repeats_is_no_row() -> None:
    content = csv("ID,Mail\n1,lea@example.org\n", "clients.csv", {"schema.sql": SCHEMA})
    assert [c.values.to_pylist() for c in content if isinstance(c, Column)] == [["1"], ["lea@example.org"]]


def test_definitions_of_other_tables_change_nothing() -> None:
    data = "1,lea@example.org\n2,hugo@example.org\n"
    assert columns(csv(data, "ventes.csv", {"schema.sql": SCHEMA})) == columns(csv(data, "ventes.csv", {}))
    assert columns(csv(data, "visites.csv", {"schema.sql": SCHEMA})) == columns(csv(data, "visites.csv", {})), "width"

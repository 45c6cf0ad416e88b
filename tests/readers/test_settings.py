from __future__ import annotations

from reading import columns, read, text

from scanner.model import Column
from scanner.readers.settings import SettingsReader


def test_environment_files() -> None:
    data = (
        "# acces\nexport DB_USER=app\nDB_PASSWORD='a=b#c'\nKEY=\"-----BEGIN X-----\nabc==\n-----END X-----\"\nEMPTY=\n"
    )
    content = read(SettingsReader, data.encode(), ".env")
    assert columns(content) == {
        ("", "DB_USER"): ["app"],
        ("", "DB_PASSWORD"): ["a=b#c"],
        ("", "KEY"): ["-----BEGIN X-----\nabc==\n-----END X-----"],
        ("", "EMPTY"): [""],
    }
    assert "acces" in text(content)
    rows = {part.name: part.first_row for part in content if isinstance(part, Column)}
    assert rows["DB_PASSWORD"] == 3


def test_sections() -> None:
    data = "; commentaire\n[client]\nuser = u\npassword: p\n[autre]\nuser=v\nligne seule\n"
    content = read(SettingsReader, data.encode(), "a.ini")
    assert columns(content) == {("client", "user"): ["u"], ("client", "password"): ["p"], ("autre", "user"): ["v"]}
    assert "ligne seule" in text(content)
    assert "commentaire" in text(content)


def test_properties_go_on_after_a_backslash() -> None:
    found = columns(read(SettingsReader, b"a.b=un\\\n  deux\nc.d=3\n", "a.properties"))
    assert found["", "a.b"] == ["un\ndeux"]
    assert found["", "c.d"] == ["3"]


def test_toml() -> None:
    data = '[owner]\nname = "Hélène"\nbio = """\nligne 1\nligne 2\n"""\ntags = ["a", "b"]\n'
    found = columns(read(SettingsReader, data.encode(), "a.toml"))
    assert found["owner", "name"] == ["Hélène"]
    assert "ligne 2" in (found["owner", "bio"][0] or "")
    assert found["owner", "tags"] == ['["a", "b"]']


def test_a_key_given_twice_and_a_quote_left_open() -> None:
    found = columns(read(SettingsReader, b'A=1\nA=2\nB="x\nC=3\n', ".env"))
    assert found["", "A"] == ["1", "2"]
    assert "C=3" in (found["", "B"][0] or "")

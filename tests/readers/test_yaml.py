from __future__ import annotations

from reading import columns, read, text

from scanner.readers.yaml import YamlReader


def test_scalars_stay_as_written() -> None:
    data = (
        "cp: 01000\nne: 1980-01-02\nok: yes\n"
        "clients:\n  - mail: x@example.org\n  - mail: y@example.org\n---\ncp: 02000\n"
    )
    found = columns(read(YamlReader, data.encode(), "a.yml"))
    assert found["", "cp"] == ["01000", "02000"]
    assert found["", "ne"] == ["1980-01-02"]
    assert found["", "ok"] == ["yes"]
    assert found["", "clients[].mail"] == ["x@example.org", "y@example.org"]


def test_comments_are_text() -> None:
    content = read(YamlReader, b"# demander a x@example.org\na: 1 # ou pas\n", "a.yml")
    assert "x@example.org" in text(content)
    assert "ou pas" in text(content)


def test_tags_build_nothing_and_aliases_do_not_grow() -> None:
    bomb = "a: &a [x, x]\n" + "".join(
        f"{chr(98 + i)}: &{chr(98 + i)} [{', '.join(['*' + chr(97 + i)] * 9)}]\n" for i in range(9)
    )
    found = columns(read(YamlReader, (bomb + "z: !!python/object/apply:os.system ['true']\n").encode(), "a.yml"))
    assert sum(map(len, found.values())) < 20
    assert found["", "z[]"] == ["true"]


def test_templates_are_text() -> None:
    data = "a: {{ .Values.x }}\nmail: x@example.org\n  b: ]\n"
    assert text(read(YamlReader, data.encode(), "a.yml")) == data


def test_large_files_are_text() -> None:
    data = "- x@example.org\n" * 700_000
    assert text(read(YamlReader, data.encode(), "a.yml")) == data


def test_keys_that_are_data() -> None:
    found = columns(read(YamlReader, b"users:\n  x@example.org: admin\n", "a.yml"))
    assert found["", "users{}"] == ["x@example.org"]
    assert found["", "users.*"] == ["admin"]

from __future__ import annotations

import pytest
from reading import read, text

from scanner.model import Passage
from scanner.readers.text import TextReader


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252", "mac-roman"])
@pytest.mark.parametrize("piece", [1, 7, 1 << 20])
def test_all_text_comes_back(encoding: str, piece: int) -> None:
    words = "Hélène déjeune à l'hôtel.\nPuis elle rentre.\n\nFin"
    assert text(read(TextReader, words.encode(encoding), encoding=encoding, piece=piece)) == words


def test_lines_are_counted_across_passages() -> None:
    lines = "".join(f"ligne {number}\n" for number in range(1, 400_001))
    content = read(TextReader, lines.encode())
    assert len(content) > 2
    assert text(content) == lines
    for part in content:
        assert isinstance(part, Passage)
        assert part.text.startswith(f"ligne {part.line}\n")


def test_a_line_without_end_is_cut_between_words() -> None:
    data = b"mot " * 1_500_000
    content = read(TextReader, data)
    assert text(content) == data.decode()
    assert max(len(part.text) for part in content if isinstance(part, Passage)) < 3 << 20
    assert all(part.text.endswith(" ") for part in content if isinstance(part, Passage))


def test_bytes_of_another_code_page_are_not_lost() -> None:
    data = "été en UTF-8\n".encode() + "été en cp1252\n".encode("cp1252")
    assert text(read(TextReader, data, encoding="utf-8")) == "été en UTF-8\nété en cp1252\n"


def test_empty_and_cut_characters() -> None:
    assert read(TextReader, b"", encoding="utf-8") == []
    assert text(read(TextReader, "fin é".encode()[:-1], encoding="utf-8")) == "fin Ã"


def test_mac_line_ends_are_counted() -> None:
    data = b"un\rdeux\rtrois\r" * 200_000
    content = read(TextReader, data)
    last = content[-1]
    assert isinstance(last, Passage)
    assert last.line + last.text.count("\r") == 600_001

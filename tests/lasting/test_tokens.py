"""Tokens are keyed by client and mandate, from a secret that can be replaced; or there are none."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
import xxhash

from scanner import open_run
from scanner.session import Asked, Refused, prepare
from scanner.tokens import content_token, key_name, keys_of

from .loaded import SETTINGS
from .scanning import scanned

SECRET = "un secret assez long pour cela"


def test_a_token_tells_nothing_without_the_key_and_differs_by_client_mandate_and_secret(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    digest = xxhash.xxh3_128(b"06 39 98 00 00").digest()
    monkeypatch.setenv("RECENSE_KEY", SECRET)
    tokens = [content_token(digest, keys_of(scope).now) for scope in ("A\0M1", "A\0M2", "B\0M1")]
    monkeypatch.setenv("RECENSE_KEY", SECRET + " remplacé")
    tokens.append(content_token(digest, keys_of("A\0M1").now))
    monkeypatch.delenv("RECENSE_KEY")
    tokens.append(content_token(digest, keys_of("A\0M1").now))
    assert len(set(tokens)) == 5
    assert hashlib.blake2b(digest, digest_size=16).hexdigest() not in tokens


def test_a_long_secret_does_not_push_the_client_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RECENSE_KEY", "s" * 200)
    assert keys_of("A\0M").now != keys_of("B\0M").now


def test_a_secret_comes_from_a_file_and_short_ones_are_refused_unsaid(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "key"
    file.write_text(SECRET + "\n")
    monkeypatch.setenv("RECENSE_KEY_FILE", str(file))
    from_file = keys_of("A\0M")
    monkeypatch.delenv("RECENSE_KEY_FILE")
    monkeypatch.setenv("RECENSE_KEY", SECRET)
    assert keys_of("A\0M") == from_file
    assert from_file.secret
    monkeypatch.setenv("RECENSE_KEY", "court")
    with pytest.raises(ValueError, match="at least") as refused:
        keys_of("A\0M")
    assert "court" not in str(refused.value)


def test_runs_say_which_key_they_have_and_others_do_not_go_on_from_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "volume"
    target.mkdir()
    (target / "a.csv").write_text("nom;mel\nMARTIN;camille@example.org\n")
    meta = scanned(target, tmp_path / "plain")
    assert meta["key"] == key_name(keys_of("\0").now)
    assert not meta["key_is_secret"]
    bare = scanned(target, tmp_path / "bare", settings=SETTINGS.model_copy(update={"tokens": False}))
    assert bare["key"] == ""
    assert open_run(tmp_path / "bare").items_table()["digest"].to_pylist() == [""]
    assert open_run(tmp_path / "bare").contents_table()["digest"].to_pylist() == [""]
    monkeypatch.setenv("RECENSE_KEY", SECRET)
    for since in ("plain", "bare"):
        words = {"ner": "off", "sentences": "off", "ocr": "off", "lang": "en"}
        asked = Asked((str(target),), None, tmp_path / "n", 1, False, False, True, **words, since=tmp_path / since)
        with pytest.raises(Refused, match="another key"):
            prepare(asked)

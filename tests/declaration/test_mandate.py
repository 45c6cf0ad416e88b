from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from scanner.declaration import Declaration, none_declaration
from scanner.declaration.perimeter import covers, includes, shown
from scanner.policy.mandate import MandateError, check

TODAY = date(2026, 11, 23)
Load = Callable[[str], Declaration]


@pytest.mark.parametrize(
    "target",
    [
        "vol-4411",
        "/srv/vol-4411",
        "/srv/vol-4411/paie",
        "file:///srv/vol-4411",
        "/srv/volumes/brindacier",
        "s3://vol-4411/x",
    ],
)
def test_targets_within_the_mandate(text: str, loaded: Load, target: str) -> None:
    check(loaded(text), [target, "/mnt/vol-4412/data/old"], TODAY)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('reference: "CTR-2026-014"', 'reference: ""', "mandat.reference : référence du mandat absente"),
        ("fin: 2027-10-31", "fin: 2026-11-22", "mandat.fin : le mandat a expiré le 22/11/2026"),
        ("fin: 2027-10-31", "fin:", "mandat.fin : date de fin du mandat absente"),
        ("debut: 2026-11-01", "debut: 2026-11-24", "mandat.debut : le mandat ne commence que le 24/11/2026"),
        (
            '"vol-4411", "vol-4412:/data", "/srv/volumes/brindacier/**"',
            '"vol-1"',
            "« /srv/vol-4411 » est hors du périmètre",
        ),
        ('["vol-4411", "vol-4412:/data", "/srv/volumes/brindacier/**"]', "[]", "aucun périmètre déclaré"),
        ("lecture_contenu: true", "lecture_contenu: non", "la lecture du contenu n'est pas autorisée"),
    ],
)
def test_the_gate_stays_shut(text: str, loaded: Load, old: str, new: str, expected: str) -> None:
    assert old in text
    with pytest.raises(MandateError) as caught:
        check(loaded(text.replace(old, new)), ["/srv/vol-4411"], TODAY)
    assert expected in caught.value.problems[0]
    assert "RGPD art. 28(3)(a)" in caught.value.problems[-1]


def test_a_client_volume_without_mandate(text: str, loaded: Load) -> None:
    start, end = text.index("mandat:"), text.index("politique:")
    for declaration in (loaded(text[:start] + text[end:]), none_declaration("sous-traitant")):
        with pytest.raises(MandateError, match="mandat absent"):
            check(declaration, ["/srv/vol-4411"], TODAY)


def test_the_first_and_last_days_count(text: str, loaded: Load) -> None:
    for day in (date(2026, 11, 1), date(2027, 10, 31)):
        check(loaded(text), ["vol-4411"], day)


def test_a_provider_scans_its_own_volumes_without_mandate() -> None:
    check(none_declaration(), ["/anything"], TODAY)


def test_no_password_of_an_address_in_a_message(text: str, loaded: Load) -> None:
    with pytest.raises(MandateError) as caught:
        check(loaded(text), ["postgres://reader:hunter-two@db.example/sales?sslpassword=hunter-two"], TODAY)
    assert "hunter-two" not in str(caught.value)
    assert shown("postgres://a:b@db.example/sales?x=1") == "postgres://db.example/sales"


@pytest.mark.parametrize(
    ("scope", "target", "inside"),
    [
        ("*", "s3://bucket/key", True),
        ("vol-4411", "/srv/vol-44112", False),
        ("vol-44*", "/srv/vol-4411", True),
        ("vol-4411", "/srv/vol-4411/../vol-9", False),
        ("/srv/x/**", "/srv/x", True),
        ("/srv/x/**", "/srv/x/a/b", True),
        ("/srv/x/**", "/srv/xy", False),
        ("/srv/x/**", "/srv/x/../y", False),
        ("/srv/x", "/srv/x/a", True),
        ("/srv/x/*", "/srv/x/a/b", False),
        ("/srv/x/**", "file:///srv/x/a", True),
        ("file:///srv/x/**", "/srv/x/a", True),
        ("vol-4412:/data", "/mnt/vol-4412/data/a", True),
        ("vol-4412:/data", "/mnt/vol-4412/etc", False),
        ("s3://bucket/**", "s3://bucket/key", True),
        ("s3://bucket/**", "s3://bucket/../other", False),
        ("s3://bucket/**", "s3://user:pw@bucket/key?token=1", True),
        ("data/x", "./data/x/", True),
        ("data/x", os.path.abspath("data/x"), True),  # noqa: PTH100
        ("data/x", "/elsewhere/data/x", False),
    ],
)
def test_scopes(scope: str, target: str, inside: bool) -> None:
    assert includes(scope, target) is inside


@pytest.mark.parametrize(
    ("place", "path", "inside"),
    [
        ("vol-4411:/paie/**", "paie/2026/a.csv", True),
        ("paie/**", "paie", True),
        ("/paie/**", "paie/a", True),
        ("paie", "paie/a", True),
        ("paie/*", "paie/a/b", False),
        ("paie/*.csv", "paie/a.csv", True),
        ("paie/**", "paiement/a", False),
        ("**/test/**", "test/a", True),
        ("**/test/**", "a/b/test/c", True),
        ("*.csv", "a/b.csv", False),
        ("**/*.sql", "a/.b.sql", True),
        ("*", "a/b", True),
        ("vol-4411:", "a/b", True),
        ("a/*.zip", "a/x.zip!m/n.txt", True),
        ("a[1].csv", "a[1].csv", True),
        ("été/**", "e\u0301te\u0301/a", True),
    ],
)
def test_places(place: str, path: str, inside: bool) -> None:
    assert covers(place, path) is inside


def test_a_relative_target_follows_the_working_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert includes(f"{tmp_path}/**", "data")
    monkeypatch.chdir("/")
    assert not includes(f"{tmp_path}/**", "data")


def test_mail_stays_closed_unless_the_mandate_opens_it(tmp_path: Path) -> None:
    from scanner.config import Limits, Settings
    from scanner.connectors.filesystem import FilesystemConnector
    from scanner.declaration import Declaration
    from scanner.model import ItemRow
    from scanner.policy.mandate import closed
    from scanner.sight.eye import Eye
    from scanner.walk import Walk

    def declared(role: str, allowed: str) -> Declaration:
        mandate = {"reference": "C-1", "autorise": {"messageries": allowed}}
        return Declaration.model_validate({"role_vms": role, "mandat": mandate})

    assert closed(declared("sous-traitant", "oui")) == closed(declared("responsable", "non")) == ()
    assert "mailbox" in closed(declared("sous-traitant", "non"))
    (tmp_path / "a.eml").write_text("From: lea@example.org\nTo: b@example.org\nSubject: bonjour\n\nRappeler Lea.\n")
    connector = FilesystemConnector()
    (item,) = connector.items(str(tmp_path))
    eye = Eye(Settings(today=date(2026, 11, 24)))
    walk = Walk(Limits(), b"k", eye, closed(declared("sous-traitant", "non")))
    ((_, row),) = walk.visit(item, lambda: connector.open(str(tmp_path), item), None)
    assert isinstance(row, ItemRow)
    assert (row.status, row.reason) == ("unread", "excluded: mail: not allowed by the mandate")
    assert row.bytes_unread == item.size

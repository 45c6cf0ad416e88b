"""Alerts leave once: through restarts, errors of the receiver and time-outs, over each channel."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from dataclasses import replace
from email.header import decode_header, make_header
from pathlib import Path
from typing import Any

import fastjsonschema
import pytest
import receivers
from click.testing import CliRunner

from scanner.alerters import webhook
from scanner.alerters.syslog import SyslogAlerter
from scanner.cli import cli
from scanner.contracts import Undelivered
from scanner.model import Decision, Level
from scanner.notify import notify
from scanner.policy import decide
from scanner.policy.alerts import alerts
from scanner.policy.facts import Facts
from scanner.redaction import redacted
from scanner.taxonomy import taxonomy

RUN = {"client": "Brindacier", "mandate": "CTR-2026-014", "targets": ["/srv/v"], "started": "2026-11-23T16:40:00+00:00"}
SCHEMA = Path(__file__).parents[2] / "rules" / "schemas" / "alert-1.schema.json"


def told(*types: str, path: str = "rh/camille.durand/dossier.csv", **facts: Any) -> list[dict[str, Any]]:
    found = []
    for name in types or ("HEALTH_DATA", "FR_NIR", "PASSWORD_CLEAR", "CARD_CVV", "FR_INS"):
        category, regimes = taxonomy().category_of(name), taxonomy().regimes_of(name)
        verdict = decide(Facts("sous-traitant", name, category, regimes, Level.CERTAIN, **facts))
        regime = ",".join(regimes)
        found.append(Decision(path, name, category, regime, "CERTAIN", 12, 9, "non", "", ("line 2",), verdict))
    return list(alerts(found, RUN, b"key", shown_as=redacted))


@pytest.fixture(scope="module")
def pem(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return receivers.certificate(tmp_path_factory.mktemp("tls"))


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(webhook.SECRET, "a shared word")
    monkeypatch.setattr(webhook, "_FIRST_PAUSE", 0.01)
    monkeypatch.setattr(webhook, "SECONDS", 0.5)


def test_every_alert_keeps_to_the_published_schema() -> None:
    valid = fastjsonschema.compile(json.loads(SCHEMA.read_text("utf-8")))
    for alert in [*told(), *told("IBAN", "PASSWORD_CLEAR", exposed="web"), *told("FR_NIR", path="x!y.csv")]:
        valid(alert)
        with pytest.raises(fastjsonschema.JsonSchemaException):
            valid(alert | {"valeur": "x"})


def test_an_alert_tells_no_name_and_the_same_thing_under_the_same_number() -> None:
    assert "camille" not in json.dumps(told())
    assert [one["id"] for one in told()] == [one["id"] for one in told()]
    (plain,), (exposed,) = told("FR_NIR"), told("FR_NIR", exposed="web")
    assert plain["dedup"] == exposed["dedup"]
    assert plain["id"] != exposed["id"]
    assert (plain["severite"], exposed["severite"]) == ("Importante", "Maximale")
    assert exposed["delai_art33"]["connaissance"] == RUN["started"]


@pytest.mark.parametrize("tls", [False, True])
def test_syslog_gets_each_alert_once_through_a_restart(pem: Path, tmp_path: Path, tls: bool) -> None:
    found, notes = told(), tmp_path / "notes"
    with receivers.syslog(pem if tls else None) as got:
        scheme, query = ("syslogs", f"?ca={pem}") if tls else ("syslog", "")
        address = f"{scheme}://localhost:{got.port}{query}"
        assert notify(found[:2], address, notes) == (2, 0)
        assert notify(found, address, notes) == (3, 2)
        assert notify(found, address, notes) == (0, 5)
        _until(lambda: len(got.messages) == 5)
    head = re.compile(
        r"<10[6-9]>1 2026-11-23T16:40:00\+00:00 \S+ recense - [0-9a-f]{32} - \ufeffCEF:0\|recense\|recense\|"
    )
    assert all(head.match(message) for message in got.messages)
    assert {re.search(r"externalId=(\w+)", one).group(1) for one in got.messages} == {one["id"] for one in found}  # type: ignore[union-attr]
    with pytest.raises(Undelivered):
        notify(told("FR_RIB", exposed="web"), address, notes)


def test_cef_escapes_what_its_grammar_uses() -> None:
    from scanner.alerters.syslog import cef, framed

    (alert,) = told("FR_NIR", path="a=b|c\\d/x\ny.csv")
    assert "fname=a\\=b|c\\\\d/x\\ny.csv " in cef(alert)
    size, _, message = framed(alert).partition(b" ")
    assert int(size) == len(message)


def test_a_web_receiver_gets_each_alert_once_through_errors_and_time_outs(tmp_path: Path) -> None:
    found, notes = told(), tmp_path / "notes"
    with receivers.web() as got:
        got.answers = [500, 503, 200, 0, 429, 200, 500]
        assert notify(found, f"http://127.0.0.1:{got.port}/hook", notes) == (5, 0)
        assert notify(found, f"http://127.0.0.1:{got.port}/hook", notes) == (0, 5)
    keys = [headers["Idempotency-Key"] for headers, _ in got.messages]
    assert set(keys) == {one["id"] for one in found}
    assert len(keys) == 6  # the one that timed out came twice, under one key
    for headers, body in got.messages:
        expected = hmac.new(b"a shared word", f"{headers['X-Recense-Timestamp']}.".encode() + body, hashlib.sha256)
        assert headers["X-Recense-Signature"] == f"sha256={expected.hexdigest()}"


def test_a_web_receiver_that_refuses_is_not_asked_again(tmp_path: Path) -> None:
    with receivers.web() as got:
        got.answers = [400]
        with pytest.raises(Undelivered, match="HTTP 400"):
            notify(told(), f"http://127.0.0.1:{got.port}/", tmp_path / "notes")
        got.answers = [500] * 6
        with pytest.raises(Undelivered, match="HTTP 500"):
            notify(told(), f"http://127.0.0.1:{got.port}/", tmp_path / "notes")
        assert notify(told(), f"http://127.0.0.1:{got.port}/", tmp_path / "notes") == (5, 0)


@pytest.mark.parametrize("address", ["http://example.org/hook", "ftp://x", "smtp://localhost", "jsonl:///no/where/x"])
def test_addresses_that_cannot_be_used(tmp_path: Path, address: str) -> None:
    with pytest.raises(Undelivered):
        notify(told(), address, tmp_path / "notes")


def test_nothing_goes_out_unsigned(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv(webhook.SECRET)
    with pytest.raises(Undelivered, match="is not set"):
        notify(told(), "https://127.0.0.1/", tmp_path / "notes")


def test_mail_goes_out_encrypted_and_its_subject_tells_nothing(pem: Path, tmp_path: Path) -> None:
    found = told()
    with receivers.mail(pem) as got:
        address = f"smtp://localhost:{got.port}?from=bot@example.org&to=dpo@example.org&to=b@example.org&ca={pem}"
        assert notify(found, address, tmp_path / "notes") == (5, 0)
        assert notify(found, address, tmp_path / "notes") == (0, 5)
        untrusted = address.replace(f"&ca={pem}", "")
        with pytest.raises(Undelivered):
            notify(told("FR_RIB", exposed="web"), untrusted, tmp_path / "notes")
    assert len(got.messages) == 5
    for message in got.messages:
        subject = str(make_header(decode_header(message["Subject"])))
        assert re.fullmatch(r"Alerte recense n° [0-9a-f]{12}", subject)
        text = message.get_payload(decode=True).decode()
        assert "Brindacier" not in subject + text
        assert "camille" not in text
        assert "Décision proposée" in text


def test_what_people_settled_is_not_sent(tmp_path: Path) -> None:
    found = told()
    found[0]["etat"], found[1]["etat"] = "faux_positif", "acceptee"
    path = tmp_path / "collected.jsonl"
    assert notify(found, f"jsonl://{path}", tmp_path / "notes") == (3, 0)
    assert len(path.read_text("utf-8").splitlines()) == 3


def test_the_command_goes_on_where_it_stopped(tmp_path: Path) -> None:
    run = tmp_path / "run"
    run.mkdir()
    (run / "alerts.jsonl").write_text("".join(json.dumps(one) + "\n" for one in told()), encoding="utf-8")
    with receivers.syslog() as got:
        address = f"syslog://127.0.0.1:{got.port}"
        done = CliRunner().invoke(cli, ["notify", str(run), "--to", address, "--to", f"jsonl://{tmp_path}/out.jsonl"])
        assert done.exit_code == 0, done.output
        assert "syslog: 5 sent, 0 known there" in done.output
        _until(lambda: len(got.messages) == 5)
    failed = CliRunner().invoke(cli, ["notify", str(run), "--to", "syslog://127.0.0.1:1"])
    assert failed.exit_code == 3
    assert "not delivered (ConnectionRefusedError)" in failed.output
    assert CliRunner().invoke(cli, ["notify", str(tmp_path), "--to", address]).exit_code == 2


def test_a_connection_that_the_server_closed_is_opened_again() -> None:
    (first, second, *_) = told()
    got = receivers.Received()
    with receivers.syslog(got=got):
        port = got.port
        sender = SyslogAlerter(f"syslog://127.0.0.1:{port}")
        sender.send([first])
        _until(lambda: len(got.messages) == 1)
        sender.close()
    with receivers.syslog(got=got, port=port):
        sender.send([second])
        _until(lambda: len(got.messages) == 2)
    sender.close()


def _until(met: Any, seconds: float = 10) -> None:
    import time

    end = time.monotonic() + seconds
    while not met():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_decisions_of_the_same_place_keep_one_reference() -> None:
    (one,) = told("FR_NIR")
    category = taxonomy().category_of("FR_NIR")
    verdict = decide(Facts("sous-traitant", "FR_NIR", category, ("R2",), Level.CERTAIN))
    decision = Decision(
        "rh/camille.durand/dossier.csv", "FR_NIR", category, "R2", "CERTAIN", 1, 1, "non", "", (), verdict
    )
    (other,) = alerts([replace(decision, count=99)], RUN | {"started": "2027-01-01"}, b"key")
    assert one["dedup"] == other["dedup"]

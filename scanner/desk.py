"""Commands of the policy desk that go on from finished runs: what changed, what people say of alerts, who is told."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

_RUN = click.Path(path_type=Path)


class Refused(click.ClickException):
    """Nothing was done; exit 2."""

    exit_code = 2


@click.command()
@click.argument("old", type=_RUN)
@click.argument("new", type=_RUN)
@click.option("--format", "shape", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--exit-code", is_flag=True, help="Exit with 1 when a risk rose.")
@click.option("--lang", type=click.Choice(["fr", "en"]), default="fr", show_default=True)
def diff(old: Path, new: Path, shape: str, exit_code: bool, lang: str) -> None:
    """Say what changed between two runs: new, gone, moved, grown, newly declared, decided otherwise, risks that rose.

    \b
    Example:
      recense diff RUN-october RUN-november
    """
    from scanner.inventory.drift import drift
    from scanner.reporters.changes import lines

    (before, then), (after, now) = _seen(old), _seen(new)
    found = drift(before, after) | {"since": then["ended"], "same_rules": then["rules_sha256"] == now["rules_sha256"]}
    click.echo(json.dumps(found, ensure_ascii=False, indent=1) if shape == "json" else "\n".join(lines(found, lang)))
    if exit_code and found["risen"]:
        raise SystemExit(1)


def _seen(folder: Path) -> Any:
    from scanner.conclude import seen

    try:
        return seen(folder)
    except (OSError, ValueError, KeyError) as error:
        raise Refused(str(error) if isinstance(error, FileNotFoundError) else f"{folder}: not a finished run") from None


@click.command()
@click.argument("run_folder", metavar="RUN", type=_RUN)
@click.argument("tokens", nargs=-1, metavar="[ALERT]...")
@click.option(
    "--set",
    "state",
    type=click.Choice(["a_valider", "confirmee", "faux_positif", "acceptee", "corrigee"]),
    help="The state of the alerts that are named.",
)
@click.option("--by", metavar="NAME", help="Who says so.")
@click.option("--note", default="", help="Why.")
@click.option("--suppress", metavar="PLACE", help="No alert about this place (a glob) until --expires.")
@click.option("--type", "entity_type", default="", help="With --suppress: about this type only.")
@click.option("--expires", type=click.DateTime(["%Y-%m-%d"]), help="With --suppress: the last day.")
@click.option(
    "--triage", "ledger_file", type=click.Path(path_type=Path), help="The ledger.  [default: RUN/triage.json]"
)
def triage(
    run_folder: Path,
    tokens: tuple[str, ...],
    state: str | None,
    by: str | None,
    note: str,
    suppress: str | None,
    entity_type: str,
    expires: datetime | None,
    ledger_file: Path | None,
) -> None:
    """List the alerts of a run with their states, or set them; states stay from run to run.

    \b
    Examples:
      recense triage RUN
      recense triage RUN 3f2a91 --set confirmee --by "C. Delmas" --note "vu avec le client"
      recense triage RUN --suppress "divers/test/**" --expires 2027-01-31 --by "C. Delmas" --note "jeu d'essai"
    """
    from scanner.session import conclude_again

    path = ledger_file or run_folder / "triage.json"
    alerts = _alerts(run_folder)
    if state is None and suppress is None:
        for alert in alerts:
            click.echo(_line(alert))
        return
    if not by:
        raise Refused("--by NAME: who says so is needed")
    _write(path, tokens, state, by, note, suppress, entity_type, expires)
    conclude_again(run_folder, path)


def _write(
    path: Path,
    tokens: tuple[str, ...],
    state: str | None,
    by: str,
    note: str,
    suppress: str | None,
    entity_type: str,
    expires: datetime | None,
) -> None:
    from scanner.policy.triage import Ledger, Unknown

    try:
        ledger = Ledger.load(path)
        if suppress is not None:
            if expires is None or not note:
                raise Refused("--suppress takes --expires DATE and --note REASON")
            ledger.suppress(suppress, entity_type, note, by, expires.date().isoformat())
        if state is not None:
            if not tokens:
                raise Refused("which alert? name it by the beginning of its number, as `recense triage RUN` lists it")
            for token in [ledger.find(one) for one in tokens]:
                entry = ledger.set(token, state, by, datetime.now(UTC).isoformat(timespec="seconds"), note)
                click.echo(f"{token[8:20]}  {entry['etat']}  {by}")
        ledger.save(path)
    except Unknown as error:
        raise Refused(str(error.args[0])) from None
    except (OSError, ValueError) as error:
        raise Refused(f"{path}: {type(error).__name__}") from None


def _alerts(folder: Path) -> list[dict[str, Any]]:
    try:
        text = (folder / "alerts.jsonl").read_text(encoding="utf-8")
        return [json.loads(line) for line in text.splitlines()]
    except (OSError, ValueError):
        raise Refused(f"{folder}: no alerts.jsonl, so not a finished run of recense") from None


def _line(alert: dict[str, Any]) -> str:
    review = alert.get("revue") or {}
    said = f"  {review['par']} {review['le'][:10]}" if review else ""
    what = f"{alert['decision']:<18}  {alert['severite']:<11}  {alert['constat']['libelle']}"
    return (
        f"{alert['dedup'].partition(':')[2][:12]}  {alert['etat']:<12}  {what}  {alert['emplacement']['chemin']}{said}"
    )


@click.command()
@click.argument("run_folder", metavar="RUN", type=_RUN)
@click.option("--to", "addresses", multiple=True, required=True, metavar="ADDRESS", help="Where alerts go.")
@click.option("--notes", type=click.Path(path_type=Path), help="What was sent.  [default: RUN/deliveries.jsonl]")
def notify(run_folder: Path, addresses: tuple[str, ...], notes: Path | None) -> None:
    """Send the alerts of a run, each once: to a file, a syslog server, a web address or a mailbox.

    Web addresses get a signature by RECENSE_WEBHOOK_SECRET; RECENSE_SMTP_PASSWORD is for mail.

    \b
    Examples:
      recense notify RUN --to jsonl:///var/log/recense.jsonl
      recense notify RUN --to syslogs://siem.example.org:6514
      recense notify RUN --to https://hooks.example.org/recense
      recense notify RUN --to "smtp://bot@mail.example.org:587?from=bot@example.org&to=dpo@example.org"
    """
    from scanner.contracts import Undelivered
    from scanner.notify import FILE
    from scanner.notify import notify as send

    alerts, failed = _alerts(run_folder), False
    for address in addresses:
        scheme = address.partition(":")[0]
        try:
            sent, known = send(alerts, address, notes or run_folder / FILE)
            click.echo(f"{scheme}: {sent} sent, {known} known there")
        except Undelivered as error:
            failed = True
            click.echo(f"recense: {scheme}: not delivered ({error}); the same command goes on from here", err=True)
    if failed:
        raise SystemExit(3)


@click.command()
@click.argument("run_folder", metavar="RUN", type=_RUN)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Folder to write to.  [default: RUN/letters]")
@click.option("--edition", type=click.Choice(["client", "operator"]), default="client", show_default=True)
def letters(run_folder: Path, output: Path | None, edition: str) -> None:
    """Draft the letters that a run calls for, in French, as HTML and ODT: what only people know is « à compléter ».

    \b
    Example:
      recense letters RUN -o letters/
    """
    from scanner.letters import draft

    try:
        inventory = json.loads((run_folder / "inventory.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise Refused(f"{run_folder}: no inventory.json, so not a finished run of recense") from None
    for path in draft(inventory, output or run_folder / "letters", edition):
        click.echo(path)

"""``recense declaration``: begin, check, draft and compare what clients declare, without reading any volume."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click

from scanner.declaration import Declaration, load
from scanner.mistakes import MistakesError

_SIGNS = {"+": "ajouté", "-": "retiré", "~": "changé"}


class Mistaken(click.ClickException):
    """A declaration that cannot be used: one line a mistake, exit 2."""

    exit_code = 2


@click.group()
def declaration() -> None:
    """Begin, check, draft and compare the declarations of clients.

    \b
    Examples:
      recense declaration new -o client.xlsx
      recense declaration check client.yaml --target /srv/vol-4411
      recense declaration suggest RUN -o draft.yaml
      recense declaration diff old.yaml new.yaml
    """


@declaration.command()
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("declaration.yaml"),
    show_default=True,
    help="File to write: .yaml, or .xlsx for the form.",
)
@click.option("--from", "source", type=click.Path(path_type=Path), help="A declaration that the new one begins from.")
def new(output: Path, source: Path | None) -> None:
    """Write an empty declaration to complete, as YAML or as a form to fill."""
    from scanner.declaration.drafting import blank

    write(blank() if source is None else _data(_loaded(source)), output)


@declaration.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--target", "targets", multiple=True, help="Check the mandate for a scan of it today, too.")
def check(file: Path, targets: tuple[str, ...]) -> None:
    """Check a declaration, and name all its mistakes: file, line, key, nearest valid value."""
    found = _loaded(file)
    if targets:
        from scanner.policy.mandate import check as check_mandate

        try:
            check_mandate(found, targets, date.today())
        except MistakesError as error:
            _refuse(error.problems)
    state = "absente" if not found.on_file else f"{len(found.processings)} traitement(s)"
    click.echo(f"{file.name} : déclaration valable ; {state} ; empreinte {found.digest}")


@declaration.command()
@click.argument("run_folder", metavar="RUN", type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), default=Path("draft.yaml"), show_default=True
)
@click.option("--declaration", "source", type=click.Path(path_type=Path), help="Take client and mandate from it.")
def suggest(run_folder: Path, output: Path, source: Path | None) -> None:
    """Draft lines for what a run found and nobody declared; the client completes them, nothing counts before."""
    from scanner.declaration.drafting import blank, suggested
    from scanner.store import open_run

    try:
        run = open_run(run_folder)
        decisions, meta = run.decisions(), run.meta
    except (OSError, ValueError) as error:
        raise Mistaken(f"{run_folder}: {error}") from None
    head = blank() if source is None else _data(_loaded(source))
    if source is None and meta.get("client"):
        head["client"]["raison_sociale"] = meta["client"]
        head["mandat"]["reference"] = meta.get("mandate") or head["mandat"]["reference"]
    write(suggested(decisions, head), output)


@declaration.command()
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new_file", metavar="NEW", type=click.Path(path_type=Path))
@click.option("--exit-code", is_flag=True, help="Exit with 1 when they differ.")
def diff(old: Path, new_file: Path, exit_code: bool) -> None:
    """Say what changed between two declarations, key by key."""
    from scanner.declaration.difference import differences

    found = differences(_loaded(old), _loaded(new_file))
    for sign, key, was, now in found:
        values = " → ".join(filter(None, (was, now)))
        click.echo(f"{sign} {key} : {values} ({_SIGNS[sign]})")
    if not found:
        click.echo("aucune différence")
    if found and exit_code:
        raise SystemExit(1)


@declaration.command()
def schema() -> None:
    """Print the JSON Schema of declarations."""
    from scanner.declaration.schema import schema as describe

    click.echo(json.dumps(describe(), ensure_ascii=False, indent=1, sort_keys=True))


def write(data: dict[str, Any], output: Path) -> None:
    """A declaration as YAML or as a form, by the name of the file; never over another."""
    from scanner.declaration.drafting import as_yaml
    from scanner.declaration.form import write_form

    if output.exists():
        raise Mistaken(f"{output} : existe déjà, rien n'est écrasé")
    if output.suffix == ".xlsx":
        write_form(data, output)
    else:
        output.write_text(as_yaml(data), encoding="utf-8")
    click.echo(output)


def _data(found: Declaration) -> dict[str, Any]:
    data = found.model_dump(mode="json", by_alias=True, exclude_unset=True)
    return {key: value for key, value in data.items() if key not in ("source", "digest")}


def _loaded(file: Path) -> Declaration:
    try:
        return load(file)
    except MistakesError as error:
        _refuse(error.problems)
        raise


def _refuse(problems: Sequence[str]) -> None:
    *first, last = problems
    for line in first:
        click.echo(line, err=True)
    raise Mistaken(last)

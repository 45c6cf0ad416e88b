"""Between the command line and the run: checks all before anything is read, turns refusals into exit codes."""

from __future__ import annotations

import os
import signal
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import click

from scanner.conclude import about, conclude, report, save_meta
from scanner.config import Settings
from scanner.connectors.filesystem import FilesystemConnector
from scanner.console import Console
from scanner.declaration import Declaration, load, none_declaration
from scanner.messages import say
from scanner.mistakes import MistakesError
from scanner.model import Outcome
from scanner.policy.mandate import check
from scanner.scan import Request, scan
from scanner.store import RunExists, Store, open_run
from scanner.walk import whereabouts


class Refused(click.ClickException):
    """Bad usage, configuration, declaration or mandate: nothing was read."""

    exit_code = 2


class Failed(SystemExit):
    """The run itself could not be completed: exit 3."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The options of ``recense scan``, as given."""

    targets: tuple[str, ...]
    declaration: Path | None
    folder: Path
    workers: int | None
    force: bool
    resume: bool
    quiet: bool
    ner: str
    lang: str


def today_settings(ner: str, lang: str) -> Settings:
    """Settings at today's date, the only place that looks at the calendar."""
    return Settings.model_validate({"ner": ner, "lang": lang, "today": date.today()})


def prepare(asked: Asked) -> Request:
    """Check targets, declaration, mandate and folder; refuse with one line before anything is read."""
    missing = [t for t in asked.targets if not _exists(t)]
    if missing:
        raise Refused(say(asked.lang, "no_target", target=missing[0]))
    _check_rules()
    declaration = _declaration(asked.declaration)
    settings = today_settings(asked.ner, asked.lang)
    try:
        check(declaration, asked.targets, settings.today)
    except MistakesError as error:
        raise Refused(" ; ".join(error.problems)) from None
    run = asked.folder.resolve()
    if any(run == Path(t).resolve() or Path(t).resolve() in run.parents for t in asked.targets):
        raise Refused(say(asked.lang, "out_inside", folder=asked.folder))
    if asked.declaration is None and not asked.quiet:
        click.echo(say(asked.lang, "no_declaration"), err=True)
    workers = asked.workers or os.cpu_count() or 1
    return Request(asked.targets, asked.folder, declaration, settings, workers, resume=asked.resume)


def run(request: Request, asked: Asked) -> tuple[dict[str, Any], dict[str, Any]]:
    """Scan and conclude; ``run.json`` and the inventory."""
    connector = FilesystemConnector()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # a service manager stops us like Ctrl-C
    try:
        store = _store(request, asked)
        with Console(request.targets, connector.items, asked.lang, quiet=asked.quiet) as console:
            return scan(request, store, console.advance)
    except KeyboardInterrupt:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # one more would only disturb the last words
        click.echo(say(asked.lang, "interrupted", path=asked.folder), err=True)
        raise Failed(3) from None
    except click.ClickException:
        raise
    except Exception as error:  # noqa: BLE001 - one line, whose words are never a file's
        click.echo(f"recense: {say(asked.lang, 'failed', why=why(error))}", err=True)
        raise Failed(3) from None


def why(error: Exception) -> str:
    """What to print of an error: the system's words, or type and place; never its message, which can quote content."""
    if isinstance(error, OSError):
        code = error.errno or getattr(error.__context__, "errno", None)
        return error.strerror or (os.strerror(code) if code else type(error).__name__)
    return whereabouts(error)


def judge_again(folder: Path, declaration: Path, lang: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Policy again on a stored run."""
    meta = _meta(folder)
    _check_concluded(folder, lang)
    said = _declaration(declaration)
    settings = Settings.model_validate({**_stored_settings(meta), "lang": lang})
    meta |= about(said)
    save_meta(Store(folder), meta)
    return meta, conclude(folder, said, settings)


def report_again(folder: Path, name: str, output: Path | None, lang: str) -> Path:
    """One more report of a stored inventory; returns its path."""
    import json

    _meta(folder)
    _check_concluded(folder, lang)
    inventory = json.loads((folder / "inventory.json").read_text(encoding="utf-8"))
    path = output or folder / f"inventory.{name}"
    report(inventory, name, path, lang)
    return path


def worst_outcome(inventory: dict[str, Any]) -> int:
    """The gravest outcome of an inventory, 0 when nothing was decided."""
    return max((int(Outcome[name]) for name, count in inventory["decisions"]["counts"].items() if count), default=0)


def _exists(target: str) -> bool:
    try:
        return Path(target).exists()
    except OSError:  # a name that no file system takes
        return False


def _check_concluded(folder: Path, lang: str) -> None:
    """A run that was killed has parts to go on with, but nothing to judge yet."""
    if not all((folder / name).is_file() for name in ("findings.parquet", "items.parquet", "inventory.json")):
        raise Refused(say(lang, "not_concluded", folder=folder))


def _check_rules() -> None:
    """Our own files: every mistake of every rule is named, and nothing is read with half of the rules."""
    from recognizers.rule import RuleErrors, load_rules

    try:
        load_rules()
    except RuleErrors as error:
        raise Refused(str(error)) from None


def _declaration(path: Path | None) -> Declaration:
    if path is None:
        return none_declaration()
    try:
        return load(path)
    except MistakesError as error:
        raise Refused(" ; ".join(error.problems)) from None


def _meta(folder: Path) -> dict[str, Any]:
    try:
        return open_run(folder).meta
    except (OSError, ValueError) as error:
        raise Refused(str(error) if isinstance(error, FileNotFoundError) else f"{folder}: run.json illisible") from None


def _stored_settings(meta: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in meta["options"].items() if key in Settings.model_fields}


def _store(request: Request, asked: Asked) -> Store:
    if request.resume and (request.folder / "run.json").exists():
        earlier = _meta(request.folder)
        fields = set(Settings.model_fields) - {"lang", "today"}
        same = all(
            earlier["options"].get(k) == v for k, v in request.settings.model_dump(mode="json").items() if k in fields
        )
        from scanner.fingerprint import rules_digest

        if not same or earlier["rules_sha256"] != rules_digest() or earlier["targets"] != list(request.targets):
            raise Refused(say(asked.lang, "same_run", folder=request.folder))
        return Store.reopen(request.folder)
    try:
        return Store.create(request.folder, force=asked.force)
    except RunExists as error:
        raise Refused(str(error)) from None

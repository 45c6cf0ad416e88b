"""Between the command line and the run: checks all before anything is read, turns refusals into exit codes."""

from __future__ import annotations

import os
import signal
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import click

from scanner.conclude import NOTHING_BEFORE, Before, about, conclude, report, save_meta, scope_of, seen
from scanner.config import Limits, Settings
from scanner.connecting import Connectors, connector_name, scheme_of
from scanner.connectors.addresses import masked
from scanner.console import Console
from scanner.contracts import Unreadable
from scanner.coverage import Coverage
from scanner.declaration import Declaration, load, none_declaration, restored
from scanner.editions import edition
from scanner.firstuse import is_ready
from scanner.hold import Held, Hold
from scanner.journal import Journal
from scanner.messages import human, say
from scanner.mistakes import MistakesError
from scanner.model import Outcome
from scanner.plugins import named
from scanner.policy.mandate import check, closed
from scanner.policy.rulebook import rulebook
from scanner.policy.triage import Ledger
from scanner.scan import Request, scan
from scanner.sight import INSTALL, installed
from scanner.store import EARLIER, RunExists, Store, open_run
from scanner.tokens import key_name, keys_of
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
    sentences: str
    ocr: str
    lang: str
    policy: str = ""
    country: str = ""
    since: Path | None = None
    triage: Path | None = None
    sample: int = 0
    limits: tuple[str, ...] = ()
    tokens: bool = True


def today_settings(ner: str, sentences: str, lang: str, **more: str) -> Settings:
    """Settings at today's date, the only place that looks at the calendar."""
    return Settings.model_validate({"ner": ner, "sentences": sentences, "lang": lang, "today": date.today(), **more})


def looking(asked: Asked, declaration: Declaration) -> str:
    """How pictures are looked at: as asked, unless the mandate does not allow it; what cannot be done is refused."""
    forbidden = declaration.mandate is not None and not declaration.mandate.allowed.ocr
    if asked.ocr == "all" and forbidden:
        raise Refused(say(asked.lang, "ocr_denied"))
    if asked.ocr == "all" and not installed():
        raise Refused(say(asked.lang, "ocr_missing", install=INSTALL))
    if asked.ocr == "auto" and forbidden:
        return "denied"
    return asked.ocr if asked.ocr != "auto" or installed() else "missing"


def prepare(asked: Asked) -> Request:
    """Check targets, declaration, mandate and folder; refuse with one line before anything is read."""
    for target in asked.targets:
        _check_target(target, asked.lang)
    if asked.sample and not any(map(scheme_of, asked.targets)):
        raise Refused(say(asked.lang, "no_sample"))
    _check_rules()
    declaration = _declaration(asked.declaration)
    settings = _settings(asked, declaration)
    _check_earlier(asked, declaration)
    try:
        check(declaration, asked.targets, settings.today, rulebook(asked.policy))
    except MistakesError as error:
        raise Refused(" ; ".join(error.problems)) from None
    settings = settings.model_copy(update={"closed": closed(declaration)})
    run = asked.folder.resolve()
    if any(run == Path(t).resolve() or Path(t).resolve() in run.parents for t in asked.targets if not scheme_of(t)):
        raise Refused(say(asked.lang, "out_inside", folder=asked.folder))
    if asked.declaration is None and not asked.quiet:
        click.echo(say(asked.lang, "no_declaration"), err=True)
    if not asked.quiet and not is_ready():
        click.echo(say(asked.lang, "first_use"), err=True)
    workers = asked.workers or os.cpu_count() or 1
    return Request(
        asked.targets,
        asked.folder,
        declaration,
        settings,
        workers,
        resume=asked.resume,
        before=earlier(_since(asked), asked.triage),
        since=asked.since,
    )


def _since(asked: Asked) -> Path | None:
    """The run to compare with; one that is gone on with has kept what it needs of it."""
    kept = asked.folder / EARLIER
    return kept if asked.resume and kept.is_dir() else asked.since


def earlier(since: Path | None, triage: Path | None) -> Before:
    """The run to compare with, read now since the new one may take its place, and a ledger that can be read."""
    if triage is not None:
        try:
            Ledger.load(triage)
        except (OSError, ValueError, KeyError) as error:
            raise Refused(f"{triage}: {type(error).__name__}") from None
    if since is None:
        return Before(triage=triage)
    try:
        return Before(since, triage, seen(since))
    except (OSError, ValueError, KeyError) as error:
        raise Refused(str(error) if isinstance(error, FileNotFoundError) else f"{since}: {why(error)}") from None


def run(request: Request, asked: Asked) -> tuple[dict[str, Any], dict[str, Any]]:
    """Scan and conclude; ``run.json`` and the inventory."""
    connectors = Connectors(request.settings)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # a service manager stops us like Ctrl-C
    try:
        with (
            _store(request, asked) as store,
            Console(request.targets, connectors.items, asked.lang, quiet=asked.quiet) as console,
        ):
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


def judge_again(
    folder: Path,
    declaration: Path,
    lang: str,
    policy: str | None = None,
    country: str | None = None,
    before: Before = NOTHING_BEFORE,
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Policy again on a stored run."""
    meta = _meta(folder)
    with _alone(folder) as store:
        _check_concluded(folder, lang)
        said = _declaration(declaration)
        chosen = {"policy": policy, "country": country and country.upper()}
        given = {name: value for name, value in chosen.items() if value is not None}
        settings = Settings.model_validate({**_stored_settings(meta), "lang": lang, **given})
        meta["options"] |= given
        try:
            meta |= about(said, settings.policy)
        except MistakesError as error:
            raise Refused(" ; ".join(error.problems)) from None
        save_meta(store, meta)
        return meta, conclude(folder, said, settings, before)


def conclude_again(folder: Path, triage: Path) -> None:
    """The same declaration and policy on a stored run, with what people said since."""
    import json

    meta = _meta(folder)
    with _alone(folder):
        _check_concluded(folder, meta["options"]["lang"])
        try:
            said = restored(json.loads((folder / "declaration.json").read_text(encoding="utf-8")))
        except (OSError, ValueError):
            raise Refused(f"{folder}: no declaration.json; `recense judge` it first") from None
        conclude(folder, said, Settings.model_validate(_stored_settings(meta)), Before(triage=triage))


def report_again(folder: Path, name: str, output: Path | None, lang: str, whose: str = "operator") -> Path:
    """One more report of a stored inventory; returns its path."""
    import json

    from scanner.inventory import SCHEMA

    _meta(folder)
    _check_concluded(folder, lang)
    inventory = json.loads((folder / "inventory.json").read_text(encoding="utf-8"))
    if inventory.get("schema") != SCHEMA:
        raise Refused(say(lang, "older", folder=folder))
    path = output or folder / f"inventory{'-client' if whose == 'client' else ''}{named('reporters', name).suffix}"
    report(edition(inventory, whose), name, path, lang)
    return path


def _settings(asked: Asked, declaration: Declaration) -> Settings:
    """The settings with the bounds that were asked for: ``memory=2G``, ``depth=20``."""
    try:
        limits = Limits.model_validate(dict(map(_bound, asked.limits)))
        keys_of("")
    except (ValueError, OSError) as error:
        told = str(error) if type(error) is ValueError else f"--limit {', '.join(asked.limits)} : {_expected()}"
        raise Refused(why(error) if isinstance(error, OSError) else told) from None
    more = {"policy": asked.policy, "country": asked.country.upper(), "ocr": looking(asked, declaration)}
    return today_settings(asked.ner, asked.sentences, asked.lang, **more).model_copy(
        update={"limits": limits, "tokens": asked.tokens, "sample": asked.sample}
    )


def _bound(text: str) -> tuple[str, int]:
    name, _, value = text.partition("=")
    units = {"K": 1 << 10, "M": 1 << 20, "G": 1 << 30, "T": 1 << 40}
    unit = units.get(value[-1:].upper(), 1)
    number = value[:-1] if unit > 1 else value
    if name not in Limits.model_fields or not number.isascii() or not number.isdigit():
        raise ValueError(f"--limit {text} : {_expected()}")
    return name, int(number) * unit


def _expected() -> str:
    return "NAME=NUMBER[K|M|G|T], NAME: " + ", ".join(Limits.model_fields)


def _check_earlier(asked: Asked, declaration: Declaration) -> None:
    """An earlier run that others can go on from has come to an end, and says by digests what it read."""
    if asked.since is None or (asked.resume and (asked.folder / "run.json").exists()):
        return
    name = key_name(keys_of(scope_of(declaration)).now)
    if _meta(asked.since).get("key") != name or not asked.tokens:
        raise Refused(say(asked.lang, "other_key", folder=asked.since))
    if not (asked.since / "contents.parquet").is_file():
        raise Refused(say(asked.lang, "no_contents", folder=asked.since))


def worst_outcome(inventory: dict[str, Any]) -> int:
    """The gravest outcome of an inventory, 0 when nothing was decided."""
    return max((int(Outcome[name]) for name, count in inventory["decisions"]["counts"].items() if count), default=0)


def _alone(folder: Path) -> Store:
    try:
        return Store(folder, Hold(folder))
    except Held:
        raise Refused(f"{folder}: another process works on this run") from None


def _exists(target: str) -> bool:
    try:
        return Path(target).exists()
    except OSError:  # a name that no file system takes
        return False


def _check_target(target: str, lang: str) -> None:
    """A path must exist; a server must answer and let the user in, before anything is read."""
    if not scheme_of(target):
        if not _exists(target):
            raise Refused(say(lang, "no_target", target=masked(target)))
        return
    try:
        connector_name(target)
    except LookupError:
        raise Refused(say(lang, "no_connector", target=masked(target))) from None
    connectors = Connectors(today_settings("off", "off", lang))
    try:
        found = next(connectors.items(target), None)
    except Unreadable as stop:
        raise Refused(say(lang, "no_server", target=masked(target), why=stop.problem.detail)) from None
    finally:
        connectors.close()
    if found is None:
        raise Refused(say(lang, "no_table", target=masked(target)))


def _check_concluded(folder: Path, lang: str) -> None:
    """A run that was killed has parts to go on with, but nothing to judge yet."""
    if not all((folder / name).is_file() for name in ("findings.parquet", "items.parquet", "inventory.json")):
        covered = Coverage()
        for entry in Journal(folder).entries():
            covered.merge(entry["coverage"])
        size = human(covered.volume["bytes_read"], lang)
        raise Refused(say(lang, "not_concluded", folder=folder, items=covered.listed, size=size))


def _check_rules() -> None:
    """Our own files: every mistake of every rule is named, and nothing is read with half of the rules."""
    from recognizers.rule import RuleErrors, load_rules
    from scanner.recognition.forms import FormErrors, load_forms

    try:
        load_rules()
        load_forms()
    except (RuleErrors, FormErrors) as error:
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
    try:
        if request.resume and (request.folder / "run.json").exists():
            _check_same(request, asked)
            return Store.reopen(request.folder)
        return Store.create(request.folder, force=asked.force, since=asked.since)
    except RunExists as error:
        raise Refused(str(error)) from None


def _check_same(request: Request, asked: Asked) -> None:
    """A run is gone on with as it began."""
    from scanner.fingerprint import code_digest, rules_digest

    earlier = _meta(request.folder)
    fields = set(Settings.model_fields) - {"lang", "today"}
    now = request.settings.model_dump(mode="json")
    same = all(earlier["options"].get(name) == now[name] for name in fields)
    key = key_name(keys_of(scope_of(request.declaration)).now) if request.settings.tokens else ""
    made = {"rules_sha256": rules_digest(), "code": code_digest(), "key": key, "targets": list(request.targets)}
    if not same or any(earlier.get(name) != value for name, value in made.items()):
        raise Refused(say(asked.lang, "same_run", folder=request.folder))

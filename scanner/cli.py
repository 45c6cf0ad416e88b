"""The command line: parse, call, print. Heavy modules load inside the commands, so that help is immediate."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from scanner import __version__
from scanner.options import COUNTRY, FORMATS, LANG, NER, OCR, OUTCOMES, POLICY, SENTENCES, SINCE, TRIAGE

OWN = "own"
"""Said to commands that have the process for themselves."""


class _Late(click.Group):
    """Loads the commands of the policy desk when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All names, ours and theirs."""
        return sorted({*super().list_commands(ctx), *_DESK})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, loaded now if it is one of the desk."""
        if cmd_name not in _DESK:
            return super().get_command(ctx, cmd_name)
        module, name = _DESK[cmd_name]
        found: click.Command = getattr(import_module(module), name)
        return found


_DESK = {
    "declaration": ("scanner.declaring", "declaration"),
    "diff": ("scanner.desk", "diff"),
    "triage": ("scanner.desk", "triage"),
    "notify": ("scanner.desk", "notify"),
    "letters": ("scanner.desk", "letters"),
}
"""Command -> module and name."""


@click.group(cls=_Late, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, prog_name="recense")
def cli() -> None:
    """Take the inventory of personal data in a hosted volume, and say what to do about it.

    \b
    recense scan /srv/vol-4411 --declaration client.yaml -o RUN
    recense judge RUN --declaration newer.yaml
    recense report RUN --format html -o inventory.html
    """


@cli.command(
    epilog="Exit: 0 done; 1 done and --fail-on met; 2 bad usage, declaration or mandate, nothing read; 3 not completed."
)
@click.argument("targets", nargs=-1, required=True, metavar="TARGET...")
@click.option(
    "--declaration", type=click.Path(path_type=Path), help="What the client declared, with the mandate (YAML)."
)
@click.option(
    "-o",
    "--output",
    "folder",
    type=click.Path(path_type=Path),
    default=Path("run"),
    show_default=True,
    metavar="RUN",
    help="Folder of the run.",
)
@click.option("--workers", type=click.IntRange(1, 256), help="Worker processes.  [default: one per core]")
@click.option(
    "--fail-on",
    type=click.Choice([*OUTCOMES, "incomplete"]),
    help="Exit with 1 when a decision goes this far, or when something was not read.",
)
@click.option("--force", is_flag=True, help="Replace an earlier run in RUN.")
@click.option("--resume", is_flag=True, help="Go on with an interrupted run in RUN.")
@click.option(
    "--since",
    type=click.Path(path_type=Path),
    metavar="RUN",
    help="Read only what has another content than in this earlier run, and say what changed.",
)
@click.option(
    "--limit",
    "limits",
    multiple=True,
    metavar="NAME=NUMBER",
    help="A bound of one item or of the run: depth, members, expansion_ratio, expansion_floor, expansion_total, spool, "
    "seconds, memory, run_items, run_bytes; K, M, G, T are powers of 1,024.",
)
@click.option("--no-tokens", is_flag=True, help="Write no digest of a content; such a run is no use to --since.")
@click.option("-q", "--quiet", is_flag=True, help="Print errors only.")
@POLICY
@COUNTRY
@TRIAGE
@click.option(
    "--sample",
    type=click.IntRange(0),
    default=0,
    metavar="N",
    help="At most N rows of each table of a live database; what that can miss is said.  [default: all rows]",
)
@NER
@SENTENCES
@OCR
@LANG
def scan(
    targets: tuple[str, ...],
    declaration: Path | None,
    folder: Path,
    workers: int | None,
    fail_on: str | None,
    force: bool,
    resume: bool,
    since: Path | None,
    limits: tuple[str, ...],
    no_tokens: bool,
    quiet: bool,
    sample: int,
    ner: str,
    sentences: str,
    ocr: str,
    lang: str,
    policy: str | None,
    country: str | None,
    triage_file: Path | None,
) -> None:
    """Read TARGET, compare with the declaration, write the inventory.

    \b
    Examples:
      recense scan /srv/vol-4411 --declaration client.yaml -o RUN
      recense scan dump.sql logs/ --declaration client.yaml -o RUN --workers 4 --fail-on refuse
      recense scan postgresql://reader@localhost/shop --declaration client.yaml -o RUN
    """
    from scanner.connectors.addresses import without_secrets
    from scanner.engines.local import warm

    targets = without_secrets(targets)
    if all("://" in target or os.path.exists(target) for target in targets):  # noqa: PTH110
        warm()
    if click.get_current_context().obj is OWN:
        from scanner.arrow import forget_pandas

        forget_pandas()
    from scanner.session import Asked, prepare, run

    asked = Asked(
        targets=targets,
        declaration=declaration,
        folder=folder,
        workers=workers,
        force=force,
        resume=resume,
        quiet=quiet,
        ner=ner,
        sentences=sentences,
        ocr=ocr,
        lang=lang,
        policy=policy or "",
        country=country or "",
        since=since,
        triage=triage_file,
        sample=sample,
        limits=limits,
        tokens=not no_tokens,
    )
    meta, inventory = run(prepare(asked), asked)
    _finish(folder, meta, inventory, fail_on, quiet=quiet, lang=lang)


@cli.command()
@click.argument("run_folder", metavar="RUN", type=click.Path(path_type=Path))
@click.option("--declaration", type=click.Path(path_type=Path), required=True, help="The declaration to compare with.")
@click.option(
    "--fail-on", type=click.Choice([*OUTCOMES, "incomplete"]), help="Exit with 1 when a decision goes this far."
)
@click.option("-q", "--quiet", is_flag=True, help="Print errors only.")
@POLICY
@COUNTRY
@SINCE
@TRIAGE
@LANG
def judge(
    run_folder: Path,
    declaration: Path,
    fail_on: str | None,
    quiet: bool,
    policy: str | None,
    country: str | None,
    since: Path | None,
    triage_file: Path | None,
    lang: str,
) -> None:
    """Apply the policy again to a stored run, with another declaration; the volume is not read.

    \b
    Example:
      recense judge RUN --declaration corrected.yaml
    """
    from scanner.session import earlier, judge_again

    before = earlier(since, triage_file)
    meta, inventory = judge_again(run_folder, declaration, lang, policy, country, before)
    _finish(run_folder, meta, inventory, fail_on, quiet=quiet, lang=lang)


@cli.command()
@click.argument("run_folder", metavar="RUN", type=click.Path(path_type=Path))
@click.option("--format", "name", type=click.Choice(FORMATS), default="html", show_default=True)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="File to write.  [default: RUN/inventory.<format>]"
)
@click.option(
    "--edition",
    type=click.Choice(["operator", "client"]),
    default="operator",
    show_default=True,
    help="For the client, parts of paths that hold a name or a number of somebody are hidden.",
)
@LANG
def report(run_folder: Path, name: str, output: Path | None, edition: str, lang: str) -> None:
    """Write the inventory of a run once more, in another format or language.

    \b
    Example:
      recense report RUN --format xlsx --lang en -o inventory-en.xlsx
    """
    from scanner.session import report_again

    click.echo(report_again(run_folder, name, output, lang, edition))


@cli.command()
@click.argument("file", type=click.File("r", encoding="utf-8"), metavar="FILE.jsonl")
@NER
@SENTENCES
def analyze(file: Any, ner: str, sentences: str) -> None:
    """Find spans in texts: one {"id", "text"} per line in, one line of spans and regimes out, never a value.

    \b
    Example:
      echo '{"id": 1, "text": "Écrire à lea.martin@example.org"}' | recense analyze -
    """
    from scanner.analyze import analyze_lines
    from scanner.session import today_settings

    for line in analyze_lines(file, today_settings(ner, sentences, "fr"), getattr(file, "name", "-")):
        click.echo(line)


@cli.command()
def rules() -> None:
    """List what is recognised: type, category, regimes, recogniser."""
    from scanner.catalogue import rule_lines

    click.echo("\n".join(rule_lines()))


@cli.command()
@click.option("--markdown", is_flag=True, help="As a table in Markdown, one row for each reader.")
def formats(markdown: bool) -> None:
    """List what is read, as columns, text or members, and by which reader; what is not, and why."""
    from scanner.catalogue import format_lines, format_table

    click.echo("\n".join(format_table() if markdown else format_lines()))


@cli.command()
def connectors() -> None:
    """List what can be scanned, with an example of each."""
    from scanner.catalogue import connector_lines

    click.echo("\n".join(connector_lines()))


@cli.command()
def doctor() -> None:
    """Say what is installed, what does not load, and what would add it."""
    from scanner.catalogue import doctor_lines

    lines, healthy = doctor_lines()
    click.echo("\n".join(lines))
    if not healthy:
        raise SystemExit(3)


@cli.command()
@click.option(
    "--baseline",
    "baselines",
    type=click.Choice(["presidio", "pdscan"]),
    multiple=True,
    help="Compare with this tool only.  [default: both]",
)
@click.option("--size", metavar="SIZE", help="Size of each corpus: 200KB, 50MB, 1GB.  [default: 50MB]")
@click.option("--seed", type=click.IntRange(0), default=1, show_default=True, help="What the corpora are drawn from.")
@click.option(
    "--only",
    multiple=True,
    metavar="NAME",
    help="One of log, csv, prose, dump, nopii, binary, parquet; files (many small ones), file (a single one).",
)
@click.option(
    "--growth", "growing", is_flag=True, help="Time and memory of the scan at 10 MB, 100 MB and 1 GB instead."
)
@click.option("--json", "json_file", type=click.Path(path_type=Path, dir_okay=False), help="File for all figures.")
@click.option("--readme", is_flag=True, help="Put the tables in scanner/README.md, between their comments.")
def bench(
    baselines: tuple[str, ...],
    size: str | None,
    seed: int,
    only: tuple[str, ...],
    growing: bool,
    json_file: Path | None,
    readme: bool,
) -> None:
    """Measure this machine: speed, memory and findings on invented corpora, beside other tools on the same text.

    \b
    Examples:
      recense bench --only log --only csv --json bench.json
      recense bench --size 1GB --baseline presidio
      recense bench --growth
    """
    from scanner.bench.command import Asked, run

    run(Asked(baselines, size, seed, only, growing, json_file, readme))


@cli.command()
@click.argument("corpora", nargs=-1, metavar="[CORPUS.jsonl]...", type=click.Path(path_type=Path, exists=True))
@click.option(
    "--tables", multiple=True, type=click.Path(path_type=Path, exists=True), help="Labelled columns (.jsonl)."
)
@click.option(
    "--clean",
    multiple=True,
    type=click.Path(path_type=Path, exists=True),
    help="Files without personal data: what is found in them is wrong.",
)
@click.option(
    "--mapping",
    type=click.Path(path_type=Path, dir_okay=False),
    help="What the labels mean.  [default: recognizers/corpora.yaml]",
)
@click.option(
    "--part",
    type=click.Choice(["test", "dev", "all"]),
    default="all",
    show_default=True,
    help="Records kept for testing, the others, or both.",
)
@click.option("--sample", type=click.IntRange(0), default=0, metavar="N", help="At most N records of each set.")
@click.option(
    "--at",
    type=click.Choice(["CERTAIN", "PROBABLE", "POSSIBLE"]),
    default="PROBABLE",
    show_default=True,
    help="Level that a finding must have.",
)
@click.option("--baseline", "baselines", type=click.Choice(["presidio"]), multiple=True, help="Measure this tool too.")
@NER
@click.option("--json", "json_file", type=click.Path(path_type=Path, dir_okay=False), help="File for all figures.")
@click.option(
    "--places",
    type=click.Path(path_type=Path, dir_okay=False),
    help="File for the errors: record, offsets, class, kind; never a text.",
)
@click.option("--readme", is_flag=True, help="Put the tables in recognizers/README.md, between their comments.")
def evaluate(
    corpora: tuple[Path, ...],
    tables: tuple[Path, ...],
    clean: tuple[Path, ...],
    mapping: Path | None,
    part: str,
    sample: int,
    at: str,
    baselines: tuple[str, ...],
    ner: str,
    json_file: Path | None,
    places: Path | None,
    readme: bool,
) -> None:
    """Measure precision and recall on labelled corpora: texts with spans, columns, and files without personal data.

    \b
    Examples:
      recense evaluate corpus.jsonl --baseline presidio
      recense evaluate --tables columns.jsonl --clean /srv/public-sources --json figures.json
    """
    from scanner.evaluate.command import Asked, run

    run(Asked(corpora, tables, clean, mapping, part, sample, at, baselines, ner, json_file, places, readme))


@cli.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print the completion script of a shell.

    \b
    Example:
      recense completion bash > ~/.local/share/bash-completion/completions/recense
    """
    from click.shell_completion import get_completion_class

    found = get_completion_class(shell)
    if found is not None:
        click.echo(found(cli, {}, "recense", "_RECENSE_COMPLETE").source())


def _finish(
    folder: Path, meta: dict[str, Any], inventory: dict[str, Any], fail_on: str | None, *, quiet: bool, lang: str
) -> None:
    """Print the summary and leave with the code that the contract gives."""
    from scanner.messages import say
    from scanner.reporters.summary import lines

    if not quiet:
        click.echo("\n".join(lines(inventory, lang)))
        click.echo(say(lang, "inventory", path=folder / "inventory.html"))
    if meta["state"] != "complete":
        click.echo(say(lang, "interrupted", path=folder), err=True)
        raise SystemExit(3)
    if fail_on is not None and _met(fail_on, meta, inventory):
        click.echo(say(lang, "met", condition=fail_on), err=True)
        raise SystemExit(1)


def _met(fail_on: str, meta: dict[str, Any], inventory: dict[str, Any]) -> bool:
    if fail_on == "incomplete":
        return bool(meta["coverage"]["unread"] or meta["coverage"]["partial"])
    from scanner.session import worst_outcome

    return worst_outcome(inventory) >= OUTCOMES[fail_on]


def main() -> None:
    """Entry point: every refusal is one line on stderr, and bad usage leaves with 2."""
    sys.unraisablehook = lambda _: None  # what a library meets while it is thrown away can quote what was read
    try:
        cli.main(prog_name="recense", standalone_mode=False, obj=OWN)
    except click.ClickException as error:
        message = " ".join(error.format_message().split())
        click.echo(f"recense: {message}", err=True)
        sys.exit(2)
    except click.exceptions.Exit as done:
        sys.exit(done.exit_code)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(3)
    except BrokenPipeError:
        sys.exit(3)
    except Exception as error:  # noqa: BLE001 - a traceback can quote what was read
        from scanner.session import why

        click.echo(f"recense: {why(error)}", err=True)
        sys.exit(3)


if __name__ == "__main__":
    main()

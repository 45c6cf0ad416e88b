"""Options that several commands take."""

from __future__ import annotations

from pathlib import Path

import click

FORMATS = ("html", "xlsx", "ods", "csv", "json", "sarif", "prometheus")
OUTCOMES = {"ask": 2, "secure": 3, "refuse": 4}
LANG = click.option(
    "--lang", type=click.Choice(["fr", "en"]), default="fr", show_default=True, help="Language of what is printed."
)
NER = click.option(
    "--ner",
    type=click.Choice(["auto", "all", "off"]),
    default="auto",
    show_default=True,
    help="What models of names read: prose, forms and signatures by the quick one; all text, by the slow ones too; or "
    "nothing. Names in lists and tables are found without them.",
)

SENTENCES = click.option(
    "--sentences",
    type=click.Choice(["auto", "deep", "off"]),
    default="auto",
    show_default=True,
    help="Whether networks read sentences for special categories, around words that give a reason, around persons and "
    "in a sample, and an encoder those in doubt, up to a bound per file; deep: the encoder without that bound.",
)

OCR = click.option(
    "--ocr",
    type=click.Choice(["auto", "all", "off"]),
    default="auto",
    show_default=True,
    help="Whether pictures and scanned pages are looked at, for text, identity documents and faces: where the extra "
    "'images' is installed, up to a bound per file and per run; all of them; or none.",
)

POLICY = click.option("--policy", metavar="NAME|FOLDER", help="The provider's policy: a shipped one, or a folder.")

SINCE = click.option(
    "--since", type=click.Path(path_type=Path), metavar="RUN", help="Say what changed since this earlier run."
)
TRIAGE = click.option(
    "--triage",
    "triage_file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Keep what people say of alerts here, for all runs of a client.  [default: RUN/triage.json]",
)


def _country(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    if value and not (len(value) == 2 and value.isascii() and value.isalpha()):
        raise click.BadParameter("two letters, as FR")
    return value


COUNTRY = click.option("--country", metavar="XX", callback=_country, help="Where the volume stands, in two letters.")

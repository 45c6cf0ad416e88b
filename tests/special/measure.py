"""How right the special categories are on invented material that nothing is trained or tuned on.

``python tests/special/measure.py [sentences|cases] [--seed=N] [--errors] [--dev]``: identities and classes only.
``--dev`` takes the case files on which recognition was tuned, to be looked at; the others are never.
Whoever improves a recogniser reads the figures, not the sentences and templates; a new seed gives other case files.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import special_cases
import special_tables
from measure_cases import report
from measure_sentences import answers, errors, table
from special_sentences import sentences

from scanner.model import Level


def main(arguments: list[str]) -> None:
    if "--dev" in arguments:
        special_cases.FOLDER = special_tables.FOLDER = Path(__file__).parent / "dev"
    what = next((word for word in arguments if not word.startswith("-")), "all")
    seed = next((int(word[7:]) for word in arguments if word.startswith("--seed=")), 1)
    if what in {"sentences", "all"}:
        some = list(sentences())
        said = answers(some)
        print("\n".join(table(some, said)))
        if "--errors" in arguments:
            print("\n".join(errors(some, said, Level.PROBABLE)))
    if what in {"cases", "all"}:
        print("\n".join(report(seed, with_errors="--errors" in arguments)))


if __name__ == "__main__":
    main(sys.argv[1:])

"""What a file holds by its format alone: key stores, pictures of patients, measured bodies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from scanner.model import Evidence, Finding, ItemRow, Level
from scanner.recognition.columnlevels import SCORES

HELD: Mapping[str, tuple[str, Level, str]] = {
    "application/x-private-key": ("SECRET_PRIVATE_KEY", Level.CERTAIN, "secret_private_key"),
    # Both are closed with a password, which can be tried as often as one likes.
    "application/x-java-keystore": ("SECRET_PRIVATE_KEY", Level.PROBABLE, "secret_locked_key"),
    "application/x-pkcs12": ("SECRET_PRIVATE_KEY", Level.PROBABLE, "secret_locked_key"),
    "application/dicom": ("HEALTH_DATA", Level.PROBABLE, "dicom"),
    "application/x-biometric-record": ("BIOMETRIC_DATA", Level.PROBABLE, "biometric_record"),
    "application/x-ansi-nist": ("BIOMETRIC_DATA", Level.PROBABLE, "biometric_record"),
    "image/x-wsq": ("BIOMETRIC_DATA", Level.PROBABLE, "biometric_record"),
    # Of whom or of what kind of being, only the header says.
    "application/x-bam": ("GENETIC_DATA", Level.INDICE, "sequences"),
    "application/x-cram": ("GENETIC_DATA", Level.INDICE, "sequences"),
}
"""Media type -> what such a file holds, how surely, and who says so."""


def held(rows: Iterable[ItemRow], axes: Mapping[str, tuple[str, str]]) -> Iterator[Finding]:
    """One finding for each file of such a format, read or not."""
    for row in sorted((row for row in rows if row.media_type in HELD), key=lambda row: row.path):
        entity_type, level, recognizer = HELD[row.media_type]
        category, regime = axes[entity_type]
        facts = (category, regime, level, 1, 1, SCORES[level], recognizer)
        yield Finding(row.path, "", "", entity_type, *facts, evidence=(Evidence.FORM.value,))

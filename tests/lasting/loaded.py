"""What the processes of the measure fork from: all that a scan loads, loaded once."""

from __future__ import annotations

from datetime import date

import scanner.conclude
import scanner.inventory
import scanner.preloaded
import scanner.session  # noqa: F401
from scanner.config import Settings
from scanner.recognition.discretion import discretion_of
from scanner.recognition.text import text_lanes

SETTINGS = Settings(today=date(2026, 6, 1), ner="off", sentences="off", batch_items=3, section_bytes=100_000)

discretion_of(text_lanes(SETTINGS))

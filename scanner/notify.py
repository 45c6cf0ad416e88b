"""Sends the alerts of a run to a channel, each once: what was taken is noted before the next one goes out."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from scanner.contracts import Undelivered
from scanner.plugins import named

FILE = "deliveries.jsonl"
CHANNELS = {
    "syslog": "syslog",
    "syslogs": "syslog",
    "http": "webhook",
    "https": "webhook",
    "smtp": "mail",
    "jsonl": "jsonl",
}
"""Scheme of an address -> alerter."""


def alerter(address: str) -> Any:
    """What sends to an address; ``Undelivered`` says what is wrong with it."""
    scheme = urlsplit(address).scheme
    if scheme not in CHANNELS:
        raise Undelivered(f"unknown kind of address {scheme!r}; there are: {', '.join(CHANNELS)}")
    return named("alerters", CHANNELS[scheme])(address)


def channel(address: str) -> str:
    """What an address is called in the notes: without its password and query, and not to be read back."""
    parts = urlsplit(address)
    plain = f"{parts.scheme}://{parts.hostname}:{parts.port}{parts.path}"
    return f"{parts.scheme}:{hashlib.blake2b(plain.encode(), digest_size=8).hexdigest()}"


def notify(alerts: Iterable[Mapping[str, Any]], address: str, notes: Path) -> tuple[int, int]:
    """Send what the channel has not taken yet and nobody settled; how many were sent, how many were known.

    ``Undelivered`` ends it at the first alert that cannot be sent: those before it are noted, the next run goes on.
    """
    done = delivered(notes, channel(address))
    sent = known = 0
    sender = alerter(address)
    try:
        for alert in alerts:
            if alert["etat"] not in ("a_valider", "confirmee"):
                continue
            if alert["id"] in done:
                known += 1
                continue
            sender.send([alert])
            _note(notes, channel(address), alert["id"])
            done.add(alert["id"])
            sent += 1
    finally:
        sender.close()
    return sent, known


def delivered(notes: Path, name: str) -> set[str]:
    """The alerts that a channel has taken; a line that a crash cut is not one."""
    found = set()
    if notes.exists():
        for line in notes.read_text(encoding="utf-8", errors="replace").splitlines():
            try:
                entry = json.loads(line)
            except ValueError:
                continue
            if isinstance(entry, dict) and entry.get("canal") == name:
                found.add(str(entry.get("id")))
    return found


def _note(notes: Path, name: str, identity: str) -> None:
    handle = os.open(notes, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(handle, "a", encoding="utf-8") as file:
        file.write(json.dumps({"canal": name, "id": identity}) + "\n")
        file.flush()
        os.fsync(file.fileno())

"""Alerts as syslog messages (RFC 5424) that carry CEF, over TCP or TLS, framed by length (RFC 6587, RFC 5425)."""

from __future__ import annotations

import re
import socket
import ssl
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlsplit

from scanner import __version__
from scanner.contracts import Undelivered

_FACILITY = 13
"""Log audit."""
_SEVERITY = {"Maximale": 2, "Importante": 3, "Limitée": 4, "Négligeable": 5}
_CEF = {"Maximale": 10, "Importante": 8, "Limitée": 5, "Négligeable": 2}
_SECONDS = 10
_HOST = re.compile(r"[^\x21-\x7e]")


class SyslogAlerter:
    """Sends to ``syslog://host:port`` (TCP) or ``syslogs://host:port`` (TLS; ``?ca=FILE`` trusts another authority)."""

    name: ClassVar[str] = "syslog"

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self.tls = parts.scheme == "syslogs"
        self.address = (parts.hostname or "localhost", parts.port or (6514 if self.tls else 601))
        self.authority = parse_qs(parts.query).get("ca", [None])[0]
        self._socket: socket.socket | None = None

    def send(self, alerts: Iterable[Mapping[str, Any]]) -> None:
        """One message an alert; the connection stays open for the next ones."""
        try:
            for alert in alerts:
                self._connected().sendall(framed(alert))
        except OSError as error:
            self.close()
            raise Undelivered(type(error).__name__) from None

    def close(self) -> None:
        """End the connection; what was sent has left when the other side closes too."""
        if self._socket is not None:
            with suppress(OSError):
                self._socket.shutdown(socket.SHUT_WR)
            self._socket.close()
            self._socket = None

    def _connected(self) -> socket.socket:
        if self._socket is not None and _gone(self._socket):
            self.close()
        if self._socket is None:
            plain = socket.create_connection(self.address, timeout=_SECONDS)
            if self.tls:
                context = ssl.create_default_context(cafile=self.authority)
                self._socket = context.wrap_socket(plain, server_hostname=self.address[0])
            else:
                self._socket = plain
        return self._socket


def _gone(connection: socket.socket) -> bool:
    """Whether the other side has closed: it never speaks otherwise."""
    connection.settimeout(0)
    try:
        return connection.recv(1) == b""
    except (BlockingIOError, ssl.SSLWantReadError):
        return False
    except OSError:
        return True
    finally:
        connection.settimeout(_SECONDS)


def framed(alert: Mapping[str, Any]) -> bytes:
    """The message behind its length in bytes."""
    message = rfc5424(alert).encode()
    return b"%d %b" % (len(message), message)


def rfc5424(alert: Mapping[str, Any]) -> str:
    """Header, no structured data, and the alert as CEF in UTF-8."""
    priority = 8 * _FACILITY + _SEVERITY.get(alert["severite"], 4)
    host = _HOST.sub("-", socket.gethostname())[:255] or "-"
    return f"<{priority}>1 {alert['emise_le'] or '-'} {host} recense - {alert['id'][:32]} - \ufeff{cef(alert)}"


def cef(alert: Mapping[str, Any]) -> str:
    """ArcSight Common Event Format: the fields of the alert under their usual names, others as custom strings."""
    found, place, why = alert["constat"], alert["emplacement"], alert["motif"]
    head = ["CEF:0", "recense", "recense", __version__, alert["regle"], found["libelle"], str(_CEF[alert["severite"]])]
    fields = {
        "externalId": alert["id"],
        "rt": alert["emise_le"],
        "cat": found["type"],
        "act": alert["decision"],
        "outcome": alert["etat"],
        "cnt": found["occurrences"],
        "fname": place["chemin"],
        "reason": why["texte"],
        "cs1Label": "dedup",
        "cs1": alert["dedup"],
        "cs2Label": "certitude",
        "cs2": found["certitude"],
        "cs3Label": "ancre",
        "cs3": why["ancre"],
        "cs4Label": "mandat",
        "cs4": alert["mandat"],
        "cs5Label": "exposition",
        "cs5": alert["exposition"],
    }
    said = " ".join(f"{key}={_value(value)}" for key, value in fields.items() if value not in (None, ""))
    return "|".join(map(_header, head)) + "|" + said


def _header(text: str) -> str:
    return re.sub(r"\s+", " ", text).replace("\\", "\\\\").replace("|", "\\|")


def _value(value: object) -> str:
    text = str(value).replace("\\", "\\\\").replace("=", "\\=")
    return text.replace("\r", "\\r").replace("\n", "\\n")

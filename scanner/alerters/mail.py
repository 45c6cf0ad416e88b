"""Alerts by mail, over STARTTLS; the subject names neither client nor category, the text no value."""

from __future__ import annotations

import os
import smtplib
import ssl
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from email.message import EmailMessage
from typing import Any, ClassVar
from urllib.parse import parse_qs, unquote, urlsplit

from scanner.contracts import Undelivered

PASSWORD = "RECENSE_SMTP_PASSWORD"  # noqa: S105  the name of a variable
_SECONDS = 20


class MailAlerter:
    """Sends to ``smtp://user@host:587?from=…&to=…`` (several ``to``, ``ca=FILE``); never without encryption."""

    name: ClassVar[str] = "mail"

    def __init__(self, url: str) -> None:
        parts, query = urlsplit(url), parse_qs(urlsplit(url).query)
        self.host, self.port = parts.hostname or "localhost", parts.port or 587
        self.user = unquote(parts.username or "")
        self.sender, self.recipients = query.get("from", [""])[0], query.get("to", [])
        if not self.sender or not self.recipients:
            raise Undelivered("smtp://host:port?from=ADDRESS&to=ADDRESS: from and to are needed")
        self.context = ssl.create_default_context(cafile=query.get("ca", [None])[0])
        self._server: smtplib.SMTP | None = None

    def send(self, alerts: Iterable[Mapping[str, Any]]) -> None:
        """One message an alert."""
        try:
            for alert in alerts:
                self._connected().send_message(message(alert, self.sender, self.recipients))
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            raise Undelivered(type(error).__name__) from None

    def close(self) -> None:
        """Say goodbye."""
        if self._server is not None:
            with suppress(OSError, smtplib.SMTPException):
                self._server.quit()
            self._server = None

    def _connected(self) -> smtplib.SMTP:
        if self._server is None:
            server = smtplib.SMTP(self.host, self.port, timeout=_SECONDS)
            try:
                server.starttls(context=self.context)
                if self.user:
                    server.login(self.user, os.environ.get(PASSWORD, ""))
            except BaseException:
                server.close()
                raise
            self._server = server
        return self._server


def message(alert: Mapping[str, Any], sender: str, recipients: Sequence[str]) -> EmailMessage:
    """What is mailed; its identity is that of the alert, so that a second copy is known as one."""
    found, place, why = alert["constat"], alert["emplacement"], alert["motif"]
    mail = EmailMessage()
    mail["From"], mail["To"] = sender, ", ".join(recipients)
    mail["Subject"] = f"Alerte recense n° {alert['id'][:12]}"
    mail["Message-ID"] = f"<{alert['id']}@recense.invalid>"
    lines = [
        f"Décision proposée : {alert['decision']}" + (" (urgent)" if alert["urgent"] else ""),
        f"Gravité : {alert['severite']}",
        f"Constat : {found['libelle']} ({found['certitude']}), {found['occurrences']} valeur(s)",
        f"Emplacement : {place['chemin']}",
        f"Exposition : {alert['exposition']}",
        f"Motif : {why['texte']}",
        f"Action attendue : {alert['action_attendue']}",
        f"État : {alert['etat']} ; confirmations requises : {alert['confirmations']}",
        f"Référence : {alert['dedup']}",
    ]
    mail.set_content("\n".join(lines) + "\n")
    return mail

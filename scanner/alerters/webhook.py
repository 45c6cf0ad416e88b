"""Alerts as signed HTTP requests, sent again with growing pauses until they are taken, and known by a key."""

from __future__ import annotations

import hashlib
import hmac
import http.client
import json
import os
import ssl
import time
from collections.abc import Callable, Iterable, Mapping
from typing import Any, ClassVar
from urllib.parse import parse_qsl, urlencode, urlsplit

from scanner.contracts import Undelivered

SECRET = "RECENSE_WEBHOOK_SECRET"  # noqa: S105  the name of a variable
ATTEMPTS = 6
SECONDS = 10
_FIRST_PAUSE = 1.0
_LONGEST_PAUSE = 60.0
_AGAIN = frozenset({408, 425, 429})


class WebhookAlerter:
    """Posts to an ``https://`` address; ``http://`` to this machine only. ``?ca=FILE`` trusts another authority."""

    name: ClassVar[str] = "webhook"

    def __init__(self, url: str, pause: Callable[[float], None] = time.sleep) -> None:
        parts = urlsplit(url)
        if parts.scheme == "http" and parts.hostname not in ("localhost", "127.0.0.1", "::1"):
            raise Undelivered("http:// is for this machine only; use https://")
        query = dict(parse_qsl(parts.query))
        authority = query.pop("ca", None)
        self.context = ssl.create_default_context(cafile=authority) if parts.scheme == "https" else None
        self.host, self.port = parts.hostname or "", parts.port
        self.path = (parts.path or "/") + (f"?{urlencode(query)}" if query else "")
        self.secret = os.environ.get(SECRET, "").encode()
        if not self.secret:
            raise Undelivered(f"{SECRET} is not set: alerts are not sent without a signature")
        self.pause = pause

    def send(self, alerts: Iterable[Mapping[str, Any]]) -> None:
        """One request an alert, with the same key however often it is sent."""
        for alert in alerts:
            self._deliver(alert)

    def close(self) -> None:
        """Nothing stays open."""

    def _deliver(self, alert: Mapping[str, Any]) -> None:
        body = json.dumps(alert, ensure_ascii=False, sort_keys=True).encode()
        why = ""
        for attempt in range(ATTEMPTS):
            wait = _FIRST_PAUSE * 2**attempt
            try:
                status, again = self._post(body, alert["id"])
            except (OSError, http.client.HTTPException) as error:
                why = type(error).__name__
            else:
                if 200 <= status < 300:
                    return
                why = f"HTTP {status}"
                if status < 500 and status not in _AGAIN:
                    break
                wait = again or wait
            if attempt + 1 < ATTEMPTS:
                self.pause(min(wait, _LONGEST_PAUSE))
        raise Undelivered(why)

    def _post(self, body: bytes, key: str) -> tuple[int, float]:
        """Status, and the seconds that the receiver asks to wait."""
        connection = (
            http.client.HTTPSConnection(self.host, self.port, timeout=SECONDS, context=self.context)
            if self.context
            else http.client.HTTPConnection(self.host, self.port, timeout=SECONDS)
        )
        try:
            connection.request("POST", self.path, body, self._headers(body, key))
            answer = connection.getresponse()
            answer.read()
            asked = answer.headers.get("Retry-After", "")
            return answer.status, float(asked) if asked.isdecimal() else 0.0
        finally:
            connection.close()

    def _headers(self, body: bytes, key: str) -> dict[str, str]:
        stamp = str(int(time.time()))
        return {
            "Content-Type": "application/json; charset=utf-8",
            "Idempotency-Key": key,
            "X-Recense-Timestamp": stamp,
            "X-Recense-Signature": "sha256=" + signature(self.secret, stamp, body),
        }


def signature(secret: bytes, stamp: str, body: bytes) -> str:
    """HMAC-SHA-256 over time, point and body: a request that somebody keeps cannot be sent again later."""
    return hmac.new(secret, stamp.encode() + b"." + body, hashlib.sha256).hexdigest()

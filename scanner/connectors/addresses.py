"""Addresses of databases: what of them may be shown, and where their secrets come from."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import parse_qsl, quote, unquote, urlencode

_SECRETS = "RECENSE_DATABASE_SECRETS"
"""Passwords that came in addresses, for the workers of this run; set by us, never read from a user."""
_SECRET_NAMES = re.compile(r"(?i)pass|pwd|secret|token|key")
_PASSWORD = re.compile(r"(?s)(:/{0,3}[^:/@\s]*):.*@")
_QUERY = re.compile(r"(?i)([?&;](?:[^=&;]*(?:pass|pwd|secret|token|key)[^=&;]*)=)[^&;\s]*")


def masked(target: str) -> str:
    """A target fit for a message, also when it is a mistyped address."""
    return _QUERY.sub(r"\1•••", _PASSWORD.sub(r"\1:•••@", target))


def without_secrets(targets: Sequence[str]) -> tuple[str, ...]:
    """The targets without their passwords, which are kept for this process and its workers alone."""
    kept = json.loads(os.environ.get(_SECRETS, "{}"))
    plain = []
    for target in targets:
        bare, secret = _parted(target)
        plain.append(bare)
        if secret:
            kept[bare] = secret
    if kept:
        os.environ[_SECRETS] = json.dumps(kept)
    return tuple(plain)


def _parted(target: str) -> tuple[str, dict[str, str]]:
    scheme, mark, rest = target.partition("://")
    if not mark or not re.fullmatch(r"[A-Za-z][\w+.-]*", scheme):
        return target, {}
    body, query_mark, query = rest.partition("?")
    # A password may hold a slash or an @ that nobody encoded: the last @ ends it.
    login, at, place = body.rpartition("@")
    user, colon, password = login.partition(":")
    secret = {"": unquote(password)} if colon else {}
    pairs = parse_qsl(query, keep_blank_values=True) if query_mark else []
    secret |= {name: value for name, value in pairs if _SECRET_NAMES.search(name)}
    shown = urlencode([(name, value) for name, value in pairs if name not in secret])
    if scheme.partition("+")[0] == "sqlite":
        return unquote(body.removeprefix("/")) or target, {}
    return f"{scheme}://{user}{at}{place}{'?' if shown else ''}{shown}", secret


def secrets_of(target: str) -> dict[str, str]:
    """The password (under an empty name) and other secrets for an address without any; nothing where none is known."""
    kept: dict[str, str] = json.loads(os.environ.get(_SECRETS, "{}")).get(target, {})
    if "" in kept:
        return kept
    password = os.environ.get("RECENSE_DATABASE_PASSWORD") or _from_file() or _from_keyring(target)
    return {**kept, "": password} if password else kept


def _from_file() -> str:
    path = os.environ.get("RECENSE_DATABASE_PASSWORD_FILE")
    return Path(path).read_text(encoding="utf-8").rstrip("\r\n") if path else ""


def _from_keyring(target: str) -> str:
    try:
        import keyring
    except ImportError:
        return ""
    try:
        return keyring.get_password("recense", target) or ""
    except Exception:  # noqa: BLE001 - a keyring that is locked or absent has no password for us
        return ""


def as_name(part: str) -> str:
    """A name of a schema or table as a part of a path."""
    return quote(part, safe=" $#-_.@éèêëàâäîïôöùûüç")


def as_written(part: str) -> str:
    """The name that ``as_name`` made a part of a path of."""
    return unquote(part)

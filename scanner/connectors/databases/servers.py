"""Sessions with servers: read-only, bounded in time, and errors without the words of the driver."""

from __future__ import annotations

import os
from typing import Any

from scanner.connectors.addresses import as_name, secrets_of
from scanner.contracts import Unreadable
from scanner.model import Kind, Problem

_DRIVERS = {
    "postgresql": "postgresql+psycopg",
    "postgres": "postgresql+psycopg",
    "mysql": "mysql+pymysql",
    "mariadb": "mysql+pymysql",
    "mssql": "mssql+pymssql",
    "oracle": "oracle+oracledb",
}
_REFUSES = "the server refuses: check the user, its password and pg_hba.conf"
_WORDS = (
    ("authentication failed", Kind.DENIED, _REFUSES),
    ("no password supplied", Kind.DENIED, "the server wants a password: RECENSE_DATABASE_PASSWORD gives it one"),
    ("role", Kind.DENIED, _REFUSES),
    ("pg_hba", Kind.DENIED, _REFUSES),
    ("does not exist", Kind.VANISHED, "the server knows no such database"),
    ("refused", Kind.IO_ERROR, "no server answers at this address and port"),
    ("resolve", Kind.IO_ERROR, "no server has this name"),
    ("timeout", Kind.TIMED_OUT, "the server does not answer in time"),
    ("timed out", Kind.TIMED_OUT, "the server does not answer in time"),
)
CONNECT_SECONDS = 10
LOCK_SECONDS = 5
_DENIED = ("28000", "28P01", "42501")
_DENIED_NUMBERS = frozenset({1044, 1045, 1142, 1143, 1227, 1698})
_UNKNOWN_NUMBERS = frozenset({1049, 1146})
_TIMEOUT_NUMBERS = frozenset({1969, 3024, 1205})


def statement_seconds() -> int:
    """How long one statement may take: ``RECENSE_DATABASE_TIMEOUT`` in seconds, an hour without it."""
    said = os.environ.get("RECENSE_DATABASE_TIMEOUT", "")
    return int(said) if said.isdigit() and int(said) else 3600


def connect(target: str) -> Any:
    """An open session with the server of an address."""
    try:
        from sqlalchemy import create_engine
        from sqlalchemy.engine import make_url
        from sqlalchemy.exc import ArgumentError, NoSuchModuleError
        from sqlalchemy.pool import NullPool
    except ImportError:
        raise Unreadable(Kind.UNSUPPORTED, "pip install recense[databases]") from None
    secrets = secrets_of(target)
    try:
        url = make_url(target)
        kind = url.drivername.partition("+")[0]
        driver = _DRIVERS.get(url.drivername, url.drivername)
        url = url.set(drivername=driver, password=secrets.get("") or None)
        url = url.update_query_dict({name: value for name, value in secrets.items() if name})
        module = _server_class(kind)
        engine = create_engine(url, poolclass=NullPool, connect_args=module.arguments(url), hide_parameters=True)
        return module(engine, url.database or "")
    except (ImportError, NoSuchModuleError):
        raise Unreadable(Kind.UNSUPPORTED, f"no driver for {kind}: pip install recense[databases]") from None
    except (ArgumentError, ValueError, TypeError):
        raise Unreadable(Kind.UNSUPPORTED, "not an address of a database") from None
    except Unreadable:
        raise
    except Exception as error:
        raise Unreadable(*_parts(error)) from None


def _server_class(kind: str) -> Any:
    if kind in ("postgresql", "postgres"):
        from scanner.connectors.databases.postgres import Postgres

        return Postgres
    if kind in ("mysql", "mariadb"):
        from scanner.connectors.databases.mysql import MySql

        return MySql
    from scanner.connectors.databases.others import Other

    return Other


def problem_of(error: Exception) -> Problem:
    """What an error of a driver means, without its words."""
    return Problem(*_parts(error))


def _parts(error: BaseException) -> tuple[Kind, str]:
    cause: Any = getattr(error, "orig", None) or error
    state = str(getattr(cause, "sqlstate", "") or "")
    number = cause.args[0] if getattr(cause, "args", None) and isinstance(cause.args[0], int) else 0
    code = state or str(number or "") or type(cause).__name__
    if state in _DENIED or number in _DENIED_NUMBERS:
        return Kind.DENIED, f"the server refuses (code {code}): check the user, its password and GRANT SELECT"
    if state in ("3D000", "42P01") or number in _UNKNOWN_NUMBERS:
        return Kind.VANISHED, f"the server knows no such database or table (code {code})"
    if state in ("57014", "55P03") or number in _TIMEOUT_NUMBERS:
        return Kind.TIMED_OUT, f"statement over its time (code {code}): RECENSE_DATABASE_TIMEOUT gives it more"
    if not state and not number:
        # Drivers that fail to connect give no code, only words, which may quote the address: they are read, not shown.
        words = str(cause).lower()
        for sign, kind, meaning in _WORDS:
            if sign in words:
                return kind, meaning
    return Kind.IO_ERROR, f"no answer from the server, or a broken one (code {code})"


def failed(error: BaseException) -> Unreadable:
    """The error of a driver as readers know it."""
    return Unreadable(*_parts(error))


def path_of(schema: str, name: str) -> str:
    """Where a table is, as items say it."""
    return "/".join(as_name(part) for part in (schema, name) if part)

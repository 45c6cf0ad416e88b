"""Tells kinds of text apart: mail, markup, data, settings, SQL dumps, tables, source code."""

from __future__ import annotations

import json

import re2

from scanner.sniff.dialects import find_dialect
from scanner.sniff.gutters import find_gutters
from scanner.sniff.names import SOURCES, is_list_of_accounts, suffix_of

_MAIL_HEADERS_TEXT = """
received from to cc bcc subject date mime-version message-id return-path delivered-to content-type reply-to sender
dkim-signature x-mailer x-originating-ip authentication-results envelope-to content-transfer-encoding references
in-reply-to x-received arc-seal received-spf user-agent thread-topic x-original-to x-spam-status organization
"""
_MAIL_HEADERS = frozenset(_MAIL_HEADERS_TEXT.split())
_MAIL_PROOFS_TEXT = """
received mime-version message-id return-path delivered-to dkim-signature x-mailer content-type x-received
"""
_MAIL_PROOFS = frozenset(_MAIL_PROOFS_TEXT.split())
_HEADER = re2.compile(r"([A-Za-z][A-Za-z0-9-]{1,60}):")
_HTML = re2.compile(
    r"(?is)\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*"
    r"<(?:!doctype\s+html|html|head|body|title|meta|div|table|center|p|h1|h2|script|style|span|br|a|ul|font|b)\b"
)
_XML = re2.compile(r"(?s)\s*<(?:\?xml\s|!DOCTYPE\s|!--|[A-Za-z_][\w.:-]*(?:\s[^<>]*)?/?>)")
_SQL = re2.compile(
    r"(?im)^(?:-- (?:MySQL|MariaDB|PostgreSQL|phpMyAdmin|Adminer|Dump|pg_dump)|"
    r"\s{0,8}(?:INSERT\s+(?:IGNORE\s+)?INTO\s+[\w`\"\[.]+|COPY\s+[\w\".]+\s*(?:\([^)]*\)\s*)?FROM\s+stdin|CREATE\s+(?:TEMPORARY\s+)?TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?[\w`\"\[]|"
    r"PRAGMA\s+foreign_keys\s*=|BEGIN TRANSACTION;))"
)
_JSON = re2.compile(r'\{\s*(?:"|\})|\[\s*(?:[{\["\]]|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?\s*[,\]])')
_SECTION = re2.compile(r"(?m)\A(?:\s*(?:[;#].*)?\n)*\s*\[[^\]\n\"{\[]+\]\s*$")
_SETTING = re2.compile(r"(?m)^\s*(?:export\s+)?[A-Za-z_][\w.\-\[\]/ ]{0,80}?\s*[=:].*$")
_VARIABLE = re2.compile(r"(?m)^(?:export\s+)?[A-Z][A-Z0-9_]*=.*$")
_YAML_KEY = re2.compile(r"(?m)^(?:- )?[\w\"'./ -]{1,80}:(?:\s|$)")

_SEQUENCES = ("##fileformat=VCF", "@HD\tVN:", "@SQ\tSN:", "@RG\tID:")
"""How files of variants and of aligned sequences begin; what they say of a sample is in their head, not in a table."""

_LDIF = re2.compile(r"(?:#.*\n|\s*\n)*(?:version: 1\s*\n(?:#.*\n|\s*\n)*)?dn::? ?\S+[=, ].*\n(?:[ \w;-])")
_W3C = re2.compile(r"(?m)\A(?:#.*\n)*#Fields:[ \t]?\S+[ \t]")
"""Extended log format: names of fields, then lines of values."""
_SYLK = re2.compile(r"ID;[^\r\n]*\r?\n(?:(?:P|F|B|C|O|W|NN|NE|NU);[A-Z]|E\s)")
"""The first record, and behind it one of those that can follow."""
_DIF = re2.compile(r"\s*TABLE[ \t]*\r?\n0,1[ \t]*\r?\n")

FIXED = "text/x-fixed-width"
_SHORT = 1 << 14
"""Enough of a text for what shows in each of its lines."""

_TABLES = {"csv": "text/csv", "tsv": "text/tab-separated-values", "tab": "text/tab-separated-values", "psv": "text/csv"}
_INI = frozenset({"ini", "properties", "cfg", "conf", "cnf", "desktop", "service", "inf", "prefs"})


def find_text_type(text: str, name: str, whole: bool) -> str:
    """Media type of text; ``whole`` when nothing follows it."""
    suffix = suffix_of(name)
    begun = _begun(text)
    if begun:
        return begun
    if is_list_of_accounts(name):
        return "text/plain"
    return (
        _directory(text, suffix)
        or _mail(text, suffix)
        or _card(text)
        or _data(text, suffix, whole)
        or SOURCES.get(suffix, "")
        or _markup(text, suffix)
        or _settings(text[:_SHORT], name, suffix)
        or _sql(text, suffix)
        or _yaml(text, suffix)
        or _table(text[:_SHORT], suffix, whole and len(text) <= _SHORT)
        or "text/plain"
    )


def _begun(text: str) -> str:
    """What says in its first lines what it is, whatever it is called."""
    if text.startswith("-----BEGIN PGP MESSAGE"):
        return "application/pgp-encrypted"
    if text.startswith("#") and _W3C.search(text[:_SHORT]):
        return "text/x-w3c-log"
    known = (("text/x-ldif", _LDIF), ("text/x-sylk", _SYLK), ("text/x-dif", _DIF))
    return "text/x-sequences" if text.startswith(_SEQUENCES) else next((n for n, e in known if e.match(text)), "")


def _directory(text: str, suffix: str) -> str:
    """LDIF: a version or an entry comes first, behind comments."""
    start = text[:_SHORT].lstrip()
    if not start.startswith(("dn:", "version:", "#")):
        return ""
    lines = [line for line in start.splitlines() if line and not line.startswith(("#", " "))][:2]
    if lines and lines[0].strip() in ("version: 1", "version:1"):
        lines = lines[1:]
    return "text/x-ldif" if lines and lines[0].startswith("dn:") and (suffix == "ldif" or "=" in lines[0]) else ""


def _mail(text: str, suffix: str) -> str:
    if text.startswith("From ") and _headers(text.partition("\n")[2]) & _MAIL_HEADERS:
        return "application/mbox"
    names = _headers(text.lstrip("\r\n"))
    known = names & _MAIL_HEADERS
    proofs = known & _MAIL_PROOFS
    if suffix in ("eml", "mht", "mhtml") and known:
        return "message/rfc822"
    if len(known) >= 2 and proofs - {"content-type"}:
        return "message/rfc822"
    return "message/rfc822" if {"from", "to", "subject"} <= known or {"from", "date", "subject"} <= known else ""


def _headers(text: str) -> frozenset[str]:
    """Names of the header lines before the first line that is none."""
    names = []
    for line in text[:16384].split("\n", 100)[:100]:
        if line[:1] in (" ", "\t"):
            continue
        match = _HEADER.match(line.rstrip("\r")) if ":" in line else None
        if not match:
            break
        names.append(match.group(1).lower())
    return frozenset(names)


def _card(text: str) -> str:
    start = text[:64].lstrip().upper()
    if start.startswith("BEGIN:VCARD"):
        return "text/vcard"
    return "text/calendar" if start.startswith("BEGIN:VCALENDAR") else ""


def _data(text: str, suffix: str, whole: bool) -> str:
    """JSON, one document or one a line."""
    start = text.lstrip()
    if start[:1] not in ("{", "["):
        return ""
    if _is_lines(start, whole):
        return "application/x-ndjson"
    if whole:
        try:
            json.loads(start)
        except (ValueError, RecursionError):
            return "application/json" if suffix in ("json", "geojson") else ""
        return "application/json"
    return "application/json" if _JSON.match(start) or suffix in ("json", "geojson") else ""


def _is_lines(text: str, whole: bool) -> bool:
    lines = [line for line in text.split("\n")[:20] if line.strip()]
    lines = lines[: (len(lines) if whole else -1)][:3]
    if len(lines) < 2:
        return False
    try:
        return all(isinstance(json.loads(line), dict | list) for line in lines)
    except (ValueError, RecursionError):
        return False


def _markup(text: str, suffix: str) -> str:
    start = text[:4096].lstrip()
    if not start.startswith("<"):
        return "text/html" if suffix in ("html", "htm", "xhtml") and "<" in text else ""
    if start.startswith("<?php"):
        return "text/x-php"
    if _HTML.match(start) or suffix in ("html", "htm", "xhtml"):
        return "text/html"
    if "<html" in start[:2048].lower() and not start.startswith("<?xml"):
        return "text/html"
    if "<svg" in start:
        return "image/svg+xml"
    return _vocabulary(start) if _XML.match(start) else ""


def _vocabulary(start: str) -> str:
    """XML that a reader of its own knows."""
    if "<plist" in start[:512] and "Apple" in start[:512]:
        return "application/x-plist"
    if "urn:schemas-microsoft-com:office:spreadsheet" in start[:2048]:
        return "application/vnd.ms-excel.xml"
    if "opendocument.spreadsheet" in start and "office:document" in start:
        return "application/vnd.oasis.opendocument.spreadsheet-flat-xml"
    return "application/xml"


def _settings(text: str, name: str, suffix: str) -> str:
    base = name.replace("\\", "/").rpartition("/")[2].lower()
    if base == ".env" or base.startswith(".env.") or suffix == "env":
        return "text/x-dotenv"
    if suffix == "toml":
        return "application/toml"
    if suffix in _INI and (_SECTION.search(text) or len(_SETTING.findall(text)) > 0.6 * len(_written(text))):
        return "text/x-ini"
    equals = text.count("=")
    variables = len(_VARIABLE.findall(text)) if equals else 0
    if variables >= 2 and variables > 0.9 * len(_written(text)):
        return "text/x-dotenv"
    if suffix in _TABLES or variables + equals < 2 or text.lstrip()[:1] not in "[;#" or not _SECTION.match(text):
        return ""
    pairs = [line for line in _written(text) if line[0] != "["]
    return "text/x-ini" if len(_SETTING.findall(text)) > 0.6 * len(pairs) else ""


def _written(text: str) -> list[str]:
    """Lines that are neither empty nor a comment."""
    return [line for line in text.splitlines() if line.strip() and line.lstrip()[0] not in "#;!"]


def _sql(text: str, suffix: str) -> str:
    if suffix in ("log", *_TABLES):
        return ""
    return "application/sql" if suffix == "sql" or _SQL.search(text) else ""


def _yaml(text: str, suffix: str) -> str:
    if suffix in ("yml", "yaml") or text.startswith("%YAML"):
        return "application/yaml"
    body = text.lstrip()
    return "application/yaml" if body.startswith("---\n") and _YAML_KEY.match(body[4:]) else ""


def _table(text: str, suffix: str, whole: bool) -> str:
    if suffix in _TABLES:
        return _TABLES[suffix]
    if suffix == "log":
        return ""
    dialect = find_dialect(text, whole)
    if dialect is None:
        return FIXED if find_gutters(text if whole else text[: text.rfind("\n") + 1]) else ""
    return "text/tab-separated-values" if dialect.delimiter == "\t" else "text/csv"

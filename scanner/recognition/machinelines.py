"""Lines that programs write or read: entries of logs, statements and remarks of code."""

from __future__ import annotations

import numpy as np
import re2

from scanner.recognition.words import tokens

_DATE = r"\d{4}[-/.]\d\d[-/.]\d\d|\d\d?[-/.]\d\d(?:[-/.]\d{2,4})?|[A-Z][a-z]{2} +\d\d?|\d{8}"
_STAMPED = re2.compile(
    r"(?m)^[-\[(<\"' ]{0,2}(?:[A-Za-z.]{3,5} )?(?:(?:" + _DATE + r")[ T_,-]{1,3})?"
    r"(?:\d\d:\d\d:\d\d|\d{9,13}\b|\d+\.\d{4,}\b)"
    r"|(?m)^(?:\d{1,3}\.){3}\d{1,3}\b|(?m)^\d{4}-\d\d-\d\d[ T]\d\d:\d\d"
)
_LEVEL = re2.compile(
    # A level, a process with its number, the date of syslog, thousandths of a second: no person's clock writes these.
    r"\b(?:DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|CRITICAL|FATAL|SEVERE|TRACE)\b|\w\[\d+\]:"
    r"|\[(?:debug|info|notice|warn|error|crit|alert|emerg)\]"
    r"|\b[A-Z][a-z]{2} +\d\d? \d\d:\d\d:\d\d |\d\d:\d\d:\d\d[.,:]\d{3}|(?m)^\[\d\d\.\d\d \d\d:"
)
_KEYWORDS = (
    "import|from|def|class|return|raise|elif|except|with|if|for|while|switch|case|include|require|package|using|namespace"
    "|public|private|protected|static|final|const|let|var|func|function|echo|export|local|typedef|struct|void|int|char"
    "|async|await|assert|yield"
)
_STATEMENT = re2.compile(
    r"(?m)^[ \t]*(?:/\*|\*/|#!|#(?:include|define|if|endif)|</?[a-z][\w-]*[ />]|<[?!]|@[a-z_.]+(?:\(|$)"
    r"|[{}()\[\]]+[;,]?$"
    r"|[$&*]?[a-z_$][\w.$]*(?:\[.*\])? ?[-+:.|]?=[ \w\"'\[{(]"
    r"|(?:" + _KEYWORDS + r")[ (][^.!?\n]*[:;({\[,)\\\"'\w]$"
    r"|(?i:select|insert into|create|alter|drop|update|delete from|values|grant)[ (].*[,;(]$"
    r")|\"[\w. -]{1,40}\" ?:|(?:[;{]|\):|=>|\(|[)\]}\"'];)[ \t]*$"
)
_LINE = re2.compile(r"(?m)^[ \t]*\S")
_REMARKS = re2.compile(r"(?m)(?:^[ \t]*(?:#|//|--[ ]|[ \t]\*(?:[ \t]|$))[^\n]*\n?){2,}")
_FEW = 0.15
"""Tokens of machines in the lines of a talk, each of which begins with its time as those of a log do."""


def is_log(text: str) -> bool:
    """Whether most lines begin with their time, and go on as only machines do."""
    stamped = sum(1 for _ in _STAMPED.finditer(text))
    if not stamped or stamped * 2 <= _lines(text):
        return False
    if sum(1 for _ in _LEVEL.finditer(text)) * 5 > stamped:
        return True
    words, _, code = tokens(text).counts(np.zeros(1, np.int64))[:, 0]
    return bool(code > _FEW * (words + code))


def is_code(text: str) -> bool:
    """Whether a third of the lines are statements or remarks of some programming language."""
    found = sum(1 for _ in _STATEMENT.finditer(text))
    found += sum(remarks.group().count("\n") + 1 for remarks in _REMARKS.finditer(text))
    return bool(found > 1 and found * 3 > _lines(text))


def _lines(text: str) -> int:
    return sum(1 for _ in _LINE.finditer(text))

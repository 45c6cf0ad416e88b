"""Whether a value that a name announces as a password, key or pair of both is one, and not what stands in for it."""

from __future__ import annotations

import base64
import binascii

import re2

from recognizers.validators.secrets import jwt, random_token, secret_value

_HASH = re2.compile(
    r"(?i)\$(?:1|2[abxy]?|5|6|7|y|p|h|s|md5|apr1|argon2\w*|scrypt|pbkdf2[\w-]*|shiro1)\$.+|\{\w+\}.+|\*[0-9a-f]{40}|"
    r"(?:pbkdf2|bcrypt|argon2|scrypt|sha1|md5)(?:_\w+)?[$:].+|md5[0-9a-f]{32}|scram-sha-256\$.+|"
    r"[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{56}|[0-9a-f]{64}|[0-9a-f]{96}|[0-9a-f]{128}"
)
_NO_PASSWORD = re2.compile(
    r"(?i)(?:19|20)\d{2}-\d{2}-\d{2}(?:[ T].*)?|\d{1,2}/\d{1,2}/\d{2,4}(?: .*)?|(?:file|/etc|/run|/var|c:)[:/\\].*|"
    r"!vault.*|ENC\[.*|vault:.*|arn:.*|(?:active|inactive|enabled|disabled|expired?|locked|never|always|manual|unknown)|"
    r"no data|not set|non renseigne|redacted|filtered|confidentiel|password|mot de passe|.{0,12}mot de passe.{0,30}|"
    r".{0,20}\bpassword\b.{0,30}|password_(?:bcrypt|argon2id?|default)|"
    r"(?:files|compat|sss|systemd|ldap|nis)(?: [\w\[\]=! ]+)?|"  # where accounts are looked up
    r".*(?:^|[ ])(?:au moins|at least|minimum|caract(?:e|è)res?|characters?|must|doit|votre|your|veuillez|please|"
    r"incorrecte?|confirm\w*)(?:[ .,!?].*|$)"
)
_EXAMPLES = ("example", "exemple", "changeme", "change-me", "put your", "your ", "insecure-key", "placeholder", "xxxx")


def column_password(value: str) -> bool:
    """A cell of a column of passwords that holds one: no hash, no date, no state, no placeholder."""
    text = value.strip()
    if _HASH.fullmatch(text) or _NO_PASSWORD.fullmatch(text) or "«" in text:
        return False
    return text.count(" ") <= 5 and (secret_value(text) or (text.isdigit() and len(text) >= 4))


def mixed_token(value: str) -> bool:
    """A key's body behind a prefix that is nobody else's: many different characters, no word that says example."""
    body = max(value.split("_"), key=len)
    lowered = value.lower()
    if any(word in lowered for word in _EXAMPLES) or "1234567890" in lowered or "abcdefgh" in lowered:
        return False
    return len(set(body)) >= min(12, len(body) * 2 // 5) and not _is_words(body)


def _is_words(text: str) -> bool:
    """Names of source code: small letters, or capitals, in parts."""
    bare = text.replace("_", "").replace("-", "")
    return bare.isalpha() and (bare.islower() or bare.isupper())


def key_text(value: str) -> bool:
    """A key of signs, letters and digits of all kinds, long enough to have been drawn."""
    lowered = value.lower()
    if any(word in lowered for word in _EXAMPLES) or value.count(" ") > len(value) // 6 or not secret_value(value):
        return False
    kinds = any(map(str.isdigit, value)) + any(map(str.isalpha, value)) + (not value.isalnum())
    return len(set(value)) >= min(16, len(value) // 2) and kinds >= 2 and any(map(str.isdigit, value))


def basic_credentials(value: str) -> bool:
    """Base64 of ``user:password`` (RFC 7617), the password no placeholder and not the RFC's own example."""
    try:
        text = base64.b64decode(value + "=" * (-len(value) % 4), validate=True).decode("utf-8")
    except (ValueError, binascii.Error):
        return False
    user, colon, password = text.partition(":")
    if not (colon and user and text.isprintable()) or "sesame" in password:
        return False
    return secret_value(password) and password.lower() not in (user.lower(), "password", "passw0rd", "test")


def column_token(value: str) -> bool:
    """A cell of a column of keys: a token, a JWT, or a UUID that the name announces as secret."""
    if value.count(".") == 2 and value.startswith("eyJ"):
        return jwt(value)
    digits = sum(map(str.isdigit, value))
    shown = any(word in value.lower() for word in _EXAMPLES)
    return digits >= 3 and not shown and random_token(value) and secret_value(value)

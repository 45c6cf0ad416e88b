"""Whether what stands in a password's place is a secret or a placeholder."""

from __future__ import annotations

import base64
import binascii
import json

import re2

_PLACEHOLDER = re2.compile(
    r"(?i)(?:change[_ -]?(?:me|it|this)?\w{0,6}|"
    r"(?:your|my|the|votre|mon|le|un|some|any|new|old|db|database|user|admin|mysql|root|ici)?"
    r"[_ -]?(?:password|passwd|passphrase|pass|pwd|mdp|motdepasse|mot[_ -]de[_ -]passe|secret|token|key|username)"
    r"[_ -]?(?:here|ici|\d{0,2})|"
    r"x{3,}|\*+|\.{3,}|-+|_+|•+|#+|\?+|0+|none|null|nil|undefined|true|false|yes|no|oui|non|empty|vide|blank|required.{0,60}|nullable.{0,60}|"
    r"optional|string|str|text|todo|tbd|fixme|n/?a|example|exemple|sample|placeholder|redacted|hidden|masked|secret\w{0,3}|"
    r"prompt|ask|env|default|local|unset|invalid|incorrect|expired|for|from|is|and|or|the|varchar|char|int|not|hash|"
    r"(?:aws[_-]?)?(?:secret[_-]?)?access[_-]?key(?:[_-]?id)?|passwort|kennwort|wachtwoord|contrase(?:ñ|n)a|clave|senha|"
    r"parola|has(?:ł|l)o|heslo|salasana|l(?:ö|o)senord|adgangskode|"
    r"(?:your|votre)[_-].*|.*[_-]here[_-]?\d*|"
    r"foobar|foo|bar|baz|replace[_ -]?me|to[_ -]?be[_ -]?\w+|insert[_ -]?\w+|enter[_ -]?\w+|obligatoire|oublié|perdu)"
)
_CODE = re2.compile(
    r"(?:\$\{?[A-Za-z_(].*|\{\{?.*|<[^>]*>?|%[sdr({].*|%\w+%|@\w+@|\[.*|:.*|&.*|\\.*|\(.*|"  # templates and variables
    r".*&(?:quot|gt|lt|nbsp|amp|#[0-9]{1,4})\b.*|"  # text of a page
    r".*\\(?:-|f[PRBIC(]).*|"  # text of a manual
    r"[A-Za-z_][\w.]*(?:\(|\[|->|::|\|\|).*|"  # calls, subscripts, members
    r"(?:self|this|os|env|process|config|settings|request|req|params|args|opts|options|data|form|values?|getenv|input|"
    r"user|account|props|state|ctx|conf|cfg|kwargs|session|secrets|vault|ENV|System|String|new|await|function|lambda)"
    r"[.\[(].*)"
)


def secret_value(value: str) -> bool:
    """Not a placeholder, a template, a variable or a call: what remains is taken for a password."""
    text = value.strip("\"'` ")
    if len(text) < 4 or len(set(text)) < 3 or text.startswith(("http://", "https://")):
        return False
    return _PLACEHOLDER.fullmatch(text) is None and _CODE.fullmatch(text) is None


def strong_secret(value: str) -> bool:
    """As ``secret_value``, and not plain words: it mixes letters with digits or signs, sentence ends apart."""
    text = value.strip("\"'` ").rstrip(".,;:)]}>»")
    if all(part.translate(_SIGNS).isalpha() for part in text.split()):
        return False  # a word or a sentence
    kinds = (any(map(str.isalpha, text)), any(map(str.isdigit, text)), not text.isalnum())
    return secret_value(text) and len(text) >= 6 and sum(kinds) >= 2 and not _path_or_type(text)


_SIGNS = str.maketrans("", "", "!?,;:'’()\"")


def _path_or_type(text: str) -> bool:
    """Names joined by underscores, dots, dashes, colons or slashes: paths, keys of translations, class names."""
    return all(part.isalpha() for part in text.translate(_JOINTS).split("_") if part)


_JOINTS = str.maketrans("/.-:", "____")


def dsn(value: str) -> bool:
    """Connection string scheme://user:password@host whose password is no placeholder (RFC 3986, 3.2.1)."""
    _, _, rest = value.partition("://")
    account, _, host = rest.rpartition("@")
    user, _, password = account.partition(":")
    plain = password.lower() not in ("pass", "password", "pw", "guest", user.lower()) or not host
    return plain and secret_value(password) and not user.startswith(("$", "{", "<", "%"))


def jwt(value: str) -> bool:
    """JSON Web Token whose header is a JSON object that names an algorithm (RFC 7519)."""
    head = value.split(".", maxsplit=1)[0]
    try:
        header = json.loads(base64.urlsafe_b64decode(head + "=" * (-len(head) % 4)))
    except (ValueError, binascii.Error):
        return False
    return isinstance(header, dict) and "alg" in header


def random_token(value: str) -> bool:
    """A key's body: many different characters, letters and digits both, no run that says example."""
    text = value.rpartition("_")[2] if value.count("_") < 4 else value
    lowered = value.lower()
    if "example" in lowered or "xxxx" in lowered or "1234567890" in lowered or "abcdefgh" in lowered:
        return False
    return len(set(text)) >= min(10, len(text) // 2) and any(map(str.isdigit, value)) and any(map(str.isalpha, value))


def hex_hash(value: str) -> bool:
    """Hexadecimal digest that is not a repeated or null filler."""
    return len(set(value.lower())) >= 8 and not value.isdigit()


def session_token(value: str) -> bool:
    """Identifier of a visit: at least three digits among at least eight different characters."""
    return sum(map(str.isdigit, value)) >= 3 and len(set(value)) >= 8


def aws_key(value: str) -> bool:
    """AWS key id that does not say it is an example."""
    return "EXAMPLE" not in value and len(set(value[4:])) >= 8


def api_token(value: str) -> bool:
    """Token of an application: mixed characters, no template, no dotted or underscored words."""
    return random_token(value) and secret_value(value) and sum(map(str.isdigit, value)) >= 3

"""Keys of tokens and digests: one for each client and mandate, from a secret that can be replaced."""

from __future__ import annotations

import hashlib
import hmac
import os
from dataclasses import dataclass
from pathlib import Path

LEAST = 16
"""Characters of a secret: what is shorter can be tried out."""


@dataclass(frozen=True, slots=True)
class Keys:
    """The key of the runs of one client and mandate."""

    now: bytes
    secret: bool = False
    """Whether the key comes from a secret; if not, whoever knows client and mandate can make the tokens."""


def keys_of(scope: str) -> Keys:
    """The key of one client and mandate, from ``RECENSE_KEY`` or the file that ``RECENSE_KEY_FILE`` names.

    Another secret rotates it: tokens of before mean nothing any more, and the next run reads all. Raises
    ``ValueError`` for a secret that is too short, and says nothing of it.
    """
    file = os.environ.get("RECENSE_KEY_FILE", "")
    secret = (Path(file).read_text(encoding="utf-8") if file else os.environ.get("RECENSE_KEY", "")).strip()
    if (file or secret) and len(secret) < LEAST:
        raise ValueError(f"RECENSE_KEY: a secret has at least {LEAST} characters")
    return Keys(_key(secret, scope), bool(secret))


def content_token(digest: bytes, key: bytes) -> str:
    """Keyed, or a file that holds a single value could be found again by trying all values; none without a key."""
    return hashlib.blake2b(digest, key=key, digest_size=16).hexdigest() if key else ""


def _key(secret: str, scope: str) -> bytes:
    text = b"recense tokens 1\0" + scope.encode("utf-8", "surrogatepass")
    return hmac.new(secret.encode(), text, hashlib.sha256).digest()


def key_name(key: bytes) -> str:
    """A name that tells keys apart and tells nothing of them."""
    return hmac.new(key, b"name of the key", hashlib.sha256).hexdigest()[:16]

"""Which records of a labelled set are kept for testing: by a digest of their identifiers, the same on every machine."""

from __future__ import annotations

from hashlib import blake2b


def is_test(identifier: str, share: float) -> bool:
    """Whether a record belongs to the part (``share`` of all, 0 to 1) that nothing is trained or tuned on."""
    digest = blake2b(identifier.encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") < share * 2.0**64

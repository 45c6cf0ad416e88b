"""Secrets made from a seed when they are asked for, so that no file of the project holds one."""

from __future__ import annotations

import base64
import string
from random import Random

LOWER, UPPER, DIGITS = string.ascii_lowercase, string.ascii_uppercase, string.digits
ALNUM = string.ascii_letters + DIGITS
HEX = "0123456789abcdef"
WORDS = "tournesol orage canard falaise bruyere lanterne marelle granit copeau sillage brume tamis".split()  # noqa: SIM905


class Values:
    """One stream of invented secrets."""

    def __init__(self, seed: str) -> None:
        self.chance = Random(seed)

    def of(self, alphabet: str, length: int) -> str:
        return "".join(self.chance.choice(alphabet) for _ in range(length))

    def alnum(self, length: int) -> str:
        """Letters and digits, each kind at least once."""
        return self.mixed(self.of(ALNUM, length - 3) + "k7Q")

    def mixed(self, text: str) -> str:
        letters = list(text)
        self.chance.shuffle(letters)
        return "".join(letters)

    def hex(self, length: int) -> str:
        return self.of(HEX, length)

    def url64(self, length: int) -> str:
        return self.alnum(length - 2) + "-_"

    def base64(self, size: int) -> str:
        return base64.b64encode(self.chance.randbytes(size)).decode()

    def uuid(self) -> str:
        return "-".join(self.hex(size) for size in (8, 4, 4, 4, 12))

    def password(self) -> str:
        word = self.chance.choice(WORDS)
        return f"{word[:1].upper()}{word[1:]}{self.chance.choice('!#-_+')}{self.chance.randrange(10, 9999)}"

    def strong(self) -> str:
        return self.mixed(self.of(ALNUM, 13) + "!7kQ")

    def jwt(self) -> str:
        head, body = ('{"alg":"HS256","typ":"JWT"}', f'{{"sub":"{self.alnum(8)}","iat":1700000000}}')
        parts = [base64.urlsafe_b64encode(part.encode()).decode().rstrip("=") for part in (head, body)]
        return ".".join([*parts, self.alnum(43)])

    def pem(
        self, kind: str = "RSA PRIVATE KEY", start: bytes = b"\x30\x82\x04\xa3\x02\x01\x00", notes: str = ""
    ) -> str:
        body = base64.b64encode(start + self.chance.randbytes(700)).decode()
        lines = [body[at : at + 64] for at in range(0, len(body), 64)]
        return "\n".join([f"-----BEGIN {kind}-----", *([notes] if notes else []), *lines, f"-----END {kind}-----", ""])

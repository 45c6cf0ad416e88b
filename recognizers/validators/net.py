"""Addresses and identifiers of machines and places."""

from __future__ import annotations

import ipaddress
from functools import cache
from importlib import resources

from recognizers.validators.checksums import compact, digits_only, luhn, varied


@cache
def _top_level() -> frozenset[str]:
    text = (resources.files("recognizers") / "tlds.txt").read_text("utf-8")
    return frozenset(line for line in text.splitlines() if line and not line.startswith("#"))


def email_address(value: str) -> bool:
    """Mail address with a domain of the IANA root or of a private network (RFC 5321, 1035, 6762): below 1 %."""
    local, _, domain = value.rpartition("@")
    labels = domain.lower().split(".")
    if not 1 <= len(local) <= 64 or len(domain) > 253 or len(labels) < 2 or ".." in value:
        return False
    if any(not label or len(label) > 63 or label[0] == "-" or label[-1] == "-" for label in labels):
        return False
    if local[0] == "." or local[-1] == "." or (labels[0][:-1].isdigit() and labels[0][-1] == "x"):
        return False
    if _numbered(local):
        return False
    return labels[-1] in _top_level() or labels[-1].startswith("xn--")


def _numbered(local: str) -> bool:
    """What machines write before the @ of a message's number (RFC 5322, 3.6.4): eleven digits, and not only digits."""
    return sum(char in "0123456789" for char in local) >= 11 and not (local.isascii() and local.isdigit())


def _address(value: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(value.strip("[]").split("%")[0])
    except ValueError:
        return None


def ip_public(value: str) -> bool:
    """Address that IANA lets be routed, so that it can be a person's line."""
    address = _address(value)
    return address is not None and address.is_global and not address.is_multicast


def _reserved(first: int, second: int, third: int) -> bool:
    """Whether IANA's special-purpose registry has this block (RFC 6890); by hand, since logs are full of addresses."""
    if first in (0, 10, 127) or first >= 224:
        return True
    pair = (first, second)
    if pair in ((169, 254), (192, 168), (198, 18), (198, 19)) or (first == 172 and 16 <= second <= 31):
        return True
    documentation = (*pair, third) in ((192, 0, 0), (192, 0, 2), (198, 51, 100), (203, 0, 113), (192, 88, 99))
    return documentation or (first == 100 and 64 <= second <= 127)


def ip_v4_public(value: str) -> bool:
    """Routable IPv4 address that is no version, section or network.

    Those have a first byte of one digit, a last one of 0, or small numbers first.
    """
    first, second, third, last = value.split(".")
    three = (int(first), int(second), int(third))
    return len(first) > 1 and last != "0" and max(three) >= _SMALL and not _reserved(*three)


_SMALL = 32
"""Sections of standards are numbered below; three bytes of an address all are one time in 500."""


def ip_v4_routed(value: str) -> bool:
    """Routable IPv4 address, whatever its bytes: where words or a column say that it is one."""
    first, second, third, last = value.split(".")
    return last != "0" and not _reserved(int(first), int(second), int(third))


def ip_v4_special(value: str) -> bool:
    """IPv4 address that leads to no person's line, or that may be a version: private, loopback, documentation."""
    return not value.endswith(".0.0.0") and not ip_v4_public(value)  # browsers say Chrome/128.0.0.0


def ip_v6_public(value: str) -> bool:
    """Address in 2000::/3 (RFC 4291) with a digit and three colons at least; source code has words with ``::``."""
    address = _address(value) if value.count(":") >= 3 and any(map(str.isdigit, value)) else None
    return address is not None and int(address) >> 125 == 1 and ip_public(value)


def ip_v6_special(value: str) -> bool:
    """Loopback, link-local, unique local or documentation IPv6 address, of at least eight characters."""
    address = _address(value)
    return address is not None and not ip_public(value) and len(value) >= 8


def mac_address(value: str) -> bool:
    """EUI-48 of six bytes, neither null nor broadcast (IEEE 802): half of what has the shape is assigned."""
    digits = value.lower().replace(":", "").replace("-", "").replace(".", "")
    return len(digits) == 12 and digits not in ("0" * 12, "f" * 12) and len(set(digits)) >= 3


def imei(value: str) -> bool:
    """IMEI of 15 digits, Luhn, reporting body as GSMA assigned (3GPP TS 23.003): 10 %."""
    digits = compact(value)
    known = digits[:2] in ("01", "10", "35", "44", "45", "49", "50", "51", "52", "53", "54", "86", "91", "98", "99")
    return digits_only(digits, 15) and known and varied(digits) and luhn(digits)


def gps_pair(value: str) -> bool:
    """Latitude and longitude in degrees (WGS 84), neither zero."""
    fields = value.replace(";", ",").replace("\t", ",").replace(" ", ",").split(",")
    try:
        numbers = [float(field) for field in fields if field]
    except ValueError:
        return False
    return len(numbers) == 2 and abs(numbers[0]) <= 90 and abs(numbers[1]) <= 180 and 0.0 not in numbers


def nmea(value: str) -> bool:
    """NMEA 0183 sentence with its two-digit checksum: 0.4 %."""
    body, star, checksum = value.lstrip("$").rpartition("*")
    total = 0
    for char in body:
        total ^= ord(char)
    return star == "*" and f"{total:02X}" == checksum.upper()

"""Every media type that sniffing can name, and in a few words what it is where nothing reads it."""

from __future__ import annotations

from scanner.sniff import containers, names, signatures

_FAMILIES: tuple[tuple[str, str], ...] = (
    (names.VOLUME, "a part of an archive in several volumes"),
    ("image/", "picture"),
    ("audio/", "sound"),
    ("video/", "film"),
    ("font/", "font"),
    ("application/x-python-code", "compiled program"),
    ("application/java-vm", "compiled program"),
    ("application/wasm", "compiled program"),
    ("application/x-mach-binary", "compiled program"),
    ("application/vnd.android.dex", "compiled program"),
    ("application/x-shockwave-flash", "compiled program"),
    ("application/x-biometric", "biometric record"),
    ("application/x-ansi-nist", "biometric record"),
    ("application/x-vmdk", "disk of a virtual machine"),
    ("application/x-qemu", "disk of a virtual machine"),
    ("application/x-vhd", "disk of a virtual machine"),
    ("application/vnd.tcpdump", "network capture"),
    ("application/x-pcapng", "network capture"),
    ("application/x-java-", "store of keys"),
    ("application/x-private-key", "key"),
    ("application/pkix-cert", "certificate"),
)
_COMPRESSED = frozenset(
    {"application/x-arj", "application/x-lzh-compressed", "application/vnd.squashfs", "application/x-xar",
     "application/x-ms-wim"}
)  # fmt: skip


def known_types() -> frozenset[str]:
    """Media types of files that are not text."""
    found = {kind for _, kind in signatures._AT_START} | {kind for _, kind in signatures._DEEPER}
    found |= set(signatures._RIFF.values()) | set(signatures._BRANDS.values())
    found |= {names.VOLUME, *names._SUFFIXES.values(), *names._BINARY.values()}
    found |= {kind for _, kind in containers._STREAMS} | set(containers._BY_SUFFIX.values())
    return frozenset(kind for kind in found if kind)


def family(media_type: str) -> str:
    """What such a file is, in two words, or nothing."""
    if media_type in _COMPRESSED:
        return "archive without a free reader"
    return next((words for start, words in _FAMILIES if media_type.startswith(start)), "")

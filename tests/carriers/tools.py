"""Carriers that programs of the system make: LibreOffice, 7z, tar, rpmbuild, git and others; absent ones are skipped."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from html import escape
from pathlib import Path

from .letter import LINES, TEXT, table

NAMED = frozenset({"aes.zip", "password.7z", "letter.arj", "letter.lzh", "letter.squashfs", "xz.wim"})
"""What nobody opens without a key, and formats without a free reader: told as unread."""


def carriers() -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for make in (_archives, _systems, _packages, _repositories, _office, _parts):
        with tempfile.TemporaryDirectory() as folder:
            make(Path(folder), found)
    return {name: data for name, data in found.items() if data}  # an absent program writes nothing


def run(folder: Path, *command: str, given: bytes = b"") -> bytes:
    """What a program writes; nothing when it is absent or fails."""
    if shutil.which(command[0]) is None:
        return b""
    environment = {**os.environ, "HOME": str(folder), "SOURCE_DATE_EPOCH": "1762160400", "TZ": "UTC"}
    done = subprocess.run(
        command, cwd=folder, input=given, capture_output=True, check=False, env=environment, timeout=300
    )
    return done.stdout if done.returncode in (0, 1) else b""


def keep(folder: Path, found: dict[str, bytes], *names: str) -> None:
    for name in names:
        if (folder / name).is_file() and (folder / name).stat().st_size:
            found[name] = (folder / name).read_bytes()


def _letter(folder: Path) -> str:
    (folder / "lettre.txt").write_text(TEXT, encoding="utf-8")
    return "lettre.txt"


def _archives(folder: Path, found: dict[str, bytes]) -> None:
    letter = _letter(folder)
    ways = {
        "deflate64.zip": ["-mm=Deflate64"], "ppmd.zip": ["-mm=PPMd"], "lzma.zip": ["-mm=LZMA"],
        "xz.zip": ["-mm=xz"], "aes.zip": ["-pmot", "-mem=AES256"],
        "lzma2.7z": ["-m0=lzma2"], "ppmd.7z": ["-m0=PPMd"], "bzip2.7z": ["-m0=BZip2"], "bcj2.7z": ["-m0=BCJ2", "-m1=LZMA"],
        "delta.7z": ["-m0=Delta:4", "-m1=LZMA2"], "password.7z": ["-pmot", "-mhe=on"], "xz.wim": ["-twim"],
        "letter.tar": ["-ttar"],
    }  # fmt: skip
    for name, options in ways.items():
        run(folder, "7z", "a", "-y", *options, name, letter)
        keep(folder, found, name)
    run(folder, "zip", "-s", "64k", "-0", "split.zip", letter)
    run(folder, "arj", "a", "letter.arj", letter)
    run(folder, "lha", "a", "letter.lzh", letter)
    run(folder, "gcab", "-c", "-z", "zipped.cab", letter)
    run(folder, "gcab", "-c", "plain.cab", letter)
    run(folder, "mksquashfs", letter, "letter.squashfs", "-quiet")
    keep(folder, found, "split.zip", "letter.arj", "letter.lzh", "zipped.cab", "plain.cab", "letter.squashfs")


def _systems(folder: Path, found: dict[str, bytes]) -> None:
    letter = _letter(folder)
    data = TEXT.encode()
    streams = {
        "letter.txt.Z": ("compress", "-c", "-f"), "letter.txt.br": ("brotli", "-c"), "letter.txt.lz4": ("lz4", "-c"),
        "linked.txt.lz4": ("lz4", "-c", "-BD", "-B4"), "long.txt.zst": ("zstd", "-c", "--ultra", "--long=27"),
        "letter.txt.bz2": ("bzip2", "-c"), "blocks.txt.xz": ("xz", "-c", "--block-size=200"),
        "old.txt.lzma": ("xz", "-c", "--format=lzma"),
    }  # fmt: skip
    for name, command in streams.items():
        if made := run(folder, *command, given=data):
            found[name] = made
    for form in ("v7", "oldgnu", "gnu", "ustar", "posix"):
        found[f"{form}.tar"] = run(folder, "tar", f"--format={form}", "-cf", "-", letter)
    os.link(folder / letter, folder / "lien.txt")
    (folder / "renvoi.txt").symlink_to("lettre.txt")
    for form in ("bin", "odc", "newc", "crc"):
        found[f"{form}.cpio"] = run(folder, "cpio", "-o", "-H", form, given=b"lettre.txt\n")
    run(folder, "genisoimage", "-J", "-R", "-quiet", "-o", "joliet.iso", letter)
    run(folder, "genisoimage", "-udf", "-quiet", "-o", "udf.iso", letter)
    keep(folder, found, "joliet.iso", "udf.iso")


SPEC = """Name: lettre
Version: 1
Release: 1
Summary: Lettre
License: none
BuildArch: noarch
%description
Lettre
%install
mkdir -p %{buildroot}/srv
cp %{_sourcedir}/lettre.txt %{buildroot}/srv/
%files
/srv/lettre.txt
"""


def _packages(folder: Path, found: dict[str, bytes]) -> None:
    _letter(folder)
    (folder / "l.spec").write_text(SPEC)
    for method in ("w9.gzdio", "w6.xzdio", "w3.zstdio"):
        define = [
            f"_topdir {folder}",
            f"_sourcedir {folder}",
            f"_binary_payload {method}",
            f"_rpmdir {folder}/{method}",
        ]
        run(folder, "rpmbuild", "-bb", *(part for one in define for part in ("-D", one)), "l.spec")
        for package in (folder / method).rglob("*.rpm"):
            found[f"{method[3:]}.rpm"] = package.read_bytes()
    (folder / "deb/DEBIAN").mkdir(parents=True)
    (folder / "deb/DEBIAN/control").write_text(
        "Package: l\nVersion: 1\nArchitecture: all\nMaintainer: A\nDescription: l\n"
    )
    shutil.copy(folder / "lettre.txt", folder / "deb")
    run(folder, "dpkg-deb", "-b", "deb", "letter.deb")
    keep(folder, found, "letter.deb")


def _repositories(folder: Path, found: dict[str, bytes]) -> None:
    git = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    filling = "".join(f"Ligne {number} du registre des entrées.\n" for number in range(3000))
    run(folder, *git, "init", "-q", ".")
    for text in (filling, filling + TEXT, filling + "rien\n", "rien\n"):
        (folder / "registre.txt").write_text(text, encoding="utf-8")
        run(folder, *git, "add", "registre.txt")
        run(folder, *git, "commit", "-q", "-m", "suite")
    run(folder, *git, "bundle", "create", "depot.bundle", "--all")
    keep(folder, found, "depot.bundle")
    run(folder, *git, "repack", "-adq")
    for pack in (folder / ".git/objects/pack").glob("*.pack"):
        found["depot.pack"] = pack.read_bytes()


OFFICE = ("urn:oasis:names:tc:opendocument:xmlns:", "office", "text", "drawing")
PRESENTATION = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document xmlns:office="{0}office:1.0" xmlns:text="{0}text:1.0" '
    'xmlns:draw="{0}drawing:1.0" xmlns:svg="{0}svg-compatible:1.0" office:version="1.2" '
    'office:mimetype="application/vnd.oasis.opendocument.presentation"><office:body><office:presentation>'
    '<draw:page draw:name="p1"><draw:frame svg:width="20cm" svg:height="12cm" svg:x="1cm" svg:y="1cm"><draw:text-box>{1}'
    "</draw:text-box></draw:frame></draw:page></office:presentation></office:body></office:document>"
)


def _office(folder: Path, found: dict[str, bytes]) -> None:
    page = "".join(f"<p>{escape(line)}</p>" for line in LINES)
    (folder / "w.html").write_text(
        f"<html><head><meta charset=utf-8></head><body>{page}</body></html>", encoding="utf-8"
    )
    (folder / "c.csv").write_text(table(","), encoding="utf-8")
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in LINES)
    (folder / "i.fodp").write_text(PRESENTATION.format(OFFICE[0], lines), encoding="utf-8")
    convert(
        folder,
        "w.html",
        "--infilter=HTML (StarWriter)",
        ("doc", "docx", "odt", "rtf", "pdf", "epub", "fodt", "ott"),
        found,
    )
    convert(
        folder,
        "c.csv",
        "--infilter=CSV:44,34,76,1,,0,true",
        ("xls", "xlsx", "ods", "fods", "dbf", "slk", "dif", "html", "pdf"),
        found,
    )
    convert(folder, "i.fodp", "", ("ppt", "pptx", "odp", "pdf", "pps", "potx"), found)


def _parts(folder: Path, found: dict[str, bytes]) -> None:
    """The letter in each place of a document that is easily passed over, in four formats."""
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in LINES)
    note = '<text:p>Note<text:note text:id="n" text:note-class="{0}note"><text:note-citation>1</text:note-citation>'
    note += f"<text:note-body>{lines}</text:note-body></text:note></text:p>"
    spans = "".join(f'<text:p><text:span text:style-name="H">{escape(line)}</text:span></text:p>' for line in LINES)
    hidden = (
        '<style:style style:name="H" style:family="text"><style:text-properties text:display="none"/></style:style>'
    )
    said = "<dc:creator>A</dc:creator><dc:date>2026-01-01T00:00:00</dc:date>"
    deleted = f'<text:tracked-changes><text:changed-region text:id="c"><text:deletion><office:change-info>{said}'
    deleted += f"</office:change-info>{lines}</text:deletion></text:changed-region></text:tracked-changes>"
    frame = (
        '<text:p><draw:frame svg:width="9cm" svg:height="9cm"><draw:text-box>{}</draw:text-box></draw:frame></text:p>'
    )
    pages = {
        "head": _text(master=f"<style:header>{lines}</style:header>"),
        "foot": _text(master=f"<style:footer>{lines}</style:footer>"),
        "footnote": _text(note.format("foot")), "endnote": _text(note.format("end")),
        "comment": _text(f"<text:p>Voir<office:annotation>{said}{lines}</office:annotation></text:p>"),
        "hidden": _text(spans, styles=hidden), "frame": _text(frame.format(lines)),
        "deleted": _text('<text:p>x<text:change text:change-id="c"/></text:p>', tracked=deleted),
        "properties": _text(meta=f"<office:meta><dc:description>{escape(TEXT)}</dc:description></office:meta>"),
    }  # fmt: skip
    for name, page in pages.items():
        (folder / f"{name}.fodt").write_text(page, encoding="utf-8")
    for kind in ("doc", "rtf", "docx", "odt"):
        profile = f"-env:UserInstallation=file://{folder}/profile"
        names = [f"{name}.fodt" for name in pages]
        run(folder, "soffice", profile, "--headless", "--convert-to", kind, "--outdir", str(folder / kind), *names)
        for file in (folder / kind).glob("*"):
            found[f"{file.stem}.{kind}"] = file.read_bytes()


def _text(body: str = "", *, master: str = "", styles: str = "", tracked: str = "", meta: str = "") -> str:
    names = ("office", "text", "style", "drawing", "svg-compatible")
    spaces = " ".join(
        f'xmlns:{name.partition("-")[0].replace("drawing", "draw")}="{OFFICE[0]}{name}:1.0"' for name in names
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {spaces} xmlns:dc="http://purl.org/dc/elements/1.1/" '
        f'office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.text">{meta}<office:automatic-styles>'
        '<style:page-layout style:name="p"><style:header-style/><style:footer-style/></style:page-layout>'
        f'{styles}</office:automatic-styles><office:master-styles><style:master-page style:name="Standard" '
        f'style:page-layout-name="p">{master}</style:master-page></office:master-styles><office:body><office:text>'
        f"{tracked}<text:p>Voir ailleurs.</text:p>{body}</office:text></office:body></office:document>"
    )


def convert(folder: Path, name: str, given: str, kinds: tuple[str, ...], found: dict[str, bytes]) -> None:
    """By one start of the office for each format."""
    stem = name.partition(".")[0]
    for kind in kinds:
        out = folder / f"{stem}-{kind}"
        options = [given] if given else []
        profile = f"-env:UserInstallation=file://{folder}/profile"
        filter_ = {"html": "html:HTML (StarCalc)"}.get(kind, kind)
        run(folder, "soffice", profile, "--headless", *options, "--convert-to", filter_, "--outdir", str(out), name)
        for file in out.glob("*"):
            found[f"{stem}.{kind}"] = file.read_bytes()

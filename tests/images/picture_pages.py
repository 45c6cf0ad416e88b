"""Twelve pages of invented persons, as they come from scanners and telephones: upright, turned, noisy, in perspective.

They are set in a PDF with the fonts that every PDF reader has, so that they look the same on each machine, and drawn.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from recognizers.validators.icao import check_digit

A4 = (595, 842)
CARD = (480, 303)
BOOKLET = (590, 410)
_FONTS = {"sans": "Helvetica", "bold": "Helvetica-Bold", "mono": "Courier", "serif": "Times-Roman"}


@dataclass(frozen=True)
class Paper:
    """What is printed on a page: lines, with their left and top in points, size and font."""

    size: tuple[int, int]
    lines: tuple[tuple[float, float, str, float, str], ...]


def pdf_of(paper: Paper) -> bytes:
    """A PDF of one page, written by hand: text only."""
    content = b"\n".join(
        b"BT /%s %g Tf %g %g Td (%s) Tj ET" % (font.encode(), size, x, paper.size[1] - y, _escaped(text))
        for x, y, text, size, font in paper.lines
    )
    fonts = b" ".join(
        b"/%s << /Type /Font /Subtype /Type1 /BaseFont /%s /Encoding /WinAnsiEncoding >>"
        % (key.encode(), name.encode())
        for key, name in _FONTS.items()
    )
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Contents 4 0 R /Resources << /Font << %s >> >> >>"
        % (*paper.size, fonts),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
    ]
    return _written(objects)


def _written(objects: Iterable[bytes]) -> bytes:
    out, places = io.BytesIO(), []
    out.write(b"%PDF-1.4\n")
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(places) + 1, start))
    return out.getvalue()


def _escaped(text: str) -> bytes:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)").encode("cp1252")


def drawn(paper: Paper, dots: int = 150) -> Image.Image:
    """The page at so many dots an inch."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf_of(paper))
    image = document[0].render(scale=dots / 72).to_pil().convert("RGB")
    document.close()
    return image


def lines_of(*texts: str, size: float = 11, font: str = "sans", left: float = 50, top: float = 60, step: float = 19):
    """Texts one under the other."""
    return tuple((left, top + at * step, text, size, font) for at, text in enumerate(texts) if text)


def noisy(image: Image.Image, seed: int = 1) -> Image.Image:
    """A bad copy: grey, blurred, with grain and a tilt."""
    grey = image.convert("L").rotate(1.4, expand=True, fillcolor=255, resample=Image.Resampling.BICUBIC)
    pixels = np.asarray(grey.filter(ImageFilter.GaussianBlur(0.8)), np.float32)
    grain = np.random.default_rng(seed).normal(0, 22, pixels.shape)
    return Image.fromarray((pixels * 0.82 + 20 + grain).clip(0, 255).astype(np.uint8)).convert("RGB")


def photographed(image: Image.Image, seed: int = 2) -> Image.Image:
    """A telephone's view: on a table, in perspective, lit from one side."""
    width, height = image.size
    table = Image.new("RGB", (int(width * 1.25), int(height * 1.2)), (96, 74, 58))
    table.paste(image, (int(width * 0.12), int(height * 0.1)))
    wide, high = table.size
    corners = ((0.05, 0.03), (0.97, 0.0), (1.0, 0.98), (0.0, 1.0))
    target = [(x * wide, y * high) for x, y in corners]
    whole = [(0, 0), (wide, 0), (wide, high), (0, high)]
    view = table.transform(
        table.size, Image.Transform.PERSPECTIVE, _coefficients(whole, target), Image.Resampling.BICUBIC
    )
    light = np.linspace(1.0, 0.68, wide, dtype=np.float32)[None, :, None]
    grain = np.random.default_rng(seed).normal(0, 6, (high, wide, 1))
    return Image.fromarray((np.asarray(view, np.float32) * light + grain).clip(0, 255).astype(np.uint8))


def _coefficients(source: list[tuple[float, float]], target: list[tuple[float, float]]) -> list[float]:
    """The eight numbers of a perspective that takes ``target`` to ``source``."""
    rows, right = [], []
    for (x, y), (u, v) in zip(source, target, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        right += [u, v]
    return np.linalg.solve(np.array(rows, float), np.array(right, float)).tolist()


def turned(quarters: int) -> Callable[[Image.Image], Image.Image]:
    """Laid on the glass the wrong way round."""
    return lambda image: image.rotate(90 * quarters, expand=True)


def zone_td3(names: str, number: str, birth: str, sex: str, expiry: str, nation: str = "FRA") -> str:
    """The two lines of a passport, with their check digits."""
    first = f"P<{nation}{names}".ljust(44, "<")
    birth, expiry = birth + check_digit(birth), expiry + check_digit(expiry)
    number = number.ljust(9, "<") + check_digit(number.ljust(9, "<"))
    rest = "<" * 14 + "<"
    return f"{first}\n{number}{nation}{birth}{sex}{expiry}{rest}{check_digit(number + birth + expiry + rest)}"


def zone_td2(names: str, number: str, birth: str, sex: str, expiry: str, nation: str) -> str:
    """The two lines of a card of the old European size."""
    first = f"I<{nation}{names}".ljust(36, "<")
    birth, expiry = birth + check_digit(birth), expiry + check_digit(expiry)
    number = number.ljust(9, "<") + check_digit(number.ljust(9, "<"))
    rest = "<" * 7
    return f"{first}\n{number}{nation}{birth}{sex}{expiry}{rest}{check_digit(number + birth + expiry + rest)}"


def zone_td1(names: str, number: str, birth: str, sex: str, expiry: str, nation: str = "FRA") -> str:
    """The three lines of a card of bank card size."""
    number = number.ljust(9, "<")
    first = f"ID{nation}{number}{check_digit(number)}".ljust(30, "<")
    birth, expiry = birth + check_digit(birth), expiry + check_digit(expiry)
    rest = "<" * 11
    check = check_digit(first[5:] + birth + expiry + rest)
    return f"{first}\n{birth}{sex}{expiry}{nation}{rest}{check}\n{names.ljust(30, '<')}"


def zone_cni(surname: str, given: str, number: str, birth: str, sex: str) -> str:
    """The two lines of the French card before 2021."""
    first = f"IDFRA{surname}".ljust(30, "<") + f"{number[4:7]}024"
    birth = birth + check_digit(birth)
    second = f"{number}{check_digit(number)}{given.ljust(14, '<')}{birth}{sex}"
    return f"{first}\n{second}{check_digit(first + second)}"


def face(width: int = 80) -> Image.Image:
    """A drawn face: nobody's, and near enough for what looks for faces."""
    image = Image.new("RGB", (320, 400), (150, 170, 190))
    draw = ImageDraw.Draw(image)

    def disc(x: float, y: float, wide: float, high: float, color: tuple[int, int, int]) -> None:
        draw.ellipse([x - wide, y - high, x + wide, y + high], fill=color)

    hair, skin, lips = (60, 42, 32), (224, 180, 152), (176, 92, 86)
    disc(160, 390, 130, 70, (60, 70, 110))
    draw.rectangle([125, 270, 195, 340], fill=(205, 160, 135))
    for x, y, wide, high, color in ((160, 165, 112, 135, hair), (160, 190, 92, 118, skin)):
        disc(x, y, wide, high, color)
    draw.pieslice([62, 50, 258, 230], 180, 360, fill=hair)
    disc(160, 178, 88, 70, skin)
    for x in (122, 198):
        draw.arc([x - 26, 140, x + 26, 175], 200, 340, fill=hair, width=7)
        for wide, high, color in ((19, 10, (245, 240, 235)), (9.5, 9.5, (70, 48, 32)), (5, 5, (15, 12, 10))):
            disc(x, 182, wide, high, color)
    draw.line([(155, 190), (148, 228)], fill=(196, 148, 122), width=4)
    for x in (151, 169):
        disc(x, 238, 5, 3, (120, 78, 64))
    disc(160, 268, 32, 11, lips)
    draw.line([(130, 267), (190, 267)], fill=(110, 50, 48), width=3)
    return image.filter(ImageFilter.GaussianBlur(2)).resize((width, width * 5 // 4))

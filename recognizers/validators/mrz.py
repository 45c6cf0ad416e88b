"""Machine readable zones (ICAO Doc 9303) and the French identity card before 2021."""

from __future__ import annotations

from recognizers.validators.icao import VALUES, check_digit


def _lines(value: str, count: int, width: int) -> list[str] | None:
    lines = value.split()
    right = len(lines) == count and all(len(line) == width and set(line) <= VALUES.keys() for line in lines)
    return lines if right else None


def mrz_td3(value: str) -> bool:
    """Passport, two lines of 44, five check digits (Doc 9303 part 4): 0.001 %."""
    lines = _lines(value, 2, 44)
    if lines is None:
        return False
    line = lines[1]
    fields = ((line[:9], line[9]), (line[13:19], line[19]), (line[21:27], line[27]))
    personal = line[42] == check_digit(line[28:42]) or (line[42] == "<" and not line[28:42].strip("<"))
    composite = check_digit(line[:10] + line[13:20] + line[21:43]) == line[43]
    return all(check_digit(field) == digit for field, digit in fields) and personal and composite


def mrz_td2(value: str) -> bool:
    """Two lines of 36, four check digits (Doc 9303 part 6): 0.01 %."""
    lines = _lines(value, 2, 36)
    if lines is None or lines[0].startswith("IDFRA"):
        return False
    line = lines[1]
    fields = ((line[:9], line[9]), (line[13:19], line[19]), (line[21:27], line[27]))
    composite = check_digit(line[:10] + line[13:20] + line[21:35]) == line[35]
    return all(check_digit(field) == digit for field, digit in fields) and composite


def mrz_td1(value: str) -> bool:
    """Identity card, three lines of 30, four check digits (Doc 9303 part 5): 0.01 %."""
    lines = _lines(value, 3, 30)
    if lines is None:
        return False
    first, second = lines[0], lines[1]
    fields = ((first[5:14], first[14]), (second[:6], second[6]), (second[8:14], second[14]))
    composite = check_digit(first[5:30] + second[:7] + second[8:15] + second[18:29]) == second[29]
    return all(check_digit(field) == digit for field, digit in fields) and composite


def mrz_cni(value: str) -> bool:
    """French identity card before 2021, two lines of 36 beginning IDFRA, three check digits: 0.1 %."""
    lines = _lines(value, 2, 36)
    if lines is None or not lines[0].startswith("IDFRA"):
        return False
    line = lines[1]
    parts = check_digit(line[:12]) == line[12] and check_digit(line[27:33]) == line[33]
    return parts and check_digit(lines[0] + line[:35]) == line[35]


def mrz_line(value: str) -> bool:
    """The second line of a passport or TD2 alone, as OCR often leaves it: 0.1 %."""
    line = value.strip()
    if len(line) not in (36, 44) or not set(line) <= VALUES.keys():
        return False
    fields = ((line[:9], line[9]), (line[13:19], line[19]), (line[21:27], line[27]))
    return all(check_digit(field) == digit for field, digit in fields) and line[13:19].isdigit()

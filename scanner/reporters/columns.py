"""The columns of each table of the workbook with their widths, and those where people choose a word."""

from __future__ import annotations

from scanner.reporters.language import labels

WIDE, MIDDLE, NARROW = 46, 24, 13

LAYOUT: dict[str, tuple[tuple[str, int], ...]] = {
    "summary": (("field", 34), ("value", 90)),
    "register": (
        *(("reference", NARROW), ("processing", MIDDLE), ("purpose", MIDDLE), ("category", WIDE), ("cnil", WIDE)),
        *(("types", WIDE), ("description", MIDDLE), ("sensitive", NARROW), ("nature", MIDDLE), ("regimes", MIDDLE)),
        *(("people", MIDDLE), ("persons_min", NARROW), ("persons_max", NARROW), ("places", WIDE), ("files", NARROW)),
        *(("values", NARROW), ("bytes", NARROW), ("level", NARROW), ("declared", MIDDLE), ("retention", MIDDLE)),
        *(("oldest", NARROW), ("newest", NARROW), ("recipients", MIDDLE), ("countries", NARROW), ("transfers", MIDDLE)),
        *(("security", MIDDLE), ("outcome", MIDDLE), ("reason", WIDE), ("citation", WIDE), ("anchor", NARROW)),
        *(("validated", MIDDLE), ("date", NARROW)),
    ),
    "coverage": (("status", WIDE), ("items", NARROW), ("bytes", 18), ("share", NARROW)),
    "unread": (
        *(("path", 70), ("status", NARROW), ("kind", MIDDLE), ("detail", WIDE), ("size", NARROW)),
        *(("unread", NARROW), ("media_type", MIDDLE)),
    ),
    "gaps": (
        *(("gap", MIDDLE), ("reference", NARROW), ("category", WIDE), ("regimes", MIDDLE), ("files", NARROW)),
        *(("values", NARROW), ("persons_min", NARROW), ("people_max", NARROW), ("places", WIDE), ("outcome", MIDDLE)),
    ),
    "security": (("path", 70), ("type", MIDDLE), ("level", NARROW), ("count", NARROW), ("within", WIDE)),
    "retention": (
        *(("reference", NARROW), ("processing", MIDDLE), ("category", WIDE), ("retention", MIDDLE)),
        *(("oldest", NARROW), ("newest", NARROW), ("why", WIDE), ("limit", NARROW), ("path", 60), ("type", MIDDLE)),
        ("reason", WIDE),
    ),
    "decisions": (
        *(("card", NARROW), ("severity", NARROW), ("outcome", MIDDLE), ("urgent", NARROW), ("due", NARROW)),
        *(("actor", MIDDLE), ("path", 60)),
        *(("type", MIDDLE), ("category", WIDE), ("regimes", MIDDLE), ("level", NARROW), ("count", NARROW)),
        *(("distinct", NARROW), ("declared", MIDDLE), ("reference", NARROW), ("rule", NARROW), ("reason", WIDE)),
        *(("citation", WIDE), ("anchor", NARROW), ("next", WIDE), ("confirmations", NARROW), ("state", NARROW)),
        *(("validated", MIDDLE), ("date", NARROW)),
    ),
    "drift": (
        *(
            ("kind", MIDDLE),
            ("risen", NARROW),
            ("path", 60),
            ("before", 60),
            ("type", MIDDLE),
            ("count_before", NARROW),
        ),
        *(("count", NARROW), ("outcome_before", MIDDLE), ("outcome", MIDDLE), ("declared", MIDDLE)),
    ),
    "findings": (
        *(("path", 60), ("table", MIDDLE), ("column", MIDDLE), ("type", MIDDLE), ("category", WIDE)),
        *(("regimes", MIDDLE), ("level", NARROW), ("count", NARROW), ("distinct", NARROW), ("declared", MIDDLE)),
        *(("outcome", MIDDLE), ("card", NARROW), ("evidence", WIDE), ("recognizer", MIDDLE), ("within", WIDE)),
    ),
    "method": (("field", 34), ("value", 110)),
}


def choices(lang: str) -> dict[tuple[str, int], list[str]]:
    """By title of sheet and number of column, the words that people choose from."""
    words, columns = labels(lang), [name for name, _ in LAYOUT["decisions"]]
    return {(words["sheets"]["decisions"], columns.index("state")): [word for word in words["review"].values() if word]}

"""The table of rules in the README, generated: ``python -m recognizers.table`` rewrites it."""

from __future__ import annotations

from pathlib import Path

from recognizers.pattern import level_of
from recognizers.rule import Rule, load_rules

README = Path(__file__).with_name("README.md")
BEGIN, END = "<!-- rules: begin -->", "<!-- rules: end -->"


def _levels(rule: Rule) -> str:
    """The surest level that the rule can give without context, and with it."""
    alone = [level_of(pattern.rate, pattern.own_context) for pattern in rule.patterns if pattern.when == "always"]
    near = [level_of(pattern.rate, True) for pattern in rule.patterns if pattern.when != "column"]
    column = [level_of(pattern.rate, True) for pattern in rule.patterns]
    names = (max(group).name if group else "–" for group in (alone, near, column))
    return " | ".join(names)


def _row(rule: Rule) -> str:
    checks = sorted({one.validator or rule.file.validator or "–" for one in rule.file.patterns} - {"none"})
    return f"| {rule.name} | {rule.entity_type} | {', '.join(checks)} | {_levels(rule)} | {rule.file.source} |"


def render() -> str:
    """The table of all shipped rules."""
    head = "| rule | entity type | checks | alone | in context | in a named column | standard |"
    return "\n".join((head, "|---" * 7 + "|", *map(_row, load_rules())))


def rewritten(text: str) -> str:
    """The README with a fresh table between its marks."""
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{render()}\n{END}{after}"


if __name__ == "__main__":
    README.write_text(rewritten(README.read_text("utf-8")), "utf-8")

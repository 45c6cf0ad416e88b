"""Persons in running text, forms and cells, by a linear chain with hashed features; see the README beside."""

from __future__ import annotations

from collections.abc import Sequence

from recognizers.persons.reading import Floats


def person_scores(cells: Sequence[str]) -> Floats:
    """For each cell the chance (0 to 1) that all of it is the name of one person, alone as it stands."""
    from recognizers.persons.model import whole_chances  # noqa: PLC0415 - loads the model

    return whole_chances(cells)

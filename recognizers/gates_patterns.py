"""What a match of a pattern must begin with, read off the pattern: literal beginnings at the start of a word."""

from __future__ import annotations

import re
import re._constants as code  # type: ignore[import-not-found]
import re._parser as parser  # type: ignore[import-not-found]
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from recognizers.folding import listed

SPACE, NUMBER, ANY, BREAK = " ", "0", "?", "|"
"""A run of white space and underscores, a run of digits, any byte, any sign after a word: one symbol for each."""
ENDLESS = 64
"""What a repetition without an end counts for in a width; runs of word signs that are longer count no more."""

_LONGEST = 18
_MOST = 96
_WIDE = 6
_MOST_COPIES = 3
_TELLING = 6
_SAYS_LITTLE = listed(
    "a an as au aux ce ces cet dans de des du elle en est et etre for from had has have he her his il in is je la le "
    "les leur ma me mes mon my ne of on our par pas pour sa se ses she son sous sur the their to un une was we with"
)
RUNS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789'+/")

_TOKEN = re.compile(r"\\b|\(\?:e\|s\|es\|x\)\?|\[\\s_\]\{1,3\}|\[- \]\?|\[a-z'\]\*|\\'|[a-z0-9]")
_TOKENS: dict[str, tuple[tuple[str, ...], int]] = {
    r"\b": ((BREAK,), 0),
    r"(?:e|s|es|x)?": (("", "e", "s", "es", "x"), 2),
    r"[\s_]{1,3}": ((SPACE,), 3),
    r"[- ]?": (("", "-", SPACE), 1),
    r"[a-z']*": (("",), ENDLESS),
}
"""What words of lexicons are made of beside letters: the ways to go on, and the most bytes."""
_ENDS = (r"\b", r"[a-z']*")

Node = tuple[Any, Any]


@dataclass(frozen=True, slots=True)
class Anchor:
    """Every match of a pattern has one of the ``beginnings``, at most ``before`` bytes after its start."""

    beginnings: frozenset[str]
    before: int
    after: int
    """The most bytes from the beginning's start to the end of the match."""
    endless: bool
    """Whether runs of word signs in the match may be longer than ``ENDLESS``."""


Piece = tuple[str, bool]
"""What a match may begin with, and whether what follows is known too."""
Pieces = frozenset[Piece]


def anchors_of(pattern: str) -> Iterator[Anchor]:
    """One anchor for each alternative of a pattern over folded lower-case text; linear in its length.

    Raises ValueError for an alternative in which no beginning of a word can be told.
    """
    plain = _plain_anchor(pattern)
    if plain is not None:
        yield plain
        return
    for nodes in _alternatives(list(parser.parse(pattern.replace(r"\z", r"\Z")))):
        yield _anchor(nodes, pattern)


def _plain_anchor(pattern: str) -> Anchor | None:
    """The same for words that stand at the start of a word, one after the other, without the work of parsing."""
    tokens = _TOKEN.findall(pattern)
    if tokens[:1] != [r"\b"] or "".join(tokens) != pattern:
        return None
    pieces, closed, after = {""}, set(), 0
    for token in tokens[1:]:
        ways, most = _TOKENS.get(token) or ((SYMBOLS[ord(token[-1])],), 1)
        after += most
        grown = {
            piece if way in (SPACE, NUMBER) and piece.endswith(way) else piece + way for piece in pieces for way in ways
        }
        pieces = {piece for piece in grown if len(piece) < _LONGEST and token not in _ENDS}
        closed |= grown - pieces
    beginnings = frozenset(closed | pieces)
    endless = any(_TOKENS.get(token, ((), 0))[1] == ENDLESS for token in tokens)
    return Anchor(beginnings, 0, after, endless) if min(map(_worth, beginnings)) == _TELLING else None


def _alternatives(nodes: list[Node]) -> Iterator[list[Node]]:
    if len(nodes) == 1 and nodes[0][0] is code.BRANCH:
        for branch in nodes[0][1][1]:
            yield from _alternatives(list(branch))
    elif len(nodes) == 1 and nodes[0][0] is code.SUBPATTERN:
        yield from _alternatives(list(nodes[0][1][3]))
    else:
        yield nodes


def _anchor(nodes: list[Node], pattern: str) -> Anchor:
    best: tuple[int, Anchor] | None = None
    places = range(next((at for at, node in enumerate(nodes, 1) if _is_endless(node)), len(nodes)))
    words = [at for at in places if _starts_word(nodes, at)]
    signs = [at for at in places if _starts_with_sign(nodes, at)]
    for at in words + signs:
        beginnings = frozenset(text for text, _ in _expand(nodes[at:], frozenset({("", True)})))
        worth = min(_worth(text) for text in beginnings)
        if best is None or worth > best[0]:
            before = sum(_width(node) for node in nodes[:at])
            after = sum(_width(node) for node in nodes[at:])
            endless = any(_is_endless(node) for node in nodes[at:])
            best = worth, Anchor(beginnings, before, after, endless)
            if worth == _TELLING:
                break
    if best is None or best[0] < 1:
        raise ValueError(f"no word is sure to stand in {pattern}")
    return best[1]


def _is_endless(node: Node) -> bool:
    kind, value = node
    if kind is code.MAX_REPEAT:
        return value[1] is code.MAXREPEAT or any(_is_endless(inner) for inner in value[2])
    if kind is code.SUBPATTERN:
        return any(_is_endless(inner) for inner in value[3])
    return kind is code.BRANCH and any(_is_endless(inner) for branch in value[1] for inner in branch)


def _starts_word(nodes: Sequence[Node], at: int) -> bool:
    """Whether a word surely starts here: one of its signs follows, and a boundary or another sign is before."""
    firsts = _firsts(nodes[at:])
    if not firsts or not firsts <= _WORD:
        return False
    if _begins_with_boundary(nodes[at:]):
        return True
    before = _lasts(nodes[:at])
    return bool(before) and before.isdisjoint(_WORD)


def _starts_with_sign(nodes: Sequence[Node], at: int) -> bool:
    firsts = _firsts(nodes[at:])
    return bool(firsts) and firsts.isdisjoint(_WORD) and SPACE not in firsts


_WORD = frozenset("abcdefghijklmnopqrstuvwxyz0")


def _begins_with_boundary(nodes: Sequence[Node]) -> bool:
    if not nodes:
        return False
    kind, value = nodes[0]
    if kind is code.AT:
        return bool(value is code.AT_BOUNDARY)
    if kind is code.SUBPATTERN:
        return _begins_with_boundary(list(value[3]))
    return kind is code.BRANCH and all(_begins_with_boundary(list(branch)) for branch in value[1])


def _firsts(nodes: Sequence[Node]) -> frozenset[str]:
    """The symbols that may come first; empty where anything may."""
    found: set[str] = set()
    for node in nodes:
        symbols, may_be_empty = _first_of(node)
        if symbols is None:
            return frozenset()
        found |= symbols
        if not may_be_empty:
            return frozenset(found)
    return frozenset()


def _first_of(node: Node) -> tuple[frozenset[str] | None, bool]:
    kind, value = node
    if kind is code.AT:
        return frozenset(), True
    if kind in (code.LITERAL, code.IN):
        return _symbols(node), False
    if kind is code.SUBPATTERN:
        firsts = _firsts(list(value[3]))
        return firsts or None, False
    if kind is code.BRANCH:
        each = [_firsts(list(branch)) for branch in value[1]]
        return (frozenset().union(*each) if all(each) else None), False
    if kind is code.MAX_REPEAT:
        firsts = _firsts(list(value[2]))
        return firsts or None, value[0] == 0
    return None, False


def _lasts(nodes: Sequence[Node]) -> frozenset[str]:
    """The symbols that may stand last; empty where anything may."""
    found: frozenset[str] = frozenset()
    for kind, value in reversed(nodes):
        optional = kind is code.MAX_REPEAT and len(value[2]) == 1
        symbols = _symbols(value[2][0] if optional else (kind, value))
        if symbols is None:
            return frozenset()
        found |= symbols
        if not optional or value[0]:
            return found
    return frozenset()


def _symbols(node: Node) -> frozenset[str] | None:
    """What one byte may be, as symbols; None where that is nearly anything."""
    kind, value = node
    if kind is code.LITERAL:
        return frozenset(SYMBOLS[value])
    if kind is not code.IN:
        return None
    found: set[str] = set()
    for part, argument in value:
        if part is code.LITERAL:
            found.add(SYMBOLS[argument])
        elif part is code.RANGE:
            found.update(SYMBOLS[argument[0] : argument[1] + 1])
        elif part is code.CATEGORY and argument is code.CATEGORY_SPACE:
            found.add(SPACE)
        else:
            return None
    return frozenset(found)


def _symbol(char: str) -> str:
    if char in " \t\n\r\f\v_":
        return SPACE
    return NUMBER if char in "0123456789" else char.lower()


SYMBOLS = tuple(_symbol(chr(code)) for code in range(256))


def _expand(nodes: Sequence[Node], pieces: Pieces) -> Pieces:
    """Every way to go on with these nodes; a piece is closed where it is long enough or what follows is too wide."""
    closed: Pieces = frozenset()
    for node in nodes:
        closed |= {piece for piece in pieces if not piece[1]}
        pieces -= closed
        if not pieces:
            break
        pieces = _grow(node, pieces)
        if len(pieces) > _MOST:
            pieces = _closed(pieces)
    return closed | pieces


def _grow(node: Node, pieces: Pieces) -> Pieces:  # noqa: PLR0911 - one case for each kind of node
    kind, value = node
    if kind is code.LITERAL:
        return frozenset(grown for piece in pieces for grown in _added(piece, SYMBOLS[value]))
    if kind is code.AT:
        return frozenset(_broken(piece) for piece in pieces) if value is code.AT_BOUNDARY else pieces
    if kind is code.SUBPATTERN:
        return _expand(list(value[3]), pieces)
    if kind is code.BRANCH:
        return frozenset().union(*(_expand(list(branch), pieces) for branch in value[1]))
    if kind is code.MAX_REPEAT:
        return _repeated(value, pieces)
    symbols = {ANY} if kind is code.ANY else _symbols(node)
    if symbols is None or len(symbols) > _WIDE:
        return _closed(pieces)
    return frozenset(grown for piece in pieces for symbol in symbols for grown in _added(piece, symbol))


def _repeated(value: Any, pieces: Pieces) -> Pieces:
    least, most, body = value[0], value[1], list(value[2])
    run = _is_run(body)
    grown = pieces if least == 0 else frozenset()
    for _ in range(1 if run else min(most, _MOST_COPIES)):
        pieces = _expand(body, pieces)
        grown |= pieces
    return grown if run or most <= _MOST_COPIES else _closed(grown)


def _is_run(body: list[Node]) -> bool:
    """Whether more of the same changes nothing: digits, or white space."""
    return (
        len(body) == 1
        and body[0][0] in (code.LITERAL, code.IN)
        and _symbols(body[0]) in (frozenset(SPACE), frozenset(NUMBER))
    )


def _added(piece: Piece, symbol: str) -> tuple[Piece, ...]:
    """The piece with a symbol; with none where the symbol only makes a run longer."""
    text = piece[0]
    last = text[-1:]
    if symbol == last and symbol in (SPACE, NUMBER):
        return (piece,)
    grown = (text + symbol, len(text) + 1 < _LONGEST)
    return (grown, piece) if last and {symbol, last} in ({ANY, SPACE}, {ANY, NUMBER}) else (grown,)


def _broken(piece: Piece) -> Piece:
    """Closed where a word must end; nothing is known where a sign may stand before the boundary."""
    text, _ = piece
    return (text + BREAK, False) if text[-1:] in _WORD and text else piece


def _closed(pieces: Pieces) -> Pieces:
    return frozenset((text, False) for text, _ in pieces)


def _worth(text: str) -> int:
    """How telling a beginning is: 0 says nothing, 1 little."""
    text = text.removesuffix(BREAK)
    if not text.strip(" 0?"):
        return 0
    words = text.split(SPACE)
    telling = [word for word in words if word not in _SAYS_LITTLE]
    return min(_TELLING, sum(map(len, telling)) + len(words) - 1) if "".join(telling) else 1


def _width(node: Node) -> int:
    """The most bytes that a node matches."""
    kind, value = node
    if kind is code.AT:
        return 0
    if kind is code.SUBPATTERN:
        return sum(_width(inner) for inner in value[3])
    if kind is code.BRANCH:
        return max(sum(_width(inner) for inner in branch) for branch in value[1])
    if kind is code.MAX_REPEAT:
        return _repeated_width(value)
    return 1


def _repeated_width(value: Any) -> int:
    once = sum(_width(inner) for inner in value[2])
    if value[1] is not code.MAXREPEAT:
        return int(value[1]) * once
    symbols = _symbols(value[2][0]) if len(value[2]) == 1 else None
    if symbols is None or not symbols <= RUNS:
        raise ValueError("only runs of letters, digits and apostrophes may be endless")
    return ENDLESS

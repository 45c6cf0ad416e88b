"""What a worker need not read: contents that this run or an earlier one has read, known by digest, never by date."""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import numpy as np
import xxhash
from numpy.typing import NDArray

from scanner.model import Item, Listed, Recalled
from scanner.tasks import Batch, Known
from scanner.tokens import content_token

if TYPE_CHECKING:
    import pyarrow.parquet as pq

INDEX = np.dtype([("high", "<u8"), ("low", "<u8"), ("size", "<i8"), ("batch", "<i4"), ("row", "<i4")])
_BLOCK = 1 << 20


def base_name(path: str) -> str:
    """The name of a file without its folders."""
    return path.rpartition("/")[2]


def index_of(listed: Iterable[tuple[int, int, Listed]]) -> NDArray[Any]:
    """An index of what was read to its end, from batch, row and what is known of each; sorted, to be searched."""
    rows = [
        (*_halves(_identity(one.digest, one.size, one.path, named=one.named)), one.size, batch, row)
        for batch, row, one in listed
        if one.digest and one.size and one.alone
    ]
    return _sorted(np.array(rows, INDEX))


def index_of_table(contents: pq.ParquetFile) -> NDArray[Any]:
    """The same from ``contents.parquet`` of a whole run, a piece of it at a time."""
    parts, start = [np.empty(0, INDEX)], 0
    names = ["digest", "size", "path", "named", "alone"]
    for piece in contents.iter_batches(1 << 16, columns=names):
        columns = (piece.column(name).to_pylist() for name in names)
        rows = [
            (*_halves(_identity(digest, size, path, named=named)), size, 0, row)
            for row, (digest, size, path, named, alone) in enumerate(zip(*columns, strict=True), start)
            if digest and size and alone
        ]
        parts.append(np.array(rows, INDEX))
        start += len(piece)
    return _sorted(np.concatenate(parts))


def _sorted(index: NDArray[Any]) -> NDArray[Any]:
    return index[np.lexsort([index[name] for name in ("row", "batch", "low", "high")])]


def _identity(digest: str, size: int, path: str, *, named: bool) -> bytes:
    """Of content and name, or content and suffix: a name may add to what a text is, a suffix to how it is read."""
    name = base_name(path)
    told = name if named else "".join(name.rpartition(".")[1:]).lower() if "." in name else ""
    text = f"{digest}\0{size}\0{int(named)}\0{told}".encode("utf-8", "surrogateescape")
    return hashlib.blake2b(text, digest_size=16).digest()


def _halves(identity: bytes) -> tuple[int, int]:
    return int.from_bytes(identity[:8], "little"), int.from_bytes(identity[8:], "little")


@lru_cache(maxsize=64)
def _index(path: str) -> tuple[dict[str, NDArray[Any]], NDArray[np.int64]]:
    """The fields of the index in a file, mapped, not read; and the sizes of contents in it."""
    index = np.load(path, mmap_mode="r").view(np.ndarray)
    return {name: index[name] for name in INDEX.names or ()}, np.unique(index["size"])


class Recall:
    """Asks the indices of a batch about its items; only where a size is known is an item read for its digest."""

    def __init__(self, batch: Batch, key: bytes) -> None:
        sizes = Counter(item.size for item in batch.items)
        self._known = [(one, _shared_sizes(one, sizes)) for one in batch.known if Path(one.path).is_file()]
        self._key = key
        self._own = {size for size, count in sizes.items() if count > 1}
        self._here: dict[bytes, int] = {}

    def ask(self, item: Item, opener: Callable[[], BinaryIO]) -> Recalled | int | None:
        """Where the content of an item was read before; a number is that of the item in this batch."""
        known = [one for one, sizes in self._known if item.size in sizes]
        if item.problem is not None or item.estimated or not item.size or not (known or item.size in self._own):
            return None
        digest = _digest(opener, item.size)
        if not digest:
            return None
        if item.size in self._own and (here := self._asked_here(digest, item)) is not None:
            return here
        return next(filter(None, (_find(one, digest, item) for one in known)), None)

    def _asked_here(self, digest: bytes, item: Item) -> int | None:
        token = content_token(digest, self._key)
        identities = (_identity(token, item.size, item.locator.path, named=named) for named in (True, False))
        return next((self._here[one] for one in identities if one in self._here), None)

    def keeps(self, item: Item) -> bool:
        """Whether another item of the batch may have this content."""
        return item.size in self._own

    def learn(self, at: int, listed: Listed) -> None:
        """An item of this batch was read."""
        if listed.digest and listed.alone and listed.size in self._own:
            identity = _identity(listed.digest, listed.size, listed.path, named=listed.named)
            self._here.setdefault(identity, at)


def _shared_sizes(known: Known, sizes: Collection[int]) -> frozenset[int]:
    """The sizes of items for which there are contents."""
    return frozenset(np.intersect1d(_index(known.path)[1], np.array(list(sizes), np.int64)).tolist())


def _find(known: Known, digest: bytes, item: Item) -> Recalled | None:
    index, _ = _index(known.path)
    high, lows = index["high"], index["low"]
    token = content_token(digest, known.key)
    for named in (True, False):
        first, low = _halves(_identity(token, item.size, item.locator.path, named=named))
        start = int(high.searchsorted(np.uint64(first)))
        while start < len(high) and high.item(start) == first:
            if lows.item(start) == low:
                return Recalled(known.run, int(index["batch"][start]), int(index["row"][start]))
            start += 1
    return None


def _digest(opener: Callable[[], BinaryIO], size: int) -> bytes:
    """Of all bytes, or none when they are not as many as listed or cannot be read: the walk will say why."""
    hashed, count = xxhash.xxh3_128(), 0
    try:
        with opener() as stream:
            while block := stream.read(min(_BLOCK, size + 1)):
                hashed.update(block)
                count += len(block)
    except Exception:  # noqa: BLE001
        return b""
    return hashed.digest() if count == size else b""


def save(path: Path, index: NDArray[Any]) -> None:
    """Write an index that only its owner reads, whole or not at all."""
    partial = path.with_name(path.name + ".partial")
    with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        np.save(file, index)
    partial.replace(path)


def joined(indices: Sequence[NDArray[Any]]) -> NDArray[Any]:
    """One index of several."""
    return _sorted(np.concatenate(indices))

"""The people of a file by the portion, their contents sealed; a long file is read in another process."""

import marshal
import pickle
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import astuple
from itertools import chain, islice
from typing import NamedTuple

from core.ahead import ahead, may_fork
from members.actions.storing import sealed_blocks
from members.roster.reading import SheetReader
from members.roster.shapes import Problem, ReadRow, SheetReading, UnitQuestion

MANY_LINES = 5000
_PLAIN, _OBJECT = b"p", b"o"


class Portion(NamedTuple):
    """Some consecutive people, whose raw cells may be left out, and the blocks that keep all they say.

    `start` is how many people of the file come before them.
    """

    start: int
    rows: list[ReadRow]
    blocks: list[bytes]


Sheets = tuple[SheetReading, ...]


def are_made_apart(readers: list[SheetReader]) -> bool:
    """Whether the file is so long that another process reads it, and this one may have one."""
    return sum(len(reader.sheet.packed) for reader in readers) >= MANY_LINES and may_fork()


def portions(
    readers: list[SheetReader], size: int, *, beat: Callable[[], None], still: Callable[[], None]
) -> Iterator[Portion | Sheets]:
    """The people of all sheets by portions of that size, at last what there is to say of the sheets.

    `beat` is called while a portion is waited for; `still` is called in the other process if there is one,
    to keep what the readers call from speaking for the import there.
    """
    if not are_made_apart(readers):
        yield from _made(readers, size)
        return

    def packed() -> Iterator[bytes]:
        still()
        return map(_packed, _made(readers, size))

    yield from map(_unpacked, ahead(packed, beat=beat))


def _made(readers: list[SheetReader], size: int) -> Iterator[Portion | Sheets]:
    rows = chain.from_iterable(reader.rows() for reader in readers)
    start = 0
    while taken := list(islice(rows, size)):
        yield Portion(start, taken, sealed_blocks(taken))
        start += len(taken)
    yield tuple(reader.summary() for reader in readers)


def _packed(made: Portion | Sheets) -> bytes:
    if isinstance(made, Portion):
        with suppress(ValueError):  # a value is no plain text
            return _PLAIN + marshal.dumps((made.start, list(map(_plain, made.rows)), made.blocks))
    return _OBJECT + pickle.dumps(made)


def _plain(row: ReadRow) -> tuple:
    """All of the row but its raw cells, as plain values."""
    problems = [astuple(problem) for problem in row.problems] if row.problems else ()
    return row.sheet, row.row, (), row.fields, problems, row.question and astuple(row.question)


def _unpacked(packed: bytes) -> Portion | Sheets:
    if packed[:1] == _OBJECT:
        return pickle.loads(packed[1:])  # noqa: S301 - packed by `_packed`
    start, rows, blocks = marshal.loads(packed[1:])  # noqa: S302 - packed by `_packed`
    return Portion(start, list(map(_row, rows)), blocks)


def _row(plain: tuple) -> ReadRow:
    row = ReadRow._make(plain)
    if not row.problems and row.question is None:
        return row
    question = None if row.question is None else UnitQuestion(*plain[-1])
    return row._replace(problems=tuple(Problem(*one) for one in plain[-2]), question=question)

"""Cells as Unicode text: blanks, errors, ditto marks, and the script they were typed in."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from core.legacy_text import Script, certain_words, decode, mend_mojibake, scripts_of
from core.spreadsheets import Block, Value
from core.text import tidy

_ERROR = re.compile(r"#(N/?A|REF!|VALUE!|NAME\?|DIV/0!|NUM!|NULL!|SPILL!|CALC!)|Err:\d{3}", re.IGNORECASE)
_DITTO = re.compile(
    r"[-–\s]*(nt|n\.t\.?|như trên|nhu tren|như nhau|\"|''|”|“|″|〃|//|,,)[-–\s.]*", re.IGNORECASE
)
_FEW_ROWS = 5_000
_EVERY = 20


class Text(NamedTuple):
    """What one cell says. `mended`: it was not plain Unicode. `doubtful`: it may have been another script."""

    value: str
    mended: bool = False
    doubtful: bool = False


_UNICODE = frozenset((Script.UNICODE,))


@dataclass
class Handwriting:
    """In which scripts the cells of one sheet are surely written, by column and altogether."""

    columns: dict[int, Counter[Script]] = field(default_factory=dict)
    sheet: Counter[Script] = field(default_factory=Counter)

    @classmethod
    def of(cls, blocks: Iterable[Block]) -> "Handwriting":
        """Look at every row of a short sheet and at a part of a long one."""
        found = cls()
        for _ in found.noting(blocks):
            pass
        return found

    def noting(self, blocks: Iterable[Block]) -> Iterator[Block]:
        """The same blocks, looked at as they go by."""
        place = 0
        for block in blocks:
            few = max(0, min(len(block), _FEW_ROWS - place))
            for column, cells in enumerate(block.columns):
                later = cells[few + -(place + few) % _EVERY :: _EVERY]
                self._note(column, Counter(cells[:few] + later))
            place += len(block)
            yield block

    def _note(self, column: int, cells: Counter[Value]) -> None:
        for cell, times in cells.items():
            if type(cell) is not str or cell.isascii():
                continue
            scripts = scripts_of(cell)
            if len(scripts) == 1:
                (script,) = scripts
                if script is Script.UNICODE or certain_words(cell, script):
                    self.columns.setdefault(column, Counter())[script] += times
                    self.sheet[script] += times

    @property
    def is_modern(self) -> bool:
        """Whether nothing was seen in another script than Unicode.

        As long as that is so, every cell is read as it would be if nothing had been seen at all.
        """
        return self.sheet.keys() <= _UNICODE

    def read(self, column: int, cell: str, beside: Iterable[Value] = ()) -> Text:
        """The cell in Unicode. What its content leaves open its column settles, then sheet, then row."""
        if cell.isascii():
            return Text(" ".join(cell.split()))
        mended = mend_mojibake(cell)
        if mended != cell:
            return Text(tidy(mended), mended=True)
        scripts = scripts_of(cell)
        if scripts == _UNICODE:
            return Text(tidy(cell.replace("\u00ad", "")))
        script, doubtful = self._settle(scripts, column, beside)
        return Text(tidy(decode(cell, script)), mended=script is not Script.UNICODE, doubtful=doubtful)

    def read_plain(self, column: int, cell: str) -> str | None:
        """The cell as it stands; None when the row has a say in it, or a person has to be told something."""
        if cell.isascii():
            text = " ".join(cell.split())
        else:
            scripts = scripts_of(cell)
            if scripts != _UNICODE and (Script.UNICODE not in scripts or scripts & self._foreign(column)):
                return None
            if mend_mojibake(cell) != cell:
                return None
            text = tidy(cell.replace("\u00ad", "") if scripts == _UNICODE else cell)
        return None if is_error(text) or is_ditto(text) else text

    def _foreign(self, column: int) -> set[Script]:
        """The scripts other than Unicode that were seen in the column or anywhere on the sheet."""
        return {*self.columns.get(column, ()), *self.sheet} - _UNICODE

    def _settle(
        self, scripts: frozenset[Script], column: int, beside: Iterable[Value]
    ) -> tuple[Script, bool]:
        if len(scripts) == 1:
            return next(iter(scripts)), False
        for votes in (self.columns.get(column, Counter()), self.sheet):
            seen = [script for script in Script if script in scripts and votes[script]]
            if len(seen) == 1:
                return seen[0], False
            if seen:
                return self._settle_by_row(scripts, votes, beside)
        return Script.UNICODE, False

    def _settle_by_row(
        self, scripts: frozenset[Script], votes: Counter[Script], beside: Iterable[Value]
    ) -> tuple[Script, bool]:
        """A column in two scripts: the row's other cells tell; otherwise the commoner one, with a doubt."""
        certain = {scripts_of(cell) for cell in beside if type(cell) is str and not cell.isascii()}
        known = {next(iter(found)) for found in certain if len(found) == 1} & scripts
        if len(known) == 1:
            return known.pop(), False
        return max((script for script in Script if script in scripts), key=lambda script: votes[script]), True


def is_error(text: str) -> bool:
    """Whether the text is what a failed formula shows."""
    return text[:1] in "#E" and bool(_ERROR.fullmatch(text))


def is_ditto(text: str) -> bool:
    """Whether the text means "the same as above"."""
    return 0 < len(text) < 12 and bool(_DITTO.fullmatch(text))


def shown(cell: Value) -> str:
    """The cell as a person sees it in the file."""
    return cell.strftime("%d/%m/%Y") if isinstance(cell, date) else cell

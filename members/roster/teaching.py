"""What staff say of the sheets of a file, made ready for reading each of them."""

from collections import defaultdict
from collections.abc import Sequence

from core.spreadsheets import Merge, Sheet
from members.roster.cells import Handwriting
from members.roster.corrections import Corrections, SheetCorrection, header_shape
from members.roster.header import Source, columns_at
from members.roster.header_finding import AS_FOUND, Taught, Teaching


def teachings(sheets: Sequence[Sheet], corrections: Corrections) -> list[Teaching]:
    """For each sheet what is known of its headers. What is said of one header holds for all like it."""
    taught = _remembered(corrections)
    said = [corrections.sheets.get(place, AS_FOUND) for place in range(len(sheets))]
    for sheet, correction in zip(sheets, said, strict=True):
        if correction.header is not None and (shape := _shape_of(sheet, correction)):
            taught[shape] = (correction.header, Source.CORRECTED)
    return [Teaching(correction, taught, corrections.without) for correction in said]


def teaching_before(place: int, corrections: Corrections) -> Teaching | None:
    """The same for one sheet before the sheets are there; None when the words in them have to be known."""
    if any(said.header is not None for said in corrections.sheets.values()):
        return None
    return Teaching(corrections.sheets.get(place, AS_FOUND), _remembered(corrections), corrections.without)


def _remembered(corrections: Corrections) -> Taught:
    return {shape: (header, Source.REMEMBERED) for shape, header in corrections.remembered.items()}


def _shape_of(sheet: Sheet, correction: SheetCorrection) -> str:
    """The shape of the header that staff named; blank when the row holds nothing."""
    if correction.header is None or correction.header_row is None:
        return ""
    depth = correction.header.depth
    rows = []
    for number, cells in sheet.rows():
        if number >= correction.header_row:
            rows.append((number, cells))
        if len(rows) == depth:
            break
    if not rows or rows[0][0] != correction.header_row:
        return ""
    merges: dict[int, list[Merge]] = defaultdict(list)
    for merge in sheet.merges:
        merges[merge.top].append(merge)
    _, titles = columns_at(rows, merges, Handwriting.of(sheet.packed))
    return header_shape(titles, depth) if titles else ""

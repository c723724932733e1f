import zlib
from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any

import orjson
from django.db import models

from core.crypto import decrypt, encrypt

ROWS_IN_BLOCK = 100
_QUICKLY = 1
_NOTHING: dict[str, Any] = {"raw": [], "fields": {}, "question": None, "problems": []}


def sealed_lines(contents: Sequence[dict[str, Any]]) -> bytes:
    """What rows hold, as one block keeps it: a list in JSON, packed, then encrypted."""
    return encrypt(zlib.compress(orjson.dumps(contents), _QUICKLY))


def _opened(sealed: bytes | memoryview) -> list[dict[str, Any]]:
    """What the rows of a block hold. Blocks of long ago have a line of JSON for each row."""
    text = zlib.decompress(decrypt(sealed))
    return list(orjson.loads(text if text.startswith(b"[") else b"[%s]" % text.replace(b"\n", b",")))


def blanked(sealed: bytes | memoryview, offsets: Collection[int]) -> bytes:
    """The block with nothing left of the rows at these places within it."""
    held = _opened(sealed)
    return sealed_lines([{} if offset in offsets else line for offset, line in enumerate(held)])


Sealed = dict[int, tuple[list[int], bytes | memoryview | None]]


def opened(sealed: Sealed) -> dict[int, dict[str, Any]]:
    """What was read in the rows, by their place; empty where it was purged. Asks no database."""
    found: dict[int, dict[str, Any]] = {}
    for first, (places, block) in sealed.items():
        held = _opened(block) if block is not None else []
        for place in places:
            found[place] = _NOTHING | (held[place - first] if held else {})
    return found


class RosterBlockQuerySet(models.QuerySet):
    def contents(self, places: Collection[int]) -> dict[int, dict[str, Any]]:
        """What was read in the rows at these places of one import; empty where it was purged. One query."""
        return opened(self.sealed(places))

    def sealed(self, places: Collection[int]) -> Sealed:
        """The blocks that hold these places of one import, by the first place of each, for `opened`.

        Each with those places, and None where it was purged. One query.
        """
        wanted: dict[int, list[int]] = defaultdict(list)
        for place in places:
            wanted[place - place % ROWS_IN_BLOCK].append(place)
        blocks = (
            self.filter(first__in=wanted)
            if len(wanted) < 500
            else self.filter(first__gte=min(wanted), first__lte=max(wanted))
        )
        held = dict(blocks.values_list("first", "sealed")) if wanted else {}
        return {first: (own, held.get(first)) for first, own in wanted.items()}


class RosterBlock(models.Model):
    """What the file says in up to ROWS_IN_BLOCK consecutive rows of an import, encrypted together.

    Each row: its raw cells, the cleaned fields (citizen number included), the unit question if it asks one,
    and what reading noticed. Written once when the file is read; purged with the file.
    """

    names_a_person = True

    roster_import = models.ForeignKey(
        "members.RosterImport", models.CASCADE, related_name="blocks", db_index=False, db_constraint=False
    )
    first = models.PositiveIntegerField()
    sealed = models.BinaryField(editable=False)

    objects = RosterBlockQuerySet.as_manager()

    class Meta:
        verbose_name = "nội dung các dòng"
        verbose_name_plural = "nội dung các dòng"
        constraints = [
            models.UniqueConstraint(fields=["roster_import", "first"], name="roster_block_once"),
        ]

    def __str__(self):
        return f"{self.roster_import_id}: {self.first}"

import gzip
import json
from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.db import transaction

from core import audit
from core.errors import DomainError
from core.text import spelling_key
from units.models import Unit, UnitLineage

MAP_FILE = Path(__file__).resolve().parent.parent / "data" / "units.json.gz"
LAST_DAY_OF_OLD = date(2025, 6, 30)
FIRST_DAY_OF_NEW = date(2025, 7, 1)


class UnknownProvince(DomainError):
    """There is no such province among the 34 of today."""


@dataclass(frozen=True)
class LoadedProvince:
    """How much a loading added; all zero when the province was complete already."""

    province: Unit
    communes: int = 0
    districts: int = 0
    old_communes: int = 0
    lineages: int = 0

    @property
    def is_unchanged(self) -> bool:
        return not (self.communes or self.districts or self.old_communes or self.lineages)


@cache
def read_map() -> dict[str, dict]:
    """Every province of the committed map by its code, in the layout of `units/data/README.md`."""
    content = json.loads(gzip.decompress(MAP_FILE.read_bytes()))
    return {province["code"]: province for province in content["provinces"]}


@transaction.atomic
def load_province(*, code: str, by: Any = None) -> LoadedProvince:
    """Bring in a province of the official map, with its former communes and where each of them went.

    Only what is missing is added: what staff changed stays, and a second loading changes nothing.
    """
    facts = read_map().get(code)
    if facts is None:
        raise UnknownProvince(f"Không có tỉnh, thành phố nào mang mã {code}. Mã gồm 2 chữ số, ví dụ 19.")

    province = Unit.objects.filter(code=code).first() or _add_province(facts)
    communes = [_present(row) for row in facts["communes"]]
    districts = [_old_district(row) for row in facts["districts"]]
    counts = {
        "communes": _add_missing(province, communes),
        "districts": _add_missing(province, districts),
        "old_communes": sum(_add_old_communes(row) for row in facts["districts"]),
        "lineages": _add_lineage(facts),
    }
    loaded = LoadedProvince(province, **counts)
    if not loaded.is_unchanged:
        audit.record("province.loaded", by=by, target=province, unit=province, detail=counts)
    return loaded


def _add_province(facts: dict) -> Unit:
    latitude, longitude = facts["point"]
    province = Unit(
        code=facts["code"],
        official_code=facts["code"],
        kind=facts["kind"],
        name=facts["name"],
        latitude=latitude,
        longitude=longitude,
    )
    province.set_name_keys()
    return Unit.objects.add_root(instance=province)


def _present(row: list) -> Unit:
    code, kind, name, latitude, longitude = row
    return Unit(
        code=code,
        official_code=code,
        kind=kind,
        name=name,
        latitude=latitude,
        longitude=longitude,
        valid_from=FIRST_DAY_OF_NEW,
    )


def _old_district(row: list) -> Unit:
    code, kind, prefix, name, latitude, longitude, *_ = row
    return Unit(
        code=f"huyen-{code}",
        kind=kind,
        prefix=prefix,
        name=name,
        latitude=latitude,
        longitude=longitude,
        valid_to=LAST_DAY_OF_OLD,
    )


def _old_commune(row: list) -> Unit:
    code, kind, name, latitude, longitude, _ = row
    return Unit(
        code=f"cu-{code}",
        kind=kind,
        name=name,
        latitude=latitude,
        longitude=longitude,
        valid_to=LAST_DAY_OF_OLD,
    )


def _add_old_communes(district: list) -> int:
    parent = Unit.objects.get(code=f"huyen-{district[0]}")
    return _add_missing(parent, [_old_commune(row) for row in district[-1]])


def _add_missing(parent: Unit, units: list[Unit]) -> int:
    known = set(Unit.objects.filter(code__in=[unit.code for unit in units]).values_list("code", flat=True))
    missing = [unit for unit in units if unit.code not in known]
    return len(Unit.objects.add_children(parent, missing)) if missing else 0


def _add_lineage(facts: dict) -> int:
    """Add the missing lines of descent. A divided commune gets one line to every part, none preferred."""
    lines = dict(_lines_of(facts))
    codes = {code for old, targets in lines.items() for code in (old, *targets)}
    units = {unit.code: unit for unit in Unit.objects.filter(code__in=codes)}
    parts = Counter(target for targets in lines.values() for target in targets)
    known = set(
        UnitLineage.objects.filter(from_unit__code__in=lines).values_list("from_unit_id", "to_unit_id")
    )
    rows = [
        UnitLineage(
            from_unit=units[old],
            to_unit=units[target],
            kind=_kind_of(units[old], units[target], len(targets), parts[target]),
            effective_on=FIRST_DAY_OF_NEW,
        )
        for old, targets in lines.items()
        for target in targets
        if (units[old].pk, units[target].pk) not in known
    ]
    return len(UnitLineage.objects.bulk_create(rows, batch_size=500))


def _lines_of(facts: dict):
    for code, _, _, _, _, _, own_line, communes in facts["districts"]:
        if own_line:
            yield f"huyen-{code}", own_line
        for old_code, *_, targets in communes:
            yield f"cu-{old_code}", targets


def _kind_of(old: Unit, new: Unit, target_count: int, part_count: int) -> UnitLineage.Kind:
    if target_count > 1:
        return UnitLineage.Kind.SPLIT
    if part_count > 1:
        return UnitLineage.Kind.MERGE
    same = old.kind == new.kind and spelling_key(old.name) == spelling_key(new.name)
    return UnitLineage.Kind.KEEP if same else UnitLineage.Kind.RENAME

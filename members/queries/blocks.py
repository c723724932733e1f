"""Members who share a value of which two records of one person share at least one, found by the database.

A citizen number stands in one record only, by constraint, so no block goes by it.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from core.text import spelling_key
from members.dates import PartialDate
from members.models import Member
from members.queries.places import Places
from members.rules.persons import Person

KEYS_AT_ONCE = 200
MOST_SHARING = 50
COLUMNS = (
    "pk", "unit_id", "search_name", "full_name", "born_on", "born_precision", "sex", "phone", "email",
    "citizen_id_hash", "branch_name",
)  # fmt: skip

Group = list[tuple[int, Person]]


@dataclass(frozen=True)
class Blocks:
    """Rows to be grouped by the values of these fields; `kind` says in one word what is shared."""

    kind: str
    rows: QuerySet
    fields: tuple[str, ...]


@dataclass(frozen=True)
class BlockChunk:
    """Some groups of members to compare with each other; `shared` more have too many members for that."""

    kind: str
    groups: list[Group]
    shared: int


def blocks_of(places: Places) -> Iterator[Blocks]:
    """All blocks: by phone, by name and birth date, then commune by commune by name and by birth date."""
    members = Member.objects.kept().order_by()
    dated = Q(born_precision=Member.Precision.DAY)
    yield Blocks("phone", members.exclude(phone=""), ("phone",))
    yield Blocks("name_day", members.filter(dated), ("born_on", "search_name"))
    lived_in = set(members.values_list("unit", flat=True).distinct())
    for place in sorted(places.units_in):
        units = [unit for unit in places.units_in[place] if unit in lived_in]
        if units:
            here = members.filter(unit__in=units)
            yield Blocks("name_place", here, ("search_name",))
            yield Blocks("day_place", here.filter(dated), ("born_on",))


def chunks_of(blocks: Blocks, places: Places) -> Iterator[BlockChunk]:
    """The groups of two members and more, some at a time, so memory does not grow with the province."""
    after: tuple | None = None
    while True:
        rows = blocks.rows.filter(_beyond(blocks.fields, after)) if after else blocks.rows
        counted = rows.values(*blocks.fields).annotate(size=Count("pk")).filter(size__gt=1)
        found = list(counted.order_by(*blocks.fields).values_list(*blocks.fields, "size")[:KEYS_AT_ONCE])
        if not found:
            return
        keys = {key for *key_, size in found if size <= MOST_SHARING for key in [tuple(key_)]}
        groups = _groups(blocks, keys, places) if keys else []
        yield BlockChunk(blocks.kind, groups, shared=len(found) - len(keys))
        after = tuple(found[-1][:-1])
        if len(found) < KEYS_AT_ONCE:
            return


def _beyond(fields: tuple[str, ...], after: tuple) -> Q:
    """Keys behind that one in the order of the fields."""
    beyond, level = Q(), Q()
    for name, value in zip(fields, after, strict=True):
        beyond |= level & Q(**{f"{name}__gt": value})
        level &= Q(**{name: value})
    return beyond


def _groups(blocks: Blocks, keys: set[tuple], places: Places) -> list[Group]:
    named = {f"{name}__in": {key[place] for key in keys} for place, name in enumerate(blocks.fields)}
    groups: dict[tuple, Group] = defaultdict(list)
    for row in blocks.rows.filter(**named).order_by("pk").values(*COLUMNS).iterator():
        key = tuple(row[name] for name in blocks.fields)
        if key in keys:
            groups[key].append((row["pk"], _person(row, places)))
    return [groups[key] for key in sorted(groups)]


def _person(row: dict[str, Any], places: Places) -> Person:
    born = PartialDate.of(row["born_on"], row["born_precision"])
    return Person(
        folded=row["search_name"],
        spelling=spelling_key(row["full_name"]),
        born=born.iso() if born else "",
        sex=row["sex"],
        phone=row["phone"],
        email=row["email"],
        citizen=row["citizen_id_hash"],
        branch=spelling_key(row["branch_name"]),
        places=places.of(row["unit_id"]),
    )

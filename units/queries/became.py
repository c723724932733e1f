"""What closed units became, in words, for lists and searches."""

from collections.abc import Iterable

from units.models import Unit, UnitLineage, UnitPlace

Kind = UnitLineage.Kind
WORDS = {
    Kind.MERGE: "Đã sáp nhập vào",
    Kind.SPLIT: "Đã chia tách thành",
    Kind.RENAME: "Đã đổi tên thành",
    Kind.UPGRADE: "Đã chuyển thành",
    Kind.KEEP: "Nay là",
}
ENDED = "Đã kết thúc"


def became(unit: Unit) -> str:
    """ "Đã sáp nhập vào Xã Bình Yên"; of a standing unit nothing. Reads `successions` as prefetched."""
    if not unit.is_closed:
        return ""
    lines = list(unit.successions.all())
    if not lines:
        return ENDED
    names = ", ".join(sorted(line.to_unit.place for line in lines))
    return f"{WORDS[Kind(lines[0].kind)]} {names}"


def stood_below(units: Iterable[Unit]) -> dict[int, Unit]:
    """The unit each of these stood right below, by key; for closed ones while they lived. Two queries."""
    found = list(units)
    above = Unit.objects.in_bulk({unit.path[: -Unit.steplen] for unit in found}, field_name="path")
    stood = {unit.pk: above[up] for unit in found if (up := unit.path[: -Unit.steplen]) in above}
    closed = [unit.pk for unit in found if unit.is_closed]
    places = UnitPlace.objects.filter(unit__in=closed).select_related("parent").order_by("ends_on", "pk")
    return stood | {place.unit_id: place.parent for place in places}

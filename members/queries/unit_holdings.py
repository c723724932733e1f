"""What of this package hangs on units that a restructuring plan is about to end."""

from collections import Counter
from datetime import date

from django.db.models import Q

from members.models import Affiliation, Member, Position, RosterImport, RosterRow, Transfer
from units.queries.planning import Holding, by_unit

State = RosterImport.State
BEGUN = [State.WAITING, State.READING, State.READY, State.APPLYING, State.UNDOING, State.SETTLING]


def holdings_of(units: list[int], *, day: date) -> list[Holding]:
    """Members, other stays, transfers and posts by unit; imports under way block the plan."""
    elsewhere = Affiliation.objects.stays().running(day).filter(unit__in=units)
    posts = Position.objects.filter(unit__in=units).filter(Q(ends_on=None) | Q(ends_on__gte=day))
    return [
        Holding(
            "Đoàn viên",
            by_unit(Member.objects.filter(unit__in=units)),
            whole="chuyển sang đơn vị mới",
            divided="vào danh sách chờ phân về đơn vị mới",
            blockers=_imports(units),
        ),
        Holding("Sinh hoạt tạm thời, nơi cư trú", by_unit(elsewhere), "chuyển theo", "chờ phân"),
        Holding(
            "Chuyển sinh hoạt đang chờ",
            _transfers(units),
            whole="đi theo đơn vị mới; hai nơi thành một đơn vị thì kết thúc, báo cho đoàn viên",
            divided="nơi chuyển đã đồng ý cho đi thì tiếp tục; còn lại kết thúc, báo cho đoàn viên",
            stays_open=False,
        ),
        Holding(
            "Chức vụ",
            by_unit(posts),
            whole="kết thúc cùng đơn vị cũ; đổi tên, chuyển loại thì tiếp tục",
            divided="kết thúc cùng đơn vị cũ",
            stays_open=False,
        ),
    ]


def _transfers(units: list[int]) -> dict[int, int]:
    """Open transfers by each of their two units."""
    rows = Transfer.objects.open()
    left = Counter(by_unit(rows.filter(from_unit__in=units), "from_unit"))
    return dict(left + Counter(by_unit(rows.filter(to_unit__in=units), "to_unit")))


def _imports(units: list[int]) -> list[str]:
    begun = RosterImport.objects.filter(state__in=BEGUN)
    rows = RosterRow.objects.filter(roster_import__in=begun, unit__in=units, applied_at=None)
    own = begun.filter(Q(unit__in=units) | Q(pk__in=rows.values("roster_import"))).order_by("pk")
    return [
        f"Lần nhập “{one.file_name}” đang dở với đơn vị trong phương án: hãy áp dụng hoặc hủy trước."
        for one in own
    ]

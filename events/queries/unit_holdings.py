"""What of this package hangs on units that a restructuring plan is about to end."""

from django.utils import timezone

from events.models import Event, SeatQuota, Venue
from units.queries.planning import Holding, by_unit


def holdings_of(units: list[int]) -> list[Holding]:
    """Events that are not over, shares of seats and connection points, by unit."""
    coming = Event.objects.filter(ends_at__gt=timezone.now(), cancelled_at=None)
    return [
        Holding(
            "Sự kiện chưa kết thúc",
            by_unit(coming.filter(host__in=units), "host"),
            "chuyển theo, ai đã đăng ký vẫn giữ chỗ",
            "ở lại đơn vị cũ, cần chọn đơn vị chủ trì",
        ),
        Holding(
            "Phần chỗ được phân bổ",
            by_unit(SeatQuota.objects.filter(event__in=coming, unit__in=units)),
            "cộng vào phần chỗ của đơn vị mới",
            "ở lại đơn vị cũ",
            stays_open=False,
        ),
        Holding(
            "Điểm cầu",
            by_unit(Venue.objects.filter(event__in=coming, unit__in=units)),
            "chuyển theo",
            "ở lại đơn vị cũ",
            stays_open=False,
        ),
    ]

"""What squads did: written down once, mended in the open, taken back with a reason."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from core import audit
from core.errors import DomainError
from programs import rules
from programs.models import Service, ServiceTally, Squad, SquadActivity

# (service, audience) -> how many turns of help (lượt). Nobody who was helped is named.
Tallies = Mapping[tuple[Service, str], int]


class ActivityRefused(DomainError):
    """The activity cannot be written down, mended or taken back. Raised with every reason at once."""

    def __init__(self, problems: list[str]):
        super().__init__(" ".join(problems))
        self.problems = problems


def _locked_squad(pk: int) -> Squad:
    return Squad.objects.locked().select_related("unit").get(pk=pk)


def _write_tallies(activity: SquadActivity, tallies: Tallies) -> None:
    ServiceTally.objects.bulk_create(
        ServiceTally(activity=activity, service=service, audience=audience, helped_count=count)
        for (service, audience), count in tallies.items()
        if count
    )


@transaction.atomic
def log_activity(
    *,
    squad: Squad,
    form_id: UUID,
    done_on: date,
    title: str,
    volunteer_count: int,
    tallies: Tallies,
    by: Any,
    place: str = "",
) -> SquadActivity:
    """Write down one outing. The same form sent again changes nothing and gives back the same activity."""
    squad = _locked_squad(squad.pk)
    now = timezone.now()
    if known := SquadActivity.objects.filter(form_id=form_id).first():
        if known.squad_id != squad.pk:
            raise ActivityRefused(["Phiếu này đã dùng cho đội hình khác. Mở lại trang để ghi phiếu mới."])
        return known
    problems = rules.activity_problems(
        squad,
        done_on=done_on,
        volunteer_count=volunteer_count,
        helped_counts=list(tallies.values()),
        on=timezone.localdate(now),
    )
    if problems:
        raise ActivityRefused(problems)

    activity = SquadActivity.objects.create(
        squad=squad,
        unit=squad.unit,
        form_id=form_id,
        done_on=done_on,
        title=title,
        place=place,
        volunteer_count=volunteer_count,
        logged_by=by,
        logged_at=now,
    )
    _write_tallies(activity, tallies)
    audit.record("activity.logged", by=by, target=activity, unit=squad.unit)
    return activity


@transaction.atomic
def correct_activity(
    *,
    activity: SquadActivity,
    done_on: date,
    title: str,
    volunteer_count: int,
    tallies: Tallies,
    by: Any,
    place: str = "",
) -> SquadActivity:
    """Replace the facts and all counts of an outing; the facts before stay in its history."""
    squad = _locked_squad(activity.squad_id)
    activity = squad.activities.get(pk=activity.pk)
    problems = rules.withdrawal_problems(activity) + rules.activity_problems(
        squad,
        done_on=done_on,
        volunteer_count=volunteer_count,
        helped_counts=list(tallies.values()),
        on=timezone.localdate(),
    )
    if problems:
        raise ActivityRefused(problems)

    before = {f"{t.service_id}:{t.audience}": t.helped_count for t in activity.tallies.all()}
    activity.done_on, activity.title, activity.place = done_on, title, place
    activity.volunteer_count = volunteer_count
    activity.save()
    activity.tallies.all().delete()
    _write_tallies(activity, tallies)
    audit.record("activity.corrected", by=by, target=activity, unit=squad.unit, detail={"before": before})
    return activity


@transaction.atomic
def withdraw_activity(*, activity: SquadActivity, reason: str, by: Any) -> SquadActivity:
    """Take the outing out of every count, for a reason that stays with it."""
    squad = _locked_squad(activity.squad_id)
    activity = squad.activities.get(pk=activity.pk)
    problems = rules.withdrawal_problems(activity)
    if not reason.strip():
        problems.append("Chưa ghi lý do rút hoạt động.")
    if problems:
        raise ActivityRefused(problems)

    activity.withdrawn_at, activity.withdraw_reason = timezone.now(), reason.strip()
    activity.save(update_fields=["withdrawn_at", "withdraw_reason"])
    audit.record("activity.withdrawn", by=by, target=activity, unit=squad.unit)
    return activity

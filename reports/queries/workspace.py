"""The tasks that really wait for a person today, each with the page where it is done."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Exists, F, Max, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from events.models import Registration, SeatQuota, Session
from members.models import Position, RosterImport, RosterRow, Transfer
from programs.models import Figure, Indicator, Squad, SquadMember, Target
from reports.queries.counters import start_of
from units.models import Unit
from units.queries import scope_for
from units.roles import Can
from units.scope import Scope

WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
DAY = timedelta(days=1)
FIGURES_EVERY = timedelta(days=7)
CLOSING_SOON = timedelta(days=7)
MOST_OF_A_KIND = 5


@dataclass(frozen=True)
class Task:
    """One thing to do: what, why, until when. `state` is overdue, soon or open, as states are drawn."""

    title: str
    why: str
    deadline: str
    state: str
    icon: str
    url: str
    is_today: bool = True


@dataclass(frozen=True)
class DueFigures:
    """The declared indicators for which a unit owes a number, and how many it declared in time."""

    unit: Unit
    indicators: list[Indicator]
    done_count: int
    due_on: date

    @property
    def asked_count(self) -> int:
        return len(self.indicators) + self.done_count

    @property
    def done_percent(self) -> float:
        return 100 * self.done_count / self.asked_count


def tasks_for(user, *, at: datetime) -> list[Task]:
    """Everything that waits for this person at that moment, most pressing first."""
    keeps, today = scope_for(user, Can.EDIT_MEMBERS), timezone.localdate(at)
    return [
        *check_in_tasks(scope_for(user, Can.CHECK_IN), at=at),
        *nomination_tasks(scope_for(user, Can.NOMINATE), at=at),
        *transfer_tasks(keeps, on=today),
        *leaderless_tasks(scope_for(user, Can.GRANT_ROLES), on=today),
        *term_tasks(keeps, on=today),
        *import_tasks(scope_for(user, Can.IMPORT_ROSTERS)),
        *squad_tasks(user, scope_for(user, Can.LOG_ACTIVITIES), at=at),
    ]


def check_in_tasks(scope: Scope, *, at: datetime) -> list[Task]:
    """Sessions of today at which attendance is taken. One query."""
    today = timezone.localdate(at)
    sessions = (
        Session.objects.filter(scope.as_q("event__host__path"))
        .filter(starts_at__gte=start_of(today), starts_at__lt=start_of(today + DAY), ends_at__gt=at)
        .filter(event__published_at__isnull=False, event__cancelled_at=None)
        .select_related("event")
        .annotate(seated=Count("event__registrations", filter=Q(event__registrations__state="seated")))
        .order_by("starts_at", "pk")[:MOST_OF_A_KIND]
    )
    return [
        Task(
            title=f"Điểm danh {session.event.title}",
            why=f"{session.title}, {session.seated} người đăng ký",
            deadline=f"{_clock(session.starts_at)} – {_clock(session.ends_at)}",
            state="open",
            icon="qr-code-scan",
            url=reverse("events:check-in", args=[session.pk]),
        )
        for session in sessions
    ]


def nomination_tasks(scope: Scope, *, at: datetime) -> list[Task]:
    """Events that close soon with seats kept for the units and not yet taken. One query."""
    seated = Count("registrations", filter=Q(registrations__state=Registration.State.SEATED))
    quotas = (
        SeatQuota.objects.filter(scope.as_q("unit__path"))
        .filter(event__published_at__isnull=False, event__cancelled_at=None)
        .filter(event__opens_at__lte=at, event__closes_at__gt=at, event__closes_at__lte=at + CLOSING_SOON)
        .select_related("event", "unit")
        .annotate(seated=seated)
        .filter(seated__lt=F("seats"))
        .order_by("event__closes_at", "pk")[:MOST_OF_A_KIND]
    )
    return [
        Task(
            title=f"Cử {quota.seats - quota.seated} đại biểu dự {quota.event.title}",
            why=f"Đã cử {quota.seated}/{quota.seats}, {quota.unit}",
            deadline=_left(quota.event.closes_at, at),
            state="soon",
            icon="person-plus",
            url=reverse("events:nomination", args=[quota.event_id]),
            is_today=quota.event.closes_at - at < DAY,
        )
        for quota in quotas
    ]


def transfer_tasks(scope: Scope, *, on: date) -> list[Task]:
    """Members whom units of the scope are asked to let go or to take in. One query."""
    own_turn = scope.as_q("from_unit__path") & Q(state=Transfer.State.ASKED)
    own_turn |= scope.as_q("to_unit__path") & Q(state=Transfer.State.RELEASED)
    waiting = Transfer.objects.filter(own_turn).select_related("member", "from_unit", "to_unit")
    return [
        Task(
            title=f"{'Tiếp nhận' if transfer.released_at else 'Cho chuyển'} {transfer.member.full_name}",
            why=f"{transfer.from_unit} → {transfer.to_unit}",
            deadline=f"{'Quá hạn từ' if transfer.is_overdue_on(on) else 'Hạn'} {transfer.due_on:%d/%m/%Y}",
            state="overdue" if transfer.is_overdue_on(on) else "open",
            icon="arrow-right",
            url=transfer.get_absolute_url(),
            is_today=transfer.due_on <= on,
        )
        for transfer in waiting.order_by("due_on", "pk")[:MOST_OF_A_KIND]
    ]


def leaderless_tasks(scope: Scope, *, on: date) -> list[Task]:
    """One task for all unions of the scope in which nobody can act as secretary. One query."""
    places = [unit.place for unit in Unit.objects.within(scope).without_secretary(on).order_by("path")]
    if not places:
        return []
    more = f" và {len(places) - 3} đơn vị khác" if len(places) > 3 else ""
    return [
        Task(
            title=f"Giao bí thư cho {len(places)} đơn vị",
            why=f"Chưa có bí thư hoạt động: {', '.join(places[:3])}{more}",
            deadline="Đơn vị chưa có người nhận việc trên cổng",
            state="soon",
            icon="person-badge",
            url=reverse("admin:units_unit_changelist") + "?bi-thu=chua-co",
            is_today=False,
        )
    ]


def term_tasks(scope: Scope, *, on: date) -> list[Task]:
    """Posts of the scope left empty, and those whose term ends soon; a task for each kind. One query."""
    posts = Position.objects.filter(scope.as_q("unit__path")).unfollowed(on).select_related("unit")
    found = list(posts.order_by("ends_on", "pk"))
    empty = [post for post in found if post.ends_on < on]
    ending = [post for post in found if post.ends_on >= on]
    tasks = []
    if empty:
        title = f"Ghi người mới cho {len(empty)} chức vụ"
        tasks.append(_term_task(title, empty, "Đã hết nhiệm kỳ", "overdue", "chua-co-nguoi-moi"))
    if ending:
        title = f"{len(ending)} chức vụ sắp hết nhiệm kỳ"
        tasks.append(_term_task(title, ending, "Hết nhiệm kỳ", "soon", "sap-het"))
    return tasks


def _term_task(title: str, posts: list[Position], when: str, state: str, chosen: str) -> Task:
    more = f" và {len(posts) - 3} chức vụ khác" if len(posts) > 3 else ""
    return Task(
        title=title,
        why="; ".join(f"{post.title}, {post.unit}" for post in posts[:3]) + more,
        deadline=f"{when} sớm nhất {posts[0].ends_on:%d/%m/%Y}",
        state=state,
        icon="person-badge",
        url=f"{reverse('admin:members_position_changelist')}?nhiem-ky={chosen}",
        is_today=False,
    )


def import_tasks(scope: Scope) -> list[Task]:
    """Rosters that were read and wait for decisions. One query."""
    imports = (
        RosterImport.objects.within(scope)
        .filter(state=RosterImport.State.READY)
        .annotate(questions=Count("rows", filter=Q(rows__outcome=RosterRow.Outcome.NEEDS_DECISION)))
        .order_by("uploaded_at", "pk")[:MOST_OF_A_KIND]
    )
    return [
        Task(
            title=f"Xem danh sách {waiting.file_name}",
            why=f"{waiting.row_count} dòng, {waiting.questions} dòng cần quyết định",
            deadline=f"Tải lên {timezone.localtime(waiting.uploaded_at):%d/%m/%Y}",
            state="open",
            icon="files",
            url=reverse("admin:members_rosterimport_change", args=[waiting.pk]),
            is_today=False,
        )
        for waiting in imports
    ]


def squad_tasks(user, scope: Scope, *, at: datetime) -> list[Task]:
    """The person's squads, to write down what they did: those they lead first. One query."""
    today = timezone.localdate(at)
    leads = SquadMember.objects.staying_on(today).filter(
        squad=OuterRef("pk"), member__user=user, role=SquadMember.Role.LEADER
    )
    squads = (
        Squad.objects.within(scope)
        .standing_on(today)
        .annotate(is_led=Exists(leads))
        .annotate(last_on=Max("activities__done_on", filter=Q(activities__withdrawn_at=None)))
        .order_by("-is_led", "unit__path", "name", "pk")[:MOST_OF_A_KIND]
    )
    return [
        Task(
            title=f"Ghi hoạt động {squad.name}",
            why=f"Lần gần nhất {squad.last_on:%d/%m/%Y}" if squad.last_on else "Chưa ghi hoạt động nào",
            deadline="Ghi trong ngày hoạt động",
            state="open",
            icon="pencil-square",
            url=reverse("programs:activity-create", args=[squad.pk]),
        )
        for squad in squads
    ]


def due_figures(scope: Scope, *, on: date) -> list[DueFigures]:
    """For each top unit of the scope: which declared indicators with a running target lack a number of
    the last seven days. Three queries."""
    units = {unit.pk: unit for unit in Unit.objects.filter(path__in=scope.paths)}
    targets = Target.objects.filter(
        unit__in=units, indicator__source=Indicator.Source.DECLARED, starts_on__lte=on, ends_on__gte=on
    )
    asked: dict[int, dict[int, Target]] = {pk: {} for pk in units}
    for target in targets.select_related("indicator").order_by("indicator__place", "pk"):
        asked[target.unit_id].setdefault(target.indicator_id, target)
    figures = Figure.objects.filter(unit__in=units, day__lte=on).values("unit", "indicator")
    latest = {(row["unit"], row["indicator"]): row["day"] for row in figures.annotate(day=Max("day"))}
    return [due for pk, unit in units.items() if (due := _due(unit, asked[pk], latest, on=on)) is not None]


def _due(unit: Unit, asked: dict, latest: dict, *, on: date) -> DueFigures | None:
    """A number is due seven days after the last one, or after the target began."""
    due_days = {
        target.indicator: latest.get((unit.pk, pk), target.starts_on) + FIGURES_EVERY
        for pk, target in asked.items()
    }
    due = [indicator for indicator, day in due_days.items() if day <= on]
    if not due:
        return None
    return DueFigures(unit, due, len(due_days) - len(due), min(due_days[indicator] for indicator in due))


def _left(until: datetime, at: datetime) -> str:
    """How long is left, in words: "Còn 6 giờ, hạn 17:00"."""
    local, left = timezone.localtime(until), until - at
    if left < timedelta(hours=1):
        return f"Còn {max(int(left.total_seconds() // 60), 1)} phút, hạn {local:%H:%M}"
    if left < DAY:
        return f"Còn {int(left.total_seconds() // 3600)} giờ, hạn {local:%H:%M}"
    return f"Hạn {local:%H:%M} {WEEKDAYS[local.weekday()]}, {local.day}/{local.month}"


def _clock(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%H:%M}"

"""Reads of programs, shaped for a page."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet, Sum

from members.models import Member
from members.queries.publicity import may_be_named
from programs.models import Club, ClubMember, Figure, Indicator, Program, Squad, SquadMember, Target
from units.models import Unit
from units.queries import successors_of
from units.queries.planning import Holding, by_unit, divided_units
from units.scope import Scope

WILL_WAIT = "vào danh sách chờ phân về đơn vị mới"


@dataclass(frozen=True)
class SectorCount:
    """How many members of a club stand for one sector."""

    label: str
    count: int


@dataclass(frozen=True)
class ClubPage:
    """A club as the public sees it: sectors as counts, names only of those who agreed to that."""

    total: int
    sectors: list[SectorCount]
    named: list[ClubMember]


def club_page(club: Club, *, on: date) -> ClubPage:
    """Who is in the club on that day. Four queries."""
    stays = club.memberships.staying_on(on)
    counted = dict(stays.values("sector").annotate(n=Count("pk")).order_by().values_list("sector", "n"))
    sectors = [
        SectorCount(sector.label, counted[sector.value])
        for sector in Member.Sector
        if sector.value in counted
    ]
    people = list(stays.select_related("member").order_by("member__sort_key", "pk"))
    agreed = may_be_named([stay.member for stay in people], on=on)
    named = [stay for stay in people if stay.member_id in agreed]
    rank = list(ClubMember.Role)
    return ClubPage(
        total=sum(counted.values()),
        sectors=sectors,
        named=sorted(named, key=lambda stay: rank.index(ClubMember.Role(stay.role))),
    )


def squad_members(squad: Squad, *, on: date) -> QuerySet:
    """Those who serve in the squad on that day, by given name."""
    return squad.memberships.staying_on(on).select_related("member").order_by("member__sort_key", "pk")


def squad_activities(squad: Squad) -> QuerySet:
    """What the squad did, latest first, each with how many it helped. Withdrawn ones stay in sight."""
    return squad.activities.annotate(helped_count=Sum("tallies__helped_count")).order_by("-done_on", "-pk")


@dataclass(frozen=True)
class AskedFigure:
    """One indicator the unit declares itself, with what it declared last."""

    indicator: Indicator
    latest: Figure | None


def asked_figures(unit: Unit, *, on: date) -> list[AskedFigure]:
    """The indicators with a running target of the unit that nobody can count for it. Two queries."""
    targets = (
        Target.objects.filter(unit=unit, starts_on__lte=on, ends_on__gte=on)
        .filter(indicator__source=Indicator.Source.DECLARED)
        .select_related("indicator")
        .order_by("indicator__place", "indicator__pk")
    )
    indicators = {target.indicator_id: target.indicator for target in targets}
    figures = Figure.objects.filter(unit=unit, indicator__in=indicators, day__lte=on).order_by("day")
    latest = {figure.indicator_id: figure for figure in figures}
    return [AskedFigure(indicator, latest.get(pk)) for pk, indicator in indicators.items()]


def stays_of(members: Collection[int]) -> dict[int, list[tuple[str, str]]]:
    """By member: title and line of each stay in a squad or club. Two queries."""
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for serving in SquadMember.objects.filter(member__in=members).select_related("squad").order_by("pk"):
        line = f"{serving.squad}: {serving.get_role_display()}"
        found[serving.member_id].append(("Đội hình tình nguyện", line))
    for stay in ClubMember.objects.filter(member__in=members).select_related("club").order_by("pk"):
        found[stay.member_id].append(("Câu lạc bộ", f"{stay.club}: {stay.get_role_display()}"))
    return dict(found)


def holdings_of(units: list[int], *, day: date) -> list[Holding]:
    """The squads, clubs, programs and running targets of units that a plan is about to end."""
    squads = Squad.objects.standing_after(day).filter(unit__in=units)
    clubs = Club.objects.standing_after(day).filter(unit__in=units)
    targets = Target.objects.filter(unit__in=units, ends_on__gte=day)
    return [
        Holding("Đội hình", by_unit(squads), "chuyển theo", WILL_WAIT),
        Holding("Câu lạc bộ", by_unit(clubs), "chuyển theo", WILL_WAIT),
        Holding(
            "Chương trình chủ trì",
            by_unit(Program.objects.filter(unit__in=units)),
            "chuyển theo",
            "ở lại đơn vị cũ, cần chọn đơn vị mới",
        ),
        Holding(
            "Chỉ tiêu đang chạy",
            by_unit(targets),
            "cộng vào chỉ tiêu của đơn vị mới",
            "ở lại đơn vị cũ, cần giao lại",
            stays_open=False,
        ),
    ]


@dataclass(frozen=True)
class WaitingGroup:
    """A squad or club whose unit was divided, how many serve in it, and the units it may go to."""

    group: Squad | Club
    homes: list[Unit]

    @property
    def key(self) -> str:
        """How the page names it: "squad-12"."""
        return f"{self.group._meta.model_name}-{self.group.pk}"

    @property
    def kind(self) -> str:
        return str(self.group._meta.verbose_name)


def waiting_rows(model: type[Squad] | type[Club], scope: Scope, *, on: date) -> QuerySet:
    """The squads, or the clubs, in the scope that stand in a divided unit, by unit and name."""
    staying = Q(memberships__ends_on=None) | Q(memberships__ends_on__gte=on)
    rows = model.objects.within(scope).standing_after(on).filter(unit__in=divided_units())
    counted = rows.annotate(members_now=Count("memberships", filter=staying)).select_related(
        "unit", "program"
    )
    return counted.order_by("unit__sort_name", "unit", "name", "pk")


def waiting_groups(scope: Scope, *, on: date, limit: int) -> tuple[list[WaitingGroup], int]:
    """The first squads and clubs that wait, and how many there are. A few queries for each divided unit."""
    kinds = [waiting_rows(model, scope, on=on) for model in (Squad, Club)]
    found = [group for rows in kinds for group in rows[:limit]][:limit]
    units = {group.unit_id: group.unit for group in found}
    homes = {
        key: [home for home in successors_of(unit, on=on) if scope.covers(home)]
        for key, unit in units.items()
    }
    rows = [WaitingGroup(group, homes[group.unit_id]) for group in found]
    return rows, sum(rows.count() for rows in kinds)

"""Squads and clubs of a divided unit wait until each is given a new unit, or ends with a reason."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from core.models import AuditEntry
from programs import actions
from programs.models import Club, Squad
from programs.queries import waiting_groups, waiting_rows
from tests.factories.programs import (
    make_activity,
    make_club,
    make_club_member,
    make_squad,
    make_squad_member,
)
from tests.factories.restructuring import carry_out, make_plan, planned, take_back
from tests.factories.units import make_staff, make_unit, make_user
from units.actions import add_changes
from units.models import RestructuringChange, RestructuringPlan, Unit
from units.queries.plan_preview import preview_of
from units.queries.planning import PlanMap
from units.scope import Scope

pytestmark = pytest.mark.django_db
SPLIT = RestructuringChange.Kind.SPLIT
PAGES = ["admin:programs_squad_waiting", "admin:programs_club_waiting"]
REASON = "Không còn đủ thành viên"


@pytest.fixture
def province():
    return make_unit(name="Thái Nguyên", code="19")


@pytest.fixture
def divided(province):
    """Commune A, divided into B and C, with one squad and one club, each with one who serves."""
    commune, one, two = (make_unit(parent=province, name=name) for name in ("A", "B", "C"))
    squad, club = make_squad(unit=commune, name="Đội Số"), make_club(unit=commune, name="CLB Số")
    make_squad_member(squad=squad)
    make_club_member(club=club)
    plan = make_plan(unit=province)
    add_changes(plan=plan, kind=SPLIT, sources=[commune], targets=[one, two], by=plan.made_by)
    carry_out(plan)
    return commune, one, two, plan, squad, club


def waiting(unit):
    rows, count = waiting_groups(Scope.of([unit.path]), on=timezone.localdate(), limit=50)
    assert len(rows) == count
    return [(row.group, row.homes) for row in rows]


def test_the_preview_says_how_many_will_wait(province):
    commune, one, two = (make_unit(parent=province) for _ in range(3))
    for _ in range(2):
        make_squad(unit=commune)
    make_squad(unit=commune, ended_on=date(2025, 3, 1))
    make_club(unit=commune)
    make_club(unit=commune, ended_on=date(2025, 3, 1))
    plan = make_plan(unit=province)
    add_changes(plan=plan, kind=SPLIT, sources=[commune], targets=[one, two], by=plan.made_by)

    fates = preview_of(PlanMap.of(plan)).fates

    assert ("Đội hình", 2, "vào danh sách chờ phân về đơn vị mới") in fates
    assert ("Câu lạc bộ", 1, "vào danh sách chờ phân về đơn vị mới") in fates


def test_who_stands_in_a_divided_unit_waits_and_nobody_else(province, divided):
    commune, one, two, _, squad, club = divided
    make_squad(unit=commune, ended_on=date(2025, 3, 1))
    make_club(unit=commune, ended_on=date(2025, 3, 1))
    make_squad(unit=make_unit(parent=province, valid_to=date(2024, 11, 30)))
    make_club(unit=one)

    assert waiting(province) == [(squad, [one, two]), (club, [one, two])]
    assert waiting(two) == []


def test_many_who_wait_cost_the_queries_of_one_divided_unit(province, divided, django_assert_num_queries):
    commune, *_ = divided
    for _ in range(5):
        make_squad(unit=commune)
        make_club(unit=commune)

    with django_assert_num_queries(5):
        assert len(waiting(province)) == 12


def test_an_assigned_squad_goes_with_what_it_did_since_the_day_of_the_plan(province, divided):
    commune, one, _, _, squad, _ = divided
    before = make_activity(squad=squad, done_on=date(2025, 6, 30))
    since = make_activity(squad=squad, done_on=date(2025, 7, 1))

    done = actions.assign_group(group=squad, unit=one, by=make_user())

    for row in (squad, before, since):
        row.refresh_from_db()
    entry = AuditEntry.objects.get(verb="squad.assigned")
    assert (done, squad.unit, before.unit, since.unit) == (True, one, commune, one)
    assert list(squad.places.values_list("unit", "ends_on")) == [(commune.pk, date(2025, 6, 30))]
    assert (entry.target_id, entry.unit_path) == (str(squad.pk), one.path)
    assert squad not in waiting_rows(Squad, Scope.of([province.path]), on=timezone.localdate())


def test_an_assigned_club_belongs_to_the_new_unit(province, divided):
    _, _, two, _, _, club = divided

    done = actions.assign_group(group=club, unit=two, by=make_user())

    club.refresh_from_db()
    assert (done, club.unit, club.memberships.filter(ends_on=None).count()) == (True, two, 1)
    assert AuditEntry.objects.get(verb="club.assigned").unit_path == two.path


def test_a_second_press_changes_nothing(divided):
    _, one, two, plan, squad, club = divided
    actions.assign_group(group=squad, unit=one, by=make_user())
    actions.end_waiting_group(group=club, ends_on=date(2025, 8, 1), reason=REASON, by=make_user())
    steps, entries = plan.steps.count(), AuditEntry.objects.count()

    again = [
        actions.assign_group(group=squad, unit=one, by=make_user()),
        actions.end_waiting_group(group=club, ends_on=date(2025, 9, 1), reason="Khác", by=make_user()),
    ]
    with pytest.raises(actions.AssignmentRefused, match="đang thuộc Đoàn xã B, không phải chờ phân"):
        actions.assign_group(group=squad, unit=two, by=make_user())
    with pytest.raises(actions.AssignmentRefused, match="đã kết thúc ngày 01/08/2025"):
        actions.assign_group(group=club, unit=two, by=make_user())

    club.refresh_from_db()
    assert again == [False, False]
    assert (plan.steps.count(), AuditEntry.objects.count()) == (steps, entries)
    assert club.ended_on == date(2025, 8, 1)


@pytest.mark.parametrize("kind", [Squad, Club])
def test_only_a_unit_that_came_out_of_the_divided_one_is_right(province, divided, kind):
    group = {Squad: divided[4], Club: divided[5]}[kind]
    below = make_unit(parent=divided[1], kind=Unit.Kind.BRANCH)

    for unit in (make_unit(parent=province, name="D"), below):
        with pytest.raises(actions.AssignmentRefused) as refusal:
            actions.assign_group(group=group, unit=unit, by=make_user())
        assert refusal.value.problems == [f"{group} thuộc Đoàn xã A cũ: chỉ phân về Đoàn xã B, Đoàn xã C."]

    assert kind.objects.get(pk=group.pk).unit == divided[0]


@pytest.mark.parametrize("kind", [Squad, Club])
def test_one_that_ends_keeps_the_reason_and_ends_every_stay(divided, kind):
    group, by = {Squad: divided[4], Club: divided[5]}[kind], make_user()

    done = actions.end_waiting_group(group=group, ends_on=date(2025, 8, 1), reason=f" {REASON} ", by=by)

    group.refresh_from_db()
    version = group.history.latest()
    verb = {Squad: "squad.disbanded", Club: "club.ended"}[kind]
    assert (done, group.ended_on, version.history_change_reason) == (True, date(2025, 8, 1), REASON)
    assert list(group.memberships.values_list("ends_on", flat=True)) == [date(2025, 8, 1)]
    assert AuditEntry.objects.get(verb=verb).by == by


@pytest.mark.parametrize(
    ("kind", "founded", "later"),
    [
        (
            Squad,
            "Ngày giải thể trước ngày thành lập (01/01/2025).",
            "Đội hình còn thành viên tham gia sau ngày giải thể.",
        ),
        (
            Club,
            "Ngày kết thúc trước ngày thành lập (01/01/2025).",
            "Câu lạc bộ còn thành viên tham gia sau ngày kết thúc.",
        ),
    ],
)
def test_an_end_is_refused_with_every_reason(divided, kind, founded, later):
    group = {Squad: divided[4], Club: divided[5]}[kind]

    with pytest.raises(actions.AssignmentRefused) as early:
        actions.end_waiting_group(group=group, ends_on=date(2024, 8, 1), reason=" ", by=make_user())
    with pytest.raises(actions.AssignmentRefused) as ahead:
        actions.end_waiting_group(group=group, ends_on=date(2999, 1, 1), reason=REASON, by=make_user())

    assert early.value.problems == ["Chưa ghi lý do kết thúc.", founded, later]
    assert ahead.value.problems == ["Ngày kết thúc không được ở tương lai."]
    assert kind.objects.get(pk=group.pk).ended_on is None


def test_a_squad_that_moved_on_the_same_day_keeps_the_place_it_had(divided):
    commune, one, _, _, squad, _ = divided
    squad.places.create(unit=commune, ends_on=date(2025, 6, 30))

    actions.assign_group(group=squad, unit=one, by=make_user())

    assert list(squad.places.values_list("unit", "ends_on")) == [(commune.pk, date(2025, 6, 30))]


def test_one_whose_end_is_written_down_already_waits_until_then(province, divided):
    *_, squad, club = divided
    Club.objects.filter(pk=club.pk).update(ended_on=date(2999, 1, 1))

    with pytest.raises(actions.AssignmentRefused, match="Câu lạc bộ đã kết thúc ngày 01/01/2999"):
        actions.end_waiting_group(group=club, ends_on=date(2025, 8, 1), reason=REASON, by=make_user())

    assert [group for group, _ in waiting(province)] == [squad, club]


def test_the_list_of_clubs_says_which_has_ended(client, province):
    make_club(unit=province, ended_on=date(2025, 8, 1))
    client.force_login(make_staff(unit=province, role="province_admin"))

    response = client.get(reverse("admin:programs_club_changelist"))

    assert "Kết thúc 01/08/2025" in response.content.decode()


@pytest.mark.parametrize("kind", [Squad, Club])
def test_one_of_a_standing_unit_does_not_end_here(kind):
    group = make_squad() if kind is Squad else make_club()

    with pytest.raises(actions.AssignmentRefused, match="không phải chờ phân"):
        actions.end_waiting_group(group=group, ends_on=date(2025, 8, 1), reason=REASON, by=make_user())


def test_an_ended_club_takes_nobody_in_and_is_shown_to_nobody(client):
    club = make_club(ended_on=date(2025, 8, 1))
    member = make_club_member(club=make_club()).member

    with pytest.raises(actions.ClubRefused, match="Câu lạc bộ đã kết thúc ngày 01/08/2025"):
        actions.add_club_member(
            club=club, member=member, sector="worker", starts_on=date(2025, 2, 1), by=make_user()
        )

    assert client.get(club.get_absolute_url()).status_code == 404


def test_taking_the_plan_back_takes_assignments_and_ends_back(divided):
    commune, one, _, plan, squad, club = divided
    since = make_activity(squad=squad, done_on=date(2025, 7, 2))
    actions.assign_group(group=squad, unit=one, by=make_user())
    actions.end_waiting_group(group=club, ends_on=date(2025, 8, 1), reason=REASON, by=make_user())

    take_back(plan)

    for row in (squad, club, since):
        row.refresh_from_db()
    assert (plan.state, plan.problems) == (RestructuringPlan.State.REVERSED, [])
    assert (squad.unit, since.unit, squad.places.count()) == (commune, commune, 0)
    assert (club.ended_on, club.memberships.get().ends_on) == (None, None)
    assert waiting(commune) == []


def test_what_was_done_in_an_opened_unit_since_stops_the_reversal(province):
    commune = make_unit(parent=province, name="A")
    squad = make_squad(unit=commune)
    plan = make_plan(unit=province)
    opens = [planned(province, "B", "05587"), planned(province, "C", "05588")]
    add_changes(plan=plan, kind=SPLIT, sources=[commune], opens=opens, by=plan.made_by)
    carry_out(plan)
    heir = Unit.objects.get(code="05587")
    actions.assign_group(group=squad, unit=heir, by=make_user())
    squad.refresh_from_db()
    deed = make_activity(squad=squad)

    take_back(plan)
    stopped = plan.state, plan.problems
    deed.delete()
    take_back(plan)

    squad.refresh_from_db()
    assert stopped == (
        RestructuringPlan.State.EXECUTED,
        ["Đoàn xã B đã có 1 hoạt động đội hình ghi sau khi thực hiện phương án."],
    )
    assert (plan.state, squad.unit) == (RestructuringPlan.State.REVERSED, commune)


def test_nobody_is_assigned_while_the_plan_is_being_taken_back(divided):
    _, one, _, plan, squad, _ = divided
    RestructuringPlan.objects.filter(pk=plan.pk).update(state=RestructuringPlan.State.REVERSING)

    with pytest.raises(actions.AssignmentRefused, match="không phải chờ phân"):
        actions.assign_group(group=squad, unit=one, by=make_user())


@pytest.mark.parametrize("page", PAGES)
def test_the_page_assigns_one_and_ends_another(client, province, divided, page):
    _, one, _, _, squad, club = divided
    client.force_login(make_staff(unit=province, role="province_admin"))
    shown = client.get(reverse(page)).content.decode()

    assign = {"group": f"squad-{squad.pk}", "unit": one.pk}
    end = {"group": f"club-{club.pk}", "ends_on": "01/08/2025", "reason": REASON}
    said = [client.post(reverse(page), facts, follow=True).content.decode() for facts in (assign, end, end)]

    squad.refresh_from_db()
    club.refresh_from_db()
    assert [name in shown for name in ("Đội Số", "CLB Số", "Đoàn xã B", "Đoàn xã C")] == [True] * 4
    assert (squad.unit, club.ended_on) == (one, date(2025, 8, 1))
    assert "Đã phân Đội Số về Đoàn xã B." in said[0]
    assert "Đã kết thúc CLB Số." in said[1]
    assert "Không có đội hình, câu lạc bộ nào đang chờ phân đơn vị." in said[1]
    assert "CLB Số đã kết thúc ngày 01/08/2025, không phải chờ phân." in said[2]


def test_the_page_keeps_what_was_typed_when_it_refuses(client, province, divided):
    *_, squad, club = divided
    client.force_login(make_staff(unit=province, role="province_admin"))

    unsaid = client.post(reverse(PAGES[0]), {"group": f"squad-{squad.pk}", "unit": ""})
    nowhere = client.post(reverse(PAGES[0]), {"group": f"squad-{squad.pk}", "unit": "0"})
    empty = {"group": f"club-{club.pk}", "ends_on": "31/02/2025", "reason": REASON}
    odd = client.post(reverse(PAGES[0]), empty).content.decode()
    early = client.post(reverse(PAGES[0]), empty | {"ends_on": "01/02/2024"}).content.decode()

    assert "Chưa chọn đơn vị." in unsaid.content.decode()
    assert "Không có đơn vị này." in nowhere.content.decode()
    assert "Ngày không có thật." in odd
    assert f'value="{REASON}"' in odd
    assert "Ngày kết thúc trước ngày thành lập (01/01/2025)." in early


@pytest.mark.parametrize("key", ["squad-{}", "club-{}", "unit-{}", "squad-", ""])
def test_one_of_another_branch_is_not_there(client, divided, key):
    _, one, _, _, squad, club = divided
    client.force_login(make_staff(unit=make_unit(name="Cao Bằng"), role="province_admin"))
    pk = club.pk if key.startswith("club") else squad.pk

    response = client.post(reverse(PAGES[0]), {"group": key.format(pk), "unit": one.pk})

    squad.refresh_from_db()
    assert (response.status_code, squad.unit.name) == (404, "A")


def test_a_home_outside_the_scope_is_not_offered(client, province, divided):
    commune, one, _, _, squad, _ = divided
    client.force_login(make_staff(unit=commune, role="officer"))

    response = client.post(reverse(PAGES[0]), {"group": f"squad-{squad.pk}", "unit": one.pk})

    squad.refresh_from_db()
    assert "Không có đơn vị này." in response.content.decode()
    assert squad.unit == commune

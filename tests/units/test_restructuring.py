"""A plan is drafted, checked, carried out on its day, and taken back."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from core.models import AuditEntry
from members.models import Position
from tests.factories.events import make_event, make_quota, make_registration
from tests.factories.members import make_member
from tests.factories.programs import make_indicator, make_program, make_squad, make_target
from tests.factories.restructuring import DAY, carry_out, make_plan, planned, take_back
from tests.factories.rosters import make_csv
from tests.factories.units import make_unit, make_user
from units import actions
from units.models import RestructuringChange, RestructuringPlan, Unit, UnitLineage, UnitPlace
from units.queries.plan_preview import preview_of
from units.queries.planning import PlanMap
from units.signals import units_succeeded

pytestmark = pytest.mark.django_db
Kind = RestructuringChange.Kind
State = RestructuringPlan.State


@pytest.fixture
def province():
    return make_unit(name="Thái Nguyên", code="19")


def add(plan, kind, *sources, targets=(), opens=()):
    actions.add_changes(plan=plan, kind=kind, sources=sources, targets=targets, opens=opens, by=plan.made_by)


def merged(province, *sources, name="Bình Yên", code="05587"):
    """A plan that merges the communes into a new one."""
    plan = make_plan(unit=province)
    add(plan, Kind.MERGE, *sources, opens=[planned(province, name, code)])
    return plan


def blockers(plan):
    return preview_of(PlanMap.of(plan)).blockers


def test_lines_that_do_not_fit_together_block_the_plan(province):
    one, two, three = (make_unit(parent=province, name=name) for name in ("A", "B", "C"))
    closed = make_unit(parent=province, name="D", valid_to=date(2024, 11, 30))
    plan = make_plan(unit=province)
    add(plan, Kind.SPLIT, one, targets=[two])
    add(plan, Kind.MERGE, two, targets=[three])
    add(plan, Kind.CLOSE, two)
    add(plan, Kind.MERGE, closed, targets=[three])

    assert blockers(plan) == [
        "Đoàn xã D đã kết thúc ngày 30/11/2024.",
        "Đoàn xã A chia tách nhưng mới có một đơn vị nhận.",
        "Đoàn xã B vừa kết thúc và sáp nhập: mỗi đơn vị chỉ có một hình thức.",
        "Đoàn xã B nhận Đoàn xã A nhưng cũng kết thúc trong phương án này.",
    ]


def test_codes_in_use_and_units_that_hold_something_block_the_plan(province):
    one, two = make_unit(parent=province, name="A"), make_unit(parent=province, name="B", code="b")
    make_unit(parent=two, kind=Unit.Kind.BRANCH, name="Chi đoàn xóm 1")
    make_member(unit=two)
    plan = make_plan(unit=province)
    add(plan, Kind.RENAME, one, opens=[planned(province, "Mới", "b")])
    add(plan, Kind.CLOSE, two)

    assert blockers(plan) == [
        "Mã b đang là của Đoàn xã B. Hãy ghi mã khác cho đơn vị sẽ lập.",
        "Đoàn xã B kết thúc mà còn 1 chi đoàn, đơn vị cấp dưới: hãy chọn đơn vị nhận.",
        "Đoàn xã B kết thúc mà còn 1 đoàn viên: hãy chọn đơn vị nhận.",
    ]


def test_branches_of_a_divided_commune_are_chosen_one_by_one(province):
    commune, one, two = (make_unit(parent=province, name=name) for name in ("A", "B", "C"))
    branch = make_unit(parent=commune, kind=Unit.Kind.BRANCH, name="Chi đoàn xóm 1")
    plan = make_plan(unit=province)
    add(plan, Kind.SPLIT, commune, targets=[one, two])
    before = blockers(plan)

    add(plan, Kind.MOVE, branch, targets=[two])
    carry_out(plan)

    branch.refresh_from_db()
    assert before == [
        "Đoàn xã A chia tách: hãy thêm dòng Chuyển cấp trên cho từng đơn vị cấp dưới (Chi đoàn xóm 1)."
    ]
    assert Unit.objects.get_parent(branch) == two
    assert list(UnitPlace.objects.values_list("unit", "parent", "ends_on")) == [
        (branch.pk, commune.pk, date(2025, 6, 30))
    ]


def test_a_plan_with_blockers_is_not_approved(province):
    plan = make_plan(unit=province)

    with pytest.raises(actions.RestructuringRefused, match="chưa có dòng nào"):
        actions.approve_plan(plan=plan, by=make_user())

    plan.refresh_from_db()
    assert plan.state == State.DRAFT


def test_only_a_draft_is_edited(province):
    plan = merged(province, make_unit(parent=province), make_unit(parent=province))
    actions.approve_plan(plan=plan, by=make_user())

    with pytest.raises(actions.RestructuringRefused, match="không còn là bản thảo"):
        add(plan, Kind.CLOSE, make_unit(parent=province))

    assert plan.changes.count() == 2


def test_removing_lines_takes_unused_planned_units_along(province):
    one, two = make_unit(parent=province), make_unit(parent=province)
    plan = merged(province, one, two)

    actions.remove_changes(plan=plan, changes=plan.changes.all(), by=make_user())

    assert (plan.changes.count(), plan.planned_units.count()) == (0, 0)


def test_an_approved_plan_waits_for_its_day(province):
    plan = merged(province, make_unit(parent=province), make_unit(parent=province))
    actions.approve_plan(plan=plan, by=make_user())

    done = [
        (actions.resume_plans(at=moment), RestructuringPlan.objects.get(pk=plan.pk).state)
        for moment in (datetime(2025, 6, 30, 16, 59, tzinfo=UTC), datetime(2025, 6, 30, 17, 1, tzinfo=UTC))
    ]

    assert done == [(0, State.APPROVED), (1, State.EXECUTED)]


def test_what_came_up_since_the_approval_sends_the_plan_back(province):
    one, two = make_unit(parent=province, name="A"), make_unit(parent=province)
    plan = make_plan(unit=province)
    add(plan, Kind.CLOSE, one)
    add(plan, Kind.MERGE, make_unit(parent=province), targets=[two])
    actions.approve_plan(plan=plan, by=make_user())
    make_member(unit=one)

    actions.resume_plans(at=timezone.now())

    plan.refresh_from_db()
    assert (plan.state, plan.problems) == (
        State.DRAFT,
        ["Đoàn xã A kết thúc mà còn 1 đoàn viên: hãy chọn đơn vị nhận."],
    )


def test_a_worker_killed_in_the_middle_leaves_nothing_and_another_goes_on(province):
    one = make_unit(parent=province)
    plan = merged(province, one, make_unit(parent=province))
    actions.approve_plan(plan=plan, by=make_user())

    def die(journal, **_):
        raise KeyboardInterrupt

    units_succeeded.connect(die)
    with pytest.raises(KeyboardInterrupt):
        actions.resume_plans(at=timezone.now())
    units_succeeded.disconnect(die)
    plan.refresh_from_db()
    left = plan.state, plan.steps.count(), Unit.objects.filter(code="05587").count()
    held = actions.work_on_plan(plan_id=plan.pk)
    RestructuringPlan.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    taken_up = actions.resume_plans(at=timezone.now())

    plan.refresh_from_db()
    assert left == (State.EXECUTING, 0, 0)
    assert (held, taken_up, plan.state) == (False, 1, State.EXECUTED)


def test_squads_targets_seats_and_events_go_over_to_the_successor(province):
    one, two = make_unit(parent=province), make_unit(parent=province)
    squad, program, indicator = make_squad(unit=one), make_program(unit=province), make_indicator()
    for unit, value in ((one, 30), (two, 12)):
        make_target(unit=unit, program=program, indicator=indicator, value=value)
    coming, past = make_event(host=one), make_event(host=one, starts_at=timezone.now() - timedelta(days=40))
    shares = [make_quota(event=coming, unit=unit, seats=seats) for unit, seats in ((one, 2), (two, 3))]
    seat = make_registration(event=coming, member=make_member(unit=two), quota=shares[1])

    plan = carry_out(merged(province, one, two))

    heir = Unit.objects.get(code="05587")
    for row in (squad, coming, past, seat):
        row.refresh_from_db()
    assert (squad.unit, coming.host, past.host) == (heir, heir, one)
    assert [(quota.unit, quota.seats) for quota in coming.quotas.all()] == [(heir, 5)]
    assert seat.quota.unit == heir
    assert heir.targets.get(indicator=indicator).value == 42

    take_back(plan)

    for row in (squad, coming, seat):
        row.refresh_from_db()
    assert (squad.unit, coming.host, seat.quota) == (one, one, shares[1])
    assert sorted(coming.quotas.values_list("unit", "seats")) == sorted([(one.pk, 2), (two.pk, 3)])


def test_posts_end_with_a_merged_unit_and_go_on_in_a_renamed_one(province):
    old, same = make_unit(parent=province), make_unit(parent=province)
    for unit in (old, same):
        Position.objects.create(member=make_member(unit=unit), title="Bí thư", unit=unit)
    plan = make_plan(unit=province)
    add(plan, Kind.MERGE, old, targets=[make_unit(parent=province)])
    add(plan, Kind.UPGRADE, same, opens=[planned(province, "Mới", "05588", Unit.Kind.WARD)])

    carry_out(plan)

    renamed = Unit.objects.get(code="05588")
    posts = Position.objects.order_by("pk").values_list("unit", "starts_on", "ends_on")
    assert list(posts) == [
        (old.pk, None, date(2025, 6, 30)),
        (same.pk, None, date(2025, 6, 30)),
        (renamed.pk, DAY, None),
    ]
    assert UnitLineage.objects.get(from_unit=same).kind == UnitLineage.Kind.UPGRADE


def test_the_audit_trail_of_a_unit_goes_where_the_unit_goes(province):
    one, two = make_unit(parent=province), make_unit(parent=province)
    branch = make_unit(parent=one, kind=Unit.Kind.BRANCH)
    entry = AuditEntry.objects.create(verb="unit.edited", at=timezone.now(), unit_path=branch.path)
    plan = make_plan(unit=province)
    add(plan, Kind.MOVE, branch, targets=[two])
    before = branch.path

    carry_out(plan)
    branch.refresh_from_db()
    entry.refresh_from_db()
    moved = branch.path, entry.unit_path
    take_back(plan)

    branch.refresh_from_db()
    entry.refresh_from_db()
    assert moved[0] == moved[1] != before
    assert (branch.path, entry.unit_path) == (before, before)


def test_what_was_entered_since_is_kept_or_stops_the_reversal(province):
    one, two = make_unit(parent=province), make_unit(parent=province)
    member = make_member(unit=one)
    plan = carry_out(merged(province, one, two))
    heir = Unit.objects.get(code="05587")
    type(member).objects.filter(pk=member.pk).update(phone="0912345678")
    newcomer = make_member(unit=heir)

    take_back(plan)
    stopped = plan.state, plan.problems, Unit.objects.filter(pk=heir.pk).exists()
    newcomer.delete()
    take_back(plan)

    member.refresh_from_db()
    assert stopped == (
        State.EXECUTED,
        ["Đoàn xã Bình Yên đã có 1 đoàn viên ghi sau khi thực hiện phương án."],
        True,
    )
    assert (plan.state, member.unit, member.phone) == (State.REVERSED, one, "0912345678")
    assert not Unit.objects.filter(pk=heir.pk).exists()


def test_a_table_says_without_saying_what_becomes_of_whom(province):
    for code in ("a", "b", "c", "d", "e"):
        make_unit(parent=province, code=code, name=code.upper())
    plan = make_plan(unit=province)
    rows = [
        ["Mã đơn vị cũ", "Mã đơn vị nhận", "Loại đơn vị nhận", "Tên đơn vị nhận", "Tỷ lệ"],
        ["a", "n1", "Xã", "Bình Yên", ""],
        ["b", "n1", "Xã", "Bình Yên", ""],
        ["c", "n1", "Xã", "Bình Yên", "60"],
        ["c", "d", "", "", "40"],
        ["e", "n2", "Phường", "Gia Sàng", ""],
    ]

    count = actions.import_changes(plan=plan, file=file_of(rows), by=plan.made_by)
    again = actions.import_changes(plan=plan, file=file_of(rows), by=plan.made_by)

    lines = plan.changes.order_by("pk").values_list("source__code", "kind", "share")
    assert (count, again) == (5, 0)
    assert list(lines) == [
        ("a", Kind.MERGE, None),
        ("b", Kind.MERGE, None),
        ("c", Kind.SPLIT, 60),
        ("c", Kind.SPLIT, 40),
        ("e", Kind.UPGRADE, None),
    ]
    assert list(plan.planned_units.order_by("code").values_list("code", "name")) == [
        ("n1", "Bình Yên"),
        ("n2", "Gia Sàng"),
    ]


def test_a_table_with_unknown_codes_adds_nothing(province):
    make_unit(parent=province, code="a")
    plan = make_plan(unit=province)
    rows = [["Mã cũ", "Mã mới"], ["a", "moi"], ["khong-co", "a"]]

    with pytest.raises(actions.RestructuringRefused) as refusal:
        actions.import_changes(plan=plan, file=file_of(rows), by=plan.made_by)

    assert refusal.value.problems == [
        "Dòng 2: mã moi chưa có trên cổng; lập mới thì ghi cả loại và tên.",
        "Dòng 3: không có đơn vị đang hoạt động nào mang mã khong-co.",
    ]
    assert plan.changes.count() == 0


def file_of(rows):
    return SimpleUploadedFile("phuong-an.csv", make_csv(rows))

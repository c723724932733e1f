"""What an import does to members who exist, as it was chosen, and as it is chosen anew."""

import pytest

from core.models import AuditEntry
from members import actions
from members.actions import branching
from members.actions.branching import settle_rows
from members.models import Affiliation, Member, RosterImport, RosterRow
from tests.factories.imports import make_applied, make_import, make_roster
from tests.factories.members import make_member
from tests.factories.units import make_user
from units.rules import detail_words

pytestmark = pytest.mark.django_db
Outcome, Policy, State = RosterRow.Outcome, RosterImport.Policy, RosterImport.State
PHONG = {
    "name": "Hà Văn Phong",
    "born": "02/09/2005",
    "branch": "Xóm 3",
    "phone": "0912345678",
    "unit": "Kha Sơn",
    "email": "phong@example.com",
}
BICH = {"name": "Hoàng Thị Bích", "born": "03/04/2004", "unit": "Kha Sơn"}


@pytest.fixture
def phong(binh_yen, kha_son):
    """A member of Bình Yên of whom a list of the province says more, and other things."""
    return make_member(
        unit=binh_yen,
        full_name="Hà Văn Phong",
        born_on="2005-09-02",
        born_precision="day",
        email="cu@example.com",
        phone="+84912345678",
    )


def known_of(member):
    member.refresh_from_db()
    return member.branch_name, member.email, member.unit.name


@pytest.mark.parametrize(
    ("policy", "known", "outcome"),
    [
        (Policy.OVERWRITE, ("Xóm 3", "phong@example.com", "Kha Sơn"), Outcome.UPDATED),
        (Policy.FILL, ("Xóm 3", "cu@example.com", "Bình Yên"), Outcome.UPDATED),
        (Policy.ONLY_NEW, ("", "cu@example.com", "Bình Yên"), Outcome.UNCHANGED),
    ],
)
def test_an_import_does_what_was_chosen(province, phong, policy, known, outcome):
    applied = make_applied(PHONG, BICH, unit=province, policy=policy)

    assert known_of(phong) == known
    assert [row.outcome for row in applied.rows.order_by("place")] == [outcome, Outcome.NEW]
    homes = Affiliation.objects.filter(member=phong).count()
    assert (Member.objects.count(), homes) == (2, 1 if policy == Policy.OVERWRITE else 0)


@pytest.mark.parametrize("policy", Policy.values)
def test_a_line_that_repeats_another_follows_the_choice_too(province, phong, policy):
    bare = {name: value for name, value in PHONG.items() if name != "branch"}
    applied = make_applied(
        bare, PHONG, BICH, BICH | {"email": "bich@example.com"}, unit=province, policy=policy
    )

    assert known_of(phong)[0] == ("" if policy == Policy.ONLY_NEW else "Xóm 3")
    assert Member.objects.get(full_name="Hoàng Thị Bích").email == "bich@example.com"
    assert applied.outcomes[Outcome.NEEDS_DECISION] == 0


def test_nothing_is_chosen_means_overwriting(province):
    uploaded = actions.upload_roster(content=make_roster(PHONG), file_name="a.csv", unit=province, by=None)

    assert uploaded.policy == Policy.OVERWRITE


def change(roster_import, policy, **facts):
    by = facts.pop("by", None) or make_user()
    changed = actions.change_policy(roster_import=roster_import, policy=policy, by=by, **facts)
    actions.work_on_import(roster_import_id=roster_import.pk)
    roster_import.refresh_from_db()
    return changed


def test_another_choice_matches_every_line_again(province, phong):
    roster_import, staff = make_import(PHONG, BICH, unit=province), make_user()
    assert set(roster_import.rows.get(place=0).changes) == {"branch_name", "email", "unit"}

    change(roster_import, Policy.FILL, by=staff)
    filled = roster_import.rows.get(place=0).changes
    change(roster_import, Policy.ONLY_NEW, by=staff)

    assert filled == {"branch_name": ["", "Xóm 3"]}
    assert (roster_import.state, roster_import.policy) == (State.READY, Policy.ONLY_NEW)
    assert (roster_import.outcomes[Outcome.UNCHANGED], roster_import.rows.get(place=0).changes) == (1, {})
    entry = AuditEntry.objects.filter(verb="roster.policy_changed", by=staff).latest("pk")
    assert detail_words(entry) == ["Với đoàn viên đã có: Chỉ thêm người mới"]


def test_what_was_answered_stays_answered(binh_yen):
    make_member(unit=binh_yen, full_name="Hà Văn Phong", born_on="2005-01-01", born_precision="year")
    roster_import = make_import(PHONG | {"unit": ""}, unit=binh_yen)
    actions.decide_person(row=roster_import.rows.get(), member=None, by=make_user())

    change(roster_import, Policy.FILL)

    assert roster_import.outcomes[Outcome.NEW] == 1


def test_of_two_who_choose_the_second_is_refused(province, phong):
    roster_import = make_import(PHONG, unit=province)
    actions.change_policy(roster_import=roster_import, policy=Policy.FILL, by=make_user())

    with pytest.raises(actions.ImportRefused, match="không còn chờ quyết định"):
        change(roster_import, Policy.ONLY_NEW)

    actions.work_on_import(roster_import_id=roster_import.pk)
    with pytest.raises(actions.ImportRefused, match="vừa được đổi thành “Chỉ bổ sung chỗ còn trống”"):
        change(roster_import, Policy.ONLY_NEW, seen=Policy.OVERWRITE)
    with pytest.raises(actions.ImportRefused, match="đang theo lựa chọn đó"):
        change(roster_import, Policy.FILL, seen=Policy.FILL)
    roster_import.refresh_from_db()
    assert (roster_import.state, roster_import.policy) == (State.READY, Policy.FILL)


def test_nothing_is_chosen_anew_once_something_is_written(province, phong):
    applied = make_applied(PHONG, unit=province)

    with pytest.raises(actions.ImportRefused, match="đã ghi vào cổng"):
        change(applied, Policy.FILL)


def test_a_choice_that_was_given_up_half_way_still_holds_and_may_be_made_again(province, phong, monkeypatch):
    other = make_member(
        unit=phong.unit,
        full_name="Ma Văn Đại",
        phone="+84987654321",
        born_on="2004-01-02",
        born_precision="day",
    )
    dai = {
        "name": "Ma Văn Đại",
        "born": "02/01/2004",
        "phone": "0987654321",
        "email": "dai@example.com",
        "unit": "Kha Sơn",
    }
    roster_import = make_import(BICH, PHONG, dai, unit=province)
    monkeypatch.setattr(branching, "CHUNK", 1)
    settle_chunk = branching._settle_chunk

    def settled(roster_import, rows, matcher, *, done):
        assert done < 2, "broken"
        settle_chunk(roster_import, rows, matcher, done=done)

    monkeypatch.setattr(branching, "_settle_chunk", settled)
    actions.change_policy(roster_import=roster_import, policy=Policy.ONLY_NEW, by=make_user())
    for _ in range(4):
        RosterImport.objects.update(lease_until=None)
        actions.resume_imports(at=RosterImport.objects.get().uploaded_at)
    roster_import.refresh_from_db()
    assert (roster_import.state, "chưa so lại hết các dòng" in roster_import.failure) == (State.READY, True)
    actions.apply_roster(roster_import=roster_import, by=None)
    actions.work_on_import(roster_import_id=roster_import.pk)

    assert (known_of(phong), known_of(other)) == (
        ("", "cu@example.com", "Bình Yên"),
        ("", "", "Bình Yên"),
    )
    assert Member.objects.count() == 3


def test_settling_is_what_a_choice_begins(province, phong):
    roster_import = make_import(PHONG, unit=province)
    assert roster_import.outcomes[Outcome.UPDATED] == 1

    changed = actions.change_policy(roster_import=roster_import, policy=Policy.ONLY_NEW, by=make_user())

    assert changed.state == State.SETTLING
    settle_rows(roster_import=changed)
    assert changed.outcomes[Outcome.UPDATED] == 0

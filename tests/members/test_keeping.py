from datetime import date

import pytest
import time_machine

from core.models import AuditEntry
from members import actions
from members.models import Affiliation, Member
from tests.factories.members import make_member
from tests.factories.units import make_unit, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _november():
    with time_machine.travel("2026-11-22 08:00+07:00", tick=False):
        yield


@pytest.fixture
def commune():
    return make_unit(parent=make_unit(), name="Bình Yên")


def stays(member):
    rows = Affiliation.objects.filter(member=member).order_by("starts_on", "pk")
    return list(rows.values_list("unit", "kind", "starts_on", "ends_on"))


def test_a_new_member_has_name_keys_a_home_a_history_and_a_trace(commune):
    user = make_user()

    member = actions.create_member(
        unit=commune,
        facts={
            "full_name": "  Ma  Thị Đào ",
            "born": "2005-09",
            "phone": "+84912345678",
            "email": "Dao@Example.VN",
            "sector": "rural",
        },
        by=user,
    )

    member.refresh_from_db()
    assert (member.full_name, member.search_name) == ("Ma Thị Đào", "ma thi dao")
    assert (str(member.born), member.email, member.sector) == ("9/2005", "dao@example.vn", "rural")
    assert stays(member) == [(commune.pk, "home", date(2026, 11, 22), None)]
    assert list(member.history.values_list("history_type", "history_user")) == [("+", user.pk)]
    assert list(AuditEntry.objects.values_list("verb", "by", "target_id", "unit_path")) == [
        ("member.created", user.pk, str(member.pk), commune.path)
    ]


def test_the_same_person_is_not_added_twice(commune):
    facts = {"full_name": "Ma Thị Đào", "born": "2005-09-02"}
    actions.create_member(unit=commune, facts=facts, by=make_user())

    with pytest.raises(actions.RecordRefused) as refused:
        actions.create_member(unit=commune, facts=facts | {"phone": "+84912345678"}, by=make_user())

    assert refused.value.problems == ["Đoàn xã Bình Yên đã có đoàn viên Ma Thị Đào với ngày sinh này."]
    assert Member.objects.count() == 1


def test_two_people_of_one_name_and_year_may_live_in_one_unit(commune):
    facts = {"full_name": "Ma Thị Đào", "born": "2005"}
    actions.create_member(unit=commune, facts=facts | {"branch_name": "Xóm 1"}, by=make_user())

    actions.create_member(unit=commune, facts=facts | {"branch_name": "Xóm 2"}, by=make_user())

    assert Member.objects.count() == 2


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"full_name": " "}, "Chưa nhập họ và tên."),
        ({"born": "1899"}, "Ngày sinh 1899 không thể có. Hãy xem lại năm."),
        ({"born": "2026-11-23"}, "Ngày sinh 23/11/2026 không thể có. Hãy xem lại năm."),
        ({"joined": "2027"}, "Ngày vào Đoàn 2027 ở tương lai. Hãy xem lại năm."),
        ({"born": "2005", "joined": "2005-03"}, "Ngày vào Đoàn 3/2005 không sau ngày sinh 2005."),
    ],
)
def test_what_a_record_may_not_say(commune, facts, sentence):
    with pytest.raises(actions.RecordRefused) as refused:
        actions.create_member(unit=commune, facts={"full_name": "Ma Thị Đào"} | facts, by=make_user())

    assert refused.value.problems == [sentence]
    assert not Member.objects.exists()


def test_a_closed_unit_takes_nobody_but_keeps_who_it_has(commune):
    closed = make_unit(parent=make_unit(), name="Văn Lăng", valid_to=date(2025, 6, 30))
    there, elsewhere = make_member(unit=closed), make_member(unit=commune)

    actions.update_member(member=there, facts={"position": "Bí thư"}, by=make_user())
    with pytest.raises(actions.RecordRefused) as refused:
        actions.update_member(member=elsewhere, facts={}, unit=closed, by=make_user())

    there.refresh_from_db()
    assert there.position == "Bí thư"
    assert refused.value.problems == ["Đoàn xã Văn Lăng đã kết thúc hoạt động, không nhận thêm đoàn viên."]


def test_only_what_changed_is_written_and_named(commune):
    member, user = make_member(unit=commune, full_name="Ma Van Dai", email="a@example.vn"), make_user()
    Member.objects.filter(pk=member.pk).update(phone="+84912345678")

    actions.update_member(
        member=member, facts={"full_name": "Ma Văn Đại", "email": "A@example.vn", "born": ""}, by=user
    )

    member.refresh_from_db()
    assert (member.full_name, member.search_name, member.phone) == (
        "Ma Văn Đại",
        "ma van dai",
        "+84912345678",
    )
    assert member.history.latest().history_user == user
    assert list(AuditEntry.objects.values_list("verb", "detail")) == [
        ("member.updated", {"fields": ["full_name"]})
    ]


def test_saying_the_same_again_leaves_no_trace(commune):
    member = make_member(unit=commune, full_name="Ma Văn Đại")

    actions.update_member(member=member, facts={"full_name": "Ma Văn Đại"}, unit=commune, by=make_user())

    assert not AuditEntry.objects.exists()
    assert member.history.count() == 1


def test_moving_ends_one_home_and_begins_another(commune):
    other = make_unit(parent=make_unit())
    member = make_member(unit=other)
    Affiliation.objects.create(member=member, unit=other, kind="home", starts_on=date(2025, 1, 1))

    actions.update_member(member=member, facts={}, unit=commune, by=make_user())

    member.refresh_from_db()
    assert member.unit == commune
    assert stays(member) == [
        (other.pk, "home", date(2025, 1, 1), date(2026, 11, 21)),
        (commune.pk, "home", date(2026, 11, 22), None),
    ]
    assert AuditEntry.objects.get().detail == {"fields": ["unit"]}


def test_a_fact_that_was_known_can_be_taken_away(commune):
    member = make_member(
        unit=commune, born_on=date(2005, 1, 1), born_precision="year", phone_other="+84912345678"
    )

    actions.update_member(member=member, facts={"born": "", "phone_other": ""}, by=make_user())

    member.refresh_from_db()
    assert (member.born, member.born_precision, member.phone_other) == (None, "", "")

"""Members come of age: they appear in the queue, their ceremony is noted, some stay, alumni are reduced."""

from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.models import AuditEntry
from members import actions
from members.actions import GrowingRefused, RecordRefused
from members.models import Ceremony, Consent, Growing, LongerStay, Member
from members.queries.age_queue import age_queue
from members.rules.ages import born_by, turns
from tests.factories.duplicates import make_merge
from tests.factories.members import make_member
from tests.factories.transfers import make_transfer
from tests.factories.units import make_staff, make_unit, make_user
from units.scope import Scope

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 20)


@pytest.fixture(autouse=True)
def _frozen():
    with time_machine.travel("2026-03-20T08:00:00+07:00", tick=False):
        yield


@pytest.fixture
def commune():
    return make_unit(parent=make_unit(), name="Bình Yên")


@pytest.fixture
def client(commune):
    client = Client()
    client.force_login(make_staff(unit=commune))
    return client


def born(unit, name, day, precision="day", **facts):
    return make_member(unit=unit, full_name=name, born_on=day, born_precision=precision, **facts)


def queued(client, age):
    response = client.get(reverse("members:age-list"), {"tuoi": age})
    return [(line.member.full_name, line.has_turned) for line in response.context["lines"]]


def hold(client, members, day="20/03/2026", age=30):
    data = {"tuoi": age, "members": [m.pk for m in members], "held_on": day, "decision_no": "12-QĐ/ĐTN"}
    return client.post(reverse("members:ceremony-hold"), data)


def test_each_list_holds_who_reaches_the_age_within_a_month_and_nobody_of_other_units(client, commune):
    born(commune, "Đủ Mười Sáu", date(2010, 3, 1))
    born(commune, "Sắp Mười Sáu", date(2010, 4, 19))
    born(commune, "Mười Sáu Đã Lâu", date(2010, 1, 1))
    born(commune, "Đủ Ba Mươi", date(1996, 3, 20))
    born(commune, "Sắp Ba Mươi", date(1996, 4, 19))
    born(commune, "Chưa Ba Mươi", date(1996, 4, 20))
    born(commune, "Năm Chín Sáu", date(1996, 1, 1), "year")
    born(commune, "Năm Chín Lăm", date(1995, 1, 1), "year")
    born(commune, "Đủ Ba Lăm", date(1991, 1, 5))
    born(commune, "Đã Trưởng Thành", date(1995, 1, 5), status="grown")
    born(make_unit(), "Xã Khác", date(1995, 1, 5))

    lists = {age: queued(client, age) for age in (16, 30, 35)}

    assert lists == {
        16: [("Đủ Mười Sáu", True), ("Sắp Mười Sáu", False)],
        30: [("Năm Chín Lăm", True), ("Đủ Ba Mươi", True), ("Sắp Ba Mươi", False)],
        35: [("Đủ Ba Lăm", True)],
    }
    assert client.get(reverse("members:age-list"), {"tuoi": "31"}).status_code == 404


@pytest.mark.parametrize("day", [date(2026, 2, 28), date(2026, 3, 1), date(2026, 12, 31), date(2028, 2, 29)])
@pytest.mark.parametrize(
    ("first", "precision"),
    [
        (date(1996, 2, 28), "day"),
        (date(1996, 2, 29), "day"),
        (date(1996, 3, 1), "day"),
        (date(1996, 2, 1), "month"),
        (date(1998, 2, 1), "month"),
        (date(1996, 12, 1), "month"),
        (date(1996, 1, 1), "year"),
    ],
)
def test_the_database_and_the_rule_agree_on_who_is_thirty(commune, day, first, precision):
    member = born(commune, "Ma Thị Đào", first, precision)

    found = Member.objects.filter(born_by(30, day)).exists()

    assert found == (turns(member.born, 30) <= day)


def test_a_ceremony_is_held_shown_and_one_member_taken_out_of_it_again(client, commune):
    two = [born(commune, name, date(1995, 5, 1)) for name in ("Ma Thị Đào", "Vũ Thị Hà")]

    hold(client, two)
    ceremony = Ceremony.objects.get()
    shown = client.get(reverse("members:ceremony", args=[ceremony.pk])).content.decode()
    left = queued(client, 30)
    mistaken = ceremony.growings.get(member=two[1])
    for _ in range(2):
        client.post(reverse("members:growing-withdraw", args=[mistaken.pk]))

    statuses = list(Member.objects.order_by("pk").values_list("full_name", "status"))
    assert "Ma Thị Đào" in shown
    assert "12-QĐ/ĐTN" in shown
    assert left == []
    assert statuses == [("Ma Thị Đào", "grown"), ("Vũ Thị Hà", "active")]
    assert [row.status for row in two[1].history.order_by("history_id")] == ["active", "grown", "active"]
    assert list(AuditEntry.objects.order_by("pk").values_list("verb", flat=True)) == [
        "ceremony.held",
        "growing.withdrawn",
    ]
    assert hold(client, [two[1]]).status_code == 302


def test_a_ceremony_is_noted_for_all_or_for_nobody(client, commune):
    grown = born(commune, "Ma Thị Đào", date(1995, 5, 1))
    moving = born(commune, "Vũ Thị Hà", date(1995, 5, 2))
    young = born(commune, "Lê Văn Ân", date(1996, 4, 10))
    make_transfer(member=moving)

    page = hold(client, [grown, moving, young])
    future = hold(client, [grown], "21/03/2026")
    nobody = hold(client, [])
    foreign = hold(client, [born(make_unit(), "Xã Khác", date(1995, 1, 1))])

    assert page.status_code == 422
    assert page.context["form"].non_field_errors() == [
        "Vũ Thị Hà đang chuyển sinh hoạt. Hãy xong việc chuyển trước.",
        "Lê Văn Ân chưa đủ 30 tuổi vào ngày 20/03/2026.",
    ]
    assert future.context["form"].non_field_errors() == [
        "Ngày tổ chức ở tương lai. Ghi sau khi lễ đã tổ chức."
    ]
    assert nobody.context["form"].errors["members"] == ["Chưa chọn đoàn viên nào."]
    assert foreign.context["form"].errors["members"] == ["Có đoàn viên không còn trong danh sách."]
    assert not Ceremony.objects.exists()


def test_who_stays_on_leaves_the_list_of_thirty_and_comes_back_at_thirty_five(client, commune):
    member = born(commune, "Ma Thị Đào", date(1995, 5, 1))
    address = reverse("members:longer-stay")

    for _ in range(2):
        client.post(address, {"tuoi": 30, "members": [member.pk]})
    now = queued(client, 30)
    later = age_queue(Scope((commune.path,)), 35, on=date(2030, 5, 1))

    assert LongerStay.objects.get().member == member
    assert (now, list(later)) == ([], [member])
    with pytest.raises(GrowingRefused, match="đã đủ 35 tuổi"):
        actions.keep_longer(members=[born(commune, "Cũ", date(1990, 1, 1))], unit=commune, by=make_user())


def test_a_year_later_the_record_keeps_what_alumni_need_and_so_does_its_history(client, commune):
    facts = {"ethnic_group": "Tày", "religion": "Không", "citizen_id_last4": "1234", "phone": "+84912345678"}
    silent = born(commune, "Ma Thị Đào", date(1995, 5, 1), citizen_id_hash="x", email="a@example.vn", **facts)
    reached = born(commune, "Vũ Thị Hà", date(1995, 5, 1), **facts)
    active = born(commune, "Lê Văn Ân", date(2000, 5, 1), **facts)
    moment = timezone.now()
    Consent.objects.create(
        member=reached, purpose="messages", text_version="1", channel="trang", given_at=moment
    )
    hold(client, [silent, reached])
    year = moment + timedelta(days=365)

    early = actions.reduce_alumni(at=year - timedelta(days=1))
    counts = [actions.reduce_alumni(at=year) for _ in range(2)]

    columns = ("ethnic_group", "citizen_id_hash", "citizen_id_last4", "phone", "email")
    kept = {row[0]: row[1:] for row in Member.objects.values_list("full_name", *columns)}
    assert (early, counts) == (0, [2, 0])
    assert kept == {
        "Ma Thị Đào": ("", "", "", "", ""),
        "Vũ Thị Hà": ("", "", "", "+84912345678", ""),
        "Lê Văn Ân": ("Tày", "", "1234", "+84912345678", ""),
    }
    assert set(silent.history.values_list("ethnic_group", "phone")) == {("", "")}
    assert set(active.history.values_list("ethnic_group", flat=True)) == {"Tày"}
    with pytest.raises(GrowingRefused, match="đã rút gọn"):
        actions.withdraw_growing(growing=Growing.objects.get(member=silent), by=make_user())


def test_of_two_records_that_both_grew_the_earlier_note_stays(client, commune):
    keep, other = (born(commune, name, date(1995, 5, 1)) for name in ("Ma Văn Đại", "Ma Van Dai"))
    for member, day in ((keep, "20/03/2026"), (other, "19/03/2026")):
        hold(client, [member], day)

    make_merge(keep=keep, other=other)

    assert list(Growing.objects.values_list("member", "ceremony__held_on")) == [(keep.pk, date(2026, 3, 19))]


def test_the_form_of_a_record_neither_makes_somebody_grown_nor_undoes_a_ceremony(client, commune):
    young, grown = (born(commune, name, date(1995, 5, 1)) for name in ("Vũ Thị Hà", "Ma Thị Đào"))
    hold(client, [grown])
    offered = {}
    for member in (young, Member.objects.get(pk=grown.pk)):
        page = client.get(reverse("admin:members_member_change", args=[member.pk]))
        offered[member.full_name] = "grown" in dict(page.context["adminform"].form.fields["status"].choices)

    refusals = []
    for member, status in ((young, "grown"), (grown, "active")):
        with pytest.raises(RecordRefused) as refusal:
            actions.update_member(member=member, facts={"status": status}, by=make_user())
        refusals += refusal.value.problems

    assert offered == {"Vũ Thị Hà": False, "Ma Thị Đào": True}
    assert refusals == [
        "Trưởng thành Đoàn được ghi ở trang “Tuổi Đoàn”, khi ghi lễ trưởng thành.",
        "Hồ sơ này đã có lễ trưởng thành Đoàn. Hãy rút đoàn viên khỏi lễ nếu đã ghi nhầm.",
    ]


def test_who_was_grown_before_there_were_ceremonies_is_reduced_a_year_after_the_last_change(commune):
    kept = {"ethnic_group": "Tày", "phone": "+84912345678", "email": "dao@example.vn"}
    plain = make_member(unit=commune, status="grown", **kept)
    agreed = make_member(unit=commune, status="grown", **kept)
    Consent.objects.create(
        member=agreed, purpose="messages", text_version="1", channel="portal", given_at=timezone.now()
    )
    fresh = make_member(unit=commune, status="grown", **kept)
    staying = make_member(unit=commune, **kept)
    year_ago = timezone.now() - timedelta(days=366)
    Member.objects.exclude(pk=fresh.pk).update(updated_at=year_ago)

    counts = [actions.reduce_alumni(at=timezone.now()) for _ in range(2)]

    said = {member.pk: (member.ethnic_group, member.phone, member.email) for member in Member.objects.all()}
    whole = ("Tày", "+84912345678", "dao@example.vn")
    assert counts == [2, 0]
    assert said == {
        plain.pk: ("", "", ""),
        agreed.pk: ("", "+84912345678", "dao@example.vn"),
        fresh.pk: whole,
        staying.pk: whole,
    }
    assert set(plain.history.values_list("ethnic_group", "phone")) == {("", "")}
    assert AuditEntry.objects.filter(verb="growing.reduced").count() == 2

"""Members take part beside their home: where they live, or for a while. Each rule, each side, two at once."""

from datetime import date, timedelta
from threading import Thread

import pytest
import time_machine
from django.db import IntegrityError, connections, transaction
from django.test import Client
from django.urls import reverse

from core.models import AuditEntry
from members import actions
from members.actions import StayRefused
from members.models import Affiliation, Member
from notifications.models import Message
from portal.who_sees import glances_at
from programs.models import Indicator
from reports.queries.counters import count
from tests.factories.duplicates import dump, make_merge
from tests.factories.members import make_member
from tests.factories.reports import make_training_record
from tests.factories.stays import make_stay
from tests.factories.transfers import make_transfer
from tests.factories.units import make_staff, make_unit, make_user
from units.roles import Role
from units.scope import Scope

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 20)
HOSTS = "admin:members_affiliation_{}"


@pytest.fixture(autouse=True)
def _frozen(settings):
    settings.PORTAL_REQUIRE_MFA = False
    with time_machine.travel("2026-03-20T08:00:00+07:00", tick=False):
        yield


@pytest.fixture
def province():
    return make_unit(name="Thái Nguyên")


@pytest.fixture
def home(province):
    return make_unit(parent=province, name="Bình Yên")


@pytest.fixture
def host(province):
    return make_unit(parent=province, name="Văn Lăng")


@pytest.fixture
def member(home):
    return make_member(unit=home, full_name="Ma Thị Đào")


def desk_of(unit, **facts):
    client = Client()
    client.force_login(make_staff(unit=unit, **facts))
    return client


def refused(action, **facts):
    with pytest.raises(StayRefused) as refusal:
        action(**facts)
    return refusal.value.problems


def spans(member):
    rows = member.affiliations.order_by("starts_on", "pk")
    return list(rows.values_list("kind", "unit", "starts_on", "ends_on"))


def test_who_lives_elsewhere_keeps_the_home_and_both_sides_are_told(member, home, host):
    keeper = make_staff(unit=home, user=make_user(email="nha@example.vn"))
    other = make_staff(unit=host, user=make_user(email="tro@example.vn"))

    stay = make_stay(member=member, unit=host, by=keeper)
    actions.end_stay(stay=stay, ends_on=TODAY, by=other)

    member.refresh_from_db()
    assert member.unit == home
    assert spans(member) == [("residence", host.pk, TODAY, TODAY)]
    assert list(AuditEntry.objects.order_by("pk").values_list("verb", "unit_path", "by_id")) == [
        ("stay.begun", home.path, keeper.pk),
        ("stay.ended", home.path, other.pk),
    ]
    assert list(Message.objects.order_by("pk").values_list("address", "subject")) == [
        ("tro@example.vn", f"Bắt đầu sinh hoạt nơi cư trú: đoàn viên mã {member.code}"),
        ("nha@example.vn", f"Kết thúc sinh hoạt nơi cư trú: đoàn viên mã {member.code}"),
    ]


def test_of_each_kind_one_at_a_time_and_never_where_the_home_is(member, home, host, province):
    make_stay(member=member, unit=host)
    third = make_unit(parent=province, name="Kha Sơn")
    closed = make_unit(parent=province, name="Cũ", valid_to=date(2025, 6, 30))
    grown = make_member(unit=home, status="grown")
    temporary = {"member": member, "kind": "temporary"}
    asked = {
        "again": {"member": member, "unit": third},
        "home": {**temporary, "unit": home, "ends_on": TODAY},
        "endless": {**temporary, "unit": third},
        "backwards": {**temporary, "unit": third, "ends_on": TODAY - timedelta(days=1)},
        "closed": {**temporary, "unit": closed, "ends_on": TODAY},
        "far": {"member": make_member(unit=home), "unit": third, "starts_on": date(2062, 3, 20)},
        "grown": {"member": grown, "unit": third},
        "main": {**temporary, "kind": "home", "unit": third},
    }

    problems = {name: refused(make_stay, **facts) for name, facts in asked.items()}
    both = make_stay(**temporary, unit=third, ends_on=TODAY + timedelta(days=90))

    assert problems == {
        "again": ["Đoàn viên đã có sinh hoạt nơi cư trú tại Đoàn xã Văn Lăng từ ngày 20/03/2026."],
        "home": ["Đoàn viên đang sinh hoạt chính tại Đoàn xã Bình Yên."],
        "endless": ["Sinh hoạt tạm thời phải có ngày kết thúc."],
        "backwards": ["Ngày kết thúc phải từ ngày 20/03/2026 trở đi."],
        "closed": ["Đoàn xã Cũ đã kết thúc hoạt động, không nhận thêm đoàn viên."],
        "far": ["Ngày bắt đầu cách hôm nay quá một năm."],
        "grown": ["Hồ sơ này đã thôi sinh hoạt hoặc đã trưởng thành Đoàn."],
        "main": ["Chỉ ghi ở đây sinh hoạt nơi cư trú hoặc tạm thời."],
    }
    assert both.ends_on == date(2026, 6, 18)


def test_the_same_once_more_changes_nothing_and_the_database_stands_behind_it(member, host, province):
    first, again = (make_stay(member=member, unit=host) for _ in range(2))
    ended, twice = (actions.end_stay(stay=first, ends_on=TODAY, by=make_user()) for _ in range(2))
    make_stay(member=member, unit=host, starts_on=TODAY + timedelta(days=1))

    with pytest.raises(IntegrityError), transaction.atomic():
        Affiliation.objects.create(member=member, unit=province, kind="residence", starts_on=TODAY)

    assert (first.pk, ended.ends_on) == (again.pk, twice.ends_on)
    assert AuditEntry.objects.filter(verb__startswith="stay.").count() == 3


def test_a_stay_is_prolonged_up_to_the_next_one_and_never_once_it_is_over(member, host, province):
    end = TODAY + timedelta(days=10)
    facts = {"member": member, "kind": "temporary"}
    stay = make_stay(**facts, unit=host, ends_on=end)
    make_stay(**facts, unit=make_unit(parent=province), starts_on=date(2026, 5, 1), ends_on=date(2026, 6, 1))

    longer = actions.end_stay(stay=stay, ends_on=date(2026, 4, 30), by=make_user())
    [over_next] = refused(actions.end_stay, stay=stay, ends_on=date(2026, 5, 1), by=make_user())
    with time_machine.travel("2026-05-02T08:00:00+07:00"):
        [too_late] = refused(actions.end_stay, stay=stay, ends_on=date(2026, 5, 2), by=make_user())

    assert longer.ends_on == date(2026, 4, 30)
    assert over_next.startswith("Đoàn viên đã có sinh hoạt tạm thời tại")
    assert too_late == "Lần sinh hoạt này đã kết thúc hết ngày 30/04/2026."


def test_the_home_is_never_ended_like_a_stay(member, home):
    main = Affiliation.objects.create(member=member, unit=home, kind="home", starts_on=date(2024, 1, 1))

    problems = refused(actions.end_stay, stay=main, ends_on=TODAY, by=make_user())

    assert problems == ["Sinh hoạt chính chỉ kết thúc khi chuyển sinh hoạt."]


def test_nobody_is_counted_twice_for_living_elsewhere(member, home, host, province):
    make_training_record(member=member, day=date(2026, 3, 1))
    make_stay(member=member, unit=host)
    make_stay(member=member, unit=host, kind="temporary", ends_on=TODAY)
    span = {"first": date(2026, 1, 1), "last": TODAY}

    trained = [count(Indicator.Counter.TRAINED_MEMBERS, unit=one, **span) for one in (province, home, host)]
    members = [Member.objects.within(Scope.of([one.path])).count() for one in (province, home, host)]

    assert (trained, members) == ([1, 1, 0], [1, 1, 0])


def test_who_moves_to_where_they_live_has_no_second_place_there(member, home, host):
    stay = make_stay(member=member, unit=host, starts_on=date(2026, 1, 1))
    make_stay(member=member, unit=host, kind="temporary", starts_on=TODAY, ends_on=date(2026, 6, 1))
    transfer = make_transfer(member=member, to_unit=host, lets_go=True)

    actions.accept_transfer(transfer=transfer, by=make_user())

    assert spans(member) == [
        ("residence", host.pk, stay.starts_on, date(2026, 3, 19)),
        ("home", host.pk, TODAY, None),
    ]


def test_one_of_two_same_stays_goes_when_two_records_become_one_and_comes_back(home, host):
    keep, other = make_member(unit=home), make_member(unit=home)
    own = make_stay(member=keep, unit=host)
    make_stay(member=other, unit=host, starts_on=date(2026, 1, 1))
    apart = make_stay(member=other, unit=host, kind="temporary", ends_on=TODAY)
    before = dump()["members.affiliation"]

    merge = make_merge(keep=keep, other=other)
    joined = set(keep.affiliations.stays().values_list("pk", flat=True))
    actions.undo_merge(merge=merge, by=make_user())

    assert joined == {own.pk, apart.pk}
    assert dump()["members.affiliation"] == before


def test_the_home_unit_begins_and_ends_on_the_page_of_the_record(member, home, host):
    client = desk_of(home)
    record = reverse("admin:members_member_change", args=[member.pk])
    begin = reverse("admin:members_member_begin_stay", args=[member.pk])
    end = reverse("admin:members_member_end_stay", args=[member.pk])

    without = client.get(record).content.decode()
    refusal = client.post(begin, {"kind": "temporary", "unit": host.pk, "starts_on": "20/03/2026"})
    client.post(begin, {"kind": "residence", "unit": host.pk, "starts_on": "20/03/2026"})
    shown = client.get(record).content.decode()
    client.post(end, {"stay": member.affiliations.get().pk, "ends_on": "31/03/2026"})

    assert (begin in without, end in without) == (True, False)
    assert "Sinh hoạt tạm thời phải có ngày kết thúc." in refusal.content.decode()
    assert end in shown
    assert "Đoàn xã Văn Lăng" in shown
    assert spans(member) == [("residence", host.pk, TODAY, date(2026, 3, 31))]


def test_the_host_unit_names_a_member_of_elsewhere_by_code_and_name_together(member, home, host, province):
    client = desk_of(host)
    begin, listed = reverse(HOSTS.format("begin")), reverse(HOSTS.format("changelist"))
    facts = {"code": member.code, "kind": "residence", "unit": host.pk, "starts_on": "20/03/2026"}
    foreign = make_unit(parent=province, name="Kha Sơn")

    guessed = client.post(begin, facts | {"full_name": "Ma Thị Hoa"})
    elsewhere = client.post(begin, facts | {"full_name": "ma thi dao", "unit": foreign.pk})
    nobody = Affiliation.objects.exists()
    client.post(begin, facts | {"full_name": "ma thi dao"})
    stay = Affiliation.objects.get()
    rows = [list(client.get(listed).context["cl"].result_list)]
    client.post(reverse(HOSTS.format("end"), args=[stay.pk]), {"ends_on": "20/03/2026"})
    with time_machine.travel("2026-03-21T08:00:00+07:00"):
        rows.append(list(client.get(listed).context["cl"].result_list))
        rows.append(list(client.get(listed, {"tinh-trang": "da-xong"}).context["cl"].result_list))

    page = client.get(reverse(HOSTS.format("change"), args=[stay.pk])).content.decode()
    assert ("Đang sinh hoạt" in page, "running" in page) == (True, False)
    assert "Không có đoàn viên nào mang mã và họ tên này" in guessed.content.decode()
    assert "phải thuộc phạm vi của Anh/Chị" in elsewhere.content.decode()
    assert not nobody
    assert rows == [[stay], [], [stay]]
    assert client.get(reverse("admin:members_member_change", args=[member.pk])).status_code == 404


def test_a_third_unit_sees_nothing_of_it_and_a_reader_may_not_end_it(member, host, province):
    stay = make_stay(member=member, unit=host)
    third = desk_of(make_unit(parent=province, name="Kha Sơn"))
    reader = desk_of(province, role=Role.PROVINCE_LEADER)
    change, end = (reverse(HOSTS.format(name), args=[stay.pk]) for name in ("change", "end"))

    answers = [third.get(change).status_code, third.post(end).status_code]
    read = [reader.get(change).status_code, reader.post(end, {"ends_on": "20/03/2026"}).status_code]

    stay.refresh_from_db()
    assert (answers, read, stay.ends_on) == ([404, 404], [200, 403], None)


def test_the_member_reads_where_they_stay_and_who_sees_them_there(home, host):
    member = make_member(unit=home, user=make_user())
    make_stay(member=member, unit=host, kind="temporary", ends_on=date(2026, 6, 1))
    client = Client()
    client.force_login(member.user)

    page = client.get(reverse("members:my-page")).content.decode()
    [glance] = glances_at(member)

    assert "Sinh hoạt tạm thời" in page
    assert "Đoàn xã Văn Lăng, từ 20/03/2026 đến hết 01/06/2026" in page
    assert (glance.unit, glance.reason) == ("Đoàn xã Văn Lăng", "Sinh hoạt tạm thời")


@pytest.mark.postgres  # SQLite has one writer at a time
@pytest.mark.django_db(transaction=True)
def test_two_who_begin_at_the_same_moment_begin_one(member, host, province):
    third, by, told = make_unit(parent=province), make_user(), []

    def begin(unit):
        try:
            make_stay(member=member, unit=unit, by=by)
            told.append("begun")
        except StayRefused:
            told.append("refused")
        finally:
            connections.close_all()

    threads = [Thread(target=begin, args=[unit]) for unit in (host, third)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(told) == ["begun", "refused"]
    assert member.affiliations.count() == 1

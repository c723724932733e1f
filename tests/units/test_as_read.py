"""Two people have the same form open: nobody's change is lost without a word."""

from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest
import time_machine
from django.urls import reverse

from events.models import Event
from members.models import Member
from programs.models import Squad
from tests.factories.events import make_event, make_quota
from tests.factories.members import make_member
from tests.factories.programs import make_indicator, make_squad
from tests.factories.units import make_staff, make_unit, make_user
from units.roles import Role

pytestmark = pytest.mark.django_db

MORNING = datetime(2026, 3, 2, 1, 15, tzinfo=UTC)  # 08:15 in Việt Nam


@pytest.fixture
def province():
    return make_unit(name="Thái Nguyên", code="19")


@pytest.fixture
def commune(province):
    return make_unit(parent=province, name="Bình Yên")


@pytest.fixture
def two_tabs(client, commune):
    """Opens the form twice: what the second person sends first, then the first one."""
    first = make_staff(unit=commune, user=make_user(full_name="Ma Thị An"))
    second = make_staff(unit=commune, user=make_user(full_name="Ma Văn Bình"))

    def opened(row, who):
        client.force_login(who)
        return sent(client.get(address(row)))

    def run(row, *, second_types, first_types):
        read_first, read_second = opened(row, first), opened(row, second)
        saved = client.post(address(row), read_second | second_types)
        assert saved.status_code == 302, errors_of(saved)
        client.force_login(first)
        return client.post(address(row), read_first | first_types)

    return run


def address(row):
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


def sent(page):
    """What a browser would send of the form on the page, untouched."""
    read = FormReader()
    read.feed(page.content.decode())
    return read.values


class FormReader(HTMLParser):
    """Reads the values of a page's fields: inputs, pick-lists and long texts."""

    def __init__(self):
        super().__init__()
        self.values, self.select, self.text = {}, "", ""

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        name, kind = attrs.get("name", ""), attrs.get("type", "text")
        if tag == "input" and name and kind not in ("submit", "file"):
            if kind != "checkbox" or "checked" in attrs:
                self.values[name] = attrs.get("value") or ("on" if kind == "checkbox" else "")
        elif tag == "select":
            self.select = name
            self.values.setdefault(name, "")
        elif tag == "option" and "selected" in attrs:
            self.values[self.select] = attrs.get("value", "")
        elif tag == "textarea":
            self.text = name
            self.values[name] = ""

    def handle_endtag(self, tag):
        if tag == "textarea":
            self.text = ""

    def handle_data(self, data):
        if self.text:
            self.values[self.text] += data.removeprefix("\n") if not self.values[self.text] else data


def errors_of(response):
    return response.context["errors"] if response.context else []


def refusal_of(response):
    assert response.status_code == 200
    return response.context["adminform"].form.non_field_errors()


@time_machine.travel(MORNING, tick=False)
def test_the_phone_that_somebody_corrected_meanwhile_is_not_lost(two_tabs, commune):
    member = make_member(unit=commune, phone="+84912345678", email="cu@example.vn")

    answer = two_tabs(member, second_types={"phone": "0987654321"}, first_types={"email": "moi@example.vn"})

    kept = Member.objects.get(pk=member.pk)
    assert refusal_of(answer) == [
        "Ma Văn Bình vừa đổi “Số điện thoại” lúc 08:15 ngày 02/03/2026; hãy xem lại rồi lưu. "
        "Hiện nay “Số điện thoại” là 0987 654 321."
    ]
    assert answer.context["adminform"].form["email"].value() == "moi@example.vn"
    assert (kept.phone, kept.email) == ("+84987654321", "cu@example.vn")


def test_the_form_that_came_back_can_be_saved_once_it_was_looked_at(client, two_tabs, commune):
    member = make_member(unit=commune, phone="+84912345678")
    typed = {"email": "moi@example.vn"}
    answer = two_tabs(member, second_types={"phone": "0987654321"}, first_types=typed)

    saved = client.post(address(member), sent(answer) | typed | {"phone": "0987654321"})

    kept = Member.objects.get(pk=member.pk)
    assert saved.status_code == 302
    assert (kept.phone, kept.email) == ("+84987654321", "moi@example.vn")


def test_a_place_that_somebody_moved_meanwhile_stays(two_tabs, commune):
    event = make_event(host=commune, title="Lớp học", place="Hội trường xã")

    answer = two_tabs(event, second_types={"place": "Nhà văn hóa"}, first_types={"title": "Lớp học số"})

    kept = Event.objects.get(pk=event.pk)
    assert "Ma Văn Bình vừa đổi “Địa điểm” lúc" in refusal_of(answer)[0]
    assert (kept.title, kept.place) == ("Lớp học", "Nhà văn hóa")


def test_rows_below_the_event_count_as_well(two_tabs, commune):
    event = make_event(host=commune, title="Lớp học", capacity=50)
    quota = make_quota(event=event, unit=commune, seats=2)

    answer = two_tabs(event, second_types={"quotas-0-seats": "9"}, first_types={"title": "Lớp học số"})

    quota.refresh_from_db()
    assert quota.seats == 9
    assert "Ma Văn Bình vừa đổi “Phân bổ chỗ” lúc" in refusal_of(answer)[0]
    assert Event.objects.get(pk=event.pk).title == "Lớp học"


def test_a_squad_keeps_what_both_wrote(two_tabs, commune):
    squad = make_squad(unit=commune, name="Đội hình cũ", decision_no="12")

    answer = two_tabs(squad, second_types={"decision_no": "34-QĐ/ĐTN"}, first_types={"name": "Đội hình mới"})

    kept = Squad.objects.get(pk=squad.pk)
    assert "Ma Văn Bình vừa đổi “Số quyết định” lúc" in refusal_of(answer)[0]
    assert answer.context["adminform"].form["name"].value() == "Đội hình mới"
    assert (kept.name, kept.decision_no) == ("Đội hình cũ", "34-QĐ/ĐTN")


def test_one_person_with_two_tabs_is_told_so(client, province):
    indicator = make_indicator(name="Tên cũ")
    client.force_login(make_staff(unit=province, role=Role.OFFICER))
    page = address(indicator)
    earlier = sent(client.get(page))
    client.post(page, earlier | {"name": "Tên mới"})

    answer = client.post(page, earlier | {"place": "7"})

    assert refusal_of(answer)[0].startswith("Chính Anh/Chị vừa đổi “Tên chỉ tiêu” ở một trang khác lúc ")


def test_nobody_is_named_for_a_change_that_nobody_noted(client, commune):
    squad = make_squad(unit=commune, decision_no="12")
    squad.history.update(history_date=MORNING)
    client.force_login(make_staff(unit=commune))
    data = sent(client.get(address(squad)))
    Squad.objects.filter(pk=squad.pk).update(decision_no="34")

    answer = client.post(address(squad), data | {"name": "Khác"})

    assert refusal_of(answer) == [
        "Có người vừa đổi “Số quyết định”; hãy xem lại rồi lưu. Hiện nay “Số quyết định” là 34."
    ]


def test_the_mark_of_another_record_is_not_taken(client, commune):
    mine, other = make_squad(unit=commune), make_squad(unit=commune)
    client.force_login(make_staff(unit=commune))
    mark = client.get(address(other)).context["as_read"]
    data = sent(client.get(address(mine)))

    answer = client.post(address(mine), data | {"as_read": mark, "name": "Khác"})

    assert refusal_of(answer) == ["Biểu mẫu này đã cũ, chưa lưu gì. Hãy xem lại các ô rồi lưu."]


def test_a_form_nobody_else_touched_is_saved_and_only_what_changed_is_written(client, commune):
    squad = make_squad(unit=commune, name="Đội hình cũ")
    client.force_login(make_staff(unit=commune))
    data = sent(client.get(address(squad)))

    saved = client.post(address(squad), data | {"name": "Đội hình mới"})
    again = client.post(address(squad), sent(client.get(address(squad))))

    assert (saved.status_code, again.status_code) == (302, 302)
    assert list(squad.history.order_by("pk").values_list("name", flat=True)) == [
        "Đội hình cũ",
        "Đội hình mới",
    ]


def test_the_form_carries_the_mark_and_a_page_for_reading_does_not(client, province, commune):
    member = make_member(unit=commune)
    client.force_login(make_staff(unit=commune))
    edited = client.get(address(member))
    client.force_login(make_staff(unit=province, role=Role.PROVINCE_LEADER))
    read = client.get(address(member))

    mark = '<input type="hidden" name="as_read"'

    assert [page.content.decode().count(mark) for page in (edited, read)] == [1, 0]

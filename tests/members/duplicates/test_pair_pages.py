"""Staff look at pairs, say what they are, merge and part again; never beyond their branches."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.models import AuditEntry
from members.models import DuplicatePair, DuplicateScan, Member, MemberMerge
from tests.factories.duplicates import make_merge, make_pair
from tests.factories.events import make_event, make_registration
from tests.factories.members import make_member
from tests.factories.units import make_unit
from tests.members.member_admin.desk import cells_of, read_only_of_sensitive, sign_in
from units.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def province():
    return make_unit(name="Thái Nguyên")


@pytest.fixture
def commune(province):
    return make_unit(parent=province, name="Bình Yên")


@pytest.fixture
def staff(client, commune):
    return sign_in(client, commune)


@pytest.fixture
def pair(commune):
    born = {"born_on": date(2005, 9, 2), "born_precision": "day"}
    first = make_member(unit=commune, full_name="Ma Van Dai", phone="+84912345678", ethnic_group="Tày")
    second = make_member(unit=commune, full_name="Ma Văn Đại", ethnic_group="Nùng", **born)
    return make_pair(first, second, reasons=["Cùng tên"])


def pairs(name, *args):
    return reverse(f"admin:members_duplicatepair_{name}", args=args)


def merges(name, *args):
    return reverse(f"admin:members_membermerge_{name}", args=args)


def words(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def filled(client, pair, **changes):
    form = client.get(pairs("change", pair.pk)).context["form"]
    return {name: form[name].value() for name in form.fields} | changes


def asked():
    """The queries of what follows."""
    return CaptureQueriesContext(connection)


def test_the_list_holds_open_pairs_of_the_branch_the_likeliest_first(client, staff, province, commune, pair):
    likelier = make_pair(make_member(unit=commune), make_member(unit=commune), weight=90)
    make_pair(make_member(unit=commune), make_member(unit=commune), state="different")
    across = make_pair(make_member(unit=commune), make_member(unit=province, full_name="Người Nơi Khác"))

    response = client.get(pairs("changelist"))

    assert list(response.context["cl"].result_list) == [likelier, pair]
    assert "Còn 1 cặp có một hồ sơ ở đơn vị khác" in words(response)
    assert "Người Nơi Khác" not in words(response)
    assert cells_of(response)[1][:2] == ["70/100", "Ma Van Dai Chưa có ngày sinh · Đoàn xã Bình Yên"]
    assert client.get(pairs("change", across.pk)).status_code == 404


def test_the_list_is_narrowed_by_unit_and_state(client, province, commune, pair):
    sign_in(client, province, Role.OFFICER)
    there = make_unit(parent=province, name="Kha Sơn")
    other = make_pair(make_member(unit=province), make_member(unit=there))
    said = make_pair(make_member(unit=there), make_member(unit=there), state="different")

    by_unit = client.get(pairs("changelist"), {"first_member__unit__id__exact": there.pk})
    by_state = client.get(pairs("changelist"), {"tinh-trang": "different"})

    assert list(by_unit.context["cl"].result_list) == [other]
    assert list(by_state.context["cl"].result_list) == [said]


def test_the_list_asks_the_database_as_often_for_three_pairs_as_for_one(client, staff, commune, pair):
    client.get(pairs("changelist"))
    with asked() as one:
        client.get(pairs("changelist"))
    for _ in range(2):
        make_pair(make_member(unit=commune), make_member(unit=commune))
    with asked() as three:
        client.get(pairs("changelist"))

    assert len(three) == len(one)


def test_the_page_shows_both_side_by_side_with_the_better_value_chosen(client, staff, pair):
    make_registration(event=make_event(title="Tập huấn AI"), member=pair.first_member)

    response = client.get(pairs("change", pair.pk))

    chosen = {name: value for name, value in filled(client, pair).items() if name.startswith("fact_")}
    assert chosen == {
        "fact_full_name": "second",
        "fact_born": "second",
        "fact_phone": "first",
        "fact_ethnic_group": "second",
    }
    for told in (
        "0912 345 678",
        "02/09/2005",
        "Tập huấn AI: Đã có chỗ",
        "Gộp hai hồ sơ",
        "Hai người khác nhau",
    ):
        assert told in words(response)


def test_the_page_asks_the_database_as_often_however_much_hangs_on_the_records(client, staff, pair):
    client.get(pairs("change", pair.pk))
    with asked() as before:
        client.get(pairs("change", pair.pk))
    for member in (pair.first_member, pair.second_member):
        for _ in range(3):
            make_registration(event=make_event(), member=member)
    with asked() as after:
        client.get(pairs("change", pair.pk))

    assert len(after) == len(before)


def test_merging_by_the_form_and_parting_again(client, staff, pair):
    first, second = pair.first_member, pair.second_member

    response = client.post(pairs("merge", pair.pk), filled(client, pair, keep="second"))

    merge = MemberMerge.objects.get()
    assert response.url == merges("change", merge.pk)
    kept = Member.objects.get()
    assert (kept.pk, kept.full_name, kept.phone, kept.ethnic_group) == (
        second.pk,
        "Ma Văn Đại",
        "+84912345678",
        "Nùng",
    )
    assert client.get(pairs("change", pair.pk)).url == merges("change", merge.pk)
    assert f"Đã gộp hồ sơ {first.code} vào Ma Văn Đại" in words(client.get(response.url))

    response = client.post(merges("undo", merge.pk))

    assert response.url == reverse("admin:members_member_change", args=[first.pk])
    assert Member.objects.count() == 2


def test_the_second_to_press_is_told(client, staff, pair):
    form = filled(client, pair)
    client.post(pairs("merge", pair.pk), form)

    response = client.post(pairs("merge", pair.pk), form, follow=True)

    assert "Cặp này đã được quyết định lúc" in words(response)
    assert MemberMerge.objects.count() == 1


def test_an_incomplete_form_merges_nothing_and_comes_back(client, staff, pair):
    form = filled(client, pair)
    del form["fact_born"]

    response = client.post(pairs("merge", pair.pk), form)

    assert "Lựa chọn không đầy đủ" in words(response)
    assert Member.objects.count() == 2


def test_two_people_is_one_press_and_can_be_looked_at_again(client, staff, pair):
    client.post(pairs("different", pair.pk))
    pair.refresh_from_db()
    said = pair.state
    page = words(client.get(pairs("change", pair.pk)))
    assert "Đã xác nhận là hai người khác nhau" in page
    assert "Gộp hai hồ sơ" not in page
    client.post(pairs("reopen", pair.pk))
    pair.refresh_from_db()

    assert (said, pair.state) == ("different", "open")


@pytest.mark.parametrize("step", ["merge", "different", "reopen"])
def test_a_foreign_pair_does_not_exist(client, staff, step):
    foreign = make_pair(make_member(full_name="Người Xã Khác"), make_member())

    response = client.post(pairs(step, foreign.pk), {"keep": "first"})

    assert response.status_code == 404
    assert client.get(pairs(step, foreign.pk)).status_code in (404, 405)
    assert DuplicatePair.objects.get().state == "open"


@pytest.mark.parametrize("role", [Role.PROVINCE_LEADER])
def test_who_only_reads_members_sees_no_pairs(client, province, pair, role):
    sign_in(client, province, role)

    assert client.get(pairs("changelist")).status_code == 403
    assert client.post(pairs("merge", pair.pk)).status_code in (403, 404)
    assert Member.objects.count() == 2


def test_sensitive_facts_are_shown_only_to_who_may_and_that_is_noted(client, commune, pair, staff):
    seen = client.get(pairs("change", pair.pk))
    noted = AuditEntry.objects.filter(verb="sensitive.seen").count()
    read_only_of_sensitive(client, commune)
    unseen = client.get(pairs("change", pair.pk))

    assert ("Nùng" in words(seen), noted) == (True, 2)
    assert "Nùng" not in words(unseen)
    assert "cổng giữ giá trị đầy đủ hơn" in words(unseen)
    entries = AuditEntry.objects.filter(verb="sensitive.seen").order_by("pk")
    columns = [entry.detail["columns"] for entry in entries]
    assert [names for names in columns[2:] if set(names) - {"phone"}] == []
    assert {"ethnic_group"} <= {name for names in columns[:2] for name in names}


def test_parting_needs_both_units(client, province, commune):
    there = make_unit(parent=province, name="Kha Sơn")
    merge = make_merge(keep=make_member(unit=commune), other=make_member(unit=there))
    sign_in(client, commune)

    page = client.get(merges("change", merge.pk))

    assert "chỉ người phụ trách cả hai đơn vị mới tách lại được" in words(page)
    assert client.post(merges("undo", merge.pk)).status_code == 404


def test_what_blocks_the_way_back_is_listed_on_the_page(client, staff, commune):
    keep, other = make_member(unit=commune, full_name="Ma Văn Đại"), make_member(unit=commune, email="a@b.vn")
    merge = make_merge(keep=keep, other=other, chosen_fields=["email"])
    Member.objects.filter(pk=keep.pk).update(email="moi@b.vn")

    response = client.post(merges("undo", merge.pk))

    assert "Hồ sơ Ma Văn Đại đã được sửa sau khi gộp: Email." in words(response)
    assert Member.objects.count() == 1


def test_the_scan_is_asked_for_by_a_button(client, staff):
    address = reverse("admin:members_duplicatepair_scan")

    assert client.get(address).status_code == 200
    client.post(address)

    assert DuplicateScan.objects.get().asked_by == staff
    assert "Đang quét" in words(client.get(pairs("changelist")))


def test_the_member_page_leads_to_pairs_and_merges(client, staff, commune, pair):
    merge = make_merge(keep=pair.first_member, other=make_member(unit=commune))

    page = client.get(reverse("admin:members_member_change", args=[pair.first_member_id]))

    assert "Có thể trùng với Ma Văn Đại" in words(page)
    assert f"Đã gộp hồ sơ {merge.other_code}" in words(page)
    assert pairs("change", pair.pk) in page.content.decode()


def test_the_menu_leads_to_the_pairs(client, staff):
    page = words(client.get(reverse("admin:index")))

    assert "Hồ sơ có thể trùng" in page
    assert "Hồ sơ đã gộp" in page

"""What an import may do to members who exist: chosen with the file, shown, and changed on the preview."""

import pytest

from members import actions
from members.models import RosterImport
from tests.factories.imports import make_applied, make_import
from tests.factories.members import make_member
from tests.factories.units import make_unit
from tests.members.roster_admin.desk import BASIS, PHONG, Outcome, State, address, csv_file

pytestmark = pytest.mark.django_db
Policy = RosterImport.Policy
OTHER = PHONG | {"sex": "", "branch": "Xóm 3", "email": "phong@example.com"}


@pytest.fixture
def phong(commune):
    facts = {
        "born_on": "2005-09-02",
        "born_precision": "day",
        "phone": "+84912345678",
        "email": "cu@example.com",
    }
    return make_member(unit=commune, full_name="Hà Văn Phong", **facts)


def entries_of(response):
    return [
        [(one.label, one.old, one.new, one.note) for one in shown.entries]
        for shown in response.context["page"].rows
    ]


def test_the_choice_comes_with_the_file(client, commune, secretary, rung):
    form = client.get(address("add")).context["adminform"].form
    assert form["policy"].value() == Policy.OVERWRITE

    client.post(address("add"), {"file": csv_file(PHONG), "unit": commune.pk, "policy": "only_new", **BASIS})

    assert RosterImport.objects.get().policy == Policy.ONLY_NEW


def test_a_choice_nobody_offers_is_refused(client, commune, secretary, rung):
    said = {"file": csv_file(PHONG), "unit": commune.pk, "policy": "tất cả", **BASIS}

    response = client.post(address("add"), said)

    assert list(response.context["adminform"].form.errors) == ["policy"]


def test_overwriting_shows_old_and_new(client, commune, secretary, phong):
    response = client.get(address("change", make_import(OTHER, unit=commune)))

    assert entries_of(response) == [
        [
            ("Email", "cu@example.com", "phong@example.com", "Thay giá trị đang có"),
            ("Chi đoàn", "", "Xóm 3", "Bổ sung"),
        ]
    ]
    assert "Với đoàn viên đã có: <strong>Bổ sung và thay giá trị khác</strong>" in response.text


def test_filling_shows_what_is_added_and_what_stays(client, commune, secretary, phong):
    response = client.get(address("change", make_import(OTHER, unit=commune, policy=Policy.FILL)))

    assert entries_of(response) == [
        [
            ("Chi đoàn", "", "Xóm 3", "Bổ sung"),
            ("Email", "cu@example.com", "", "Giữ như đang có; file ghi: phong@example.com"),
        ]
    ]


def test_only_new_says_why_nothing_changes_and_what_the_file_says(client, province, commune, officer, phong):
    roster_import = make_import(OTHER | {"unit": "Tân Cương"}, unit=province, policy=Policy.ONLY_NEW)
    assert roster_import.outcomes[Outcome.NEEDS_DECISION] == 1  # no such unit yet
    away = make_unit(parent=province, name="Tân Cương")
    elsewhere = make_import(OTHER | {"unit": "Tân Cương"}, unit=province, policy=Policy.ONLY_NEW)

    response = client.get(address("change", elsewhere))

    assert "Đã có, không thay đổi theo lựa chọn" in response.text
    assert entries_of(response) == [
        [
            ("Email", "cu@example.com", "", "Giữ như đang có; file ghi: phong@example.com"),
            ("Chi đoàn", "", "", "Giữ như đang có; file ghi: Xóm 3"),
            ("Đơn vị", commune.title, "", f"Giữ như đang có; file ghi: {away.title}"),
        ]
    ]


def test_somebody_who_left_the_branch_is_not_shown(client, province, commune, secretary, phong):
    roster_import = make_import(OTHER, unit=commune, policy=Policy.ONLY_NEW)
    phong.unit = make_unit(parent=province)
    phong.save()

    response = client.get(address("change", roster_import))

    assert entries_of(response) == [[]]


@pytest.mark.parametrize("count", [1, 3])
def test_what_stays_takes_few_queries(
    client, province, commune, officer, django_assert_max_num_queries, count
):
    names = ["An", "Bình", "Cường"][:count]
    make_applied(*({"name": name, "phone": f"091234567{n}"} for n, name in enumerate(names)), unit=commune)
    away = make_unit(parent=province, name="Tân Cương")
    people = [
        {"name": name, "phone": f"091234567{n}", "sex": "Nữ", "unit": away.name}
        for n, name in enumerate(names)
    ]
    roster_import = make_import(*people, unit=province, policy=Policy.ONLY_NEW)
    client.get(address("change", roster_import))

    with django_assert_max_num_queries(40):
        response = client.get(address("change", roster_import))

    assert [len(entries) for entries in entries_of(response)] == [2] * count


def test_another_choice_is_one_press_on_the_preview(client, commune, secretary, phong, rung):
    roster_import = make_import(OTHER, unit=commune)
    said = {"policy": "fill", "seen": "overwrite"}

    response = client.post(address("change_policy", roster_import), said, follow=True)

    assert "Đã chọn: Chỉ bổ sung chỗ còn trống. Đang so lại từng dòng." in response.text
    assert "Chờ so lại" in response.text
    assert rung == [roster_import.pk]
    actions.work_on_import(roster_import_id=roster_import.pk)
    page = client.get(address("change", roster_import)).text
    assert "Với đoàn viên đã có: <strong>Chỉ bổ sung chỗ còn trống</strong>" in page


def test_a_second_press_is_told(client, commune, secretary, phong, rung):
    roster_import = make_import(OTHER, unit=commune)
    said = {"policy": "fill", "seen": "overwrite"}
    client.post(address("change_policy", roster_import), said)

    response = client.post(address("change_policy", roster_import), said, follow=True)

    assert "không còn chờ quyết định" in response.text
    assert rung == [roster_import.pk]


def test_once_written_the_page_says_what_was_chosen_and_offers_nothing(client, commune, secretary, phong):
    applied = make_applied(OTHER, unit=commune, by=secretary, policy=Policy.FILL)

    page = client.get(address("change", applied)).text

    assert applied.state == State.APPLIED
    assert "Với đoàn viên đã có: <strong>Chỉ bổ sung chỗ còn trống</strong>" in page
    assert "Đổi lựa chọn" not in page

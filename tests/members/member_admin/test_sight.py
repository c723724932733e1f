"""Each sensitive column has its own ability: every role, with one taken away and with one given."""

import pytest
from django.urls import reverse

from core.models import AuditEntry
from tests.factories.events import make_event, make_registration
from tests.factories.imports import make_import
from tests.factories.members import make_member
from tests.factories.units import make_staff, make_unit
from tests.members.member_admin.desk import address, cells_of, filled, listed, sheet_of, sign_in
from units.roles import ABILITIES, Can, Role

pytestmark = pytest.mark.django_db

PHONES, GROUP, RELIGION, NUMBER = Can.SEE_PHONES, Can.SEE_ETHNIC_GROUP, Can.SEE_RELIGION, Can.SEE_CITIZEN_ID
SHOWN = {PHONES: "0912 345 678", GROUP: "Sán Dìu", RELIGION: "Phật giáo", NUMBER: "••••••••6789"}
TITLES = {
    PHONES: {"Số điện thoại", "Số điện thoại khác"},
    GROUP: {"Dân tộc"},
    RELIGION: {"Tôn giáo"},
    NUMBER: {"Bốn số cuối căn cước"},
}
COLUMNS = {PHONES: "phone", GROUP: "ethnic_group", RELIGION: "religion", NUMBER: "citizen_id_last4"}
EVERY = set(SHOWN)
OF_ROLE = {
    Role.PROVINCE_ADMIN: EVERY,
    Role.PROVINCE_LEADER: set(),
    Role.OFFICER: EVERY,
    Role.SECRETARY: EVERY,
    Role.BRANCH_SECRETARY: {PHONES},
    Role.SQUAD_LEADER: set(),
    Role.DOORKEEPER: set(),
}


@pytest.fixture
def member(commune):
    return make_member(
        unit=commune, full_name="Ma Thị Đào", phone="+84912345678", ethnic_group="Sán Dìu",
        religion="Phật giáo", citizen_id_last4="6789",
    )  # fmt: skip


@pytest.fixture
def give(monkeypatch):
    """Let a role have one ability more, or one less."""

    def change(role, *, more=frozenset(), less=frozenset()):
        monkeypatch.setitem(ABILITIES, role, (ABILITIES[role] | set(more)) - set(less))

    return change


def on_page(client, member):
    """The abilities whose columns the record shows, and those that the trace of opening it names."""
    page = client.get(address("change", member.pk))
    text = page.content.decode() if page.status_code == 200 else ""
    entry = AuditEntry.objects.filter(verb="sensitive.seen").last()
    noted = set(entry.detail["columns"]) if entry else set()
    return (
        {ability for ability, words in SHOWN.items() if words in text},
        {ability for ability, column in COLUMNS.items() if column in noted},
    )


def in_file(client):
    header = set(sheet_of(client.get(address("export")))[0])
    return {ability for ability, titles in TITLES.items() if titles <= header}


def test_every_role_is_known_here():
    assert set(OF_ROLE) == set(ABILITIES)


@pytest.mark.parametrize("role", Role.values)
def test_a_role_sees_its_columns_of_a_record_and_no_others(client, commune, member, role):
    user = make_staff(unit=commune, role=role)
    make_staff(unit=make_unit(), role=Role.SECRETARY, user=user)  # opens the desk to those who have none
    client.force_login(user)

    assert on_page(client, member) == (OF_ROLE[role], OF_ROLE[role])


@pytest.mark.parametrize("ability", sorted(EVERY))
def test_without_the_ability_the_column_is_gone_and_the_others_stay(client, commune, member, give, ability):
    give(Role.SECRETARY, less={ability})
    sign_in(client, commune)

    seen = on_page(client, member)

    assert seen == (EVERY - {ability}, EVERY - {ability})
    assert in_file(client) == EVERY - {ability}
    taken = AuditEntry.objects.get(verb="sensitive.exported").detail["columns"]
    assert {one for one, column in COLUMNS.items() if column in taken} == EVERY - {ability}


@pytest.mark.parametrize("ability", sorted(EVERY))
def test_with_the_ability_the_column_is_there_and_no_other(client, province, member, give, ability):
    give(Role.PROVINCE_LEADER, more={ability})
    sign_in(client, province, Role.PROVINCE_LEADER)

    assert on_page(client, member) == ({ability}, {ability})
    assert in_file(client) == {ability}


@pytest.mark.parametrize("ability", sorted(EVERY))
def test_saving_leaves_alone_what_one_does_not_see(client, commune, member, give, ability):
    give(Role.SECRETARY, less={ability})
    sign_in(client, commune)
    blank = {"phone": "", "ethnic_group": "", "religion": ""}
    kept = {name: getattr(member, name) for name in blank}

    answer = client.post(address("change", member.pk), filled(member, position="Bí thư", **blank))

    member.refresh_from_db()
    assert answer.status_code == 302
    assert member.position == "Bí thư"
    expected = {name: kept[name] if COLUMNS[ability] == name else "" for name in blank}
    assert {name: getattr(member, name) for name in blank} == expected


def test_the_list_hides_numbers_and_finds_nobody_by_them(client, province, member):
    sign_in(client, province, Role.PROVINCE_LEADER)
    page = client.get(address("changelist"))
    [cells] = cells_of(page)
    found = [listed(client, q=text) for text in ("5678", "0912345678", "đào")]
    lacking = client.get(address("changelist"), {"thieu": "dien-thoai"})

    assert "Ẩn" in cells
    assert "5678" not in " ".join(cells)
    assert found == [[], [], ["Ma Thị Đào"]]
    assert [
        word for word in ("Thiếu số điện thoại", "tên, số điện thoại") if word in page.content.decode()
    ] == []
    assert "Tìm theo tên, mã" in page.content.decode()
    assert [one.pk for one in lacking.context["cl"].result_list] == [member.pk]


def test_numbers_are_shown_and_found_in_the_branches_where_they_are_seen(client, province, commune, member):
    other = make_member(unit=make_unit(parent=province), full_name="Ma Văn Đại", phone="+84987655678")
    user = sign_in(client, province, Role.PROVINCE_LEADER)
    make_staff(unit=commune, role=Role.SECRETARY, user=user)

    lines = [" ".join(cells) for cells in cells_of(client.get(address("changelist")))]

    [theirs] = [line for line in lines if other.full_name in line]
    [ours] = [line for line in lines if "Ma Thị Đào" in line]
    assert "0912 345 678" in ours
    assert "5678" not in theirs.replace(" ", "")
    assert listed(client, q="5678") == ["Ma Thị Đào"]


@pytest.mark.parametrize("lookup", ["phone", "phone__endswith", "phone_other__contains"])
def test_an_address_cannot_ask_for_numbers(client, commune, member, lookup):
    sign_in(client, commune)

    assert client.get(address("changelist"), {lookup: "5678"}).status_code == 400


@pytest.mark.parametrize("ability", sorted(EVERY))
def test_lists_are_opened_where_every_column_is_seen(client, commune, give, ability):
    staged = make_import({"name": "Hà Văn Phong", "born": "2005"}, unit=commune)
    names = ("change", "error_workbook")
    pages = [reverse(f"admin:members_rosterimport_{name}", args=[staged.pk]) for name in names]
    sign_in(client, commune)
    before = [client.get(page).status_code for page in pages]

    give(Role.SECRETARY, less={ability})

    assert before == [200, 200]
    assert [client.get(page).status_code for page in pages] == [404, 404]


def test_numbers_of_delegates_leave_where_those_of_the_host_are_seen(client, commune, member, give):
    make_registration(event=make_event(host=commune), member=member)
    sign_in(client, commune)
    export = reverse("admin:events_registration_export")
    seen = sheet_of(client.get(export))

    give(Role.SECRETARY, less={PHONES})
    hidden = sheet_of(client.get(export))

    assert "0912 345 678" in seen[1]
    assert "Số điện thoại" not in hidden[0]
    assert "0912 345 678" not in hidden[1]
    taken = AuditEntry.objects.filter(verb="sensitive.exported")
    assert [entry.detail["columns"] for entry in taken] == [["phone"]]

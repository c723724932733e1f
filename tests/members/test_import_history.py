"""What an import writes into members stands in their history, under the name of who applied it."""

from django.apps import apps
from django.urls import reverse

from members import actions
from members.models import Member, RosterImport, RosterRow
from tests.factories.imports import make_applied, make_import
from tests.factories.members import make_member
from tests.factories.units import make_staff, make_user
from units.roles import Role

PHONG = {"name": "Hà Văn Phong", "born": "02/09/2005", "sex": "Nam", "phone": "0912345678"}
BICH = {"name": "Hoàng Thị Bích", "born": "2004", "sex": "Nữ", "phone": "0987654321"}


def take_back(roster_import, by=None):
    actions.undo_roster(roster_import=roster_import, by=by)
    actions.work_on_import(roster_import_id=roster_import.pk)
    roster_import.refresh_from_db()


def told(member):
    """The member's history, the oldest first."""
    return [
        (past.history_type, past.history_user, past.history_change_reason, past.email, past.unit)
        for past in member.history.select_related("unit", "history_user").order_by("history_id")
    ]


def test_members_made_and_changed_by_an_import_say_so_in_their_history(province, binh_yen, kha_son):
    known = make_member(unit=kha_son, full_name="Hoàng Thị Bích", phone="+84987654321")
    before = told(known)
    officer = make_user(full_name="Ma Thị Hiền")
    lines = [
        PHONG | {"unit": "Xã Bình Yên"},
        PHONG | {"unit": "Xã Bình Yên", "email": "p@example.vn"},
        BICH | {"unit": "Xã Bình Yên", "email": "b@example.vn"},
    ]

    make_applied(*lines, unit=province, by=officer)

    reason = "nhập từ danh sách danh-sach.csv"
    assert told(Member.objects.get(full_name="Hà Văn Phong")) == [
        ("+", officer, reason, "", binh_yen),
        ("~", officer, reason, "p@example.vn", binh_yen),
    ]
    assert told(known) == [*before, ("~", officer, reason, "b@example.vn", binh_yen)]


def test_the_next_editor_is_not_blamed_for_what_the_import_set(client, binh_yen):
    member = make_member(unit=binh_yen, full_name="Hà Văn Phong", phone="+84912345678")
    officer = make_staff(unit=binh_yen, role=Role.SECRETARY, user=make_user(full_name="Ma Thị Hiền"))
    make_applied(PHONG | {"email": "p@example.vn"}, unit=binh_yen, by=officer)
    editor = make_user(full_name="Lý Văn Thành")
    actions.update_member(member=member, facts={"branch_name": "Xóm 3"}, by=editor)
    client.force_login(officer)

    page = client.get(reverse("admin:members_member_history", args=[member.pk])).text

    edited, imported = member.history.order_by("-history_id")[:2]
    assert edited.history_user == editor
    assert [change.field for change in edited.diff_against(imported).changes] == ["branch_name"]
    assert "Ma Thị Hiền, nhập từ danh sách danh-sach.csv" in page


def test_taking_back_stands_in_the_history_too(binh_yen):
    member = make_member(unit=binh_yen, full_name="Hà Văn Phong", phone="+84912345678")
    roster_import = make_applied(PHONG | {"email": "p@example.vn"}, unit=binh_yen)
    officer = make_user(full_name="Ma Thị Hiền")

    take_back(roster_import, by=officer)

    reason = "hoàn tác lần nhập danh sách danh-sach.csv"
    assert told(member)[-1] == ("~", officer, reason, "", binh_yen)
    assert roster_import.undone_by == officer


def test_a_long_file_name_fits_the_history(binh_yen):
    roster_import = make_import(PHONG, unit=binh_yen, file_name="d" * 200 + ".csv")
    actions.apply_roster(roster_import=roster_import, by=None)
    actions.work_on_import(roster_import_id=roster_import.pk)

    assert len(Member.objects.get().history.get().history_change_reason) == 100


def test_history_costs_a_query_a_chunk_not_one_a_member(binh_yen, django_assert_max_num_queries):
    people = [PHONG | {"name": f"Hà Văn A{n}", "phone": f"09123456{n:02d}"} for n in range(40)]
    roster_import = make_import(*people, unit=binh_yen)
    actions.apply_roster(roster_import=roster_import, by=None)

    with django_assert_max_num_queries(50):
        actions.work_on_import(roster_import_id=roster_import.pk)

    assert Member.history.filter(history_type="+").count() == 40


def tables_with(*words):
    """The tables of which some column holds one of the words; not the import itself, which keeps its file."""
    return {
        model.__name__
        for model in apps.get_models(include_auto_created=True)
        if model not in (RosterImport, RosterRow)
        for row in model._base_manager.values()
        if any(word in str(value) for value in row.values() for word in words)
    }


def test_undoing_leaves_nothing_of_people_who_were_not_there_before(binh_yen):
    roster_import = make_applied(
        PHONG | {"citizen": "019205001234"}, PHONG | {"email": "p@example.vn"}, unit=binh_yen
    )
    key = Member.objects.get().pk
    words = ("Hà Văn Phong", "ha van phong", "912345678", "p@example.vn")
    assert tables_with(*words) == {"Member", "HistoricalMember"}

    take_back(roster_import)

    assert tables_with(*words) == set()
    assert not Member.history.filter(id=key).exists()


def test_the_history_of_members_that_stay_stays(binh_yen):
    member = make_member(unit=binh_yen, full_name="Hoàng Thị Bích", phone="+84987654321")
    before = told(member)
    roster_import = make_applied(PHONG, BICH, unit=binh_yen)

    take_back(roster_import)

    assert told(member)[: len(before)] == before
    assert list(Member.objects.all()) == [member]

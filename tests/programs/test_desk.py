"""The staff's desk for programs: lists narrowed to the branch, rows made and changed by actions."""

from datetime import date

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from core.models import AuditEntry
from programs.models import Campaign, Club, Figure, Indicator, Program, Service, Squad, SquadActivity, Target
from tests.factories.members import make_member
from tests.factories.programs import (
    make_activity,
    make_campaign,
    make_club,
    make_club_member,
    make_figure,
    make_indicator,
    make_program,
    make_service,
    make_squad,
    make_squad_member,
    make_target,
)
from tests.factories.units import make_staff, make_unit
from units.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def province():
    return make_unit(name="Thái Nguyên")


@pytest.fixture
def officer(client, province, settings):
    settings.PORTAL_REQUIRE_MFA = False
    user = make_staff(unit=province, role=Role.OFFICER)
    client.force_login(user)
    return user


@pytest.fixture
def secretary(client, province, settings):
    """The secretary of a commune, who runs its squads and clubs."""
    settings.PORTAL_REQUIRE_MFA = False
    user = make_staff(unit=make_unit(parent=province, name="Bình Yên"))
    client.force_login(user)
    return user


def address(model, name, *args):
    return reverse(f"admin:programs_{model}_{name}", args=args)


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def formset(name, *, count=0):
    return {f"{name}-TOTAL_FORMS": count, f"{name}-INITIAL_FORMS": count}


def rows_of_everything(unit):
    """One row in every list, all of the unit."""
    program = make_program(unit=unit)
    squad = make_squad(unit=unit)
    club = make_club(unit=unit, program=program)
    make_club_member(club=club)
    make_squad_member(squad=squad)
    return {
        "program": program,
        "campaign": make_campaign(program=program),
        "target": make_target(unit=unit, program=program),
        "figure": make_figure(indicator=make_indicator(counter=""), unit=unit),
        "club": club,
        "squad": squad,
        "squadactivity": make_activity(squad=squad, helped=5),
    }


def test_every_list_and_form_opens_and_shows_the_branch_only(client, officer, province):
    ours = rows_of_everything(make_unit(parent=province))
    others = rows_of_everything(make_unit())

    for model, row in ours.items():
        page = client.get(address(model, "changelist"))
        assert (model, list(page.context["cl"].result_list)) == (model, [row])
        assert client.get(address(model, "change", row.pk)).status_code == 200
        assert client.get(address(model, "history", row.pk)).status_code == 200
        assert client.get(address(model, "change", others[model].pk)).status_code in (302, 404)


@pytest.mark.parametrize("model", ["program", "campaign", "target", "figure", "club", "squad"])
def test_every_adding_form_opens_and_says_in_vietnamese_what_is_missing(client, officer, model):
    inlines = {"program": ("campaigns", "targets"), "club": ("memberships",), "squad": ("memberships",)}
    data = {}
    for name in inlines.get(model, ()):
        data |= formset(name)

    opened = client.get(address(model, "add"))
    empty = client.post(address(model, "add"), data)

    assert (opened.status_code, empty.status_code) == (200, 200)
    errors = [error for found in empty.context["adminform"].errors.values() for error in found]
    assert errors
    assert not [error for error in errors if "required" in error or "This" in error]


@pytest.mark.parametrize("count", [1, 4])
@pytest.mark.parametrize(
    "model", ["program", "campaign", "target", "figure", "club", "squad", "squadactivity"]
)
def test_lists_ask_the_same_few_questions_however_long(
    client, officer, province, django_assert_max_num_queries, model, count
):
    for _ in range(count):
        rows_of_everything(make_unit(parent=province))

    with django_assert_max_num_queries(18):
        page = client.get(address(model, "changelist"))

    assert len(page.context["cl"].result_list) == count


@pytest.mark.parametrize(
    "model",
    ["program", "campaign", "target", "figure", "club", "squad", "squadactivity", "indicator", "service"],
)
def test_every_list_is_exported(client, officer, province, model):
    rows_of_everything(make_unit(parent=province))
    make_service()

    answer = client.get(address(model, "export"))

    assert answer.status_code == 200
    assert "spreadsheet" in answer["Content-Type"]
    assert AuditEntry.objects.filter(verb="list.exported").count() == 1


def test_a_program_is_made_by_its_action_and_gets_an_address(client, officer, province):
    data = {
        "kind": "movement",
        "unit": province.pk,
        "name": "Bình dân học vụ số",
        "slug": "",
        "summary": "Mỗi đoàn viên là một giáo viên số.",
        "starts_on": "26/03/2025",
        "is_published": "on",
        **formset("campaigns"),
        **formset("targets"),
    }

    response = client.post(address("program", "add"), data)

    assert response.status_code == 302
    program = Program.objects.get()
    assert (program.slug, program.starts_on) == ("binh-dan-hoc-vu-so", date(2025, 3, 26))
    assert AuditEntry.objects.get(verb="program.created").target_id == str(program.pk)


def test_a_refused_change_comes_back_with_the_reason_and_all_that_was_typed(client, officer, province):
    program = make_program(unit=province, ends_on=date(2026, 12, 31))
    campaign = make_campaign(program=program)
    data = {
        "program": program.pk,
        "parent": "",
        "name": "Tháng Thanh niên dài hơn",
        "starts_on": "28/02/2026",
        "ends_on": "31/03/2027",
    }

    response = client.post(address("campaign", "change", campaign.pk), data)

    assert response.status_code == 200
    assert "kết thúc trước ngày kết thúc chiến dịch" in response.content.decode()
    assert "Tháng Thanh niên dài hơn" in response.content.decode()
    assert Campaign.objects.get() == campaign
    assert Campaign.objects.get().ends_on == date(2026, 3, 31)


def test_a_target_is_changed_and_split_by_its_actions(client, officer, province):
    communes = [make_unit(parent=province) for _ in range(2)]
    target = make_target(unit=province, value=101)

    changed = client.post(address("target", "change", target.pk), {"value": 201})
    split = client.post(address("target", "split", target.pk), {"to": "communes"})

    assert (changed.status_code, split.status_code) == (302, 302)
    assert said(split)[-1] == "Đã giao cho 2 đơn vị."
    assert [Target.objects.get(unit=unit).value for unit in communes] == [101, 100]
    assert set(AuditEntry.objects.values_list("verb", flat=True)) >= {"target.changed", "target.split"}


def test_a_figure_is_declared_and_corrected_by_its_action(client, officer, province):
    indicator = make_indicator(counter="")
    data = {"indicator": indicator.pk, "unit": province.pk, "day": "01/03/2026", "value": "7", "note": ""}

    added = client.post(address("figure", "add"), data)
    figure = Figure.objects.get()
    corrected = client.post(address("figure", "change", figure.pk), {"value": "9", "note": "Đếm lại"})

    assert (added.status_code, corrected.status_code) == (302, 302)
    figure.refresh_from_db()
    assert (figure.value, figure.note, figure.declared_by) == (9, "Đếm lại", officer)
    assert AuditEntry.objects.filter(verb="figure.declared").count() == 2


def test_automatic_indicators_are_not_offered_for_declaring(client, officer):
    declared, automatic = make_indicator(counter=""), make_indicator()

    form = client.get(address("figure", "add")).context["adminform"].form

    assert list(form.fields["indicator"].queryset) == [declared]
    assert automatic not in form.fields["indicator"].queryset


def test_how_an_indicator_is_counted_stays(client, officer):
    indicator = make_indicator()

    response = client.post(
        address("indicator", "change", indicator.pk), {"name": "Tên mới", "place": 3, "measure": "người"}
    )

    assert response.status_code == 302
    indicator.refresh_from_db()
    assert (indicator.name, indicator.place, indicator.measure) == ("Tên mới", 3, "lượt")


def test_an_indicator_that_contradicts_itself_is_refused(client, officer):
    data = {
        "code": "x",
        "name": "X",
        "measure": "lượt",
        "aggregation": "sum",
        "source": "automatic",
        "counter": "",
        "place": 1,
    }

    response = client.post(address("indicator", "add"), data)

    assert "Chỉ tiêu tự đếm phải chọn đếm từ đâu" in response.content.decode()
    assert Indicator.objects.count() == 0


def test_a_service_is_added(client, officer):
    response = client.post(address("service", "add"), {"name": "Chữ ký số", "place": 2, "is_active": "on"})

    assert response.status_code == 302
    assert Service.objects.get().name == "Chữ ký số"


def test_a_member_joins_and_leaves_a_club(client, secretary):
    unit = secretary.role_assignments.get().unit
    club, member = make_club(unit=unit), make_member(unit=unit)
    joining = {"member": member.code.lower(), "starts_on": "01/02/2025", "sector": "student", "role": "chair"}

    joined = client.post(address("club", "add_member", club.pk), joining)
    stay = club.memberships.get()
    left = client.post(
        address("club", "end_member", club.pk), {"membership": stay.pk, "ends_on": "01/03/2025"}
    )

    assert (joined.status_code, left.status_code) == (302, 302)
    stay.refresh_from_db()
    assert (stay.member, stay.role, stay.ends_on) == (member, "chair", date(2025, 3, 1))


def test_nobody_of_another_branch_joins_a_squad(client, secretary):
    squad = make_squad(unit=secretary.role_assignments.get().unit)
    data = {"member": make_member().code, "starts_on": "01/02/2025", "role": "member"}

    response = client.post(address("squad", "add_member", squad.pk), data)

    assert "Không có đoàn viên mang mã này" in response.content.decode()
    assert squad.memberships.count() == 0


def test_a_squad_is_founded_joined_and_disbanded(client, secretary):
    unit = secretary.role_assignments.get().unit
    member = make_member(unit=unit)
    facts = {
        "name": "Đội hình xã Bình Yên",
        "unit": unit.pk,
        "level": "commune",
        "kind": "mobile",
        "founded_on": "01/01/2025",
        **formset("memberships"),
    }

    founded = client.post(address("squad", "add"), facts)
    squad = Squad.objects.get()
    client.post(
        address("squad", "add_member", squad.pk),
        {"member": member.code, "starts_on": "02/01/2025", "role": "leader", "is_core": "on"},
    )
    ended = client.post(address("squad", "disband", squad.pk), {"ends_on": "01/02/2025"})

    assert (founded.status_code, ended.status_code) == (302, 302)
    squad.refresh_from_db()
    stay = squad.memberships.get()
    assert (squad.ended_on, stay.is_core, stay.ends_on) == (date(2025, 2, 1), True, date(2025, 2, 1))
    assert client.post(address("squad", "disband", squad.pk), {"ends_on": "01/02/2025"}).status_code == 403


def test_an_activity_is_taken_back_with_its_reason_and_never_edited_here(client, secretary):
    activity = make_activity(squad=make_squad(unit=secretary.role_assignments.get().unit), helped=5)

    nameless = client.post(address("squadactivity", "withdraw", activity.pk), {"reason": ""})
    client.post(address("squadactivity", "withdraw", activity.pk), {"reason": "Ghi nhầm ngày"})
    edited = client.post(address("squadactivity", "change", activity.pk), {"title": "Khác"})

    assert "Chưa ghi lý do" in nameless.content.decode()
    activity.refresh_from_db()
    assert (activity.withdraw_reason, activity.title) == (
        "Ghi nhầm ngày",
        "Hỗ trợ người dân tại nhà văn hóa",
    )
    assert edited.status_code == 403


def test_what_is_outside_the_branch_cannot_be_touched(client, secretary):
    club, squad = make_club(), make_squad()
    activity = make_activity(squad=squad)

    answers = [
        client.post(address("club", "add_member", club.pk), {}).status_code,
        client.post(address("squad", "disband", squad.pk), {"ends_on": "01/02/2026"}).status_code,
        client.post(address("squadactivity", "withdraw", activity.pk), {"reason": "x"}).status_code,
        client.get(address("program", "changelist")).status_code,
    ]

    assert set(answers) <= {403, 404}
    assert SquadActivity.objects.standing().count() == 1
    assert Club.objects.get().memberships.count() == 0

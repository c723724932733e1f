"""A member moves to another commune: asked on the own page, let go, taken in, seen at each step."""

import pytest
from django.test import Client
from django.urls import reverse

from members.models import Transfer
from tests.factories.members import make_member
from tests.factories.units import make_staff, make_unit, make_user
from units.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def province():
    return make_unit(name="Thái Nguyên")


@pytest.fixture
def old(province):
    return make_unit(parent=province, name="Bình Yên")


@pytest.fixture
def new(province):
    return make_unit(parent=province, name="Văn Lăng")


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def step(client, transfer, name, **data):
    return client.post(reverse(f"members:transfer-{name}", args=[transfer.pk]), data, follow=True)


def names_on(client):
    board = client.get(reverse("members:transfer-list")).context["board"]
    groups = {"arriving": board.arriving, "leaving": board.leaving, "waiting": board.waiting}
    return {name: [row.member.full_name for row in rows] for name, rows in groups.items() if rows}


def test_a_member_asks_the_old_unit_lets_go_the_new_one_takes_in(province, old, new):
    member = make_member(unit=old, full_name="Ma Thị Đào", user=make_user())
    branch = make_unit(parent=new, kind="branch", name="Chi đoàn xóm 1")
    own = signed_in(member.user)
    lets_go, takes_in = signed_in(make_staff(unit=old)), signed_in(make_staff(unit=new))
    above = signed_in(make_staff(unit=province, role=Role.OFFICER))
    stranger = signed_in(make_staff(unit=make_unit(parent=province)))

    own.post(reverse("members:own-transfer"), {"to_unit": new.pk, "reason": "Chuyển nhà."})
    transfer = Transfer.objects.get()
    asked = [names_on(client) for client in (lets_go, takes_in, stranger)]
    early = step(takes_in, transfer, "accept").status_code
    step(lets_go, transfer, "release")
    in_transit = [names_on(client) for client in (lets_go, takes_in, above)]
    step(takes_in, transfer, "accept", branch=branch.pk)
    late = step(lets_go, transfer, "cancel", answer="Nhầm.")

    member.refresh_from_db()
    assert asked == [{"leaving": ["Ma Thị Đào"]}, {"waiting": ["Ma Thị Đào"]}, {}]
    assert early == 404
    assert in_transit == [
        {"waiting": ["Ma Thị Đào"]},
        {"arriving": ["Ma Thị Đào"]},
        {"arriving": ["Ma Thị Đào"]},
    ]
    assert "Đề nghị chuyển này hiện là: đã chuyển" in late.content.decode()
    assert member.unit == branch
    assert "Đã chuyển" in own.get(reverse("members:own-transfer")).content.decode()


def test_the_new_unit_names_somebody_it_cannot_see_by_code_and_name_together(old, new):
    member = make_member(unit=old, full_name="Ma Thị Đào")
    takes_in = signed_in(make_staff(unit=new))
    asked = {"to_unit": new.pk, "reason": "Về làm việc tại xã."}
    address = reverse("members:transfer-ask")

    guessed = takes_in.post(address, {**asked, "code": member.code, "full_name": "Nguyễn Văn An"})
    unknown = takes_in.post(address, {**asked, "code": "DVZZZZZZZZ", "full_name": "Ma Thị Đào"})
    right = takes_in.post(address, {**asked, "code": member.code.lower(), "full_name": "ma thi dao"})

    transfer = Transfer.objects.get()
    assert guessed.context["form"].errors == unknown.context["form"].errors
    assert "Không có đoàn viên nào mang mã và họ tên này" in str(guessed.context["form"].errors)
    assert right.status_code == 302
    assert transfer.state == Transfer.State.ASKED
    assert "sinh " not in takes_in.get(transfer.get_absolute_url()).content.decode().split("mã ")[1][:30]


def test_a_move_between_others_does_not_exist_and_nothing_changes_on_get(old, new, province):
    member = make_member(unit=old)
    lets_go = signed_in(make_staff(unit=old))
    lets_go.post(
        reverse("members:transfer-ask"),
        {"code": member.code, "full_name": member.full_name, "to_unit": new.pk, "reason": "Chuyển nhà."},
    )
    transfer = Transfer.objects.get()
    stranger = signed_in(make_staff(unit=make_unit(parent=province)))

    seen = stranger.get(transfer.get_absolute_url()).status_code
    refused = [step(stranger, transfer, name).status_code for name in ("release", "accept", "refuse")]
    by_get = lets_go.get(reverse("members:transfer-cancel", args=[transfer.pk])).status_code
    silent = step(lets_go, transfer, "cancel")

    transfer.refresh_from_db()
    assert (seen, refused, by_get) == (404, [404, 404, 404], 405)
    assert silent.status_code == 422
    assert transfer.state == Transfer.State.RELEASED


def test_the_board_asks_the_same_few_questions_however_many_move(old, new, django_assert_num_queries):
    client = signed_in(make_staff(unit=old))
    board = reverse("members:transfer-list")

    def move(count):
        for _ in range(count):
            member = make_member(unit=old)
            facts = {"code": member.code, "full_name": member.full_name}
            client.post(
                reverse("members:transfer-ask"), {**facts, "to_unit": new.pk, "reason": "Chuyển nhà."}
            )
        client.get(board)

    move(1)
    with django_assert_num_queries(9):
        client.get(board)
    move(2)

    with django_assert_num_queries(9):
        client.get(board)

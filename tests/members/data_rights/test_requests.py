"""What people ask about their data: the clocks of the law, answers, one extension, and what is done."""

from datetime import date

import pytest
import time_machine
from django.utils import timezone

from core.models import AuditEntry, OfficeDay
from members import actions
from members.models import DataRequest, Member
from members.rules.requests import clock_words
from notifications.models import Message
from tests.factories.data_rights import make_accepted, make_request
from tests.factories.members import make_member
from tests.factories.units import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def tet():
    OfficeDay.objects.all().delete()
    OfficeDay.objects.bulk_create(
        [OfficeDay(day=date(2026, 2, day), name="Tết Nguyên đán") for day in range(16, 21)]
    )


@pytest.mark.parametrize(
    ("kind", "due"),
    [
        ("access", date(2026, 2, 23)),
        ("correct", date(2026, 2, 23)),
        ("withdraw", date(2026, 2, 28)),
        ("restrict", date(2026, 2, 28)),
        ("delete", date(2026, 3, 5)),
    ],
)
@time_machine.travel("2026-02-13T05:00:00Z", tick=False)
def test_over_tet_the_answer_waits_for_working_days_and_the_rest_runs_on(tet, kind, due):
    request = make_request(kind=kind)

    assert (request.received_on, request.answer_due_on, request.due_on) == (
        date(2026, 2, 13),
        date(2026, 2, 24),
        due,
    )


@time_machine.travel("2026-02-13T05:00:00Z", tick=False)
def test_a_letter_runs_from_the_day_it_came_in(tet):
    request = make_request(channel="paper", received_on=date(2026, 2, 11))

    assert (request.answer_due_on, request.due_on) == (date(2026, 2, 13), date(2026, 2, 21))


def test_the_clock_says_how_much_is_left(tet):
    with time_machine.travel("2026-02-13T05:00:00Z", tick=False):
        request = make_request()
    words = [clock_words(request, on=date(2026, 2, day)) for day in (13, 23, 24, 26)]
    with time_machine.travel("2026-02-24T05:00:00Z", tick=False):
        accepted = actions.accept_request(asked=request, answer="Sẽ sửa.", by=make_user())

    assert words == [
        ("time", "Còn 11 ngày để trả lời"),
        ("soon", "Còn 1 ngày để trả lời"),
        ("today", "Hôm nay là hạn trả lời"),
        ("late", "Quá hạn trả lời 2 ngày"),
    ]
    assert clock_words(accepted, on=date(2026, 2, 24)) == ("late", "Quá hạn thực hiện 1 ngày")


def test_the_member_is_told_at_every_step():
    member = make_member(email="dai@example.vn")
    request = make_accepted(member=member)
    request = actions.extend_request(asked=request, reason="Chờ giấy khai sinh.", by=make_user())
    actions.carry_out_request(asked=request, by=make_user())

    told = Message.objects.filter(address="dai@example.vn").order_by("pk")
    assert [message.subject for message in told] == [
        "Đã nhận đề nghị: sửa dữ liệu",
        "Trả lời đề nghị: sửa dữ liệu",
        "Gia hạn đề nghị: sửa dữ liệu",
        "Đã thực hiện đề nghị: sửa dữ liệu",
    ]
    assert "Lý do: Chờ giấy khai sinh." in told[2].body
    assert list(AuditEntry.objects.order_by("pk").values_list("verb", flat=True)) == [
        "data_request.received",
        "data_request.accepted",
        "data_request.extended",
        "data_request.done",
    ]


def test_a_term_is_put_off_once_and_only_before_it_ends():
    late = make_accepted()
    DataRequest.objects.filter(pk=late.pk).update(due_on=date(2020, 1, 1))
    request = make_accepted()
    due = request.due_on
    request = actions.extend_request(asked=request, reason="Chờ.", by=make_user())

    with pytest.raises(actions.DataRequestRefused, match="đã gia hạn một lần"):
        actions.extend_request(asked=request, reason="Chờ.", by=make_user())
    with pytest.raises(actions.DataRequestRefused, match="Đã quá hạn thực hiện"):
        actions.extend_request(asked=late, reason="Chờ.", by=make_user())
    assert (request.due_on - due).days == 10


def test_the_same_is_not_asked_twice_and_can_be_asked_again_later():
    member = make_member()
    first = make_request(member=member)
    with pytest.raises(actions.DataRequestRefused, match="Đã có đề nghị này"):
        make_request(member=member)
    actions.take_back_request(asked=first, by=make_user())

    again = make_request(member=member)

    assert again.pk != first.pk
    assert member.data_requests.open().get() == again


def test_an_answer_is_given_once():
    request = make_request()
    actions.refuse_request(asked=request, answer="Không phải hồ sơ của đồng chí.", by=make_user())

    for act in (actions.accept_request, actions.refuse_request):
        with pytest.raises(actions.DataRequestRefused, match="Không chấp nhận"):
            act(asked=request, answer="Lần nữa.", by=make_user())
    with pytest.raises(actions.DataRequestRefused, match="Không chấp nhận"):
        actions.carry_out_request(asked=request, by=make_user())
    request.refresh_from_db()
    assert (request.answer, request.closed_at is None) == ("Không phải hồ sơ của đồng chí.", False)


def test_taking_back_everything_ends_every_agreement():
    member = make_member()
    actions.give_consents(member=member, purposes=["activities", "messages"], channel="giấy", by=None)
    request = make_accepted(member=member, kind="withdraw")

    actions.carry_out_request(asked=request, by=make_user())

    assert not member.consents.in_force().exists()
    assert member.consents.count() == 2


def test_restricted_data_stay_until_the_restriction_is_lifted():
    member = make_member()
    request = make_accepted(member=member, kind="restrict")

    actions.carry_out_request(asked=request, by=make_user())
    restricted = Member.objects.get(pk=member.pk).restricted_at
    actions.lift_restriction(member=member, by=make_user())

    assert restricted is not None
    assert restricted <= timezone.now()
    assert Member.objects.get(pk=member.pk).restricted_at is None
    with pytest.raises(actions.DataRequestRefused, match="không bị hạn chế"):
        actions.lift_restriction(member=member, by=make_user())

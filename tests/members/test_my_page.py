import json
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from events.models import Registration, TrainingRecord
from members import actions
from members.forms.claiming import CONSENT_HINTS
from tests.factories.events import make_event
from tests.factories.members import make_member
from tests.factories.units import make_user

pytestmark = pytest.mark.django_db
MY_PAGE = reverse("members:my-page")


def make_own_record(client, **facts):
    user = make_user()
    client.force_login(user)
    return make_member(user=user, **facts)


def seat(member, event, turn=1, state=Registration.State.SEATED):
    now = timezone.now()
    return Registration.objects.create(
        event=event, member=member, state=state, turn=turn, registered_at=now, seated_at=now
    )


def make_coming_event(**facts):
    now = timezone.now()
    return make_event(starts_at=now + timedelta(days=2), ends_at=now + timedelta(days=2, hours=3), **facts)


def make_training_record(member, event):
    return TrainingRecord.objects.create(
        member=member,
        event=event,
        unit=member.unit,
        title=event.title,
        held_on=date(2026, 11, 1),
        session_count=2,
        attended_count=2,
        result=TrainingRecord.Result.COMPLETED,
        recorded_at=timezone.now(),
    )


def test_page_shows_what_is_coming_and_not_what_was_cancelled(client):
    member = make_own_record(client)
    coming = seat(member, make_coming_event())
    seat(member, make_coming_event(), state=Registration.State.CANCELLED)
    seat(make_member(), make_coming_event())

    response = client.get(MY_PAGE)

    assert response.context["coming"] == [coming]
    assert response.context["next_seat"] == coming


def test_page_without_a_seat_leads_to_the_open_trainings(client):
    make_own_record(client)

    response = client.get(MY_PAGE)

    assert f'button-main" href="{reverse("events:event-list")}"' in response.text
    assert "Chưa đăng ký lớp nào sắp tới" in response.text


def test_page_asks_the_database_the_same_for_one_and_three_trainings(
    client, django_assert_num_queries, django_assert_max_num_queries
):
    member = make_own_record(client)
    event = make_coming_event()
    seat(member, event)
    make_training_record(member, event)
    client.get(MY_PAGE)
    with django_assert_max_num_queries(20) as one:
        client.get(MY_PAGE)
    for _ in range(2):
        event = make_coming_event()
        seat(member, event)
        make_training_record(member, event)

    with django_assert_num_queries(len(one)):
        client.get(MY_PAGE)


def test_page_offers_to_agree_and_to_withdraw(client):
    member = make_own_record(client)
    actions.give_consents(member=member, purposes=["messages"], channel="giấy", by=member.user)

    response = client.get(MY_PAGE)

    lines = [(line.purpose, line.consent is not None) for line in response.context["purposes"]]
    assert lines == [
        ("activities", False),
        ("sensitive", False),
        ("publicity", False),
        ("messages", True),
    ]
    assert response.text.count(f'action="{reverse("members:consent-withdraw")}"') == 1
    assert CONSENT_HINTS["messages"] in response.text


def test_data_page_shows_every_table_that_has_something(client):
    member = make_own_record(client, full_name="Ma Thị Pàng", ethnic_group="Tày")
    seat(member, make_coming_event(title="Lớp kỹ năng số"))

    response = client.get(reverse("members:own-data"))

    titles = [table.title for table in response.context["tables"]]
    assert titles == [
        "Hồ sơ đoàn viên",
        "Các lần hồ sơ thay đổi",
        "Đăng ký sự kiện",
        "Tài khoản",
    ]
    assert "Lớp kỹ năng số" in response.text


def test_downloaded_data_is_one_json_file_with_the_same_tables(client):
    make_own_record(client, full_name="Ma Thị Pàng", born_on=date(2004, 1, 1), born_precision="year")

    response = client.get(reverse("members:own-data-file"))

    data = json.loads(response.content)["dữ liệu"]
    assert response["Content-Disposition"] == 'attachment; filename="du-lieu-cua-toi.json"'
    assert list(data) == ["Hồ sơ đoàn viên", "Các lần hồ sơ thay đổi", "Tài khoản"]
    [record] = data["Hồ sơ đoàn viên"]
    assert (record["họ và tên"], record["ngày sinh"]) == ("Ma Thị Pàng", "2004")


def test_data_of_others_stays_theirs(client):
    make_own_record(client, full_name="Ma Thị Pàng")
    make_member(user=make_user(), full_name="Lý Văn Bí Mật")

    response = client.get(reverse("members:own-data-file"))

    assert "Bí Mật" not in response.content.decode()


def test_privacy_notice_is_public(client):
    response = client.get(reverse("privacy"))

    assert response.status_code == 200
    assert "Luật Bảo vệ dữ liệu cá nhân số 91/2025/QH15" in response.text

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from events import actions, queries
from events.models import Event, EventPart, Registration, Venue
from tests.factories.events import make_event, make_quota, make_registration, make_session
from tests.factories.members import make_member
from tests.factories.units import make_unit, make_user

pytestmark = pytest.mark.django_db
VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def moment(day, hour, minute=0):
    return datetime(2026, 3, day, hour, minute, tzinfo=VIETNAM)


def sign_in(client, **facts):
    member = make_member(user=make_user(), **facts)
    client.force_login(member.user)
    return member


def text_of(response):
    return " ".join(response.content.decode().split())


def test_the_list_shows_what_is_open_soonest_first(client):
    later, sooner = make_event(), make_event(starts_at=timezone.now() + timedelta(days=5))
    make_event(published=False)
    make_event(cancelled_at=timezone.now())
    make_event(opens_at=timezone.now() + timedelta(days=1))

    response = client.get(reverse("events:event-list"))

    assert response.context["events"] == [sooner, later]


@pytest.mark.parametrize(("when", "titles"), [("coming", ["Sắp mở", "Đã đóng"]), ("past", ["Mới", "Cũ"])])
@time_machine.travel(moment(20, 9), tick=False)
def test_the_other_lists(client, when, titles):
    make_event(title="Đang mở", starts_at=moment(27, 8))
    make_event(title="Sắp mở", starts_at=moment(27, 8), opens_at=moment(21, 8))
    make_event(title="Đã đóng", starts_at=moment(28, 8), closes_at=moment(20, 8))
    make_event(title="Cũ", starts_at=moment(2, 8))
    make_event(title="Mới", starts_at=moment(3, 8))

    response = client.get(reverse("events:event-list"), {"when": when})

    assert [event.title for event in response.context["events"]] == titles


def test_the_list_keeps_to_a_kind_and_to_its_address(client):
    forum = make_event(kind=Event.Kind.FORUM)
    make_event()

    response = client.get(reverse("events:event-list"), {"kind": "forum", "when": "nonsense"})

    assert response.context["events"] == [forum]
    assert 'href="?when=past&amp;kind=forum"' in text_of(response)


def test_a_long_list_is_turned_page_by_page_and_back(client):
    host, starts_at = make_unit(), timezone.now() + timedelta(days=5)
    events = [make_event(host=host, starts_at=starts_at) for _ in range(45)]

    pages, url = [], reverse("events:event-list")
    while url:
        response = client.get(url)
        pages.append(response.context["events"])
        url = (
            response.context["forward_url"] and reverse("events:event-list") + response.context["forward_url"]
        )
    back = client.get(reverse("events:event-list") + response.context["back_url"])

    assert pages == [events[:20], events[20:40], events[40:]]
    assert back.context["events"] == events[20:40]
    assert client.get(reverse("events:event-list") + back.context["back_url"]).context["back_url"] == ""


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_few_questions_however_long(client, django_assert_num_queries, count):
    for _ in range(count):
        make_registration(event=make_event())

    with django_assert_num_queries(3):
        client.get(reverse("events:event-list"))


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_the_same_few_questions_however_full(client, django_assert_num_queries, count):
    member = sign_in(client)
    event = make_event(capacity=5)
    make_quota(event=event, unit=member.unit)
    for number in range(count):
        make_registration(event=event)
        EventPart.objects.create(event=event, kind=event.kind, title=f"Phần {number}")
        make_session(event=event, title=f"Buổi {number}")

    with django_assert_num_queries(10):  # two for the session, one for the roles in the menu
        client.get(event.get_absolute_url())


@time_machine.travel(moment(20, 9), tick=False)
def test_the_page_puts_the_facts_first(client):
    event = make_event(
        title="Kỹ năng ứng dụng công nghệ số và AI",
        host=make_unit(name="Thái Nguyên"),
        starts_at=moment(27, 8),
        doors_at=moment(27, 7, 30),
        closes_at=moment(24, 17),
        mode=Event.Mode.HYBRID,
    )
    Venue.objects.create(event=event, unit=make_unit(), place="Nhà văn hóa")
    EventPart.objects.create(event=event, kind=event.kind, title="Công cụ AI", starts_at=moment(27, 8))

    response = client.get(event.get_absolute_url())

    page = text_of(response)
    facts = [
        "Tập huấn · Tỉnh Đoàn Thái Nguyên tổ chức",
        "Thứ Sáu, 27/3/2026",
        "8:00 – 11:30, đón tiếp từ 7:30",
        "Hội trường Tỉnh Đoàn",
        "Có 1 điểm cầu tại xã, phường",
        "Hạn đăng ký: 17:00 thứ Ba, 24/3</strong>",
        "Còn 4 ngày",
        "Còn <strong>50 trong 50 chỗ</strong>",
        "Nếu hết chỗ",
        "Công cụ AI",
        "Đăng nhập để đăng ký",
    ]
    places = [page.find(fact) for fact in facts]
    assert -1 not in places
    assert places == sorted(places)


@pytest.mark.parametrize("facts", [{"published": False}])
def test_a_draft_does_not_exist_for_the_public(client, facts):
    response = client.get(make_event(**facts).get_absolute_url())

    assert response.status_code == 404


def test_a_visitor_is_sent_to_sign_in_and_comes_back(client):
    event = make_event()

    page = text_of(client.get(event.get_absolute_url()))
    post = client.post(reverse("events:registration-create", args=[event.pk]))

    assert f'href="{reverse("account_login")}?next=/su-kien/{event.pk}/"' in page
    assert post.url == f"{reverse('account_login')}?next=/su-kien/{event.pk}/dang-ky/"


def test_after_signing_in_on_the_way_the_page_asks_again(client):
    event = make_event()
    sign_in(client)

    response = client.get(reverse("events:registration-create", args=[event.pk]))

    assert response.url == event.get_absolute_url()
    assert not Registration.objects.exists()


def test_an_account_without_a_record_is_led_to_claim_it(client):
    event = make_event()
    client.force_login(make_user())

    page = text_of(client.get(event.get_absolute_url()))

    assert f'href="{reverse("members:claim")}?next=/su-kien/{event.pk}/"' in page


def test_a_member_sees_the_seats_of_their_unit_and_registers(client):
    unit = make_unit(parent=make_unit(), name="Bình Yên")
    member = sign_in(client, unit=make_unit(parent=unit), full_name="Nguyễn Thị Hường")
    event = make_event()
    quota = make_quota(event=event, unit=unit)
    make_registration(event=event, quota=quota)

    page = text_of(client.get(event.get_absolute_url()))
    response = client.post(reverse("events:registration-create", args=[event.pk]), follow=True)

    assert "Chỗ của Đoàn xã Bình Yên" in page
    assert '<li class="is-taken"></li> <li></li>' in page.replace("</li><li", "</li> <li")
    assert "Còn <strong>1 trong 2 chỗ</strong>" in page
    assert "Đăng ký với tên <strong>Nguyễn Thị Hường</strong>" in page
    registration = Registration.objects.get(member=member)
    assert response.redirect_chain == [(event.get_absolute_url(), 302)]
    after = text_of(response)
    assert "Đã giữ chỗ cho bạn. Vé đã sẵn sàng trên trang này." in after
    assert f'href="{registration.ticket.get_absolute_url()}"' in after
    assert reverse("events:registration-create", args=[event.pk]) not in after


def test_pressing_twice_is_registering_once(client):
    sign_in(client)
    url = reverse("events:registration-create", args=[make_event().pk])
    client.post(url)

    response = client.post(url, follow=True)

    assert Registration.objects.count() == 1
    assert "Đã giữ chỗ cho bạn." in text_of(response)


def test_a_full_unit_is_told_so_with_the_place_before_anybody_commits(client):
    unit = make_unit(parent=make_unit(), name="Bình Yên")
    sign_in(client, unit=unit)
    event = make_event()
    quota = make_quota(event=event, unit=unit, seats=1)
    make_registration(event=event, quota=quota)
    for _ in range(2):
        make_registration(event=event, quota=quota, state=Registration.State.WAITING)

    page = text_of(client.get(event.get_absolute_url()))
    after = text_of(client.post(reverse("events:registration-create", args=[event.pk]), follow=True))

    assert "Đơn vị của bạn đã đủ chỗ" in page
    assert "Đoàn xã Bình Yên đã đăng ký đủ <strong>1/1 đại biểu</strong>." in page
    assert "Vào danh sách chờ lúc này, bạn đứng <strong>thứ 3</strong>." in page
    assert "Danh sách chờ hoạt động thế nào" in page
    assert "Vào danh sách chờ</button>" in page
    assert "Bạn đứng thứ 3 trong danh sách chờ." in after


def test_a_unit_without_a_share_is_told_clearly(client):
    unit = make_unit(parent=make_unit(), name="Bình Yên")
    sign_in(client, unit=unit)
    shared_out, partly = make_event(capacity=2), make_event(capacity=3)
    make_quota(event=shared_out, unit=make_unit())
    make_quota(event=partly, unit=make_unit())

    without, common = (text_of(client.get(event.get_absolute_url())) for event in (shared_out, partly))

    assert "Đoàn xã Bình Yên chưa được phân bổ chỗ và sự kiện không có chỗ chung." in without
    assert "Đăng ký</button>" not in without
    assert "Đoàn xã Bình Yên không có phần chỗ riêng nên dùng chỗ chung." in common
    assert "Còn <strong>1 trong 1 chỗ</strong>" in common


def test_what_the_page_did_not_allow_the_post_does_not_allow_either(client):
    sign_in(client)
    event = make_event(closes_at=timezone.now() - timedelta(hours=1))

    response = client.post(reverse("events:registration-create", args=[event.pk]), follow=True)

    assert "Đã hết hạn đăng ký lúc" in text_of(response)
    assert not Registration.objects.exists()


def test_a_member_asks_before_cancelling_and_then_cancels(client):
    member = sign_in(client)
    event = make_event(title="Kỹ năng AI")
    registration = actions.register_member(event=event, member=member, by=member.user)
    url = reverse("events:registration-cancel", args=[registration.pk])

    question = text_of(client.get(url))
    registration.refresh_from_db()
    state_before = registration.state
    response = client.post(url, follow=True)

    assert "Hủy đăng ký “Kỹ năng AI”?" in question
    assert state_before == Registration.State.SEATED
    registration.refresh_from_db()
    assert registration.state == Registration.State.CANCELLED
    assert "Đã hủy đăng ký." in text_of(response)


def test_nobody_cancels_for_another_member(client):
    sign_in(client)
    registration = make_registration(event=make_event())
    url = reverse("events:registration-cancel", args=[registration.pk])

    assert (client.get(url).status_code, client.post(url).status_code) == (404, 404)


def test_a_cancelled_event_says_why(client):
    event = make_event()
    actions.cancel_event(event=event, reason="Mưa lũ", by=None)

    page = text_of(client.get(event.get_absolute_url()))

    assert "Sự kiện đã hủy" in page
    assert "Lý do: Mưa lũ" in page
    assert "Đăng nhập để đăng ký" not in page


@time_machine.travel(moment(20, 9), tick=False)
def test_each_line_says_whether_one_can_still_come():
    full = make_event(starts_at=moment(27, 8), capacity=1)
    make_registration(event=full)
    make_event(starts_at=moment(27, 9), capacity=2)
    make_event(starts_at=moment(28, 8), ends_at=moment(29, 11))

    rows = queries.open_rows(at=moment(20, 9), limit=2)
    later = queries.event_rows(when="open", at=moment(20, 9), after=rows[1].event.pk)

    assert [(row.state, row.word, row.times) for row in rows + later.rows] == [
        ("full", "Hết chỗ · còn danh sách chờ", "8:00 – 11:30"),
        ("seats", "Còn 2/2 chỗ", "9:00 – 12:30"),
        ("seats", "Còn 50/50 chỗ", "28/3/2026 – 29/3/2026"),
    ]


def test_a_key_that_names_no_event_starts_the_list_anew(client):
    event = make_event()

    response = client.get(reverse("events:event-list"), {"after": event.pk + 1000})

    assert response.context["events"] == [event]


def test_cancelling_twice_says_why_it_is_not_done_again(client):
    member = sign_in(client)
    registration = make_registration(event=make_event(), member=member)
    url = reverse("events:registration-cancel", args=[registration.pk])
    client.post(url)

    response = client.post(url, follow=True)

    assert "Đăng ký này đã hủy trước đó." in text_of(response)

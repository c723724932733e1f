import json
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from events.actions import mark_present, record_scan, record_scans
from events.models import Attendance, Scan
from events.queries.check_in import scan_results
from tests.factories.attendance import make_shown, make_ticket
from tests.factories.events import make_event, make_registration, make_session
from tests.factories.members import make_member
from tests.factories.units import make_staff, make_unit, make_user
from units.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def session():
    event = make_event(starts_at=timezone.now() - timedelta(minutes=10), title="Kỹ năng số")
    return event.sessions.get()


@pytest.fixture
def keeper(client, session):
    """The doorkeeper of the host, signed in."""
    user = make_staff(unit=session.event.host, role=Role.DOORKEEPER)
    client.force_login(user)
    return user


def address(name, session, *more):
    return reverse(f"events:{name}", args=[session.pk, *more])


def as_sent(shown):
    """A scan as the page sends it."""
    return {
        "code": shown.code,
        "nonce": shown.nonce,
        "device": shown.device,
        "device_at": shown.device_at.isoformat(),
        "method": shown.method,
    }


def send(client, session, scans):
    body = json.dumps({"scans": scans})
    return client.post(address("scan-batch", session), body, content_type="application/json")


def test_the_page_counts_who_came_and_shows_the_last_scans(client, session, keeper):
    tickets = [make_ticket(event=session.event) for _ in range(3)]
    record_scan(session=session, shown=make_shown(code=tickets[0].payload), by=keeper)
    record_scan(session=session, shown=make_shown(code="giả"), by=keeper)

    context = client.get(address("check-in", session)).context

    counts = context["counts"]
    assert (counts.present, counts.missing, counts.seated) == (1, 2, 3)
    assert [scan.outcome for scan in context["last_scans"]] == ["forged", "admitted"]
    assert context["result"] is None


@pytest.mark.parametrize("name", ["check-in", "check-in-list", "check-in-tickets"])
def test_outside_the_scope_the_door_does_not_exist(client, session, keeper, name):
    foreign = make_event().sessions.get()
    child = make_event(host=make_unit(parent=session.event.host)).sessions.get()

    answers = [client.get(address(name, one)).status_code for one in (session, child, foreign)]

    assert answers == [200, 200, 404]


@pytest.mark.parametrize("name", ["scan-batch", "check-in-typed"])
def test_nothing_is_recorded_outside_the_scope(client, keeper, name):
    foreign = make_event().sessions.get()
    ticket = make_ticket(event=foreign.event)

    response = client.post(address(name, foreign), {"code": ticket.serial, "nonce": "1"})

    assert (response.status_code, Scan.objects.count()) == (404, 0)


def test_members_have_no_door(client, session):
    client.force_login(make_member(user=make_user()).user)

    assert client.get(address("check-in", session)).status_code == 404


def test_a_typed_code_works_without_script(client, session, keeper):
    ticket = make_ticket(event=session.event, member=make_member(full_name="Lý Thị Xuân"))
    nonce = client.get(address("check-in", session)).context["form"]["nonce"].value()

    for _ in range(2):
        response = client.post(
            address("check-in-typed", session), {"code": ticket.code.lower(), "nonce": nonce}, follow=True
        )

    result = response.context["result"]
    assert (result.headline, result.name, result.tone) == ("Có mặt", "Lý Thị Xuân", "green")
    assert (Scan.objects.count(), Attendance.objects.get().method) == (1, "typed")


def test_another_code_with_the_nonce_of_a_page_taken_back_is_another_scan(client, session, keeper):
    first, second = (make_ticket(event=session.event) for _ in range(2))

    for ticket in (first, second, second):
        response = client.post(
            address("check-in-typed", session), {"code": ticket.code, "nonce": "1"}, follow=True
        )

    assert response.context["result"].name == second.registration.member.full_name
    assert list(Scan.objects.order_by("pk").values_list("outcome", flat=True)) == ["admitted", "admitted"]


def test_an_empty_code_is_asked_for_in_vietnamese(client, session, keeper):
    response = client.post(address("check-in-typed", session), {"code": "", "nonce": "1"})

    assert response.status_code == 422
    assert "Chưa nhập mã vé." in response.text


@pytest.mark.parametrize("number", ["999", "abc", "²", "9" * 30])
def test_a_made_up_result_shows_nothing(client, session, keeper, number):
    response = client.get(address("check-in", session), {"quet": number})

    assert (response.status_code, response.context["result"]) == (200, None)


def test_a_batch_is_answered_scan_by_scan(client, session, keeper):
    born = {"born_on": timezone.localdate().replace(year=1996), "born_precision": "year"}
    unit = make_unit(parent=session.event.host, name="Bình Yên")
    ticket = make_ticket(event=session.event, member=make_member(full_name="Lý Thị Xuân", unit=unit, **born))
    foreign = make_ticket()
    good, again, other = (
        as_sent(make_shown(code=code)) for code in (ticket.payload, ticket.payload, foreign.payload)
    )

    answer = send(client, session, [good, again, other]).json()

    first_at = answer["results"][1]["headline"].removeprefix("Đã có mặt lúc ")
    rows = [
        {key: row[key] for key in ("nonce", "outcome", "tone", "headline", "name", "unit", "about")}
        for row in answer["results"]
    ]
    person = {"name": "Lý Thị Xuân", "unit": "Đoàn xã Bình Yên", "about": "Đoàn xã Bình Yên · sinh 1996"}
    nobody = {"name": "", "unit": "", "about": ""}
    assert rows == [
        {"nonce": good["nonce"], "outcome": "admitted", "tone": "green", "headline": "Có mặt", **person},
        {
            "nonce": again["nonce"],
            "outcome": "repeated",
            "tone": "amber",
            "headline": f"Đã có mặt lúc {first_at}",
            **person,
        },
        {
            "nonce": other["nonce"],
            "outcome": "foreign",
            "tone": "red",
            "headline": "Vé của sự kiện khác",
            **nobody,
        },
    ]
    assert (answer["present"], answer["seated"], answer["unread"]) == (1, 1, [])


def test_the_same_batch_five_times_has_one_answer(client, session, keeper):
    batch = [as_sent(make_shown(code=make_ticket(event=session.event).payload)) for _ in range(3)]

    answers = [send(client, session, batch).json() for _ in range(5)]

    assert answers == [answers[0]] * 5
    assert (Scan.objects.count(), Attendance.objects.count()) == (3, 3)


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b'"x"', b'{"scans": 1}', b'{"scans": [1]}', b"\xff\xfe", b"[" * 100000,
             b'{"scans": [{"code": "K7M2']
)  # fmt: skip
def test_what_is_no_batch_is_refused_whole(client, session, keeper, body):
    response = client.post(address("scan-batch", session), body, content_type="application/json")

    assert response.status_code == 400
    assert response.json() == {"problem": "Không đọc được các lượt quét. Các lượt vẫn giữ trên máy này."}


def test_a_form_in_place_of_a_batch_is_refused_like_any_other_nonsense(client, session, keeper):
    response = client.post(address("scan-batch", session), {"code": "K7M2"})

    assert response.status_code == 400
    assert response.json() == {"problem": "Không đọc được các lượt quét. Các lượt vẫn giữ trên máy này."}


def test_a_batch_has_an_end(client, session, keeper):
    response = send(client, session, [{}] * 501)

    assert response.json() == {"problem": "Mỗi lần chỉ gửi được 500 lượt quét."}


def test_one_unreadable_scan_does_not_hold_up_the_others(client, session, keeper):
    good = as_sent(make_shown(code=make_ticket(event=session.event).payload))
    broken = [good | {"nonce": "a", "code": ""}, good | {"nonce": "b", "device_at": "mai"},
              good | {"nonce": "c", "method": "list"}, good | {"nonce": "d", "code": "x\x00y"},
              good | {"nonce": "e", "device_at": 5}, good | {"nonce": "f", "code": "\ud800"}]  # fmt: skip

    answer = send(client, session, [*broken, good]).json()

    assert [row["outcome"] for row in answer["results"]] == ["admitted"]
    assert answer["unread"] == ["a", "b", "c", "d", "e", "f"]


def test_a_clock_at_the_end_of_time_is_taken_as_now(client, session, keeper):
    scan = as_sent(make_shown(code=make_ticket(event=session.event).payload))

    answers = [
        send(client, session, [scan | {"nonce": at, "device_at": at}]).status_code
        for at in ("9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z")
    ]

    assert answers == [200, 200]


def test_the_list_for_going_offline_tells_name_unit_and_year_only(client, session, keeper):
    member = make_member(full_name="Lý Thị Xuân", phone="+84912345678", email="xuan@example.vn")
    ticket = make_ticket(event=session.event, member=member)
    mark_present(session=session, registration=ticket.registration, by=keeper)

    listed = client.get(address("check-in-tickets", session)).json()

    [row] = listed["tickets"]
    assert row == {
        "serial": ticket.serial,
        "name": "Lý Thị Xuân",
        "unit": member.unit.title,
        "about": member.unit.title,
        "good": True,
        "present": row["present"],
    }
    assert (listed["present"], listed["seated"], bool(row["present"])) == (1, 1, True)


def test_names_are_found_without_accents_in_the_order_of_given_names(client, session, keeper):
    for name in ("Lý Thị Xuân", "Lý Văn An", "Ma Văn Lực"):
        make_registration(event=session.event, member=make_member(full_name=name))
    make_registration(event=session.event, member=make_member(full_name="Lý Chờ"), state="waiting")

    context = client.get(address("check-in-list", session), {"q": "ly"}).context

    assert [one.name for one in context["names"]] == ["Lý Văn An", "Lý Thị Xuân"]
    assert context["total"] == 2


def test_a_tick_counts_and_is_taken_back(client, session, keeper):
    registration = make_registration(event=session.event)
    tick = address("attendance-mark", session, registration.pk)

    client.post(tick, {"q": "an"})
    present = Attendance.objects.count()
    response = client.post(tick, {"undo": "1", "q": "an"})

    assert (present, Attendance.objects.count()) == (1, 0)
    assert response.url == f"{address('check-in-list', session)}?q=an#dk-{registration.pk}"


def test_a_refused_tick_says_why(client, session, keeper):
    registration = make_registration(event=session.event, state="waiting")

    response = client.post(address("attendance-mark", session, registration.pk), follow=True)

    assert "chưa có chỗ trong sự kiện" in response.text


def test_the_door_keeps_to_its_session(client, session, keeper):
    make_session(event=session.event, title="Buổi chiều", starts_at=timezone.now() + timedelta(hours=12),
                 ends_at=timezone.now() + timedelta(hours=15))  # fmt: skip
    later = session.event.sessions.get(title="Buổi chiều")

    response = client.get(address("check-in", later))

    assert "Kiểm tra đã chọn đúng buổi" in response.text


@pytest.mark.parametrize("name", ["check-in", "check-in-list", "check-in-tickets"])
def test_the_number_of_people_costs_no_queries(client, session, keeper, name, django_assert_max_num_queries):
    def queries(count):
        for _ in range(count):
            ticket = make_ticket(event=session.event)
            record_scan(session=session, shown=make_shown(code=ticket.payload), by=keeper)
        with django_assert_max_num_queries(30) as captured:
            client.get(address(name, session))
        return len(captured)

    assert queries(1) == queries(3)


def test_the_answers_to_a_batch_cost_two_queries(session, django_assert_num_queries):
    tickets = [make_ticket(event=session.event) for _ in range(4)]
    batch = [make_shown(code=ticket.payload) for ticket in tickets * 2]
    scans = record_scans(session=session, batch=batch, by=make_user())

    with django_assert_num_queries(2):
        results = scan_results(session, scans)

    assert [result.outcome for result in results] == ["admitted"] * 4 + ["repeated"] * 4

"""A member asks about their data on their own pages and takes them home."""

import pytest
from django.urls import reverse

from members.models import DataRequest
from tests.factories.data_rights import make_request
from tests.factories.members import make_member
from tests.factories.units import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(client):
    user = make_user()
    client.force_login(user)
    return make_member(user=user, full_name="Nguyễn Thị Hường")


def test_nothing_is_chosen_beforehand_and_a_request_is_followed(client, member):
    address = reverse("members:data-requests")
    before = client.get(address).content.decode()
    client.post(address, {"kind": "correct", "wish": "Tên là Hương."})

    after = client.get(address).content.decode()

    asked = DataRequest.objects.get()
    assert "checked" not in before
    assert (asked.member, asked.kind, asked.channel) == (member, "correct", "portal")
    assert "Tên là Hương." in after
    assert "để trả lời" in after


def test_a_correction_says_what_is_wrong_and_nothing_typed_is_lost(client, member):
    address = reverse("members:data-requests")

    empty = client.post(address, {"kind": "correct", "wish": " "}).content.decode()
    nothing = client.post(address, {"wish": "Xin xem lại giúp."}).content.decode()
    other = client.post(address, {"kind": "access", "wish": "x"}).content.decode()

    assert "Hãy ghi rõ chỗ nào chưa đúng" in empty
    assert "Chưa chọn điều đề nghị." in nothing
    assert "Xin xem lại giúp." in nothing
    assert "Hãy chọn lại." in other
    assert not DataRequest.objects.exists()


def test_the_same_request_twice_says_when_it_came_in(client, member):
    address = reverse("members:data-requests")
    client.post(address, {"kind": "delete"})

    page = client.post(address, {"kind": "delete"}).content.decode()

    assert "Đã có đề nghị này" in page
    assert DataRequest.objects.count() == 1


def test_a_request_is_taken_back_by_its_owner_only_and_by_post(client, member):
    own, strange = make_request(member=member), make_request(member=make_member())
    addresses = [reverse("members:data-request-take-back", args=[asked.pk]) for asked in (own, strange)]

    answers = [client.post(address).status_code for address in addresses]
    looked = client.get(addresses[0]).status_code

    assert (answers, looked) == ([302, 404], 405)
    assert list(DataRequest.objects.order_by("pk").values_list("state", flat=True)) == [
        "cancelled",
        "waiting",
    ]


def test_the_readable_copy_says_everything_the_page_says(client, member):
    make_request(member=member, wish="Tên & họ <sai>")

    answer = client.get(reverse("members:own-data-text"))

    text = answer.content.decode()
    assert answer["Content-Disposition"] == 'attachment; filename="du-lieu-cua-toi.txt"'
    assert "họ và tên: Nguyễn Thị Hường" in text
    assert "nội dung: Tên & họ <sai>" in text

from datetime import date

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse

from core.codes import grouped
from members import actions
from members.models import ClaimCode
from notifications.models import Message
from tests.factories.members import make_member
from tests.factories.units import make_staff, make_unit, make_user
from units.roles import Role

pytestmark = pytest.mark.django_db
CLAIM, SEND, ENTER = (reverse(f"members:{name}") for name in ("claim", "claim-send", "claim-enter"))
SLIPS, PRINT = reverse("members:claim-slips"), reverse("members:claim-slips-print")
SENT = "Nếu địa chỉ {} có trong hồ sơ, mã đã được gửi. Mã dùng được trong 30 phút."


def make_owner(client, email="huong@example.vn"):
    user = make_user(email=email)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    client.force_login(user)
    return user


def said(response):
    return [str(message) for message in response.context["messages"]]


def test_signed_out_person_is_asked_to_sign_in(client):
    response = client.get(CLAIM)

    assert (response.status_code, response.url) == (302, f"{reverse('account_login')}?next={CLAIM}")


@pytest.mark.parametrize("has_record", [True, False])
def test_answer_is_the_same_whether_or_not_the_address_stands_in_a_record(client, has_record):
    user = make_owner(client)
    make_member(email=user.email if has_record else "khac@example.vn", full_name="Lý Văn Bí Mật")

    response = client.post(SEND, follow=True)

    assert response.redirect_chain == [(ENTER, 302)]
    assert said(response) == [SENT.format(user.email)]
    assert "Bí Mật" not in response.text


def test_unverified_account_is_told_what_to_do(client):
    client.force_login(make_user(email="huong@example.vn"))

    response = client.post(SEND, follow=True)

    assert response.redirect_chain == [(CLAIM, 302)]
    assert said(response) == ["Tài khoản chưa xác nhận địa chỉ email. Hãy mở thư xác nhận trước."]


def test_code_leads_back_to_where_the_person_was_going(client):
    user = make_owner(client)
    member = make_member(full_name="Lý Thị Mai", email=user.email)
    [slip] = actions.print_claim_codes(members=[member], by=user)
    form = {"code": grouped(slip.code), "full_name": "ly thi mai", "next": "/su-kien/7/"}

    response = client.post(ENTER, form | {"consent_messages": "on"})

    member.refresh_from_db()
    assert (response.status_code, response.url, member.user) == (302, "/su-kien/7/", user)
    assert list(member.consents.values_list("purpose", flat=True)) == ["messages"]


@pytest.mark.parametrize("wanted", ["abc", "%2f%2fke-gian.example", "//ke-gian.example/"])
def test_next_that_is_no_address_of_ours_leads_to_the_own_page(client, wanted):
    client.force_login(make_member(user=make_user()).user)

    response = client.get(CLAIM, {"next": wanted})

    assert response.url == reverse("members:my-page")


def test_next_that_leads_elsewhere_is_dropped(client):
    user = make_owner(client)
    make_member(user=user)

    response = client.get(CLAIM, {"next": "https://ke-gian.example/"})

    assert response.url == reverse("members:my-page")


def test_boxes_start_unticked(client):
    make_owner(client)

    response = client.get(ENTER)

    assert response.text.count('type="checkbox"') == 4
    assert "checked" not in response.text


@pytest.mark.parametrize(
    ("form", "errors"),
    [
        ({}, {"code": ["Chưa nhập mã."]}),
        ({"code": "K7M2"}, {"code": ["Mã gồm đúng 8 chữ và số, ví dụ K7M2-9QXD."]}),
        ({"code": "K7M2-9QXD"}, {"full_name": ["Chưa nhập họ tên hoặc ngày sinh."]}),
        (
            {"code": "K7M2-9QXD", "born_on": "31/02/2004"},
            {"born_on": ["Ngày sinh phải viết theo ngày/tháng/năm, ví dụ 26/03/2004."]},
        ),
    ],
)
def test_form_says_in_vietnamese_what_is_missing(client, form, errors):
    make_owner(client)

    response = client.post(ENTER, form)

    assert response.context["form"].errors == errors


def test_wrong_code_shows_the_sentence_and_keeps_what_was_typed(client):
    make_owner(client)

    response = client.post(ENTER, {"code": "K7M2-9QXD", "full_name": "Lý Thị Mai"})

    assert response.context["problems"] == [
        "Mã và thông tin đã nhập không khớp với hồ sơ nào, hoặc mã đã hết hạn. Hãy xem lại từng chữ."
    ]
    assert 'value="Lý Thị Mai"' in response.text


@pytest.mark.parametrize("address", [CLAIM, ENTER])
def test_person_with_a_record_is_led_to_their_page(client, address):
    user = make_owner(client)
    make_member(user=user)

    response = client.get(address)

    assert response.url == reverse("members:my-page")


def test_page_for_members_leads_others_to_claiming_and_back(client):
    make_owner(client)

    response = client.get(reverse("members:my-page"))

    assert response.url == f"{CLAIM}?next=%2Fca-nhan%2F"


def test_post_to_a_page_for_members_comes_back_to_the_page_it_was_sent_from(client):
    make_owner(client)

    response = client.post(
        reverse("members:consent-give"), headers={"referer": "http://testserver/su-kien/7/"}
    )

    assert response.url == f"{CLAIM}?next=http%3A%2F%2Ftestserver%2Fsu-kien%2F7%2F"


# --- The printed sheet ---------------------------------------------------------------------------


def test_sheet_lists_unclaimed_members_of_the_branch_only(client):
    commune, other = make_unit(), make_unit()
    ours = make_member(unit=make_unit(parent=commune), full_name="Lê An")
    make_member(unit=commune, full_name="Lê Ba", user=make_user())
    make_member(unit=other, full_name="Lê Cao")
    client.force_login(make_staff(unit=commune))

    response = client.get(SLIPS)

    assert list(response.context["page"]) == [ours]


def test_sheet_does_not_exist_without_the_ability(client):
    client.force_login(make_staff(unit=make_unit(), role=Role.DOORKEEPER))

    assert client.get(SLIPS).status_code == 404


def test_filter_finds_by_name_without_accents_and_by_unit(client):
    commune = make_unit()
    branch = make_unit(parent=commune)
    dai = make_member(unit=branch, full_name="Ma Văn Đại")
    make_member(unit=commune, full_name="Ma Văn Đại")
    make_member(unit=branch, full_name="Lê An")
    client.force_login(make_staff(unit=commune))

    response = client.get(SLIPS, {"q": "dai", "unit": branch.pk})

    assert list(response.context["page"]) == [dai]


def test_printing_shows_each_code_once_and_it_opens_the_record(client):
    commune = make_unit()
    member = make_member(unit=commune, full_name="Lê An")
    client.force_login(make_staff(unit=commune))

    response = client.post(PRINT, {"members": [member.pk]})

    [slip] = response.context["slips"]
    assert slip.shown_code in response.text
    claim = actions.claim_record(code=slip.code, full_name="Lê An", born_on=None, by=make_user())
    assert claim.member == member


def test_forged_member_from_another_branch_gets_no_slip(client):
    stranger = make_member()
    client.force_login(make_staff(unit=make_unit()))

    response = client.post(PRINT, {"members": [stranger.pk]})

    assert response.context["form"].errors == {
        "members": ["Có đoàn viên không còn trong danh sách. Hãy chọn lại."]
    }
    assert ClaimCode.objects.count() == 0


def test_printing_nobody_asks_to_choose(client):
    commune = make_unit()
    make_member(unit=commune)
    client.force_login(make_staff(unit=commune))

    response = client.post(PRINT, {})

    assert "Chưa chọn đoàn viên nào." in response.text


def test_sheet_asks_the_database_the_same_for_one_and_three_members(
    client, django_assert_max_num_queries, django_assert_num_queries
):
    commune = make_unit()
    client.force_login(make_staff(unit=commune))
    make_member(unit=commune)
    client.get(SLIPS)
    with django_assert_max_num_queries(20) as one:
        client.get(SLIPS)
    for _ in range(2):
        make_member(unit=make_unit(parent=commune))

    with django_assert_num_queries(len(one)):
        client.get(SLIPS)


def test_claiming_with_a_birth_date_typed_day_first(client):
    make_owner(client)
    member = make_member(full_name="Lê An", born_on=date(2001, 4, 3), born_precision="day")
    [slip] = actions.print_claim_codes(members=[member], by=make_user())

    response = client.post(ENTER, {"code": slip.code, "born_on": "03/04/2001"})

    assert response.url == reverse("members:my-page")
    assert Message.objects.count() == 0

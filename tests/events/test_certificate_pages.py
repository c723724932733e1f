import subprocess
from datetime import date

import pytest
from django.conf import settings
from django.urls import reverse

from events.actions import issue_certificates, reissue_certificate, revoke_certificate
from events.documents import certificates_pdf
from tests.factories.certificates import make_certificate, make_past_event
from tests.factories.members import make_member
from tests.factories.units import make_staff, make_unit, make_user
from units.roles import Role

pytestmark = pytest.mark.django_db


def text_of(pdf):
    """The PDF's words as any reader copies them."""
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return " ".join(done.stdout.decode().split())


def issued(**facts):
    member = make_member(
        full_name="Nguyễn Thị Hường",
        unit=make_unit(name="Bình Yên", parent=make_unit()),
        user=make_user(),
        born_on=date(1996, 9, 2),
        born_precision="day",
    )
    return make_certificate(
        member=member, host=make_unit(name="Thái Nguyên"), title="Kỹ năng ứng dụng trí tuệ nhân tạo", **facts
    )


@pytest.mark.parametrize("name", ["Y Ƀlơ̆ Niê", "Nguyễn → An", "Nguyễn 🎉 An", "Lý 中 An", "Ma \x07 An"])
def test_letters_our_font_lacks_stop_no_certificate_of_the_batch(name):
    certificate, beside = issued(), issued()
    certificate.content = {**certificate.content, "name": name}

    words = text_of(certificates_pdf([certificate, beside]))

    assert words.count("GIẤY CHỨNG NHẬN") == 2
    assert "Nguyễn Thị Hường" in words


def test_the_paper_reads_back_in_vietnamese():
    certificate = issued()

    words = text_of(certificates_pdf([certificate]))

    for line in (
        "TỈNH ĐOÀN THÁI NGUYÊN",
        "ĐOÀN TNCS HỒ CHÍ MINH",
        "GIẤY CHỨNG NHẬN",
        "BAN THƯỜNG VỤ TỈNH ĐOÀN THÁI NGUYÊN CHỨNG NHẬN",
        "Nguyễn Thị Hường",
        "Sinh ngày: 02/9/1996",
        "Đơn vị: Đoàn xã Bình Yên",
        "Đã hoàn thành chương trình tập huấn",
        "“Kỹ năng ứng dụng trí tuệ nhân tạo”",
        "TM. BAN THƯỜNG VỤ TỈNH ĐOÀN",
        "Số: 1/GCN-TĐTN",
        f"Mã tra cứu: {certificate.shown_code}",
    ):
        assert line in words


def test_the_same_certificate_gives_the_same_bytes():
    certificate = issued()

    assert certificates_pdf([certificate]) == certificates_pdf([certificate])


def test_typed_markup_stays_text():
    member = make_member(full_name='#panic("x") *Nguyễn* $x$ \\ <b> @ref')

    words = text_of(certificates_pdf([make_certificate(member=member)]))

    assert '#panic("x") *Nguyễn* $x$ \\ <b> @ref' in words


def test_the_longest_words_stay_on_one_page():
    member = make_member(full_name=("Nguyễn Thị Hường " * 8).strip()[:120])
    title, place = ("Kỹ năng số " * 20)[:200], ("Hội trường lớn " * 20)[:200]

    pdf = certificates_pdf([make_certificate(member=member, title=title, place=place)])

    info = subprocess.run(["pdfinfo", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    assert "Pages:           1" in info
    assert "Tagged:          yes" in info


def test_anyone_sees_five_things_and_no_more(client):
    certificate = issued()

    response = client.get(certificate.get_absolute_url())

    for shown in ("Nguyễn Thị Hường", "Kỹ năng ứng dụng trí tuệ nhân tạo", "1/GCN-TĐTN", "Có hiệu lực"):
        assert shown in response.text
    for hidden in ("1996", "Bình Yên", "tep.pdf"):
        assert hidden not in response.text


@pytest.mark.parametrize(
    ("end", "word"), [(revoke_certificate, "Đã thu hồi"), (reissue_certificate, "Đã thay bằng bản khác")]
)
def test_a_certificate_that_ended_says_so_and_has_no_file(client, end, word):
    certificate = issued()
    end(certificate=certificate, reason="Sai tên", by=make_user())
    client.force_login(certificate.record.member.user)

    page = client.get(certificate.get_absolute_url())
    file = client.get(reverse("events:certificate-file", args=[certificate.check_code]))

    assert word in page.text
    assert "Sai tên" not in page.text
    assert ("tep.pdf" in page.text, file.status_code) == (False, 404)


@pytest.mark.parametrize("typed", ["{0}", " {0} ", "{1}"])
def test_a_code_is_found_however_it_is_typed(client, typed):
    certificate = issued()
    code = typed.format(certificate.shown_code.lower(), certificate.check_code)

    response = client.get(reverse("events:certificate-search"), {"ma": code})

    assert (response.status_code, response.url) == (302, certificate.get_absolute_url())


@pytest.mark.parametrize("address", ["/tra-cuu/?ma=KHONGCO", "/chung-nhan/KHONGCO/", "/tra-cuu/?ma=%C3%A1"])
def test_a_wrong_code_gets_a_clear_sentence(client, address):
    response = client.get(address)

    assert response.status_code == 404
    assert "Không có giấy chứng nhận nào mang mã này" in response.text


def test_an_empty_search_asks_for_the_code(client):
    first, empty = client.get("/tra-cuu/"), client.get("/tra-cuu/?ma=")

    assert ("Chưa nhập" in first.text, "Chưa nhập mã tra cứu." in empty.text) == (False, True)


def test_the_file_is_for_the_member_and_the_signer_s_staff(client):
    certificate = issued()
    file = reverse("events:certificate-file", args=[certificate.check_code])
    near = make_staff(unit=certificate.signer, role=Role.OFFICER)
    far, doorkeeper = make_staff(unit=make_unit()), make_staff(unit=certificate.signer, role=Role.DOORKEEPER)

    answers = {}
    for name, user in {
        "own": certificate.record.member.user,
        "near": near,
        "far": far,
        "door": doorkeeper,
    }.items():
        client.force_login(user)
        answers[name] = client.get(file).status_code
    client.logout()
    answers["anyone"] = client.get(file).status_code

    assert answers == {"own": 200, "near": 200, "far": 404, "door": 404, "anyone": 302}


def test_all_certificates_of_an_event_come_in_one_file(client):
    host = make_unit()
    event = make_past_event(host=host, attended=[make_member(full_name=f"Ma Văn {name}") for name in "ABC"])
    first, *_ = issue_certificates(event=event, by=make_user())
    revoke_certificate(certificate=first, reason="Nhầm", by=make_user())
    client.force_login(make_staff(unit=host, role=Role.OFFICER))

    response = client.get(reverse("events:event-certificates-file", args=[event.pk]))

    words = text_of(response.content)
    assert response["Content-Type"] == "application/pdf"
    assert [name in words for name in ("Ma Văn A", "Ma Văn B", "Ma Văn C")] == [False, True, True]


def test_the_file_of_a_foreign_or_empty_event_does_not_exist(client):
    host = make_unit()
    empty, foreign = make_past_event(host=host), make_certificate().record.event
    client.force_login(make_staff(unit=host, role=Role.OFFICER))

    answers = [
        client.get(reverse("events:event-certificates-file", args=[event.pk])).status_code
        for event in (empty, foreign)
    ]

    assert answers == [404, 404]


def test_the_qr_code_leads_to_the_public_page():
    certificate = issued()

    assert settings.SITE_URL + certificate.get_absolute_url() == (
        f"{settings.SITE_URL}/chung-nhan/{certificate.check_code}/"
    )

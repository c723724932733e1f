"""A roster is uploaded, and the list of imports."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from members import actions
from members.models import RosterImport
from tests.factories.imports import make_import
from tests.factories.units import make_unit
from tests.members.roster_admin.desk import BASIS, BICH, GETS, PHONG, POSTS, State, address, csv_file

pytestmark = pytest.mark.django_db


def test_uploading_keeps_the_file_and_rings(client, commune, secretary, rung):
    response = client.post(address("add"), {"file": csv_file(PHONG), "unit": commune.pk, **BASIS})

    kept = RosterImport.objects.get()
    assert response.url == address("change", kept)
    assert (kept.file_name, kept.unit) == ("Chi đoàn xóm 3.csv", commune)
    assert (kept.basis, kept.legal_basis, kept.without) == ("consent", "Phiếu đồng ý tháng 3", [])
    assert (kept.uploaded_by, kept.state, rung) == (secretary, State.WAITING, [kept.pk])


def test_columns_are_left_out_as_chosen_and_the_page_says_so(client, commune, secretary, rung):
    kinds = ["citizen_id", "religion"]
    client.post(address("add"), {"file": csv_file(PHONG), "unit": commune.pk, "without": kinds, **BASIS})
    kept = RosterImport.objects.get()
    actions.work_on_import(roster_import_id=kept.pk)

    page = client.get(address("change", kept)).text

    assert kept.without == kinds
    assert "Không nhập theo lựa chọn khi tải lên: Số căn cước, chứng minh nhân dân; Tôn giáo." in page
    assert "Căn cứ: Từng người đã đồng ý (phiếu, đơn, biểu mẫu); Phiếu đồng ý tháng 3" in page


@pytest.mark.parametrize("wrong", [{"without": ["mật"]}, {"basis": "khác"}])
def test_a_kind_or_ground_nobody_offers_is_refused(client, commune, secretary, rung, wrong):
    response = client.post(address("add"), {"file": csv_file(PHONG), "unit": commune.pk, **BASIS, **wrong})

    assert list(response.context["adminform"].form.errors) == list(wrong)
    assert (RosterImport.objects.count(), rung) == (0, [])


def test_the_form_says_in_vietnamese_what_is_missing(client, secretary):
    response = client.post(address("add"), {})

    errors = response.context["adminform"].form.errors
    assert errors == {
        "file": ["Chưa chọn file."],
        "unit": ["Chưa chọn đơn vị."],
        "basis": ["Chưa chọn căn cứ xử lý dữ liệu."],
        "legal_basis": ["Chưa ghi văn bản hoặc nguồn của căn cứ."],
    }


def test_an_empty_file_is_refused(client, commune, secretary, rung):
    empty = SimpleUploadedFile("trong.csv", b"", "text/csv")

    response = client.post(address("add"), {"file": empty, "unit": commune.pk, **BASIS})

    assert response.context["adminform"].form.errors == {"file": ["File trống. Hãy kiểm tra lại file."]}
    assert (RosterImport.objects.count(), rung) == (0, [])


def test_a_refusal_by_the_action_comes_back_in_the_form(client, commune, secretary, monkeypatch):
    def refuse(**_):
        raise actions.ImportRefused("Không nhận file này.")

    monkeypatch.setattr(actions, "upload_roster", refuse)

    response = client.post(address("add"), {"file": csv_file(PHONG), "unit": commune.pk, **BASIS})

    assert response.context["adminform"].form.non_field_errors() == ["Không nhận file này."]


def test_the_only_unit_of_the_person_is_chosen_already(client, commune, secretary):
    response = client.get(address("add"))

    assert response.context["adminform"].form.initial == {"unit": commune.pk}


def test_a_file_for_a_foreign_unit_is_refused(client, province, secretary, rung):
    foreign = make_unit(parent=province)

    response = client.post(address("add"), {"file": csv_file(PHONG), "unit": foreign.pk, **BASIS})

    assert list(response.context["adminform"].form.errors) == ["unit"]
    assert (RosterImport.objects.count(), rung) == (0, [])


def test_a_foreign_import_does_not_exist(client, province, secretary):
    foreign = make_import(PHONG, unit=make_unit(parent=province))

    gets = [client.get(address(name, foreign)).status_code for name in GETS]
    posts = [client.post(address(name, foreign)).status_code for name in POSTS]

    foreign.refresh_from_db()
    assert set(gets + posts) == {404}
    assert foreign.state == State.READY


def test_the_list_holds_the_imports_of_the_scope(client, province, commune, secretary):
    make_import(PHONG, unit=make_unit(parent=province), file_name="khac.csv")
    ours = make_import(PHONG, BICH, unit=commune)

    response = client.get(address("changelist"))

    assert list(response.context["cl"].result_list) == [ours]
    assert "2 thêm mới" in response.text


def test_the_list_says_every_state_in_words(client, commune, secretary):
    for state in State.values:
        RosterImport.objects.filter(pk=make_import(PHONG, unit=commune).pk).update(state=state)

    page = client.get(address("changelist")).text

    assert [label for label in State.labels if page.count(label) < 2] == []  # in the filter and in a row


def test_a_press_needs_a_post(client, commune, secretary):
    roster_import = make_import(PHONG, unit=commune)

    answers = {client.get(address(name, roster_import)).status_code for name in POSTS if name not in GETS}

    assert answers == {405}

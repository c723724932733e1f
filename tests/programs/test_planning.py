from datetime import date

import pytest

from core.models import AuditEntry
from programs import actions
from programs.models import Indicator, Program, Service
from tests.factories.programs import make_campaign, make_program
from tests.factories.units import make_unit

pytestmark = pytest.mark.django_db

FACTS = {"kind": Program.Kind.MOVEMENT, "name": "Bình dân học vụ số", "summary": "Phổ cập kỹ năng số"}


def test_create_program_makes_its_address_from_its_name():
    unit = make_unit()

    program = actions.create_program(unit=unit, starts_on=date(2025, 1, 1), by=None, **FACTS)

    assert program.slug == "binh-dan-hoc-vu-so"
    assert list(AuditEntry.objects.values_list("verb", "target_label")) == [
        ("program.created", "Bình dân học vụ số")
    ]


def test_create_program_refuses_a_taken_address_and_an_end_before_the_start():
    unit = make_unit()
    actions.create_program(unit=unit, starts_on=date(2025, 1, 1), by=None, **FACTS)

    with pytest.raises(actions.PlanRefused) as taken:
        actions.create_program(unit=unit, starts_on=date(2025, 1, 1), by=None, **FACTS)
    with pytest.raises(actions.PlanRefused) as backwards:
        actions.create_program(
            unit=unit,
            starts_on=date(2025, 1, 1),
            ends_on=date(2024, 1, 1),
            slug="khac",
            by=None,
            **FACTS,
        )

    assert taken.value.problems == ["Đường dẫn “binh-dan-hoc-vu-so” đã dùng cho chương trình khác."]
    assert backwards.value.problems == ["Ngày kết thúc phải từ ngày bắt đầu trở đi."]


def test_update_program_changes_only_what_is_given():
    program = make_program(name="Bình dân học vụ số")

    changed = actions.update_program(program=program, summary="Mới", by=None)

    assert (changed.name, changed.summary) == ("Bình dân học vụ số", "Mới")
    assert AuditEntry.objects.get().detail == {"fields": ["summary"]}
    with pytest.raises(actions.PlanRefused):
        actions.update_program(program=program, ends_on=date(2000, 1, 1), by=None)


def test_create_campaign_stays_within_its_program_and_the_campaign_above():
    program = make_program(starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31))
    above = actions.create_campaign(
        program=program, name="Hè", starts_on=date(2026, 6, 1), ends_on=date(2026, 8, 31), by=None
    )

    with pytest.raises(actions.PlanRefused) as refusal:
        actions.create_campaign(
            program=program,
            parent=above,
            name="Đợt cao điểm",
            starts_on=date(2025, 5, 15),
            ends_on=date(2027, 5, 30),
            by=None,
        )

    assert refusal.value.problems == [
        f"Chương trình “{program}” bắt đầu sau ngày bắt đầu chiến dịch.",
        f"Chương trình “{program}” kết thúc trước ngày kết thúc chiến dịch.",
        "Thời gian phải nằm trong “Hè”.",
    ]


def test_update_campaign_refuses_an_end_before_the_start():
    campaign = make_campaign()

    moved = actions.update_campaign(campaign=campaign, ends_on=date(2026, 4, 5), by=None)
    with pytest.raises(actions.PlanRefused) as refusal:
        actions.update_campaign(campaign=campaign, ends_on=date(2026, 1, 1), by=None)

    assert moved.ends_on == date(2026, 4, 5)
    assert refusal.value.problems == ["Ngày kết thúc phải từ ngày bắt đầu trở đi."]


def test_create_indicator_knows_where_its_number_comes_from():
    facts = {"name": "Cây xanh", "measure": "cây", "aggregation": "sum", "by": None}

    trees = actions.create_indicator(code="cay", source=Indicator.Source.DECLARED, **facts)
    with pytest.raises(actions.PlanRefused) as twice:
        actions.create_indicator(code="cay", source=Indicator.Source.DECLARED, **facts)
    with pytest.raises(actions.PlanRefused) as nowhere:
        actions.create_indicator(code="khac", source=Indicator.Source.AUTOMATIC, **facts)

    assert list(Indicator.objects.all()) == [trees]
    assert twice.value.problems == ["Mã chỉ tiêu “cay” đã có."]
    assert nowhere.value.problems == ["Chỉ tiêu tự đếm phải chọn đếm từ đâu, chỉ tiêu đơn vị khai thì không."]


def test_load_catalogue_adds_what_is_missing_and_keeps_what_staff_changed():
    first = actions.load_catalogue()
    Indicator.objects.filter(code="cay-xanh").update(name="Cây trồng mới")
    Service.objects.filter(name="Hỗ trợ khác").delete()

    second, third = actions.load_catalogue(), actions.load_catalogue()

    assert (first, second, third) == (34, 1, 0)
    assert Indicator.objects.get(code="cay-xanh").name == "Cây trồng mới"

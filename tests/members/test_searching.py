"""People in the order of Vietnamese lists and found by what is remembered of them, on either database."""

import random

import pytest
from django.db import connection

from members.models import Member
from members.queries.member_list import search_members
from tests.factories.duplicates import make_merge
from tests.factories.members import make_member
from tests.factories.units import make_unit

pytestmark = pytest.mark.django_db

ORDERED = [
    "Nguyễn Văn An",
    "Trần Thị Ánh",
    "Lê Văn Ân",
    "Hoàng Thị Bích",
    "Đỗ Văn Dũng",
    "Ma Văn Đại",
    "Nông Thị Đào",
    "Vũ Thị Hà",
    "Bùi Văn Hải",
    "Lý Thị Hường",
    "Phạm Văn Ước",
]
PEOPLE = [*ORDERED, "Nguyễn Thị Hương", "Nguyễn Thu Hường", "Đặng Văn Nghĩa", "H'Hen Niê", "Nguyễn Vân Anh"]


@pytest.fixture
def commune():
    return make_unit(parent=make_unit(), name="Bình Yên")


def found(text):
    return [member.full_name for member in search_members(Member.objects.all(), text)]


def test_the_database_orders_people_by_given_name_as_vietnamese_lists_do(commune):
    shuffled = list(ORDERED)
    random.Random(7).shuffle(shuffled)
    for name in shuffled:
        make_member(unit=commune, full_name=name)

    rows = Member.objects.order_by("sort_key", "pk").values_list("full_name", flat=True)

    assert shuffled != ORDERED
    assert list(rows) == ORDERED


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("huong", ["Nguyễn Thị Hương", "Lý Thị Hường", "Nguyễn Thu Hường"]),
        ("hường", ["Lý Thị Hường", "Nguyễn Thu Hường", "Nguyễn Thị Hương"]),
        ("Hường Nguyễn", ["Nguyễn Thu Hường", "Nguyễn Thị Hương"]),
        ("dang", ["Đặng Văn Nghĩa"]),
        ("dai", ["Ma Văn Đại"]),
        ("nguyen v a", ["Nguyễn Văn An", "Nguyễn Vân Anh"]),
        ("nva", ["Nguyễn Văn An", "Nguyễn Vân Anh"]),
        ("nth", ["Nguyễn Thị Hương", "Nguyễn Thu Hường"]),
        ("ngh", ["Đặng Văn Nghĩa"]),
        ("h'hen", ["H'Hen Niê"]),
        ("ước", ["Phạm Văn Ước"]),
        ("nguyen", ["Nguyễn Văn An", "Nguyễn Vân Anh", "Nguyễn Thị Hương", "Nguyễn Thu Hường"]),
        ("ai", []),
        ("' | ! :*", []),
    ],
)
def test_names_are_found_by_their_words_beginnings_and_initials(commune, text, names):
    for name in PEOPLE:
        make_member(unit=commune, full_name=name)

    assert found(text) == names


def test_numbers_find_by_their_end_or_whole_and_codes_also_after_a_merge(commune):
    kept = make_member(unit=commune, full_name="Ma Văn Đại", phone="+84912345678", code="DVAB345678")
    other = make_member(unit=commune, full_name="Ma Van Dai", phone="+84987654321", code="DVXY987654")
    make_member(unit=commune, full_name="Vũ Thị Hà", phone_other="+84911222333", code="DVCD222222")
    make_merge(keep=kept, other=other)

    answers = {text: found(text) for text in ("5678", "45678", "0912 345 678", "0911222333", "dvxy", "9999")}

    assert answers == {
        "5678": ["Ma Văn Đại"],
        "45678": ["Ma Văn Đại"],
        "0912 345 678": ["Ma Văn Đại"],
        "0911222333": ["Vũ Thị Hà"],
        "dvxy": ["Ma Văn Đại"],
        "9999": [],
    }


@pytest.mark.postgres
@pytest.mark.parametrize(
    ("text", "index"),
    [
        ("khongcoai", "member_words"),
        ("Hường", "member_words"),
        ("nvh", "member_initials"),
        ("0345", "member_phone_end"),
        ("DVAB34", "member_code_once"),
    ],
)
def test_each_kind_of_text_is_led_to_the_people_by_an_index(commune, text, index):
    make_member(unit=commune, full_name="Nguyễn Văn Hải")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_indexscan = off")

    plan = search_members(Member.objects.all(), text).explain()

    assert index in plan

"""Skills of members: noted on the record, found in the list, joined when two records become one."""

import pytest

from members.models import MemberSkill
from tests.factories.duplicates import make_merge
from tests.factories.members import make_member, make_skill
from tests.factories.units import make_unit
from tests.members.member_admin.desk import address, filled, listed

pytestmark = pytest.mark.django_db


def test_a_skill_is_noted_on_the_record_and_found_in_the_list(client, staff, commune):
    skill = make_skill(name="Sơ cấp cứu")
    member = make_member(unit=commune, full_name="Ma Thị Đào")
    make_member(unit=commune, full_name="Vũ Thị Hà")
    foreign = make_member(unit=make_unit(), full_name="Người Xã Khác")
    MemberSkill.objects.create(member=foreign, skill=skill)
    row = {"skills-TOTAL_FORMS": 1, "skills-0-member": member.pk, "skills-0-skill": skill.pk}

    saved = client.post(address("change", member.pk), filled(member, **row, **{"skills-0-level": "teaches"}))

    assert saved.status_code == 302
    assert [str(row) for row in member.skills.all()] == ["Sơ cấp cứu, hướng dẫn được người khác"]
    assert listed(client, **{"ky-nang": skill.pk}) == ["Ma Thị Đào"]
    assert listed(client, **{"ky-nang": make_skill().pk}) == []
    assert listed(client, **{"ky-nang": "x"}) == []


def test_a_skill_of_two_merged_records_is_kept_once(commune):
    first, second = make_skill(), make_skill()
    keep, other = (make_member(unit=commune, full_name=name) for name in ("Ma Văn Đại", "Ma Van Dai"))
    for member, skill, level in ((keep, first, "able"), (other, first, "learning"), (other, second, "able")):
        MemberSkill.objects.create(member=member, skill=skill, level=level)

    make_merge(keep=keep, other=other)

    assert sorted(keep.skills.values_list("skill", "level")) == [(first.pk, "able"), (second.pk, "able")]

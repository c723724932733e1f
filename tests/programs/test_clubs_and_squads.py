from datetime import date

import pytest

from core.models import AuditEntry
from programs import actions
from programs.models import ClubMember, SquadMember
from tests.factories.members import make_member
from tests.factories.programs import (
    make_activity,
    make_club,
    make_club_member,
    make_squad,
    make_squad_member,
)
from tests.factories.units import make_unit

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 1)


def test_found_club_makes_its_address_and_takes_it_once():
    unit = make_unit()
    facts = {"name": "Câu lạc bộ Thanh niên số", "unit": unit, "founded_on": DAY, "by": None}

    club = actions.found_club(**facts)
    with pytest.raises(actions.ClubRefused) as refusal:
        actions.found_club(**facts)

    assert club.slug == "cau-lac-bo-thanh-nien-so"
    assert refusal.value.problems == ["Đường dẫn “cau-lac-bo-thanh-nien-so” đã dùng cho câu lạc bộ khác."]


def test_add_club_member_for_a_sector():
    club, member = make_club(), make_member()

    stay = actions.add_club_member(club=club, member=member, sector="student", starts_on=DAY, by=None)

    assert list(club.memberships.values_list("member", "sector", "role")) == [
        (member.pk, "student", "member")
    ]
    assert AuditEntry.objects.get().target_id == str(stay.pk)


def test_add_club_member_says_why_not():
    club, gone = make_club(), make_member(status="ended", full_name="Ma Văn Đại")
    make_club_member(club=club, member=gone, role=ClubMember.Role.CHAIR)

    with pytest.raises(actions.ClubRefused) as refusal:
        actions.add_club_member(
            club=club,
            member=gone,
            sector="student",
            role=ClubMember.Role.CHAIR,
            starts_on=date(2024, 1, 1),
            by=None,
        )

    assert refusal.value.problems == [
        "Ma Văn Đại đã thôi sinh hoạt Đoàn.",
        "Ngày tham gia trước ngày thành lập (01/01/2025).",
        "Ma Văn Đại đang là thành viên câu lạc bộ.",
        "Câu lạc bộ đang có Chủ nhiệm. Kết thúc nhiệm vụ của Chủ nhiệm cũ trước.",
    ]


def test_end_club_member_lets_them_come_back_later():
    club, member = make_club(), make_member(full_name="Ma Văn Đại")
    stay = make_club_member(club=club, member=member)

    with pytest.raises(actions.ClubRefused) as too_early:
        actions.end_club_member(membership=stay, ends_on=date(2024, 1, 1), by=None)
    actions.end_club_member(membership=stay, ends_on=DAY, by=None)
    with pytest.raises(actions.ClubRefused) as twice:
        actions.end_club_member(membership=stay, ends_on=DAY, by=None)
    actions.add_club_member(club=club, member=member, sector="worker", starts_on=DAY, by=None)

    assert too_early.value.problems == ["Ngày rời đi trước ngày tham gia (01/01/2025)."]
    assert twice.value.problems == ["Ma Văn Đại đã rời đi ngày 01/03/2026."]
    assert list(club.memberships.order_by("pk").values_list("sector", "ends_on")) == [
        ("student", DAY),
        ("worker", None),
    ]


def test_found_squad_and_let_a_leader_serve():
    unit, member = make_unit(), make_member()

    squad = actions.found_squad(
        name="Đội hình xung kích", unit=unit, level="commune", kind="digital_shock", founded_on=DAY, by=None
    )
    stay = actions.add_squad_member(
        squad=squad, member=member, role=SquadMember.Role.LEADER, is_core=True, starts_on=DAY, by=None
    )

    assert list(squad.memberships.values_list("member", "role", "is_core")) == [(member.pk, "leader", True)]
    assert list(AuditEntry.objects.order_by("pk").values_list("verb", "target_id")) == [
        ("squad.founded", str(squad.pk)),
        ("squad.joined", str(stay.pk)),
    ]


def test_add_squad_member_says_why_not():
    squad, member = make_squad(ended_on=DAY), make_member(full_name="Ma Văn Đại")
    make_squad_member(squad=squad, member=member, role=SquadMember.Role.LEADER)

    with pytest.raises(actions.SquadRefused) as refusal:
        actions.add_squad_member(
            squad=squad, member=member, role=SquadMember.Role.LEADER, starts_on=DAY, by=None
        )

    assert refusal.value.problems == [
        "Đội hình đã giải thể ngày 01/03/2026.",
        "Ma Văn Đại đang ở trong đội hình.",
        "Đội hình đang có Đội trưởng. Kết thúc nhiệm vụ của Đội trưởng cũ trước.",
    ]


def test_end_squad_member_ends_one_stay():
    squad = make_squad()
    leaving, staying = make_squad_member(squad=squad), make_squad_member(squad=squad)

    actions.end_squad_member(membership=leaving, ends_on=DAY, by=None)
    with pytest.raises(actions.SquadRefused):
        actions.end_squad_member(membership=leaving, ends_on=DAY, by=None)

    assert list(squad.memberships.filter(ends_on=None)) == [staying]


def test_disband_squad_ends_every_stay_and_keeps_what_it_did():
    squad = make_squad()
    make_squad_member(squad=squad)
    make_activity(squad=squad, done_on=DAY)

    actions.disband_squad(squad=squad, ends_on=DAY, by=None)
    with pytest.raises(actions.SquadRefused) as twice:
        actions.disband_squad(squad=squad, ends_on=DAY, by=None)

    assert list(squad.memberships.values_list("ends_on", flat=True)) == [DAY]
    assert squad.activities.standing().count() == 1
    assert twice.value.problems == ["Đội hình đã giải thể ngày 01/03/2026."]


def test_disband_squad_refuses_to_leave_later_deeds_hanging():
    squad = make_squad()
    make_activity(squad=squad, done_on=DAY)
    make_squad_member(squad=squad, starts_on=DAY)

    with pytest.raises(actions.SquadRefused) as refusal:
        actions.disband_squad(squad=squad, ends_on=date(2024, 12, 31), by=None)

    assert refusal.value.problems == [
        "Ngày giải thể trước ngày thành lập (01/01/2025).",
        "Đội hình còn hoạt động ghi sau ngày giải thể.",
        "Đội hình còn thành viên tham gia sau ngày giải thể.",
    ]

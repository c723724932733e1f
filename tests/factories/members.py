"""Members, as small as a test needs them."""

from itertools import count

from members.models import Member, Position, Skill
from tests.factories.units import make_unit

_numbers = count(1)


def make_member(*, unit=None, full_name=None, user=None, **facts):
    member = Member(
        unit=unit or make_unit(), full_name=full_name or f"Ma Văn Đại {next(_numbers)}", user=user, **facts
    )
    member.set_name_keys()
    member.save()
    return member


def make_position(*, member=None, unit=None, title="Bí thư", **facts):
    return Position.objects.create(
        member=member or make_member(), unit=unit or make_unit(), title=title, **facts
    )


def make_skill(*, name=None, **facts):
    skill = Skill(name=name or f"Kỹ năng {next(_numbers)}", **facts)
    skill.set_name_keys()
    skill.save()
    return skill

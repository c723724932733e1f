"""Many new members at once get what each of them would have got alone."""

from members.actions import making
from members.models import Member
from tests.factories.imports import make_applied
from tests.factories.members import make_member

PEOPLE = [{"name": f"Hà Văn {name}", "born": "02/09/2005"} for name in ("An", "Bình", "Chi")]


def test_codes_that_somebody_has_or_that_meet_are_drawn_again(binh_yen, monkeypatch):
    held = make_member(unit=binh_yen, full_name="Hoàng Thị Bích").code
    draws = [[held, "DVAAAA2222", "DVAAAA2222"], [held, "DVBBBB3333"], ["DVCCCC4444"]]
    asked = []

    def drawn(count):
        asked.append(count)
        return draws[len(asked) - 1]

    monkeypatch.setattr(making, "new_member_codes", drawn)
    make_applied(*PEOPLE, unit=binh_yen)

    codes = set(Member.objects.exclude(code=held).values_list("code", flat=True))
    assert codes == {"DVAAAA2222", "DVBBBB3333", "DVCCCC4444"}
    assert asked == [3, 2, 1]

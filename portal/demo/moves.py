"""Members on their way: from one commune to another, beside their home, and out of the Union by age."""

from datetime import timedelta

from members.actions import accept_transfer, ask_transfer, begin_stay, hold_ceremony
from members.models import Affiliation, Transfer
from members.queries.age_queue import age_queue
from members.rules.ages import GROWS_AT
from portal.demo.world import World
from units.scope import Scope

REASONS = ["Chuyển nơi làm việc.", "Về học tại trường.", "Chuyển nhà về gần bố mẹ.", "Lập gia đình."]


def add_ceremony(world: World) -> None:
    """The home commune has held its ceremony for some of those who are past thirty."""
    day = world.today - timedelta(days=20)
    known = [member.pk for member in world.personas.values()]
    queue = age_queue(Scope((world.home.path,)), GROWS_AT, on=day - timedelta(days=31))
    grown = list(queue.exclude(pk__in=known)[:4])
    if grown:
        hold_ceremony(unit=world.home, members=grown, held_on=day, decision_no="12-QĐ/ĐTN", by=world.admin)


def add_stays(world: World) -> None:
    """Somebody from elsewhere lives in the home commune, and somebody of it studies elsewhere for a while."""
    others = [commune for commune in world.communes if commune != world.home][:2]
    known = [member for member in world.everybody() if member.user_id is None and member.status == "active"]
    here = [member for member in known if member.unit_id == world.home.pk]
    there = [member for member in known if others and member.unit_id == others[-1].pk]
    begun = world.today - timedelta(days=60)
    if there:
        kind = Affiliation.Kind.RESIDENCE
        begin_stay(member=there[0], unit=world.home, kind=kind, starts_on=begun, by=world.admin)
    if here and others:
        begin_stay(
            member=here[0],
            unit=others[0],
            kind=Affiliation.Kind.TEMPORARY,
            starts_on=begun,
            ends_on=world.today + timedelta(days=90),
            by=world.admin,
        )


def add_moves(world: World) -> None:
    """Two arrive in the home commune and wait, one leaves it, one is taken in elsewhere, one is late."""
    others = [commune for commune in world.communes if commune != world.home][:4]
    known = world.everybody()
    mover = {
        commune.pk: [member for member in known if member.unit_id == commune.pk]
        for commune in (world.home, *others)
    }
    routes = [
        (others[0], world.home),
        (others[1], world.home),
        (world.home, others[2]),
        (others[3], others[0]),
    ]
    made = []
    for (start, goal), reason in zip(routes, REASONS, strict=True):
        if mover[start.pk]:
            member = mover[start.pk].pop()
            made.append(
                ask_transfer(member=member, to_unit=goal, reason=reason, lets_go=True, by=world.admin)
            )
    if len(made) == len(routes):
        accept_transfer(transfer=made[-1], by=world.admin)
        late = world.today - timedelta(days=4)
        Transfer.objects.filter(pk=made[1].pk).update(due_on=late)
    if mover[world.home.pk]:
        asked = mover[world.home.pk].pop()
        ask_transfer(member=asked, to_unit=others[1], reason=REASONS[0], by=world.admin)

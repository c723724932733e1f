"""Whom a transfer is told: the unit whose turn it is, and the member at its end."""

from members.models import Transfer
from members.queries.contact import contact_of
from notifications.actions import enqueue
from units.queries import keepers_of
from units.roles import Can

State = Transfer.State


def tell_side(transfer: Transfer) -> None:
    """Tell those who keep the members of the side whose turn it is; each once for each turn."""
    turn = transfer.to_unit if transfer.state == State.RELEASED else transfer.from_unit
    for user in keepers_of(turn, Can.EDIT_MEMBERS):
        enqueue(
            key=f"transfer:{transfer.pk}:{transfer.state}:{user.pk}",
            address=user.email or "",
            user=user,
            template="members/notices/transfer_turn",
            context=_facts(transfer) | {"takes_in": transfer.state == State.RELEASED},
        )


def tell_member(transfer: Transfer, notice: str) -> None:
    """Tell the member how it ended."""
    enqueue(
        key=f"transfer:{transfer.pk}:{transfer.state}",
        address=contact_of(transfer.member),
        user=transfer.member.user,
        template=f"members/notices/{notice}",
        context=_facts(transfer),
    )


def _facts(transfer: Transfer) -> dict:
    return {"transfer": transfer, "member": transfer.member, "path": transfer.get_absolute_url()}

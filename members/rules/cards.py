"""The digital card of a member: what its code holds, and what a stranger who reads it is told."""

from django.utils.crypto import constant_time_compare

from core.crypto import keyed_hash
from members.models import Member
from members.rules.ages import TAKING_PART

KEY_LENGTH = 24


def card_key(code: str) -> str:
    """What makes the address of a card unguessable for who only knows the member's code."""
    return keyed_hash("member-card", code)[:KEY_LENGTH]


def is_card(code: str, key: str) -> bool:
    """Whether this portal made the card."""
    return constant_time_compare(key, card_key(code))


def is_in_force(member: Member | None) -> bool:
    """Whether the card of the record stands for somebody who takes part today."""
    return member is not None and member.status in TAKING_PART

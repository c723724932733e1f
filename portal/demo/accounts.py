"""The accounts a person tries the portal with: one for every role, and two members."""

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from accounts.models import User
from core.codes import grouped
from core.crypto import keyed_hash
from members.actions import claim_record
from members.models import ClaimCode, Consent, Member
from portal.demo.personas import PERSONAS, Persona
from portal.demo.world import World
from units.actions import grant_role
from units.models import Unit
from units.roles import DESK_ROLES

PASSWORD = "Thanh-nien-2026"
# Printed at every start, so they are no secret; real codes are drawn by `members.actions`.
CLAIM_CODES = {persona.key: f"THEM{number}345" for number, persona in enumerate(PERSONAS, start=1)}
CLAIM_CODE_LASTS = timedelta(days=365)


def add_accounts(world: World) -> None:
    """Accounts with verified addresses, their roles, and the records that those who have claimed hold."""
    hashed = make_password(PASSWORD)
    users = User.objects.bulk_create(_account(persona, hashed) for persona in PERSONAS)
    EmailAddress.objects.bulk_create(
        EmailAddress(user=user, email=user.email, verified=True, primary=True) for user in users
    )
    world.staff = {persona.key: user for persona, user in zip(PERSONAS, users, strict=True)}
    for persona in PERSONAS:
        if persona.role:
            _grant(persona, world)
        if persona.is_member:
            _open_record(persona, world)


def _account(persona: Persona, hashed: str) -> User:
    return User(
        email=persona.email,
        full_name=persona.full_name,
        password=hashed,
        is_staff=persona.role in DESK_ROLES,
    )


def _grant(persona: Persona, world: World) -> None:
    branch = world.personas["chidoan"].unit
    units: dict[str, Unit] = {"province": world.province, "home": world.home, "branch": branch}
    grant_role(
        user=world.staff[persona.key],
        role=persona.role,
        unit=units[persona.place],
        starts_on=world.today,
        by=world.admin,
    )


def _open_record(persona: Persona, world: World) -> None:
    """A printed code for the record; who has claimed it used the code already."""
    member, user = world.personas[persona.key], world.staff[persona.key]
    code = CLAIM_CODES[persona.key]
    ClaimCode.objects.create(
        member=member,
        channel=ClaimCode.Channel.PRINTED,
        code_hash=keyed_hash("claim-code", code),
        requested_by=world.admin,
        created_at=world.now,
        expires_at=world.now + CLAIM_CODE_LASTS,
    )
    if persona.has_claimed:
        claim_record(
            code=code,
            full_name=member.full_name,
            born_on=member.born_on,
            by=user,
            purposes=[Consent.Purpose.ACTIVITIES, Consent.Purpose.MESSAGES],
        )
        world.personas[persona.key] = Member.objects.select_related("unit", "user").get(pk=member.pk)


def accounts_table() -> str:
    """The demonstration accounts in Vietnamese, ready to print; empty where there are none."""
    known = set(User.objects.filter(email__in=[p.email for p in PERSONAS]).values_list("email", flat=True))
    shown = [persona for persona in PERSONAS if persona.email in known]
    if not shown:
        return ""
    lines = [f"  {persona.label:<28} {persona.email:<26} {persona.full_name}" for persona in shown]
    heading = f"Tài khoản dùng thử, mật khẩu chung: {PASSWORD}"
    return "\n".join([heading, *lines, *_claim_lines(shown)])


def _claim_lines(shown: list[Persona]) -> list[str]:
    return [
        f"Mã nhận hồ sơ của {persona.full_name}: {grouped(CLAIM_CODES[persona.key])}"
        f" (ngày sinh {persona.born[8:]}/{persona.born[5:7]}/{persona.born[:4]})"
        for persona in shown
        if persona.is_member and not persona.has_claimed
    ]

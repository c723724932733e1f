"""A member's facts as plain text by name: how rosters, members and changes are compared.

Dates are ISO, as precise as known; a blank text is a fact nobody gave. The unit is named by its code.
"""

import json
from collections.abc import Mapping
from functools import cache, lru_cache
from hashlib import blake2b

from django.conf import settings

from core.crypto import keyed_hash
from members.dates import PartialDate
from members.models import Member

COLUMN_OF = {
    "full_name": "full_name",
    "sex": "sex",
    "phone": "phone",
    "email": "email",
    "ethnic_group": "ethnic_group",
    "religion": "religion",
    "position": "position",
    "branch": "branch_name",
}
COLUMNS = (*COLUMN_OF.values(), "citizen_id_hash", "citizen_id_last4")
DATES = {"born": ("born_on", "born_precision"), "joined": ("joined_on", "joined_precision")}
LABELS = {
    "full_name": "Họ và tên",
    "born": "Ngày sinh",
    "sex": "Giới tính",
    "phone": "Điện thoại",
    "email": "Email",
    "ethnic_group": "Dân tộc",
    "religion": "Tôn giáo",
    "position": "Chức vụ",
    "branch_name": "Chi đoàn",
    "citizen_id_last4": "Số căn cước",
    "joined": "Ngày vào Đoàn",
    "unit": "Đơn vị",
}


# Every field that a line of a roster may give.
ROSTER_FIELDS = (
    *COLUMN_OF, "date_of_birth", "joined_on", "citizen_id", "unit_code", "phone_other", "member_code",
)  # fmt: skip
_BLANKS = ("",) * len(ROSTER_FIELDS)
_BETWEEN = "\x00"


def citizen_id_hash(citizen_id: str) -> str:
    """The keyed hash that stands for a citizen number wherever one is kept or compared."""
    return keyed_hash("citizen-id", citizen_id) if citizen_id else ""


def facts_of_fields(fields: Mapping[str, str]) -> dict[str, str]:
    """The facts a roster line gives; what it leaves blank is not among them. The unit is not either."""
    facts = {column: fields[name] for name, column in COLUMN_OF.items() if fields.get(name)}
    if "email" in facts:
        facts["email"] = facts["email"].lower()
    if fields.get("date_of_birth"):
        facts["born"] = fields["date_of_birth"]
    if fields.get("joined_on"):
        facts["joined"] = fields["joined_on"]
    if citizen_id := fields.get("citizen_id"):
        facts |= {"citizen_id_hash": citizen_id_hash(citizen_id), "citizen_id_last4": citizen_id[-4:]}
    return facts


def without_number(facts: Mapping[str, str]) -> dict[str, str]:
    """The facts less the citizen number, which is somebody else's."""
    return {name: value for name, value in facts.items() if not name.startswith("citizen_id")}


def fingerprint(fields: Mapping[str, str], communes: frozenset[int]) -> str:
    """32 hex digits that stand for everything a line says and the commune it means, without telling it."""
    said = _BETWEEN.join(map(fields.get, ROSTER_FIELDS, _BLANKS))
    if said.count(_BETWEEN) != len(_BLANKS) - 1:  # a value has the sign in it: only JSON keeps them apart
        said = json.dumps(list(map(fields.get, ROSTER_FIELDS)))
    key = settings.DATA_KEY.encode()[:64]
    return blake2b(f"{_named(communes)}{said}".encode(), digest_size=16, key=key).hexdigest()


@lru_cache(maxsize=20_000)
def _named(communes: frozenset[int]) -> str:
    return f"{sorted(communes)}"


def facts_of_member(member: Member) -> dict[str, str]:
    """Every fact of the member but the unit; blank where nothing is known."""
    facts = {column: getattr(member, column) for column in COLUMNS}
    for name, (first, precision) in DATES.items():
        known = PartialDate.of(getattr(member, first), getattr(member, precision))
        facts[name] = known.iso() if known else ""
    return facts


def put_facts(member: Member, facts: Mapping[str, str]) -> None:
    """Set the facts on the member in memory, name keys and date precision with them."""
    for name, value in facts.items():
        if name in DATES:
            known = PartialDate.from_iso(value) if value else None
            first, precision = DATES[name]
            setattr(member, first, known.first_day() if known else None)
            setattr(member, precision, known.precision if known else "")
        elif name in COLUMNS:
            setattr(member, name, value)
    if "full_name" in facts:
        member.set_name_keys()


def too_long(fields: Mapping[str, str]) -> list[str]:
    """The fields whose text does not fit into a member record."""
    found = []
    for name, limit in _limits():
        if name in fields and len(fields[name] or "") > limit:
            found.append(name)
    return found


@cache
def _limits() -> list[tuple[str, int]]:
    limits = {name: Member._meta.get_field(column).max_length for name, column in COLUMN_OF.items()}  # type: ignore[union-attr]
    return [(name, limit) for name, limit in limits.items() if limit]

"""Which columns of a member need an ability of their own, and what one person sees of them where."""

from collections.abc import Mapping
from dataclasses import dataclass

from members.models import Member
from units.models import Unit
from units.roles import Can
from units.scope import Scope

ABILITY_OF: dict[str, Can] = {
    "phone": Can.SEE_PHONES,
    "phone_other": Can.SEE_PHONES,
    "ethnic_group": Can.SEE_ETHNIC_GROUP,
    "religion": Can.SEE_RELIGION,
    "citizen_id_last4": Can.SEE_CITIZEN_ID,
}
HIDDEN_WORD = "Ẩn"


@dataclass(frozen=True)
class Sight:
    """The branches in which one person sees each sensitive column of members."""

    scopes: Mapping[str, Scope]

    def of(self, column: str) -> Scope:
        """The branches in which the column is seen."""
        return self.scopes[column]

    def shows(self, column: str, unit: Unit) -> bool:
        """Whether the column of the members of this unit is seen."""
        return self.scopes[column].covers(unit)

    def shown_in(self, unit: Unit) -> frozenset[str]:
        """The columns seen of the members of this unit."""
        return frozenset(column for column, scope in self.scopes.items() if scope.covers(unit))

    def shown_throughout(self, scope: Scope) -> frozenset[str]:
        """The columns seen of everybody in the scope."""
        seen = self.scopes.items()
        return frozenset(column for column, within in seen if scope and scope.shared_with(within) == scope)

    def shown_somewhere(self) -> list[str]:
        """The columns seen in some branch, in the order in which they are told."""
        return [column for column in ABILITY_OF if self.scopes[column]]

    def told_of(self, member: Member) -> list[str]:
        """The columns in which the member has something that is seen."""
        shown = self.shown_in(member.unit)
        return [column for column in ABILITY_OF if column in shown and getattr(member, column)]

"""The branches of the tree a person may touch for one ability."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Q


@dataclass(frozen=True)
class Scope:
    """A set of branches, each named by the path of its top unit. The empty scope matches nothing."""

    paths: tuple[str, ...] = ()

    @classmethod
    def of(cls, paths: Iterable[str]) -> "Scope":
        """The scope of these branches; a branch inside another one is left out."""
        kept: list[str] = []
        for path in sorted(set(paths)):
            if not any(path.startswith(top) for top in kept):
                kept.append(path)
        return cls(tuple(kept))

    def as_q(self, field: str) -> Q:
        """The condition that the unit path in `field` lies in one of the branches."""
        if not self.paths:
            return Q(pk__in=[])
        return reduce(or_, (Q(**{f"{field}__startswith": path}) for path in self.paths))

    def shared_with(self, other: "Scope") -> "Scope":
        """The branches that lie in both scopes."""
        inside = [path for path in self.paths if path.startswith(other.paths)]
        return Scope.of(inside + [path for path in other.paths if path.startswith(self.paths)])

    def covers(self, unit) -> bool:
        """Whether the unit lies in one of the branches."""
        return any(unit.path.startswith(path) for path in self.paths)

    def __bool__(self) -> bool:
        return bool(self.paths)

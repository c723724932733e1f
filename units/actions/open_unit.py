from datetime import date
from typing import Any

from django.db import transaction

from core import audit
from core.errors import DomainError
from core.text import tidy
from units import rules
from units.models import Unit


class OpeningRefused(DomainError):
    """No such unit can be opened there; every reason is told."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems


@transaction.atomic
def open_unit(
    *, parent: Unit, kind: str, name: str, code: str = "", valid_from: date | None = None, by: Any
) -> Unit:
    """Open a branch or an affiliated body below `parent`. Without a code it gets the next free one."""
    parent = Unit.objects.locked().get(pk=parent.pk)
    if problems := rules.opening_problems(parent=parent, kind=kind, code=code):
        raise OpeningRefused(problems)

    unit = Unit(code=code or _next_code(parent), kind=kind, name=tidy(name), valid_from=valid_from)
    unit.set_name_keys()
    Unit.objects.add_child(parent, instance=unit)
    audit.record("unit.opened", by=by, target=unit, unit=unit)
    return unit


def _next_code(parent: Unit) -> str:
    number = parent.numchild + 1
    while Unit.objects.filter(code=f"{parent.code}-{number:02d}").exists():
        number += 1
    return f"{parent.code}-{number:02d}"

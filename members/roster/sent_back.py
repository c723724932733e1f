"""Lines that the portal gave out and people send back: by which signs they are known."""

import re

from members.roster.cells import shown
from members.roster.columns import Role
from members.roster.draft import Draft
from members.roster.shapes import Recalled

HIDDEN_NUMBER = re.compile("[•●∙]{2,}")
_HOME = (Role.UNIT, Role.BRANCH, Role.DISTRICT, Role.POSITION_AND_UNIT)


def keeps_home(draft: Draft, recalled: Recalled) -> bool:
    """Whether the unit of the line was known and nobody has typed another one since."""
    now, then = draft.line.cells, recalled.cells
    columns = draft.header.columns_of(*_HOME)
    same = all(_at(now, column) == _at(then, column) for column in columns)
    return same and bool(recalled.fields.get("unit_code"))


def _at(cells, column: int) -> str:
    return shown(cells[column]).strip() if column < len(cells) else ""

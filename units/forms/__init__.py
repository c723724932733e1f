"""What the web admin asks before a role is given or ended, a unit opened, or a plan changed."""

from units.forms.desk import EndForm, GrantForm, HandOverForm, OpenUnitForm
from units.forms.plans import (
    NEW_KINDS,
    CloseForm,
    MergeForm,
    MoveForm,
    PlanFactsForm,
    RenameForm,
    SplitForm,
    TableForm,
)

__all__ = [
    "NEW_KINDS",
    "CloseForm",
    "EndForm",
    "GrantForm",
    "HandOverForm",
    "MergeForm",
    "MoveForm",
    "OpenUnitForm",
    "PlanFactsForm",
    "RenameForm",
    "SplitForm",
    "TableForm",
]

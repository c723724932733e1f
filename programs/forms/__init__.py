"""The shape of what people enter about programs."""

from programs.forms.activity import ActivityForm, WithdrawForm
from programs.forms.desk import (
    ClubStayForm,
    DeskWithdrawForm,
    DisbandForm,
    LeavingForm,
    SplitTargetForm,
    SquadStayForm,
)
from programs.forms.figures import FiguresForm

__all__ = [
    "ActivityForm",
    "ClubStayForm",
    "DeskWithdrawForm",
    "DisbandForm",
    "FiguresForm",
    "LeavingForm",
    "SplitTargetForm",
    "SquadStayForm",
    "WithdrawForm",
]

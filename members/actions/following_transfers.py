"""Units end while members are on their way: open transfers follow the lineage or end."""

from django.db.models import Q, QuerySet

from members.actions.moving_notices import tell_member
from members.models import Transfer
from units.actions import PlanJournal
from units.actions.journal import chunks

State = Transfer.State


def follow_transfers(*, journal: PlanJournal) -> None:
    """Let open transfers name the successors of their units. Called inside the transaction of the plan.

    One whose two sides become one unit is over. So is one into a unit that was divided or ended, and one
    that such a unit had still to agree to: nobody is left to answer, no heir is guessed. Members are told.
    """
    number = journal.plan.decision_no
    _end(
        journal, _into_nothing(journal), f"Đơn vị chia tách hoặc kết thúc theo {number}. Hãy lập đề nghị mới."
    )
    _end(journal, _within_one_heir(journal), f"Hai đơn vị đã thành một theo {number} nên không cần chuyển.")
    rows = Transfer.objects.open()
    journal.follow(rows, "from_unit_id")
    journal.follow(rows, "to_unit_id")


def _into_nothing(journal: PlanJournal) -> QuerySet[Transfer]:
    gone = journal.ended - journal.successors.keys()
    unanswered = Q(from_unit__in=gone, state=State.ASKED)
    return Transfer.objects.open().filter(Q(to_unit__in=gone) | unanswered)


def _within_one_heir(journal: PlanJournal) -> QuerySet[Transfer]:
    """Both sides are one unit afterwards: both went into it, or one went into the other."""
    touched = Q(from_unit__in=journal.successors) | Q(to_unit__in=journal.successors)
    pairs = Transfer.objects.open().filter(touched).values_list("pk", "from_unit", "to_unit")
    heirs = journal.successors
    return Transfer.objects.filter(
        pk__in=[pk for pk, left, right in pairs if heirs.get(left, left) == heirs.get(right, right)]
    )


def _end(journal: PlanJournal, rows: QuerySet[Transfer], answer: str) -> None:
    by = journal.by.pk if journal.by else None
    after = {"state": State.CANCELLED, "answer": answer, "ended_at": journal.at, "ended_by_id": by}
    keys = list(rows.order_by("pk").values_list("pk", flat=True))
    for state in Transfer.OPEN_STATES:
        before = {"state": state, "answer": "", "ended_at": None, "ended_by_id": None}
        journal.change_all(Transfer.objects.filter(pk__in=keys), before, after)
    for some in chunks(keys):
        ended = Transfer.objects.filter(pk__in=some).select_related("member__user", "from_unit", "to_unit")
        for transfer in ended.order_by("pk"):
            tell_member(transfer, "transfer_not_made")

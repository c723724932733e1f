"""What an import may do to members who exist is chosen anew, while it has written nothing."""

from typing import Any

from django.db import transaction

from core import audit
from members.actions.answering import open_import
from members.actions.branching import start_settling
from members.actions.uploading import ImportRefused
from members.models import RosterImport

WRITTEN = "Lần nhập này đã ghi vào cổng nên không đổi lựa chọn được. Hãy hoàn tác rồi tải file lên lại."
SAME = "Danh sách này đang theo lựa chọn đó."
OTHER = "Lựa chọn này vừa được đổi thành “{policy}”. Hãy xem lại trang rồi chọn lần nữa nếu cần."


@transaction.atomic
def change_policy(*, roster_import: RosterImport, policy: str, seen: str = "", by: Any) -> RosterImport:
    """Let the import do that to members who exist. A worker then matches every line again.

    What staff answered stays answered. `seen` is the policy that the person saw: of two people choosing at
    once the second is refused. Raises ImportRefused, changing nothing.
    """
    roster_import = open_import(roster_import)
    if roster_import.state != RosterImport.State.READY:
        raise ImportRefused(WRITTEN)
    if seen and seen != roster_import.policy:
        raise ImportRefused(OTHER.format(policy=roster_import.get_policy_display()))
    if policy == roster_import.policy and not roster_import.failure:
        raise ImportRefused(SAME)
    roster_import.policy = policy
    start_settling(roster_import)
    audit.record(
        "roster.policy_changed",
        by=by,
        target=roster_import,
        unit=roster_import.unit,
        detail={"policy": str(policy)},
    )
    return roster_import

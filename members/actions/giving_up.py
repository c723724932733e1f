"""Work on an import that failed again and again is given up, so that its people can go on."""

from datetime import datetime
from typing import Any

from django.db.models import F
from django.utils import timezone

from members.actions.staging import State, fail, go_on
from members.models import RosterImport
from members.queries.tallies import tallies_of

OWN_FAULT = 10  # a try that broke off of itself weighs as much; one whose worker was killed weighs 1
MAX_FAULTS, MAX_KILLED, MAX_KILLED_OPENING = 3, 9, 4
NOT_READ = "Không đọc xong được file này sau nhiều lần thử. Hãy chia nhỏ file rồi tải lên lại."
KILLS_WORKER = (
    "Cổng đã mở file này nhiều lần và lần nào cũng bị dừng giữa chừng, có thể vì file quá nặng. "
    "Hãy xóa ảnh, định dạng và các trang không cần, hoặc chia nhỏ file, rồi tải lên lại."
)
AGAIN = "nếu vẫn không được, hãy báo cho Tỉnh Đoàn."
NOT_APPLIED = (
    "Cổng đã thử nhiều lần nhưng chưa áp dụng được danh sách này. Chưa có gì được ghi vào cổng. "
    f"Hãy áp dụng lại; {AGAIN}"
)
HALF_APPLIED = (
    "Cổng đã thử nhiều lần nhưng chưa áp dụng hết danh sách này. Các dòng đã ghi vẫn được giữ. "
    f"Hãy áp dụng tiếp các dòng còn lại; {AGAIN}"
)
NOT_UNDONE = (
    "Cổng đã thử nhiều lần nhưng chưa hoàn tác hết lần nhập này. Các dòng chưa lấy lại vẫn được giữ. "
    f"Hãy hoàn tác lại; {AGAIN}"
)
NOT_SETTLED = (
    "Cổng đã thử nhiều lần nhưng chưa so lại hết các dòng. Chưa có gì được ghi thêm vào cổng. "
    f"Hãy xác nhận lại các chi đoàn hoặc chọn lại cách xử lý đoàn viên đã có; {AGAIN}"
)


def is_hopeless(roster_import: RosterImport) -> bool:
    """Whether the work was begun often enough without getting any further.

    A worker may be killed for many reasons; those that die one after another before the first line is stored
    die of the file.
    """
    faults, killed = divmod(roster_import.try_count, OWN_FAULT)
    return faults >= MAX_FAULTS or killed >= MAX_KILLED or _kills_worker(roster_import)


def _kills_worker(roster_import: RosterImport) -> bool:
    is_opened = roster_import.state not in (State.WAITING, State.READING) or roster_import.done_count > 0
    return not is_opened and roster_import.try_count % OWN_FAULT >= MAX_KILLED_OPENING


def note_own_fault(roster_import: RosterImport) -> None:
    """Let a try that broke off of itself weigh more than one whose worker was killed: it will break again."""
    mine = RosterImport.objects.filter(pk=roster_import.pk, lease_until=roster_import.lease_until)
    begun = 1 if roster_import.try_count else 0  # a try that got further is not counted as begun any more
    mine.update(try_count=F("try_count") + OWN_FAULT - begun)


def give_up(*, roster_import: RosterImport) -> RosterImport:
    """Stop the work, say so, and let staff decide. A file that was not read goes, with all its rows.

    Called by the worker that holds the lease. What whole chunks wrote or took back stays as it is.
    """
    if roster_import.state in (State.WAITING, State.READING):
        return fail(roster_import, KILLS_WORKER if _kills_worker(roster_import) else NOT_READ)
    if roster_import.state == State.SETTLING:
        return _leave(roster_import, NOT_SETTLED, _settled(roster_import))
    sentence, facts = NOT_UNDONE, _applied(roster_import.applied_at)
    if roster_import.state == State.APPLYING:
        is_half = roster_import.rows.filter(applied_at__isnull=False).exists()
        sentence = HALF_APPLIED if is_half else NOT_APPLIED
        facts = _applied(timezone.now()) if is_half else {"state": State.READY}
    return _leave(roster_import, sentence, facts)


def _leave(roster_import: RosterImport, sentence: str, facts: dict[str, Any]) -> RosterImport:
    go_on(roster_import, **facts, failure=sentence, tallies=tallies_of(roster_import), lease_until=None)
    return roster_import


def _settled(roster_import: RosterImport) -> dict[str, Any]:
    """Where an import goes on from once its rows are settled."""
    return {"state": State.APPLIED if roster_import.applied_at else State.READY}


def _applied(moment: datetime | None) -> dict[str, Any]:
    return {"state": State.APPLIED, "applied_at": moment}

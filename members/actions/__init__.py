"""Everything that can happen to a member, their record and a roster."""

from members.actions.answering import take_back_answer
from members.actions.applying import apply_roster
from members.actions.branching import confirm_branches
from members.actions.choosing import change_policy
from members.actions.claiming import (
    ClaimCodeNotSent,
    ClaimRefused,
    PrintedCode,
    RecordNotClaimed,
    claim_record,
    print_claim_codes,
    release_record,
    send_claim_code,
)
from members.actions.consent import ConsentNotInForce, give_consents, withdraw_consent
from members.actions.correcting import read_again, reading_mark
from members.actions.deciding import (
    decide_dates,
    decide_person,
    decide_twin,
    decide_unit,
    drop_fix,
    skip_question,
)
from members.actions.finding import (
    ask_duplicate_scan,
    resume_duplicate_scans,
    work_on_duplicate_scan,
)
from members.actions.journal import MergeJournal
from members.actions.keeping import RecordRefused, create_member, update_member
from members.actions.merging import MergeRefused, merge_members
from members.actions.pairing import PairDecided, reopen_pair, say_different
from members.actions.parting import undo_merge
from members.actions.purging import purge_rosters
from members.actions.remembering import forget_header
from members.actions.tidying import tidy_after
from members.actions.undoing import undo_roster
from members.actions.uploading import ImportRefused, cancel_import, upload_roster
from members.actions.working import answer_of, import_now, resume_imports, work_on_import

__all__ = [
    "ImportRefused",
    "MergeJournal",
    "MergeRefused",
    "PairDecided",
    "answer_of",
    "apply_roster",
    "ask_duplicate_scan",
    "cancel_import",
    "change_policy",
    "confirm_branches",
    "create_member",
    "decide_dates",
    "decide_person",
    "decide_twin",
    "decide_unit",
    "drop_fix",
    "forget_header",
    "import_now",
    "merge_members",
    "purge_rosters",
    "reopen_pair",
    "resume_duplicate_scans",
    "read_again",
    "reading_mark",
    "resume_imports",
    "say_different",
    "skip_question",
    "take_back_answer",
    "undo_merge",
    "undo_roster",
    "update_member",
    "upload_roster",
    "work_on_duplicate_scan",
    "tidy_after",
    "work_on_import",
    "ClaimCodeNotSent",
    "ClaimRefused",
    "ConsentNotInForce",
    "PrintedCode",
    "RecordNotClaimed",
    "RecordRefused",
    "claim_record",
    "give_consents",
    "print_claim_codes",
    "release_record",
    "send_claim_code",
    "withdraw_consent",
]

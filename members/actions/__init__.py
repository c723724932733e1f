"""Everything that can happen to a member, their record and a roster."""

from members.actions.activating import activate_account
from members.actions.announcing import announce_terms, remind_of_requests
from members.actions.answering import take_back_answer
from members.actions.applying import apply_roster
from members.actions.assigning import AssignmentRefused, assign_waiting
from members.actions.branching import confirm_branches
from members.actions.breaching import (
    BreachRefused,
    close_breach,
    note_breach,
    notify_breach,
    tell_affected,
)
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
from members.actions.clearing import (
    clear_breaches,
    clear_claim_codes,
    clear_consents,
    clear_requests,
    erase_departed,
    seal_merges,
)
from members.actions.consent import ConsentNotInForce, end_consents, give_consents, withdraw_consent
from members.actions.correcting import read_again, reading_mark
from members.actions.deciding import (
    decide_dates,
    decide_person,
    decide_twin,
    decide_unit,
    drop_fix,
    skip_question,
)
from members.actions.erasing import ErasingRefused, erase_member
from members.actions.finding import (
    ask_duplicate_scan,
    resume_duplicate_scans,
    work_on_duplicate_scan,
)
from members.actions.following import follow_units
from members.actions.growing import (
    GrowingRefused,
    hold_ceremony,
    keep_longer,
    reduce_alumni,
    withdraw_growing,
)
from members.actions.guarding import (
    GuardianRefused,
    agree_for_ward,
    end_guardian,
    name_guardian,
    withdraw_for_ward,
)
from members.actions.journal import MergeJournal
from members.actions.keeping import RecordRefused, create_member, update_member
from members.actions.merging import MergeRefused, merge_members
from members.actions.pairing import PairDecided, reopen_pair, say_different
from members.actions.parting import undo_merge
from members.actions.purging import purge_rosters
from members.actions.remembering import forget_header
from members.actions.requesting import (
    DataRequestRefused,
    accept_request,
    ask_about_data,
    carry_out_request,
    extend_request,
    lift_restriction,
    refuse_request,
    take_back_request,
)
from members.actions.staying import StayRefused, begin_stay, end_stay
from members.actions.tidying import tidy_after
from members.actions.transferring import (
    TransferRefused,
    accept_transfer,
    ask_transfer,
    cancel_transfer,
    expire_transfers,
    refuse_transfer,
    release_transfer,
)
from members.actions.undoing import undo_roster
from members.actions.uploading import ImportRefused, cancel_import, upload_roster
from members.actions.working import answer_of, import_now, resume_imports, work_on_import

__all__ = [
    "AssignmentRefused",
    "BreachRefused",
    "ClaimCodeNotSent",
    "ClaimRefused",
    "ConsentNotInForce",
    "DataRequestRefused",
    "ErasingRefused",
    "GrowingRefused",
    "GuardianRefused",
    "ImportRefused",
    "MergeJournal",
    "MergeRefused",
    "PairDecided",
    "PrintedCode",
    "RecordNotClaimed",
    "RecordRefused",
    "StayRefused",
    "TransferRefused",
    "accept_request",
    "accept_transfer",
    "activate_account",
    "agree_for_ward",
    "announce_terms",
    "answer_of",
    "apply_roster",
    "ask_about_data",
    "ask_duplicate_scan",
    "ask_transfer",
    "assign_waiting",
    "begin_stay",
    "cancel_import",
    "cancel_transfer",
    "carry_out_request",
    "change_policy",
    "claim_record",
    "clear_breaches",
    "clear_claim_codes",
    "clear_consents",
    "clear_requests",
    "close_breach",
    "confirm_branches",
    "create_member",
    "decide_dates",
    "decide_person",
    "decide_twin",
    "decide_unit",
    "drop_fix",
    "end_consents",
    "end_guardian",
    "end_stay",
    "erase_departed",
    "erase_member",
    "expire_transfers",
    "extend_request",
    "follow_units",
    "forget_header",
    "give_consents",
    "hold_ceremony",
    "import_now",
    "keep_longer",
    "lift_restriction",
    "merge_members",
    "name_guardian",
    "note_breach",
    "notify_breach",
    "print_claim_codes",
    "purge_rosters",
    "read_again",
    "reading_mark",
    "reduce_alumni",
    "refuse_request",
    "refuse_transfer",
    "release_record",
    "release_transfer",
    "remind_of_requests",
    "reopen_pair",
    "resume_duplicate_scans",
    "resume_imports",
    "say_different",
    "seal_merges",
    "send_claim_code",
    "skip_question",
    "take_back_answer",
    "take_back_request",
    "tell_affected",
    "tidy_after",
    "undo_merge",
    "undo_roster",
    "update_member",
    "upload_roster",
    "withdraw_consent",
    "withdraw_for_ward",
    "withdraw_growing",
    "work_on_duplicate_scan",
    "work_on_import",
]

"""The nouns of membership and of the roster import."""

from members.models.affiliation import Affiliation
from members.models.claim import Claim, ClaimCode
from members.models.consent import Consent
from members.models.duplicate_pair import DuplicatePair
from members.models.duplicate_scan import DuplicateScan
from members.models.header_memory import HeaderMemory
from members.models.member import Member
from members.models.member_merge import MemberMerge
from members.models.position import Position
from members.models.provenance import Provenance
from members.models.roster_answer import RosterAnswer
from members.models.roster_block import RosterBlock
from members.models.roster_branch import RosterBranch
from members.models.roster_heads import RosterHeads
from members.models.roster_import import RosterImport
from members.models.roster_row import RosterRow, with_contents

__all__ = [
    "Affiliation",
    "Claim",
    "ClaimCode",
    "Consent",
    "DuplicatePair",
    "DuplicateScan",
    "HeaderMemory",
    "Member",
    "MemberMerge",
    "Position",
    "Provenance",
    "RosterAnswer",
    "RosterBlock",
    "RosterBranch",
    "RosterHeads",
    "RosterImport",
    "RosterRow",
    "with_contents",
]

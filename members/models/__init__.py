"""The nouns of membership and of the roster import."""

from members.models.affiliation import Affiliation
from members.models.ceremony import Ceremony, Growing, LongerStay
from members.models.claim import Claim, ClaimCode
from members.models.consent import Consent
from members.models.data_breach import DataBreach
from members.models.data_request import DataRequest
from members.models.duplicate_pair import DuplicatePair
from members.models.duplicate_scan import DuplicateScan
from members.models.guardian import Guardian
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
from members.models.skill import MemberSkill, Skill
from members.models.transfer import Transfer

__all__ = [
    "Affiliation",
    "Ceremony",
    "Claim",
    "ClaimCode",
    "Consent",
    "DataBreach",
    "DataRequest",
    "DuplicatePair",
    "DuplicateScan",
    "Guardian",
    "Growing",
    "HeaderMemory",
    "LongerStay",
    "Member",
    "MemberMerge",
    "MemberSkill",
    "Position",
    "Provenance",
    "RosterAnswer",
    "RosterBlock",
    "RosterBranch",
    "RosterHeads",
    "RosterImport",
    "RosterRow",
    "Skill",
    "Transfer",
    "with_contents",
]

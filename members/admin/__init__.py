"""The staff's desk for members and the rosters they come from."""

from members.admin import duplicate_pair, member, member_merge, roster_import

__all__ = ["duplicate_pair", "member", "member_merge", "roster_import"]

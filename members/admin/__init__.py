"""The staff's desk for members and the rosters they come from."""

from members.admin import member, roster_import

__all__ = ["member", "roster_import"]

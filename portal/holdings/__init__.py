"""What the portal holds about a member, table by table."""

from portal.holdings.account import ACCOUNT
from portal.holdings.activities import EVENTS, PROGRAMS
from portal.holdings.members import MEMBERS

HOLDINGS = [*MEMBERS, *PROGRAMS, *EVENTS, *ACCOUNT]

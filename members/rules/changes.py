"""What a roster line changes in a member that exists. Blank never clears, less never replaces more."""

from collections.abc import Mapping

from core.text import fold, spelling_key
from members.models import Member, RosterImport
from members.rules.facts import facts_of_member

OWN_FACTS = {"phone", "email"}
TEXTS = {"ethnic_group", "religion", "position", "branch_name"}
SAID_NOTHING = ""

Changes = dict[str, list[str]]
Policy = RosterImport.Policy


def changes_for(current: Mapping[str, str], given: Mapping[str, str], *, is_claimed: bool) -> Changes:
    """Each given fact that differs from the current one, as [old, new].

    A member who has claimed their record keeps their own phone and e-mail once they have one.
    """
    changes: Changes = {}
    for name, new in given.items():
        old = current.get(name, SAID_NOTHING)
        if new in (old, SAID_NOTHING) or _keeps(name, old, new):
            continue
        if is_claimed and name in OWN_FACTS and old:
            continue
        changes[name] = [old, new]
    return changes


def _keeps(name: str, old: str, new: str) -> bool:
    if not old:
        return False
    if name in ("born", "joined"):
        return old.startswith(new)
    if name == "full_name":
        return is_same_spelling(old, new) or new_is_bare(old, new)
    return name in TEXTS and is_same_spelling(old, new)


def allowed(changes: Changes, policy: str) -> Changes:
    """Of the changes to a member who exists, those that the import's policy lets happen."""
    if policy == Policy.ONLY_NEW:
        return {}
    return more_exact(changes) if policy == Policy.FILL else changes


def more_exact(changes: Changes) -> Changes:
    """Of the changes, those that add to what was said before and contradict none of it."""
    return {name: pair for name, pair in changes.items() if _adds(name, *pair)}


def still_more_exact(changes: Changes, member: Member) -> Changes:
    """Of the changes that a repeating line was to make, those that still add to what the member says."""
    given = {name: new for name, (_, new) in changes.items()}
    return more_exact(changes_for(facts_of_member(member), given, is_claimed=member.user_id is not None))


def _adds(name: str, old: str, new: str) -> bool:
    if name in ("born", "joined"):
        return new.startswith(old)
    return not old or (name == "full_name" and new_is_bare(new, old))


def is_same_spelling(one: str, other: str) -> bool:
    """Whether two texts differ only in case, blanks, the place of a tone mark, or i and y."""
    return spelling_key(one) == spelling_key(other)


def new_is_bare(old: str, new: str) -> bool:
    """Whether the new text is only the old one without its accents."""
    return fold(old) == fold(new) == new.lower()

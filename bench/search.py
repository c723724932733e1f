"""Looking a person up among all members of the province: each kind of thing people remember."""

from collections.abc import Iterator

from bench.figures import Figure, median_seconds
from members.models import Member
from members.queries.member_list import search_members
from units.models import Unit
from units.scope import Scope

PAGE = 51  # one page of the list, and whether another follows
NAMES = {
    "a name without accents": "nguyen van hung",
    "a given name that many have": "huong",
    "the same with accents": "Hường",
    "words in another order": "Hường Nguyễn",
    "beginnings of words": "nguyen v a",
    "initials": "nvh",
    "rare initials": "xqz",
    "a name that nobody has": "khongcoai",
}


def figures() -> Iterator[Figure]:
    """The first page of each search, in the order in which the list of members is shown."""
    rows = Member.objects.within(Scope((Unit.objects.get_first_root_node().path,))).select_related("unit")
    someone = Member.objects.exclude(phone="").order_by("-pk").first()
    remembered = NAMES | {
        "the last four digits of a telephone": someone.phone[-4:],
        "a whole telephone number": "0" + someone.phone.removeprefix("+84"),
        "a code": someone.code,
    }
    count = Member.objects.count()
    for kind, text in remembered.items():
        seconds = median_seconds(lambda text=text: list(search_members(rows, text)[:PAGE]))
        yield Figure(f"search in {count:,}: {kind}", seconds, 1, "")

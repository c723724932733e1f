"""What hangs on member records, gathered from every package by announcing the question."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from members.models import Affiliation, Claim, Consent, DataRequest, Guardian, Position, Provenance
from members.signals import attached_asked

MOST_LINES = 6

Lines = dict[int, list[tuple[str, str]]]


@dataclass(frozen=True)
class Attached:
    """What of one kind hangs on a record: how many, and the first few in words."""

    title: str
    count: int
    lines: list[str]

    @property
    def more(self) -> int:
        return self.count - len(self.lines)


def attached_to(members: Collection[int]) -> dict[int, list[Attached]]:
    """By member, everything that would move with the record. A fixed number of queries."""
    by_title: dict[int, dict[str, list[str]]] = {pk: defaultdict(list) for pk in members}
    answers: list[Lines] = [answer for _, answer in attached_asked.send(sender=Attached, members=members)]  # type: ignore[misc]
    for answer in [_own(members), *answers]:
        for pk, lines in answer.items():
            for title, line in lines:
                by_title[pk][title].append(line)
    return {
        pk: [Attached(title, len(lines), lines[:MOST_LINES]) for title, lines in found.items()]
        for pk, found in by_title.items()
    }


def shared_lines(attached: dict[int, list[Attached]]) -> list[str]:
    """Titles under which all the records have something, so that one of two may have to give way."""
    titles = [{group.title for group in groups} for groups in attached.values()]
    return sorted(set.intersection(*titles)) if titles else []


def _own(members: Collection[int]) -> Lines:
    found: Lines = defaultdict(list)
    for claim in Claim.objects.filter(member__in=members, released_at=None).select_related("user"):
        found[claim.member_id].append(
            ("Tài khoản", f"{claim.user.email}, nhận ngày {claim.claimed_at:%d/%m/%Y}")
        )
    for stay in Affiliation.objects.filter(member__in=members).select_related("unit").order_by("pk"):
        line = f"{stay.unit.title}, {stay.get_kind_display()}, từ {stay.starts_on:%d/%m/%Y}"
        found[stay.member_id].append(("Nơi sinh hoạt", line))
    for post in Position.objects.filter(member__in=members).select_related("unit").order_by("pk"):
        found[post.member_id].append(("Chức vụ", str(post)))
    for consent in Consent.objects.filter(member__in=members).order_by("pk"):
        ended = " (đã rút lại)" if consent.withdrawn_at else ""
        found[consent.member_id].append(("Đồng ý", f"{consent.get_purpose_display()}{ended}"))
    for request in DataRequest.objects.filter(member__in=members).order_by("pk"):
        line = f"{request.get_kind_display()}, nhận ngày {request.received_on:%d/%m/%Y}"
        found[request.member_id].append(("Đề nghị về dữ liệu", line))
    for guardian in Guardian.objects.filter(member__in=members).order_by("pk"):
        found[guardian.member_id].append(("Người đại diện", str(guardian)))
    sources = Provenance.objects.filter(member__in=members).select_related("roster_import", "row")
    for source in sources.order_by("pk"):
        line = f"{source.roster_import.file_name}, {source.row.where}"
        found[source.member_id].append(("Nguồn dữ liệu", line))
    return dict(found)

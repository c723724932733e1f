"""What belongs to one member goes over to another; of two rows that cannot both stay the stronger does."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Field, Model
from django.db.models.fields.reverse_related import ForeignObjectRel
from django.utils import timezone

from members.actions.journal import MergeJournal
from members.models import (
    Affiliation,
    Consent,
    DataRequest,
    DuplicatePair,
    Growing,
    Guardian,
    LongerStay,
    Member,
    Transfer,
)

# Columns that point at a member and do not follow a merge, with the reason. None so far.
STAYING: dict[str, str] = {}


def member_columns() -> list[Field]:
    """Every column of every table that points at a member, by the order of the tables' names."""
    found = [
        relation.field
        for relation in Member._meta.get_fields(include_hidden=True)
        if isinstance(relation, ForeignObjectRel) and not relation.many_to_many
    ]
    return sorted(found, key=lambda field: (field.model._meta.label_lower, field.name))


def name_of(field: Field) -> str:
    """The column as `STAYING` and the tests name it: "events.registration.member"."""
    return f"{field.model._meta.label_lower}.{field.name}"


def rows_of(member: Member, field: Field) -> Iterator[Model]:
    """The rows that point at the member through the column, oldest first."""
    return field.model._base_manager.filter(**{field.name: member}).order_by("pk").iterator()


def move_rest(journal: MergeJournal) -> None:
    """Let every row that still points at the other member point at the kept one."""
    for field in member_columns():
        if name_of(field) not in STAYING:
            for row in list(rows_of(journal.other, field)):
                journal.change(row, **{field.attname: journal.kept.pk})


def join_own(journal: MergeJournal) -> None:
    """Settle what both members have in the tables of this package."""
    _join_homes(journal)
    _join_stays(journal)
    _join_consents(journal)
    _join_guardians(journal)
    _join_requests(journal)
    _join_sources(journal)
    _join_pairs(journal)
    _join_transfers(journal)
    _join_growings(journal)
    _join_skills(journal)


def _join_homes(journal: MergeJournal) -> None:
    """One open home: that of the chosen unit. The same unit twice counts from the earlier day."""
    at_home = Affiliation.objects.filter(kind=Affiliation.Kind.HOME, ends_on=None)
    own = at_home.filter(member=journal.kept).first()
    theirs = at_home.filter(member=journal.other).first()
    today = timezone.localdate()
    stay, leave = (theirs, own) if journal.takes_home else (own, theirs)
    if stay and leave and stay.unit_id == leave.unit_id:
        begun = min(stay.starts_on, leave.starts_on)
        journal.drop(leave)
        if stay.starts_on != begun:
            journal.change(stay, starts_on=begun)
    elif leave:
        journal.change(leave, ends_on=max(leave.starts_on, today - timedelta(days=1)))
    if leave and stay is None:
        unit_id = journal.other.unit_id if journal.takes_home else journal.kept.unit_id
        journal.add(Affiliation(member=journal.kept, unit_id=unit_id, kind="home", starts_on=today))


def _join_stays(journal: MergeJournal) -> None:
    """Of two stays of one kind at the same time the kept record's goes on."""
    kept, other = journal.kept.affiliations.stays(), journal.other.affiliations.stays()
    for theirs in other.order_by("pk"):
        if kept.filter(kind=theirs.kind).overlapping(theirs.starts_on, theirs.ends_on).exists():
            journal.drop(theirs)


def _join_consents(journal: MergeJournal) -> None:
    """Of two agreements in force the later stays; one that was withdrawn later, in either record, ends it."""
    both = Consent.objects.own().filter(member__in=[journal.kept, journal.other])
    for purpose in Consent.Purpose.values:
        given = list(both.filter(purpose=purpose, withdrawn_at=None).order_by("-given_at", "-pk"))
        for weaker in given[1:]:
            journal.drop(weaker)
        ended = both.filter(purpose=purpose, withdrawn_at__isnull=False).order_by("-withdrawn_at").first()
        if given and ended and ended.withdrawn_at and ended.withdrawn_at > given[0].given_at:
            journal.change(given[0], withdrawn_at=ended.withdrawn_at)


def _join_guardians(journal: MergeJournal) -> None:
    """One guardian at a time: the kept record's stays."""
    standing = Guardian.objects.standing()
    if standing.filter(member=journal.kept).exists():
        for theirs in standing.filter(member=journal.other):
            journal.change(theirs, ended_at=timezone.now())


def _join_requests(journal: MergeJournal) -> None:
    """Of two open requests for the same the one whose term ends first stays open."""
    opened = DataRequest.objects.open()
    for own in opened.filter(member=journal.kept).order_by("pk"):
        theirs = opened.filter(member=journal.other, kind=own.kind).first()
        if theirs is not None:
            later = max(own, theirs, key=lambda request: (request.due_on, request.pk))
            journal.change(later, state=DataRequest.State.CANCELLED, closed_at=timezone.now())


def _join_sources(journal: MergeJournal) -> None:
    """One source per import: the one that set more fields, the kept member's when they set as many."""
    own = {source.roster_import_id: source for source in journal.kept.provenance.all()}
    for theirs in journal.other.provenance.order_by("pk"):
        known = own.get(theirs.roster_import_id)
        if known is not None:
            journal.drop(known if len(theirs.fields) > len(known.fields) else theirs)


def _join_transfers(journal: MergeJournal) -> None:
    """One person moves once at a time: of two open transfers the one that got further stays."""
    both = Transfer.objects.open().filter(member__in=[journal.kept, journal.other])
    ranked = sorted(both, key=lambda row: (row.state != Transfer.State.RELEASED, row.asked_at, row.pk))
    for later in ranked[1:]:
        journal.drop(later)


def _join_growings(journal: MergeJournal) -> None:
    """One person grows out of the Union once, and stays on once: the earlier note stays."""
    both = [journal.kept, journal.other]
    in_force = Growing.objects.filter(member__in=both, withdrawn_at=None).order_by("ceremony__held_on", "pk")
    stays = LongerStay.objects.filter(member__in=both).order_by("agreed_at", "pk")
    for later in [*in_force[1:], *stays[1:]]:
        journal.drop(later)


def _join_skills(journal: MergeJournal) -> None:
    """A skill that both records name is named once, as the kept one says."""
    own = set(journal.kept.skills.values_list("skill", flat=True))
    for same in journal.other.skills.filter(skill__in=own).order_by("pk"):
        journal.drop(same)


def _join_pairs(journal: MergeJournal) -> None:
    """The pair of the two is merged; people said to be different from one are different from the other."""
    kept, other = journal.kept.pk, journal.other.pk
    for pair in DuplicatePair.objects.of(journal.other).order_by("pk"):
        ends = {pair.first_member_id, pair.second_member_id}
        if ends == {kept, other}:
            gone = "first_member_id" if pair.first_member_id == other else "second_member_id"
            journal.change(pair, **{gone: None})
            continue
        third = next(iter(ends - {other}))
        if third is None:
            continue
        if pair.state == DuplicatePair.State.OPEN:
            journal.drop(pair)
            continue
        first, second = sorted([kept, third])
        known = DuplicatePair.objects.filter(first_member=first, second_member=second).first()
        if known is not None and known.state != DuplicatePair.State.OPEN:
            journal.drop(pair)
            continue
        if known is not None:
            journal.drop(known)
        journal.change(pair, first_member_id=first, second_member_id=second)

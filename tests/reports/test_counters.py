from datetime import date, datetime

import pytest
from django.utils import timezone

from events.actions import mark_present, record_training
from events.models import Attendance, TrainingRecord
from programs.models import Indicator
from reports.queries import COUNTERS, Span, count, records_of, source_of
from reports.queries.counters import count_by_child, counts, daily, monthly
from tests.factories.events import make_registration
from tests.factories.members import make_member
from tests.factories.programs import make_activity, make_service, make_squad, make_tally
from tests.factories.reports import at, make_attendance, make_past_event, make_training_record
from tests.factories.units import make_unit, make_user

pytestmark = pytest.mark.django_db
Name = Indicator.Counter
FEBRUARY, MARCH = date(2026, 2, 15), date(2026, 3, 15)
FIRST, LAST = date(2026, 3, 1), date(2026, 3, 31)


@pytest.fixture
def tree():
    """A province with two communes, the first with a branch."""
    province = make_unit()
    near, far = make_unit(parent=province, name="Gần"), make_unit(parent=province, name="Xa")
    return province, near, make_unit(parent=near, kind="branch", name="Chi đoàn 1"), far


def numbers(name, tree):
    return [count(name, unit=unit, first=FIRST, last=LAST) for unit in tree]


def test_every_counter_of_the_catalogue_can_be_counted():
    assert set(COUNTERS) == set(Name) - {Name.NONE}


def test_people_helped_sums_tallies_of_standing_activities_of_the_branch_and_period(tree):
    province, near, branch, far = tree
    service = make_service()
    activity = make_activity(squad=make_squad(unit=branch), done_on=LAST, helped=10, service=service)
    make_tally(activity=activity, service=service, audience="elderly", helped_count=5)
    make_activity(squad=make_squad(unit=far), done_on=FIRST, helped=2)
    make_activity(squad=make_squad(unit=near), done_on=FEBRUARY, helped=100)
    make_activity(
        squad=make_squad(unit=near),
        done_on=MARCH,
        helped=100,
        withdrawn_at=timezone.now(),
        withdraw_reason="Ghi trùng",
    )

    assert numbers(Name.PEOPLE_HELPED, tree) == [17, 15, 15, 2]
    assert daily(Name.PEOPLE_HELPED, unit=province, first=FIRST, last=LAST) == [(FIRST, 2), (LAST, 15)]
    assert monthly(Name.PEOPLE_HELPED, unit=province, first=date(2026, 1, 1), last=LAST) == {
        date(2026, 2, 1): 100,
        date(2026, 3, 1): 17,
    }


def test_squad_turns_sums_volunteers(tree):
    province, near, branch, far = tree
    make_activity(squad=make_squad(unit=branch), done_on=MARCH, volunteer_count=12)
    make_activity(squad=make_squad(unit=province), done_on=MARCH, volunteer_count=8)
    make_activity(squad=make_squad(unit=far), done_on=FEBRUARY, volunteer_count=1)

    assert numbers(Name.SQUAD_TURNS, tree) == [20, 12, 12, 0]


def test_figures_of_the_past_stay_where_they_were_when_people_move(tree):
    province, near, branch, far = tree
    member, event = make_member(unit=branch), make_past_event(host=province, day=MARCH)
    registration = make_registration(event=event, member=member)
    mark_present(session=event.sessions.get(), registration=registration, by=make_user())
    TrainingRecord.objects.update(held_on=MARCH)
    Attendance.objects.update(at=at(MARCH))
    counted = [numbers(name, tree) for name in (Name.ATTENDANCES, Name.TRAINED_MEMBERS)]

    member.unit = far
    member.save()
    record_training(event=event, by=make_user())

    assert counted == [[1, 1, 1, 0], [1, 1, 1, 0]]
    assert [numbers(name, tree) for name in (Name.ATTENDANCES, Name.TRAINED_MEMBERS)] == counted


def test_who_was_trained_in_two_units_is_one_person_of_the_province_and_one_of_each(tree):
    province, near, _, far = tree
    member = make_member(unit=near)
    make_training_record(member=member, day=FIRST)
    member.unit = far
    make_training_record(member=member, day=LAST)

    assert numbers(Name.TRAINED_MEMBERS, tree) == [1, 1, 0, 1]
    span = Span(unit=province, first=FIRST, last=LAST)
    rows = source_of(Name.TRAINED_MEMBERS, span).page(0, 9)
    assert [(row.day, row.unit) for row in rows] == [(LAST, far.title)]


def test_attendances_go_by_the_member_s_unit_and_the_day_here(tree):
    province, near, branch, far = tree
    event = make_past_event(host=province, day=LAST)
    late_evening = make_attendance(member=make_member(unit=branch), event=event)
    late_evening.at = timezone.make_aware(datetime(2026, 3, 31, 23, 59))
    late_evening.save()
    make_attendance(member=make_member(unit=far), event=event)
    next_day = make_attendance(member=make_member(unit=far), event=event)
    next_day.at = timezone.make_aware(datetime(2026, 4, 1, 0, 0))
    next_day.save()

    assert numbers(Name.ATTENDANCES, tree) == [2, 1, 1, 1]
    assert daily(Name.ATTENDANCES, unit=province, first=FIRST, last=LAST) == [(LAST, 2)]


def test_trained_members_counts_each_person_once_and_only_who_completed(tree):
    province, near, branch, far = tree
    twice = make_member(unit=branch)
    make_training_record(member=twice, day=FIRST)
    make_training_record(member=twice, day=MARCH)
    make_training_record(member=make_member(unit=far), day=MARCH, result="incomplete")
    make_training_record(member=make_member(unit=far), day=FEBRUARY)

    assert numbers(Name.TRAINED_MEMBERS, tree) == [1, 1, 1, 0]


def test_squads_counts_those_that_stand_on_the_last_day(tree):
    province, near, branch, far = tree
    make_squad(unit=near, founded_on=LAST)
    make_squad(unit=near, founded_on=date(2026, 4, 1))
    make_squad(unit=branch, ended_on=LAST)
    make_squad(unit=far, ended_on=date(2026, 4, 1))

    assert numbers(Name.SQUADS, tree) == [2, 1, 0, 1]


def test_units_with_squad_counts_communes_once_and_nothing_else(tree):
    province, near, branch, far = tree
    affiliated = make_unit(parent=province, kind="affiliated", name="Đoàn trường")
    for unit in (province, near, branch, branch, affiliated):
        make_squad(unit=unit)

    assert numbers(Name.UNITS_WITH_SQUAD, tree) == [1, 1, 1, 0]


def test_count_by_child_is_one_query_and_sums_up_to_what_lies_below(tree, django_assert_num_queries):
    province, near, branch, far = tree
    for unit, helped in ((branch, 3), (near, 4), (far, 5), (province, 100)):
        make_activity(squad=make_squad(unit=unit), done_on=MARCH, helped=helped)

    with django_assert_num_queries(1):
        by_child = count_by_child(Name.PEOPLE_HELPED, unit=province, first=FIRST, last=LAST)

    assert by_child == {near.path: 7, far.path: 5}


@pytest.mark.parametrize("name", sorted(COUNTERS))
def test_several_spans_are_one_query_and_equal_the_single_counts(name, tree, django_assert_num_queries):
    province, _, branch, far = tree
    for unit, day in ((branch, FEBRUARY), (far, MARCH), (branch, MARCH)):
        squad = make_squad(unit=unit, founded_on=day)
        make_activity(squad=squad, done_on=day, helped=3)
        member = make_member(unit=unit)
        make_attendance(member=member, day=day)
        make_training_record(member=member, day=day)
    spans = [(FEBRUARY, FEBRUARY), (FEBRUARY, LAST), (date(2025, 1, 1), date(2025, 2, 1))]

    with django_assert_num_queries(1):
        together = counts(name, unit=province, spans=spans)

    assert together == [count(name, unit=province, first=first, last=last) for first, last in spans]
    assert together[1] > together[2] == 0
    assert records_of(name, unit=province, first=FEBRUARY, last=LAST).exists()

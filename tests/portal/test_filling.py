"""Filling an empty portal: the same from the same seed, on any day, all or nothing."""

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import transaction

from events.models import Attendance, Certificate, Event, Registration, TrainingRecord
from members.models import Affiliation, Member
from portal.demo.accounts import accounts_table
from programs.models import ServiceTally, Squad, SquadActivity, Target

pytestmark = pytest.mark.django_db
NOON = "2026-11-22T12:00:00+07:00"
MODELS = [
    Affiliation, Attendance, Certificate, Event, Registration, ServiceTally, Squad, SquadActivity, Target,
    TrainingRecord,
]  # fmt: skip


def facts_of_everybody():
    people = Member.objects.order_by("code").values_list(
        "code", "full_name", "born_on", "born_precision", "sex", "phone", "email", "unit__code", "position"
    )
    return list(people), [model.objects.count() for model in MODELS]


def filled_and_undone(seed):
    with transaction.atomic():
        call_command("demo", members=300, seed=seed, verbosity=0)
        facts = facts_of_everybody()
        transaction.set_rollback(True)
    return facts


@time_machine.travel(NOON, tick=True)
def test_same_seed_gives_the_same_province():
    first, second, other = (filled_and_undone(seed) for seed in (7, 7, 8))

    assert first == second
    assert first[0] != other[0]
    assert len(first[0]) == 300


def test_too_few_members_are_refused():
    with pytest.raises(CommandError) as refused:
        call_command("demo", members=10, verbosity=0)

    assert str(refused.value) == "Dữ liệu mẫu cần ít nhất 200 đoàn viên."


def test_table_is_empty_without_demonstration():
    assert accounts_table() == ""


@pytest.mark.parametrize("day", ["2026-01-01", "2027-03-01", "2028-02-29", "2026-07-21"])
def test_any_day_of_the_year_will_do(day):
    with time_machine.travel(f"{day}T00:30:00+07:00", tick=True):
        facts, counts = filled_and_undone(seed=1)

    assert len(facts) == 300
    assert 0 not in counts

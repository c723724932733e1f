"""Rows written before units were kept get the unit their member has when the migration runs."""

from datetime import date

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from events.models import Attendance, TrainingRecord
from tests.factories.members import make_member
from tests.factories.reports import make_attendance, make_training_record


def migrate(name):
    executor = MigrationExecutor(connection)
    executor.migrate([("events", name)])


@pytest.mark.django_db(transaction=True)
def test_earlier_rows_get_the_unit_of_their_member():
    last = MigrationExecutor(connection).loader.graph.leaf_nodes("events")[0][1]
    members = [make_member(), make_member()]
    for member in members:
        make_attendance(member=member, day=date(2026, 3, 1))
        make_training_record(member=member, day=date(2026, 3, 1))
    migrate("0003_unit_of_the_day")
    try:
        Attendance.objects.update(unit=None)
        TrainingRecord.objects.update(unit=None)
    finally:
        migrate(last)

    homes = [member.unit_id for member in members]
    assert list(Attendance.objects.order_by("pk").values_list("unit", flat=True)) == homes
    assert list(TrainingRecord.objects.order_by("pk").values_list("unit", flat=True)) == homes

"""Several ask for the first scan at the same moment: one scan is made."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import close_old_connections, connections

from members import actions
from members.models import DuplicateScan
from tests.factories.units import make_unit

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
TOGETHER = 4


def test_four_who_ask_at_once_get_the_same_scan():
    make_unit(code="19", name="Thái Nguyên")
    gate = Barrier(TOGETHER)

    def ask(_):
        close_old_connections()
        gate.wait()
        try:
            return actions.ask_duplicate_scan(by=None).pk
        finally:
            connections["default"].close()

    with ThreadPoolExecutor(max_workers=TOGETHER) as pool:
        asked = set(pool.map(ask, range(TOGETHER)))

    assert asked == set(DuplicateScan.objects.values_list("pk", flat=True))
    assert len(asked) == 1

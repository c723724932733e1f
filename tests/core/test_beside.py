"""Work done beside: in its order, with its errors told, and over a connection of its own."""

import threading

import pytest
from django.db import connection, transaction

from core.beside import working_beside

here = threading.get_ident


def test_without_a_thread_it_is_done_at_once():
    done = []

    with working_beside(apart=False) as beside:
        beside.do(lambda: done.append(here()))
        assert done == [here()]
        assert beside.is_idle


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
class TestApart:
    def test_one_piece_waits_for_the_last(self):
        free, done = threading.Event(), []

        def first():
            free.wait(5)
            done.append("first")

        with working_beside(apart=True) as beside:
            beside.do(first)
            assert not beside.is_idle
            threading.Timer(0.05, free.set).start()
            beside.do(lambda: done.append(here()))
            beside.wait()

        assert done[0] == "first"
        assert done[1] != here()

    def test_what_goes_wrong_is_told_at_the_end(self):
        def broken():
            raise LookupError("broken")

        with pytest.raises(LookupError, match="broken"), working_beside(apart=True) as beside:
            beside.do(broken)

    def test_its_connection_is_its_own_and_does_not_stay(self):
        def backend():
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_backend_pid()")
                return cursor.fetchone()[0]

        there = []
        with working_beside(apart=True) as beside:
            beside.do(lambda: there.append(backend()))
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE pid = %s", there)
            left = cursor.fetchone()[0]

        assert there != [backend()]
        assert left == 0

    def test_inside_a_transaction_there_is_no_thread(self):
        done = []

        with transaction.atomic(), working_beside(apart=True) as beside:
            beside.do(lambda: done.append(here()))

        assert done == [here()]

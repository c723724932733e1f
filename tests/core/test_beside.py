"""Work done beside: in its order, with its errors told, and over a connection of its own."""

import threading

import pytest
from django.db import connection, transaction

from core.beside import one_ahead, working_beside

here = threading.get_ident


def test_without_a_thread_it_is_done_at_once():
    done = []

    with working_beside(apart=False) as beside:
        beside.do(lambda: done.append(here()))
        assert done == [here()]
        assert beside.is_idle


def test_without_a_thread_the_next_item_is_not_begun_before_it_is_asked_for():
    made = []

    first = next(one_ahead(iter([1, 2, 3]), made.append, apart=False))

    assert (first, made) == ((1, None), [1])


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
class TestApart:
    def test_items_come_in_their_order_each_with_what_was_made_of_it_elsewhere(self):
        came = list(one_ahead(iter("abc"), lambda item: (item.upper(), here()), apart=True))

        assert [(item, letter) for item, (letter, _) in came] == [("a", "A"), ("b", "B"), ("c", "C")]
        assert here() not in {thread for _, (_, thread) in came}

    def test_the_next_item_is_made_while_the_first_is_in_hand(self):
        second = threading.Event()

        def made(item):
            if item == 2:
                second.set()
            return item

        came = one_ahead(iter([1, 2, 3]), made, apart=True)
        first = next(came)

        assert (first, second.wait(5)) == ((1, 1), True)
        assert list(came) == [(2, 2), (3, 3)]

    def test_what_goes_wrong_in_an_item_is_told_with_that_item(self):
        came = one_ahead(iter([1, 0]), lambda item: 1 / item, apart=True)

        first = next(came)

        assert first == (1, 1.0)
        with pytest.raises(ZeroDivisionError):
            next(came)

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

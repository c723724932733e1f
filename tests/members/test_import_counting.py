"""What staff read about a long list is counted by the database, also after every answer."""

from importlib import import_module

from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from members import actions
from members.models import RosterRow
from members.queries.tallies import tallies_of
from tests.factories.imports import make_import
from tests.factories.members import make_member

PEOPLE = [
    {"name": f"Hà Văn A{n}", "born": "02/09/2005", "phone": f"9123456{n:02d}", "citizen": "12"}
    for n in range(30)
]


def asked_of_database(call):
    """What the call returns, and the SQL it asked."""
    with CaptureQueriesContext(connection) as asked:
        found = call()
    return found, [query["sql"] for query in asked]


def test_a_list_is_counted_in_five_queries_that_name_no_problem(binh_yen):
    roster_import = make_import(*PEOPLE, unit=binh_yen)

    tallies, queries = asked_of_database(lambda: tallies_of(roster_import))

    work = tallies.pop("work")
    assert tallies == {"outcomes": {"new": 30}, "fixes": {"phone_zero_added": 30}, "dates": {}}
    assert (work["to_add"], work["added"], work["to_mend"]) == (30, 0, 30)
    assert len(queries) == 5
    assert all("COUNT" in sql and "problems" not in sql for sql in queries)


def test_an_answer_does_not_go_through_all_lines(binh_yen):
    make_member(unit=binh_yen, full_name="Hà Văn A0", born_on="2005-01-01", born_precision="year")
    lines = [PEOPLE[0] | {"born": "2005", "phone": "", "citizen": ""}, *PEOPLE[1:]]
    roster_import = make_import(*lines, unit=binh_yen)

    _, queries = asked_of_database(
        lambda: actions.decide_person(row=roster_import.rows.get(place=0), member=None, by=None)
    )

    assert not [sql for sql in queries if "CAST" in sql and "problems" in sql]
    whole = [
        sql for sql in queries if sql.startswith("SELECT") and "members_rosterrow" in sql.split(" WHERE ")[0]
    ]
    few = (" IN (", "question", "GROUP BY", "LIMIT", "same_as", "->")
    whole = [sql for sql in whole if "COUNT" not in sql]
    assert [sql for sql in whole if not any(word in sql.split(" WHERE ")[1] for word in few)] == []
    roster_import.refresh_from_db()
    assert roster_import.outcomes["new"] == 30


def test_the_columns_that_sum_up_problems_agree_with_them(binh_yen):
    roster_import = make_import(*PEOPLE[:2], {"name": "Lý Thị Mẩy", "born": "2004"}, unit=binh_yen)

    assert [row.lacks_value for row in roster_import.rows.order_by("place")] == [True, True, False]
    assert roster_import.rows.to_mend().count() == 2
    assert not roster_import.rows.doubting_dates().exists()


def test_rows_staged_before_the_columns_were_there_are_summed_up(binh_yen):
    roster_import = make_import(*PEOPLE[:2], unit=binh_yen)
    doubt = {"field": "date_of_birth", "code": "day_month_order", "level": "warning", "message": "?"}
    RosterRow.objects.filter(place=1).update(problems=[doubt])
    RosterRow.objects.update(doubts_dates=False, lacks_value=False)

    import_module("members.migrations.0004_roster_row_sums").sum_up(apps, None)

    assert list(roster_import.rows.order_by("place").values_list("lacks_value", "doubts_dates")) == [
        (True, False),
        (False, True),
    ]

"""Workers killed twenty times over one list leave what one that lives leaves; so does taking it back."""

import subprocess
import sys
from collections import Counter
from contextlib import contextmanager
from datetime import timedelta
from random import Random
from signal import SIGKILL

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db.models import F
from django.utils import timezone

from members import actions
from members.models import Affiliation, Member, Provenance, RosterImport, RosterRow
from members.rules.facts import facts_of_member
from tests.factories.imports import make_roster
from tests.factories.members import make_member
from tests.factories.units import make_unit, make_user
from tests.servers import ROOT, portal_environment

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
State, Outcome = RosterImport.State, RosterRow.Outcome
NEW, KNOWN, UNSURE = 1000, 250, 50
REPEATED_NEW, REPEATED_KNOWN = 160, 40
FAMILIES = ["Hà", "Ma", "Nông", "Bế", "Lý"]
MIDDLES = ["Văn", "Đức", "Minh", "Quang", "Hữu", "Xuân", "Thanh", "Ngọc", "Hải", "Tuấn", "Gia", "Bảo"]
GIVEN = [
    "An", "Bách", "Chi", "Đào", "Em", "Giang", "Hường", "Khoa", "Lan", "Mai", "Nga", "Oanh", "Phong",
    "Quý", "Sơn", "Tâm", "Uyên", "Vinh", "Xoan", "Yến", "Dũng", "Hạnh", "Kiên", "Liên", "Thúy",
]  # fmt: skip
STAGING_KILLS, APPLYING_KILLS, UNDOING_KILLS = 8, 12, 6


def person(n):
    name = f"{FAMILIES[n % 5]} {MIDDLES[n // 5 % 12]} {GIVEN[n // 60]}"
    born = f"{n % 28 + 1:02d}/{n // 28 % 12 + 1:02d}/{1995 + n % 11}"
    return {"name": name, "born": born, "phone": f"091{n:07d}", "unit": "Bình Yên"}


def known_member(n, *, unit, exact=True):
    said = person(n)
    day, month, year = said["born"].split("/")
    born = {"born_on": f"{year}-{month}-{day}", "born_precision": "day"}
    return make_member(
        unit=unit,
        full_name=said["name"],
        **(born if exact else {"born_on": f"{year}-01-01", "born_precision": "year"}),
        phone="+84" + said["phone"][1:] if exact else "",
        email=f"cu{n}@example.com" if n % 3 else "",
    )


def lines():
    """New people, members with new facts and homes, people named twice, and some who may be members."""
    known, unsure = range(NEW, NEW + KNOWN), range(NEW + KNOWN, NEW + KNOWN + UNSURE)
    told = [person(n) for n in range(NEW)]
    told += [
        person(n) | {"email": f"moi{n}@example.com", "unit": ["Kha Sơn", "Bình Yên"][n % 2]} for n in known
    ]
    repeated = Random(3).sample(range(NEW), REPEATED_NEW) + list(known)[:REPEATED_KNOWN]
    again = [person(n) | {"email": f"sau{n}@example.com"} for n in repeated]
    told += [{**person(n), "phone": ""} for n in unsure] + [
        {"name": "", "born": "2004", "phone": "0987654321"}
    ]
    Random(7).shuffle(told)
    return told + again


def uploaded():
    """The list, uploaded into a portal that knows some of its people, with nothing else in it."""
    call_command("flush", interactive=False, verbosity=0)
    province = make_unit(code=settings.PROVINCE_CODE, name="Thái Nguyên")
    home = make_unit(parent=province, code="05602", official_code="05602", name="Bình Yên")
    make_unit(parent=province, code="05923", official_code="05923", name="Kha Sơn")
    for n in range(NEW, NEW + KNOWN + UNSURE):
        known_member(n, unit=home, exact=n < NEW + KNOWN)
    content, by = make_roster(*lines()), make_user(email="canbo@example.vn")
    return actions.upload_roster(content=content, file_name="a.csv", unit=province, by=by)


def held(roster_import):
    """Everything an import leaves, told without keys and moments."""
    roster_import.refresh_from_db()
    who = {
        member.pk: f"{member.full_name} {member.born_on} {member.phone}" for member in Member.objects.all()
    }
    rows = roster_import.rows.order_by("place").annotate(code=F("unit__code"))
    sources = Provenance.objects.filter(roster_import=roster_import).annotate(place=F("row__place"))
    history = Member.history.values_list("id", "history_type", "history_change_reason")
    homes = Affiliation.objects.values_list("member_id", "kind", "unit__code", "starts_on", "ends_on")
    told = [
        (row.place, row.outcome, row.code, who.get(row.member_id), row.same_as, row.changes, row.problems)
        + (bool(row.applied_at), bool(row.undone_at), row.kept_reason, bool(row.question))
        for row in rows
    ]
    facts = [
        tuple(facts_of_member(member).values()) + (member.unit.code, member.phone_other, member.sort_key)
        for member in Member.objects.select_related("unit")
    ]
    return {
        "state": (roster_import.state, roster_import.tallies, roster_import.row_count),
        "rows": told,
        "members": sorted(facts),
        "homes": Counter((who[pk], *rest) for pk, *rest in homes),
        "sources": Counter((who[one.member_id], one.place, *one.fields, one.fingerprint) for one in sources),
        "history": Counter((who.get(pk), *rest) for pk, *rest in history),
    }


@contextmanager
def nursery(folder):
    """Call with an import, rows and statements: a worker takes it up and is killed that far into its work."""
    environment = portal_environment(
        redis_url="redis://127.0.0.1:1/0",
        email_url="smtp://127.0.0.1:1",
        folder=folder,
        PORTAL_DATA=str(settings.DATA_DIR),
    )
    command = [sys.executable, "-m", "tests.members.worker_nursery"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, cwd=ROOT, env=environment, **pipes) as workers:

        def killed(roster_import, rows, statements):
            workers.stdin.write(f"{roster_import.pk} {rows} {statements}\n")
            workers.stdin.flush()
            assert int(workers.stdout.readline()) == -SIGKILL
            one = RosterImport.objects.filter(pk=roster_import.pk)
            one.update(lease_until=timezone.now() - timedelta(seconds=1))

        yield killed
        workers.stdin.close()


def carry_on(roster_import, state):
    actions.resume_imports(at=timezone.now())
    roster_import.refresh_from_db()
    assert (roster_import.state, roster_import.failure) == (state, "")


def lived_through(kill):
    """What the list leaves once it is read, applied and taken back; `kill` is called before each of them."""
    roster_import = uploaded()
    begun, told = held(roster_import)["members"], []
    for start, state in [
        (None, State.READY),
        (actions.apply_roster, State.APPLIED),
        (actions.undo_roster, State.UNDONE),
    ]:
        if start:
            start(roster_import=roster_import, by=roster_import.uploaded_by)
        kill(roster_import, state)
        carry_on(roster_import, state)
        told.append(held(roster_import))
    return begun, told


def kills(state):
    """How far each worker gets, in rows and then in statements, before it is killed."""
    times, most_rows, most_statements = {
        State.READY: (STAGING_KILLS, 1300, 12),
        State.APPLIED: (APPLYING_KILLS, 120, 40),
        State.UNDONE: (UNDOING_KILLS, 200, 40),
    }[state]
    moments = Random(f"1931 {state}")
    for _ in range(times):
        yield moments.randrange(most_rows), moments.randrange(most_statements)


def test_twenty_kills_leave_what_none_leaves(tmp_path):
    begun, unharmed = lived_through(lambda *_: None)

    with nursery(tmp_path) as killed:

        def kill(roster_import, state):
            for rows, statements in kills(state):
                killed(roster_import, rows, statements)
                made = roster_import.rows.applied().filter(outcome=Outcome.NEW).count()
                assert Member.objects.count() == KNOWN + UNSURE + made

        _, harmed = lived_through(kill)

    assert unharmed[0]["state"][1]["outcomes"] == {
        Outcome.NEW: NEW,
        Outcome.UPDATED: KNOWN + REPEATED_NEW,
        Outcome.UNCHANGED: REPEATED_KNOWN,
        Outcome.NEEDS_DECISION: UNSURE,
        Outcome.REJECTED: 1,
    }
    assert len(unharmed[1]["members"]) == NEW + KNOWN + UNSURE
    assert (unharmed[2]["members"], unharmed[2]["sources"]) == (begun, Counter())
    for after, unharmed_after in zip(harmed, unharmed, strict=True):
        for name, left in unharmed_after.items():
            assert after[name] == left, name

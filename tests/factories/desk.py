"""One row for every list of the desk, all of it of one unit."""

from datetime import date

from django.utils import timezone

from core import audit
from core.models import OfficeDay
from events.models import Scan
from tests.factories.certificates import make_certificate
from tests.factories.data_rights import make_breach, make_guardian, make_request
from tests.factories.duplicates import make_merge, make_pair
from tests.factories.events import make_event, make_registration
from tests.factories.imports import make_import
from tests.factories.members import make_member, make_position, make_skill
from tests.factories.notifications import make_message
from tests.factories.programs import (
    make_activity,
    make_campaign,
    make_club,
    make_figure,
    make_indicator,
    make_program,
    make_service,
    make_squad,
    make_target,
)
from tests.factories.reports import make_attendance, make_training_record
from tests.factories.restructuring import make_plan
from tests.factories.stays import make_stay
from tests.factories.units import make_staff, make_unit, make_user
from units.models import Cluster

COMMON = {"core.OfficeDay", "members.Skill", "programs.Indicator", "programs.Service"}  # vocabulary of all


def make_scan(unit):
    event, now = make_event(host=unit), timezone.now()
    return Scan.objects.create(
        event=event,
        session=event.sessions.get(),
        code_shown="X",
        outcome=Scan.Outcome.UNKNOWN,
        device="cửa 1",
        nonce=str(event.pk),
        device_at=now,
        server_at=now,
        by=make_user(),
    )


# A list that is new to the desk needs a line here.
ROWS = {
    "accounts.User": lambda unit: make_staff(unit=unit),
    "core.OfficeDay": lambda unit: OfficeDay.objects.get_or_create(day=date(2031, 1, 1), name="Tết")[0],
    "core.AuditEntry": lambda unit: audit.record("unit.opened", by=make_user(), target=unit, unit=unit),
    "events.Attendance": lambda unit: make_attendance(
        member=make_member(unit=unit), event=make_event(host=unit)
    ),
    "events.Certificate": lambda unit: make_certificate(member=make_member(unit=unit), host=unit),
    "events.Event": lambda unit: make_event(host=unit),
    "events.Registration": lambda unit: make_registration(
        event=make_event(host=unit), member=make_member(unit=unit)
    ),
    "events.Scan": make_scan,
    "events.TrainingRecord": lambda unit: make_training_record(
        member=make_member(unit=unit), day=date(2026, 3, 1)
    ),
    "members.Affiliation": lambda unit: make_stay(member=make_member(unit=unit), unit=make_unit(parent=unit)),
    "members.DataBreach": lambda unit: make_breach(unit=unit),
    "members.DataRequest": lambda unit: make_request(member=make_member(unit=unit)),
    "members.Guardian": lambda unit: make_guardian(member=make_member(unit=unit)),
    "members.DuplicatePair": lambda unit: make_pair(make_member(unit=unit), make_member(unit=unit)),
    "members.MemberMerge": lambda unit: make_merge(keep=make_member(unit=unit), other=make_member(unit=unit)),
    "members.Member": lambda unit: make_member(unit=unit, ethnic_group="Tày"),
    "members.Position": lambda unit: make_position(member=make_member(unit=unit), unit=unit),
    "members.RosterImport": lambda unit: make_import({"name": "Hà Văn Phong", "born": "2005"}, unit=unit),
    "members.Skill": lambda unit: make_skill(),
    "notifications.Message": lambda unit: make_message(),
    "programs.Campaign": lambda unit: make_campaign(program=make_program(unit=unit)),
    "programs.Club": lambda unit: make_club(unit=unit),
    "programs.Figure": lambda unit: make_figure(indicator=make_indicator(counter=""), unit=unit),
    "programs.Indicator": lambda unit: make_indicator(),
    "programs.Program": lambda unit: make_program(unit=unit),
    "programs.Service": lambda unit: make_service(),
    "programs.Squad": lambda unit: make_squad(unit=unit),
    "programs.SquadActivity": lambda unit: make_activity(squad=make_squad(unit=unit), helped=5),
    "programs.Target": lambda unit: make_target(unit=unit, program=make_program(unit=unit)),
    "units.Cluster": lambda unit: Cluster.objects.create(unit=unit, year=2026, name="Cụm thi đua số 1"),
    "units.RestructuringPlan": lambda unit: make_plan(unit=unit),
    "units.RoleAssignment": lambda unit: make_staff(unit=unit).role_assignments.get(),
    "units.Unit": lambda unit: unit,
}

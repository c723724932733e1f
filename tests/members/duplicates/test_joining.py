"""Every table that points at a member goes along with a merge, and what must be unique is settled."""

from django.apps import apps
from django.db.models import UniqueConstraint

from members.actions.joining import STAYING, member_columns, name_of

# Tables of which a merge may drop a row, with what points at them; each is settled before the row goes.
POINTING = {
    "events.registration": {"events.attendance", "events.scan", "events.ticket"},
    "events.trainingrecord": {"events.certificate"},
    "events.attendance": set(),
    "events.ticket": set(),
    "members.affiliation": set(),
    "members.consent": set(),
    "members.provenance": set(),
    "members.duplicatepair": set(),
    "members.transfer": set(),
    "members.growing": set(),
    "members.longerstay": set(),
    "members.memberskill": set(),
    "programs.clubmember": set(),
    "programs.squadmember": set(),
    "notifications.message": set(),
}
# What one member may have once only, and where two of it are settled.
SETTLED = {
    "affiliation_one_home": "members.actions.joining",
    "affiliation_one_open_stay": "members.actions.joining",
    "attendance_once_per_session": "events.actions.joining",
    "claim_one_in_force": "refused: both records have accounts",
    "club_member_once_at_a_time": "programs.actions.joining",
    "consent_one_in_force": "members.actions.joining",
    "duplicate_pair_once": "members.actions.joining",
    "guardian_one_at_a_time": "members.actions.joining",
    "provenance_once_per_import": "members.actions.joining",
    "request_one_open_of_a_kind": "members.actions.joining",
    "registration_once_per_member": "events.actions.joining",
    "squad_member_once_at_a_time": "programs.actions.joining",
    "growing_once_in_force": "members.actions.joining",
    "member_skill_once": "members.actions.joining",
    "longer_stay_once": "members.actions.joining",
    "transfer_one_open": "members.actions.joining",
    "training_record_once": "events.actions.joining",
}


def test_every_column_that_points_at_a_member_moves():
    columns = {name_of(field) for field in member_columns()}

    assert {
        "events.registration.member",
        "members.rosterrow.member",
        "members.duplicatepair.first_member",
    } <= columns
    assert set(STAYING) - columns == set()
    assert all(STAYING.values())


def test_whatever_a_member_may_have_once_is_settled():
    once = {
        constraint.name
        for field in member_columns()
        for constraint in field.model._meta.constraints
        if isinstance(constraint, UniqueConstraint) and field.name in constraint.fields
    }
    alone = {name_of(field) for field in member_columns() if field.unique}
    together = {name_of(field) for field in member_columns() if field.model._meta.unique_together}

    assert (once, alone, together) == (set(SETTLED), set(), set())


def test_nothing_unknown_points_at_a_row_that_may_be_dropped():
    pointing = {
        table: {
            relation.related_model._meta.label_lower
            for relation in apps.get_model(table)._meta.get_fields(include_hidden=True)
            if relation.auto_created and not relation.concrete and not relation.many_to_many
        }
        for table in POINTING
    }

    assert pointing == POINTING

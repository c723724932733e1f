"""Two people of a roster, and what the tests ask of their import."""

from django.urls import reverse

from members import actions

PHONG = {"name": "Hà Văn Phong", "born": "02/09/2005", "sex": "Nam", "phone": "0912345678"}
BICH = {"name": "Hoàng Thị Bích", "born": "2004", "sex": "Nữ", "phone": "0987654321"}


def question_of(roster_import, place=0):
    return roster_import.rows.get(place=place).question


def outcomes(roster_import):
    return [row.outcome for row in roster_import.rows.order_by("place")]


def address(name, roster_import):
    return reverse(f"admin:members_rosterimport_{name}", args=[roster_import.pk])


def carry_out(roster_import, by=None):
    actions.apply_roster(roster_import=roster_import, by=by)
    actions.work_on_import(roster_import_id=roster_import.pk)

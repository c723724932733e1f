"""The desk's pages of one roster import, as tests open them."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from members.models import RosterImport, RosterRow
from tests.factories.imports import make_roster

State, Outcome = RosterImport.State, RosterRow.Outcome

PHONG = {"name": "Hà Văn Phong", "born": "02/09/2005", "sex": "Nam", "phone": "0912345678"}

BICH = {"name": "HOÀNG THỊ BÍCH", "born": "2004", "sex": "Nữ", "phone": "987654321"}

BASIS = {"basis": "consent", "legal_basis": "Phiếu đồng ý tháng 3"}

ANSWERS = ["decide_unit", "decide_person", "decide_twin", "decide_dates", "skip", "drop_fix", "take_back"]

POSTS = [*ANSWERS, "apply", "cancel", "undo", "reading", "forget_header", "confirm_branches", "change_policy"]

GETS = ["change", "choose_unit", "undo", "error_workbook", "history", "reading"]


def address(name, roster_import=None):
    return reverse(f"admin:members_rosterimport_{name}", args=[roster_import.pk] if roster_import else [])


def csv_file(*people, name="Chi đoàn xóm 3.csv"):
    return SimpleUploadedFile(name, make_roster(*people), "text/csv")


def row_of(roster_import, place=0):
    return roster_import.rows.get(place=place)

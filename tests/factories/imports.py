"""Roster files of a few lines, and their way into the portal."""

from members import actions
from tests.factories.rosters import make_csv
from tests.factories.units import make_user

HEADER = [
    "STT",
    "Họ và tên",
    "Ngày sinh",
    "Giới tính",
    "Số điện thoại",
    "Số CCCD",
    "Đơn vị",
    "Email",
    "Chi đoàn",
]


def make_roster(*people):
    """A .csv of people, each a dict with name, born, sex, phone, citizen, unit, email, branch as wanted."""
    names = ("name", "born", "sex", "phone", "citizen", "unit", "email", "branch")
    rows = [[str(place), *(person.get(name, "") for name in names)] for place, person in enumerate(people, 1)]
    return make_csv([HEADER, *rows])


def make_import(*people, unit, by=None, file_name="danh-sach.csv", **chosen):
    """An import that somebody uploaded, with `chosen` such as a policy, and that was read."""
    return make_import_of(
        make_roster(*people), unit=unit, by=by or make_user(), file_name=file_name, **chosen
    )


def make_import_of(content, *, unit, by=None, file_name="danh-sach.csv", **chosen):
    """An import of that file, read."""
    uploaded = actions.upload_roster(content=content, file_name=file_name, unit=unit, by=by, **chosen)
    actions.work_on_import(roster_import_id=uploaded.pk)
    uploaded.refresh_from_db()
    return uploaded


def make_applied(*people, unit, by=None, **chosen):
    """An import that was applied."""
    roster_import = make_import(*people, unit=unit, by=by, **chosen)
    actions.apply_roster(roster_import=roster_import, by=by)
    actions.work_on_import(roster_import_id=roster_import.pk)
    roster_import.refresh_from_db()
    return roster_import

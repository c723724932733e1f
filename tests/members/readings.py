"""What a reading says, in the few words a test compares."""

BINH_YEN, VAN_LANG, VAN_LAANG, TAN_CUONG = "05587", "02143", "05665", "05503"


def people(reading, *fields):
    return [tuple(row.fields.get(field) for field in fields) for row in reading.rows]


def whole(reading):
    """Everything a reading says: rows with fields and findings, rows left out, sheets skipped, notes.

    Fixes are marked ~, warnings ?, errors !.
    """
    return [line for sheet in reading.sheets for line in _whole_sheet(sheet)]


SHORT = {
    "full_name": "",
    "date_of_birth": "born ",
    "phone": "tel ",
    "phone_other": "tel2 ",
    "citizen_id": "id ",
    "ethnic_group": "ethnic ",
    "unit_code": "unit ",
    "joined_on": "joined ",
}
MARKS = {"fix": "~", "warning": "?", "error": "!"}


def _whole_sheet(sheet):
    for row in sheet.rows:
        fields = ", ".join(SHORT.get(name, f"{name} ") + value for name, value in row.fields.items())
        findings = "".join(f" {MARKS[one.level]}{one.code}" for one in row.problems)
        candidates = f" of {'/'.join(row.question.candidates)}" if row.question else ""
        yield f"{row.row}: {fields}{findings}{candidates}"
    for left in sheet.left_out:
        yield f"{left.row} {left.kind}"
    yield from (f"skipped {sheet.name}: {sheet.skipped}" for _ in [0] if sheet.skipped)
    yield from sheet.notes


def asked(reading):
    return {
        (row.row, problem.field, problem.code)
        for row in reading.rows
        for problem in row.problems
        if problem.level != "fix"
    }

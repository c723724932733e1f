"""What a reading says, in the few words a test compares."""

BINH_YEN, VAN_LANG, VAN_LAANG, TAN_CUONG = "05587", "02143", "05665", "05503"


def people(reading, *fields):
    return [tuple(row.fields.get(field) for field in fields) for row in reading.rows]


def asked(reading):
    return {
        (row.row, problem.field, problem.code)
        for row in reading.rows
        for problem in row.problems
        if problem.level != "fix"
    }

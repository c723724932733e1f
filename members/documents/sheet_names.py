"""Names that a worksheet may have."""

_NOT_IN_NAMES = str.maketrans(dict.fromkeys(r"[]:*?/\'", " "))


def free_name(name: str, taken: set[str]) -> str:
    """The name as Excel takes it, and as no other sheet of the workbook has it; noted among the taken."""
    plain = name.translate(_NOT_IN_NAMES).strip()[:28] or "Danh sách"
    free, number = plain, 1
    while free.lower() in taken:
        number += 1
        free = f"{plain} {number}"
    taken.add(free.lower())
    return free

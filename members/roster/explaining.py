"""Why a column was taken for a field: the words of its header that decided."""

from members.roster.columns import Role, deciding_words, role_of
from members.roster.corrections import ROLE_LABELS

_LETTERS = 26


def why(title: str, role: Role | None) -> str:
    """One sentence for staff about the column with that title that was read as that role."""
    *above, own = title.split(" – ") if title else ("",)
    if not own:
        if role is Role.FULL_NAME:
            return "Không có tiêu đề, đứng bên phải cột họ và gồm toàn tên."
        return "Cột không có tiêu đề."
    words = deciding_words(own)
    seen = f"Tiêu đề ghi “{words}”" if words else f"Tiêu đề “{own[:60]}”"
    if above:
        seen += f" dưới “{above[-1][:60]}”"
    if role is None:
        return "Cổng chưa biết tiêu đề này."
    if role is Role.OTHER:
        alone = role_of(own)
        if not above and alone is not None and alone is not Role.OTHER:
            return f"{seen}, nhưng đã có cột khác là {ROLE_LABELS[alone].lower()}."
        return f"{seen}: cổng không dùng cột này."
    return f"{seen}."


def letter_of(column: int) -> str:
    """The column as Excel names it: 0 is A, 26 is AA."""
    letters = ""
    column += 1
    while column:
        column, place = divmod(column - 1, _LETTERS)
        letters = chr(ord("A") + place) + letters
    return letters

"""The portal's own code of a member, as a workbook that was sent out brings it back."""

from functools import lru_cache

from core.codes import looks_like_code, typed_code

PREFIX, LENGTH = "DV", 8  # members.models.member.new_member_code


@lru_cache(maxsize=50_000)
def read_member_code(text: str) -> str | None:
    """The code as the portal keeps it; None for what is none of its own, such as a student's number."""
    code = typed_code(text)
    own = code.startswith(PREFIX) and looks_like_code(code[len(PREFIX) :], LENGTH)
    return code if own else None

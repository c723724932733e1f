"""A line that went out to be mended and came back."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Recalled:
    """What is kept of a line that was sent back: its cells and fields, the member it became, its number."""

    cells: tuple[str, ...] = ()
    fields: dict[str, str] = field(default_factory=dict)
    member_code: str = ""
    citizen_id: str = ""

"""What is asked about a unit text, and what is answered."""

from dataclasses import dataclass
from enum import Enum

from members.roster.shapes import Level, UnitQuestion
from members.roster.unit_book import alias_key


class Era(Enum):
    """Whether a file was written before the communes of 1/7/2025, after, or nobody can tell."""

    BEFORE = "before"
    AFTER = "after"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Context:
    """What stands around a unit text.

    The code of the former district it is under, when the file was written, and whether its column is one
    for communes.
    """

    district: str = ""
    era: Era = Era.UNKNOWN
    names_commune: bool = False


@dataclass(frozen=True)
class Answer:
    """What a unit text means. Neither code nor question: it names no commune and is a branch at most.

    `lead` is what stands before the unit's name, such as a position.
    """

    code: str | None = None
    level: Level | None = None
    problem: str = ""
    sentence: str = ""
    question: UnitQuestion | None = None
    branch: str = ""
    lead: str = ""

    @property
    def names_unit(self) -> bool:
        """Whether the text is about a unit at all, clear or not."""
        return self.code is not None or self.question is not None


def ask(text: str, codes: list[str], district: str, sentence: str) -> Answer:
    """The question which of these units the text means. The same text in the same district asks once."""
    spelling = alias_key(text)
    question = UnitQuestion(
        key=f"{district}|{spelling}",
        text=text,
        candidates=tuple(dict.fromkeys(codes)),
        spelling=spelling,
        context=district,
    )
    return Answer(None, "error", "unit_unclear", f"{sentence}. Hãy chọn đơn vị đúng", question)

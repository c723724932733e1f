"""What reading one value gives: the value, and what a person should know about it."""

from dataclasses import dataclass

from members.roster.shapes import Level


@dataclass(frozen=True)
class Finding:
    """One thing noticed about a value. The sentence starts in lower case; the row is put before it."""

    code: str
    level: Level
    sentence: str
    field: str = ""


@dataclass(frozen=True)
class Found:
    """A value, None when the file gives none or it cannot be used, with what was noticed."""

    value: str | None
    findings: tuple[Finding, ...] = ()


NOTHING = Found(None)


def fixed(value: str, code: str, sentence: str) -> Found:
    """A value that was repaired and is sure."""
    return Found(value, (Finding(code, "fix", sentence),))


def doubted(value: str | None, code: str, sentence: str) -> Found:
    """A value that is used, and that a person should look at."""
    return Found(value, (Finding(code, "warning", sentence),))


def refused(code: str, sentence: str) -> Found:
    """A value that is not used."""
    return Found(None, (Finding(code, "error", sentence),))

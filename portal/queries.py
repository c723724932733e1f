"""What the home page reads that belongs to no single app."""

from datetime import date

from programs.models import Campaign, Program


def published_programs() -> list[Program]:
    """The programs the public may see, the one that began last first: the home page leads with it."""
    return list(Program.objects.published().order_by("-starts_on", "-pk"))


def leading_campaign(program: Program, *, day: date) -> Campaign | None:
    """The campaign of the program that runs on that day; of several the one that began last."""
    return program.campaigns.running_on(day).order_by("-starts_on", "-pk").first()

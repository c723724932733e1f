from collections.abc import Iterable
from typing import Any, TypeVar

from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property

from members.models.roster_block import RosterBlock

DATE_ORDER_DOUBT = "day_month_order"
NUMBER_TAKEN = "number_taken"
# Rows whose dates staff were asked about. The words of the index are those of the query: so it is used.
DATED = Q(doubts_dates=True) | Q(decision__has_key="dates")


class RosterRowQuerySet(models.QuerySet):
    def to_apply(self):
        """Rows that will write something and have not yet."""
        return self.filter(outcome__in=[RosterRow.Outcome.NEW, RosterRow.Outcome.UPDATED], applied_at=None)

    def minors_at(self, day):
        """People who are children in law on that day, each counted once."""
        used = self.exclude(outcome=RosterRow.Outcome.REJECTED)
        return used.filter(minor_until__gt=day, same_as=None)

    def applied(self):
        """Rows that have written something and were not undone."""
        return self.filter(applied_at__isnull=False, undone_at=None)

    def doubting_dates(self):
        """Rows with a date whose day and month may have been exchanged, and that nobody has settled."""
        return self.filter(doubts_dates=True)

    def dated(self):
        """Rows with a date whose day and month staff were asked about, whether they have answered or not."""
        return self.filter(DATED)

    def to_mend(self):
        """Rows that staff could mend in the file: not usable, to be decided, or with a value not used."""
        stopped = Q(outcome__in=[RosterRow.Outcome.NEEDS_DECISION, RosterRow.Outcome.REJECTED])
        return self.filter(stopped | Q(lacks_value=True)).exclude(decision__has_key="skip")

    def leaving(self):
        """Rows that may leave the portal: not those of members whose data are restricted."""
        return self.filter(member__restricted_at=None)


class RosterRow(models.Model):
    """One line of a roster as the portal understood it, with what it will do or did about it.

    `content` is what the file says in it, kept encrypted in a `RosterBlock`.
    `changes` maps each fact of an existing member that it sets to its [old, new] values, which is what
    undoing reads; a new member's facts stand in `content`. `same_as` is the place of the earlier row that
    names the same person. `doubts_dates` and `lacks_value` (a value of the file was not used) sum up
    `problems` for counting and choosing rows. `branch_name` is the branch the line names; `minor_until` the
    day from which its person is no child in law, set only where it lay ahead. `asked` holds what the row's
    question offers, `decision` what staff answered, with the keys of those answers by kind under "answers".
    """

    names_a_person = True

    class Outcome(models.TextChoices):
        NEW = "new", "Thêm mới"
        UPDATED = "updated", "Cập nhật"
        UNCHANGED = "unchanged", "Không đổi"
        NEEDS_DECISION = "needs_decision", "Cần quyết định"
        REJECTED = "rejected", "Không dùng được"

    roster_import = models.ForeignKey(
        "members.RosterImport", models.CASCADE, related_name="rows", db_index=False, db_constraint=False
    )
    place = models.PositiveIntegerField("thứ tự")
    sheet = models.CharField("trang", max_length=120, blank=True)
    row_number = models.PositiveIntegerField("dòng")
    full_name = models.CharField("họ và tên", max_length=160, blank=True)
    unit = models.ForeignKey(
        "units.Unit", models.PROTECT, null=True, related_name="+", db_index=False, db_constraint=False
    )
    branch_name = models.CharField("chi đoàn", max_length=160, blank=True, editable=False)
    minor_until = models.DateField(null=True, editable=False)
    outcome = models.CharField("kết quả", max_length=14, choices=Outcome)
    problems = models.JSONField(default=list)
    doubts_dates = models.BooleanField(default=False, editable=False)
    lacks_value = models.BooleanField(default=False, editable=False)
    fixes = models.CharField(max_length=400, blank=True, editable=False)
    question = models.CharField(max_length=200, blank=True)
    asked = models.JSONField(default=dict)
    decision = models.JSONField(default=dict)
    member = models.ForeignKey(
        "members.Member", models.SET_NULL, null=True, related_name="+", db_index=False, db_constraint=False
    )
    same_as = models.PositiveIntegerField(null=True)
    changes = models.JSONField(default=dict)
    applied_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    kept_reason = models.CharField("lý do giữ lại", max_length=200, blank=True)

    objects = RosterRowQuerySet.as_manager()

    class Meta:
        verbose_name = "dòng của danh sách"
        verbose_name_plural = "các dòng của danh sách"
        # What an index includes lets the preview count without looking at the rows.
        indexes = [
            models.Index(fields=["roster_import", "outcome", "place"], name="roster_row_outcome"),
            models.Index(
                fields=["roster_import", "question"],
                name="roster_row_asks",
                condition=~Q(question=""),
                include=["id", "place", "sheet", "row_number", "outcome", "applied_at"],
            ),
            models.Index(fields=["roster_import", "place"], name="roster_row_fixed", condition=~Q(fixes="")),
            models.Index(
                fields=["roster_import", "same_as"],
                name="roster_row_repeats",
                condition=Q(same_as__isnull=False),
            ),
            models.Index(fields=["member"], name="roster_row_member", condition=Q(member__isnull=False)),
            models.Index(
                fields=["roster_import", "place"],
                name="roster_row_minor",
                condition=~Q(minor_until=None),
                include=["minor_until", "outcome", "same_as"],
            ),
            models.Index(
                fields=["roster_import", "place"], name="roster_row_kept", condition=~Q(kept_reason="")
            ),
            models.Index(fields=["roster_import", "place"], name="roster_row_dated", condition=DATED),
        ]
        constraints = [
            models.UniqueConstraint(fields=["roster_import", "place"], name="roster_row_once"),
        ]

    def __str__(self):
        return f"{self.full_name} ({self.where})"

    @cached_property
    def content(self) -> dict[str, Any]:
        """What was read: "raw" cells, cleaned "fields", "question", "problems"; see `with_contents`."""
        blocks = RosterBlock.objects.filter(roster_import=self.roster_import_id)
        return blocks.contents([self.place])[self.place]

    @property
    def where(self) -> str:
        """Its place as staff find it in the file: "Trần Phú, dòng 31"."""
        return f"{self.sheet}, dòng {self.row_number}" if self.sheet else f"dòng {self.row_number}"

    def set_problems(self, problems: list[dict]) -> None:
        """Set what was noticed, and the columns that sum it up."""
        self.problems = problems
        kinds = sorted({problem["code"] for problem in problems if problem["level"] == "fix"})
        self.fixes = " ".join(kinds)[:400]
        self.doubts_dates = any(problem["code"] == DATE_ORDER_DOUBT for problem in problems)
        self.lacks_value = any(problem["level"] == "error" for problem in problems)


Rows = TypeVar("Rows", bound=Iterable[RosterRow])


def with_contents(rows: Rows) -> Rows:
    """The same rows of one import, their `content` loaded. One query."""
    missing = [row for row in rows if "content" not in row.__dict__]
    if missing:
        blocks = RosterBlock.objects.filter(roster_import=missing[0].roster_import_id)
        contents = blocks.contents([row.place for row in missing])
        for row in missing:
            row.content = contents[row.place]
    return rows

from datetime import date, timedelta

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce

from units.models import ScopedQuerySet
from units.scope import Scope

ENDING_SOON = timedelta(days=60)
EMPTY_AT_MOST = timedelta(days=365)  # a post left empty for longer is no longer asked about
EARLY = date(1900, 1, 1)


class PositionQuerySet(ScopedQuerySet):
    def within(self, scope: Scope):
        """Posts of which either side lies in the scope: the unit they are held in, or the holder's home."""
        return self.filter(scope.as_q("unit__path") | scope.as_q("member__unit__path"))

    def held_on(self, day):
        """Posts held on that day."""
        begun = Q(starts_on=None) | Q(starts_on__lte=day)
        return self.filter(begun, Q(ends_on=None) | Q(ends_on__gte=day))

    def ending_soon(self, day):
        """Posts whose term ends within the next weeks, and nobody is noted who follows."""
        return self.unfollowed(day).filter(ends_on__gte=day)

    def left_empty(self, day):
        """Posts whose term ended lately, and nobody is noted who followed."""
        return self.unfollowed(day).filter(ends_on__lt=day)

    def unfollowed(self, day):
        """Posts of standing units whose term ended lately or will soon, and nobody is noted who follows.

        Who follows holds a later post of the same title there, and may be the same person.
        """
        near = self.filter(ends_on__gte=day - EMPTY_AT_MOST, ends_on__lte=day + ENDING_SOON)
        later = Position.objects.filter(unit=OuterRef("unit"), title__iexact=OuterRef("title"))
        later = later.filter(starts_on__gt=Coalesce(OuterRef("starts_on"), EARLY))
        later = later.filter(Q(ends_on=None) | Q(ends_on__gt=OuterRef("ends_on")))
        return near.filter(~Exists(later), unit__isnull=False, unit__valid_to=None)


class Position(models.Model):
    """One post a member holds in a unit, or in another organisation named in words."""

    class Source(models.TextChoices):
        ELECTED = "elected", "bầu"
        DESIGNATED = "designated", "chỉ định"
        APPOINTED = "appointed", "bổ nhiệm"
        ASSIGNED = "assigned", "phân công"

    member = models.ForeignKey(
        "members.Member", models.CASCADE, related_name="positions", verbose_name="đoàn viên"
    )
    title = models.CharField("chức vụ", max_length=120)
    unit = models.ForeignKey(
        "units.Unit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="positions",
        verbose_name="đơn vị",
    )
    organisation = models.CharField("tổ chức khác", max_length=160, blank=True)
    source = models.CharField("hình thức", max_length=10, choices=Source, blank=True)
    decision_no = models.CharField("số quyết định", max_length=60, blank=True)
    starts_on = models.DateField("từ ngày", null=True, blank=True)
    ends_on = models.DateField("đến hết ngày", null=True, blank=True)

    objects = PositionQuerySet.as_manager()

    class Meta:
        verbose_name = "chức vụ"
        verbose_name_plural = "chức vụ"
        indexes = [
            models.Index(fields=["ends_on"], condition=Q(ends_on__isnull=False), name="position_ends"),
        ]
        constraints = [
            models.CheckConstraint(
                name="position_is_somewhere",
                condition=Q(unit__isnull=False) | ~Q(organisation=""),
                violation_error_message="Chưa chọn đơn vị hoặc ghi tên tổ chức.",
            ),
            models.CheckConstraint(
                name="position_starts_before_it_ends",
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(starts_on__lte=F("ends_on")),
                violation_error_message="Ngày bắt đầu phải trước ngày kết thúc.",
            ),
        ]

    def __str__(self):
        return f"{self.title}, {self.unit or self.organisation}"

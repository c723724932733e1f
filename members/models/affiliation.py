from django.db import models
from django.db.models import F, Q

from units.models import ScopedQuerySet
from units.scope import Scope


class AffiliationQuerySet(ScopedQuerySet):
    def within(self, scope: Scope):
        """Stays of which either side lies in the scope: the unit stayed in, or the member's home."""
        return self.filter(scope.as_q("unit__path") | scope.as_q("member__unit__path"))

    def stays(self):
        """Where members take part beside their home."""
        return self.filter(kind__in=Affiliation.STAYS)

    def running(self, day):
        """Not over by that day; also those that only begin later."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day))

    def overlapping(self, first, last):
        """Those that share a day with the stretch from the first to the last (None: for ever)."""
        rows = self.running(first)
        return rows if last is None else rows.filter(starts_on__lte=last)


class Affiliation(models.Model):
    """One member belonging to one unit for a stretch of time. Home counts; the others do not.

    Of each kind of stay beside the home a member has one at a time.
    """

    names_a_person = True

    class Kind(models.TextChoices):
        HOME = "home", "sinh hoạt chính"
        RESIDENCE = "residence", "sinh hoạt nơi cư trú"
        TEMPORARY = "temporary", "sinh hoạt tạm thời"

    STAYS = [Kind.RESIDENCE, Kind.TEMPORARY]

    member = models.ForeignKey(
        "members.Member", models.CASCADE, related_name="affiliations", verbose_name="đoàn viên"
    )
    unit = models.ForeignKey(
        "units.Unit", models.PROTECT, related_name="affiliations", verbose_name="đơn vị", db_constraint=False
    )
    kind = models.CharField("hình thức", max_length=10, choices=Kind)
    starts_on = models.DateField("từ ngày")
    ends_on = models.DateField("đến hết ngày", null=True, blank=True)

    objects = AffiliationQuerySet.as_manager()

    class Meta:
        verbose_name = "nơi sinh hoạt"
        verbose_name_plural = "nơi sinh hoạt"
        indexes = [
            models.Index(
                fields=["starts_on"],
                condition=Q(kind__in=["residence", "temporary"]),
                name="affiliation_stays",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["member"], condition=Q(kind="home", ends_on=None), name="affiliation_one_home"
            ),
            models.UniqueConstraint(
                fields=["member", "kind"],
                condition=Q(kind__in=["residence", "temporary"], ends_on=None),
                name="affiliation_one_open_stay",
            ),
            models.CheckConstraint(
                name="affiliation_starts_before_it_ends",
                condition=Q(ends_on=None) | Q(starts_on__lte=F("ends_on")),
                violation_error_message="Ngày bắt đầu phải trước ngày kết thúc.",
            ),
        ]

    def __str__(self):
        return f"{self.member}, {self.unit}"

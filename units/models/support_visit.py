from django.conf import settings
from django.db import models
from django.db.models import F, Q

from units.models.queryset import ScopedQuerySet


class SupportVisitQuerySet(ScopedQuerySet):
    def open_at(self, moment):
        """Visits that still last."""
        return self.filter(ended_at=None, ends_at__gt=moment)


class SupportVisit(models.Model):
    """One time somebody of the support looked at the portal as another person sees it, and why.

    They could read what that person reads, never change anything. It ends at `ends_at` at the latest.
    """

    names_a_person = True

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="support_visits", verbose_name="tài khoản"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người xem hộ"
    )
    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="+", verbose_name="đơn vị")
    reason = models.CharField("lý do", max_length=200)
    started_at = models.DateTimeField("bắt đầu lúc")
    ends_at = models.DateTimeField("kết thúc chậm nhất lúc")
    ended_at = models.DateTimeField("đã kết thúc lúc", null=True, blank=True)

    objects = SupportVisitQuerySet.as_manager()

    class Meta:
        verbose_name = "lần xem hộ tài khoản"
        verbose_name_plural = "các lần xem hộ tài khoản"
        constraints = [
            models.UniqueConstraint(
                fields=["by"], condition=Q(ended_at=None), name="support_visit_one_at_a_time"
            ),
            models.CheckConstraint(name="support_visit_of_another", condition=~Q(user=F("by"))),
        ]

    def __str__(self):
        return f"Xem hộ tài khoản {self.user_id}"

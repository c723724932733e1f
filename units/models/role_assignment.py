from django.conf import settings
from django.db import models
from django.db.models import F, Q

from units.models.queryset import ScopedQuerySet
from units.roles import Can, Role, roles_with


class RoleAssignmentQuerySet(ScopedQuerySet):
    def held_on(self, day):
        """Roles in force on that day."""
        return self.filter(starts_on__lte=day).filter(Q(ends_on=None) | Q(ends_on__gte=day))

    def overlapping(self, first, last):
        """Roles in force on any day from the first to the last (None: for ever)."""
        rows = self.filter(Q(ends_on=None) | Q(ends_on__gte=first))
        return rows if last is None else rows.filter(starts_on__lte=last)

    def ended_before(self, day):
        """Roles whose last day lies before that day and whose holders are still to be signed out."""
        return self.filter(ends_on__lt=day, signed_out_at=None)

    def bringing(self, ability: Can):
        """Roles that bring this ability."""
        return self.filter(role__in=roles_with(ability))


class RoleAssignment(models.Model):
    """One role one person holds in one unit, reaching everything below it, between two dates.

    `signed_out_at` says when its end closed the holder's sessions, or when a plan passed the role on to the
    successor of its unit, so that there was nothing to close.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="role_assignments", verbose_name="tài khoản"
    )
    role = models.CharField("vai trò", max_length=20, choices=Role)
    unit = models.ForeignKey(
        "units.Unit", models.PROTECT, related_name="role_assignments", verbose_name="đơn vị"
    )
    starts_on = models.DateField("từ ngày")
    ends_on = models.DateField("đến hết ngày", null=True, blank=True)
    signed_out_at = models.DateTimeField("đã đóng phiên lúc", null=True, editable=False)

    objects = RoleAssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = "vai trò"
        verbose_name_plural = "vai trò"
        indexes = [
            models.Index(fields=["ends_on"], condition=Q(signed_out_at=None), name="role_to_close"),
        ]
        constraints = [
            models.CheckConstraint(
                name="role_starts_before_it_ends",
                condition=Q(ends_on=None) | Q(starts_on__lte=F("ends_on")),
                violation_error_message="Ngày bắt đầu phải trước ngày kết thúc.",
            ),
            models.UniqueConstraint(
                fields=["user", "role", "unit"],
                condition=Q(ends_on=None),
                name="role_held_once_at_a_time",
                violation_error_message="Người này đang giữ vai trò đó tại đơn vị.",
            ),
        ]

    def __str__(self):
        return f"{self.get_role_display()}, {self.unit}"

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from units.models import ScopedQuerySet
from units.scope import Scope


class DuplicatePairQuerySet(ScopedQuerySet):
    def within(self, scope: Scope):
        """Pairs of which every record still there lies in the scope, so both may be shown."""
        first = scope.as_q("first_member__unit__path") | Q(
            first_member=None, state=DuplicatePair.State.MERGED
        )
        second = scope.as_q("second_member__unit__path") | Q(
            second_member=None, state=DuplicatePair.State.MERGED
        )
        return self.filter(first, second).exclude(first_member=None, second_member=None)

    def touching(self, scope: Scope):
        """Pairs with one record in the scope at least."""
        return self.filter(scope.as_q("first_member__unit__path") | scope.as_q("second_member__unit__path"))

    def open(self):
        """Pairs that wait for somebody who knows the people."""
        return self.filter(state=DuplicatePair.State.OPEN)

    def of(self, member):
        """Pairs the member is in."""
        return self.filter(Q(first_member=member) | Q(second_member=member))


class DuplicatePair(models.Model):
    """Two records that may be one person, and what was decided about them.

    Said to be different they stay here, so that no scan asks again. Once merged, the record that went
    stands empty. `weight` orders the list, `reasons` say it in words; `seen_at` is the last scan that
    still found the pair.
    """

    names_a_person = True

    class State(models.TextChoices):
        OPEN = "open", "Chờ xem"
        DIFFERENT = "different", "Hai người khác nhau"
        MERGED = "merged", "Đã gộp"

    first_member = models.ForeignKey("members.Member", models.CASCADE, null=True, related_name="+")
    second_member = models.ForeignKey("members.Member", models.CASCADE, null=True, related_name="+")
    likeness = models.PositiveSmallIntegerField(default=0, editable=False)
    weight = models.PositiveSmallIntegerField("mức giống", default=0)
    reasons = models.JSONField("lý do", default=list)
    state = models.CharField("tình trạng", max_length=9, choices=State, default=State.OPEN)
    found_at = models.DateTimeField("tìm thấy lúc")
    seen_at = models.DateTimeField(editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="người quyết định"
    )
    decided_at = models.DateTimeField("quyết định lúc", null=True)

    objects = DuplicatePairQuerySet.as_manager()

    class Meta:
        verbose_name = "cặp hồ sơ có thể trùng"
        verbose_name_plural = "hồ sơ có thể trùng"
        indexes = [models.Index(fields=["state", "-weight", "id"], name="duplicate_pair_order")]
        constraints = [
            models.UniqueConstraint(fields=["first_member", "second_member"], name="duplicate_pair_once"),
            models.CheckConstraint(
                name="duplicate_pair_in_order",
                condition=Q(first_member__lt=F("second_member"))
                | Q(first_member=None)
                | Q(second_member=None),
            ),
        ]

    def __str__(self):
        names = [member.full_name for member in (self.first_member, self.second_member) if member]
        return " và ".join(names)

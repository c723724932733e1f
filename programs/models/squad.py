from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from units.models import ScopedQuerySet


class SquadQuerySet(ScopedQuerySet):
    def standing_after(self, day):
        """Squads that have not ended by that day."""
        return self.filter(Q(ended_on=None) | Q(ended_on__gt=day))

    def standing_on(self, day):
        """Squads founded by that day and not yet ended on it."""
        return self.standing_after(day).filter(founded_on__lte=day)


class Squad(models.Model):
    """One volunteer squad of one unit, founded by a decision, lasting beyond changes of the map."""

    class Level(models.TextChoices):
        PROVINCE = "province", "Cấp tỉnh"
        COMMUNE = "commune", "Cấp xã"
        BRANCH = "branch", "Chi đoàn"

    class Kind(models.TextChoices):
        DIGITAL_SHOCK = "digital_shock", "Thanh niên xung kích chuyển đổi số"
        DIGITAL_LITERACY = "digital_literacy", "Bình dân học vụ số"
        YOUNG_INTELLECTUALS = "young_intellectuals", "Tri thức trẻ tình nguyện"
        TWO_TIER_SUPPORT = "two_tier_support", "Hỗ trợ chính quyền địa phương 2 cấp"
        MOBILE = "mobile", "Lưu động"

    name = models.CharField("tên đội hình", max_length=200)
    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="squads", verbose_name="đơn vị")
    program = models.ForeignKey(
        "programs.Program",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="squads",
        verbose_name="chương trình",
    )
    level = models.CharField("cấp", max_length=8, choices=Level)
    kind = models.CharField("loại hình", max_length=20, choices=Kind)
    founded_on = models.DateField("ngày thành lập")
    decision_no = models.CharField("số quyết định", max_length=60, blank=True)
    ended_on = models.DateField("ngày giải thể", null=True, blank=True)

    history = HistoricalRecords()
    objects = SquadQuerySet.as_manager()

    class Meta:
        verbose_name = "đội hình"
        verbose_name_plural = "đội hình tình nguyện"
        constraints = [
            models.CheckConstraint(
                name="squad_founded_before_it_ends",
                condition=Q(ended_on=None) | Q(founded_on__lte=F("ended_on")),
                violation_error_message="Ngày thành lập phải trước ngày giải thể.",
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("programs:squad-detail", args=[self.pk])


class SquadMemberQuerySet(ScopedQuerySet):
    unit_path = "squad__unit__path"

    def staying_on(self, day):
        """Stays that hold on that day."""
        return self.filter(starts_on__lte=day).filter(Q(ends_on=None) | Q(ends_on__gte=day))


class SquadMember(models.Model):
    """One member's stay in one squad. `is_core` marks the lực lượng nòng cốt."""

    names_a_person = True

    class Role(models.TextChoices):
        LEADER = "leader", "Đội trưởng"
        DEPUTY = "deputy", "Đội phó"
        SECRETARY = "secretary", "Thư ký"
        MEMBER = "member", "Thành viên"

    squad = models.ForeignKey(
        "programs.Squad", models.CASCADE, related_name="memberships", verbose_name="đội hình"
    )
    member = models.ForeignKey(
        "members.Member", models.PROTECT, related_name="squad_memberships", verbose_name="đoàn viên"
    )
    role = models.CharField("vai trò", max_length=9, choices=Role, default=Role.MEMBER)
    is_core = models.BooleanField("nòng cốt", default=False)
    starts_on = models.DateField("từ ngày")
    ends_on = models.DateField("đến hết ngày", null=True, blank=True)

    objects = SquadMemberQuerySet.as_manager()

    class Meta:
        verbose_name = "thành viên đội hình"
        verbose_name_plural = "thành viên đội hình"
        constraints = [
            models.UniqueConstraint(
                fields=["squad", "member"],
                condition=Q(ends_on=None),
                name="squad_member_once_at_a_time",
                violation_error_message="Đoàn viên này đang ở trong đội hình.",
            ),
            models.CheckConstraint(
                name="squad_member_starts_before_end",
                condition=Q(ends_on=None) | Q(starts_on__lte=F("ends_on")),
                violation_error_message="Ngày bắt đầu phải trước ngày kết thúc.",
            ),
        ]

    def __str__(self):
        return f"{self.member}, {self.squad}"

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from members.models import Member
from units.models import ScopedQuerySet


class ClubQuerySet(ScopedQuerySet):
    def standing_after(self, day):
        """Clubs that have not ended by that day."""
        return self.filter(Q(ended_on=None) | Q(ended_on__gt=day))

    def published(self):
        """What the public sees: clubs that have not ended and are meant to be seen."""
        return self.filter(is_published=True, ended_on=None)


class Club(models.Model):
    """One club with members from several sectors, such as "Câu lạc bộ Thanh niên số"."""

    name = models.CharField("tên câu lạc bộ", max_length=160)
    slug = models.SlugField("đường dẫn", max_length=80, unique=True)
    unit = models.ForeignKey(
        "units.Unit", models.PROTECT, related_name="clubs", verbose_name="đơn vị quản lý"
    )
    program = models.ForeignKey(
        "programs.Program",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="clubs",
        verbose_name="chương trình",
    )
    founded_on = models.DateField("ngày thành lập")
    decision_no = models.CharField("số quyết định", max_length=60, blank=True)
    ended_on = models.DateField("ngày kết thúc", null=True, blank=True)
    aim = models.TextField("mục đích", blank=True)
    is_published = models.BooleanField("công khai", default=False)

    history = HistoricalRecords()
    objects = ClubQuerySet.as_manager()

    class Meta:
        verbose_name = "câu lạc bộ"
        verbose_name_plural = "câu lạc bộ"
        constraints = [
            models.CheckConstraint(
                name="club_founded_before_it_ends",
                condition=Q(ended_on=None) | Q(founded_on__lte=F("ended_on")),
                violation_error_message="Ngày thành lập phải trước ngày kết thúc.",
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("programs:club-detail", args=[self.slug])

    @property
    def founded_text(self) -> str:
        return f"Thành lập ngày {self.founded_on:%d/%m/%Y}"

    @property
    def decision_text(self) -> str:
        return f"Quyết định số {self.decision_no}" if self.decision_no else ""


class ClubMemberQuerySet(ScopedQuerySet):
    unit_path = "club__unit__path"

    def staying_on(self, day):
        """Stays that hold on that day."""
        return self.filter(starts_on__lte=day).filter(Q(ends_on=None) | Q(ends_on__gte=day))


class ClubMember(models.Model):
    """One member's stay in one club, standing for one sector."""

    names_a_person = True

    class Role(models.TextChoices):
        CHAIR = "chair", "Chủ nhiệm"
        DEPUTY = "deputy", "Phó Chủ nhiệm"
        MEMBER = "member", "Thành viên"

    club = models.ForeignKey(
        "programs.Club", models.CASCADE, related_name="memberships", verbose_name="câu lạc bộ"
    )
    member = models.ForeignKey(
        "members.Member", models.PROTECT, related_name="club_memberships", verbose_name="đoàn viên"
    )
    sector = models.CharField("khối đối tượng", max_length=16, choices=Member.Sector)
    role = models.CharField("vai trò", max_length=8, choices=Role, default=Role.MEMBER)
    starts_on = models.DateField("từ ngày")
    ends_on = models.DateField("đến hết ngày", null=True, blank=True)

    objects = ClubMemberQuerySet.as_manager()

    class Meta:
        verbose_name = "thành viên câu lạc bộ"
        verbose_name_plural = "thành viên câu lạc bộ"
        constraints = [
            models.UniqueConstraint(
                fields=["club", "member"],
                condition=Q(ends_on=None),
                name="club_member_once_at_a_time",
                violation_error_message="Đoàn viên này đang ở trong câu lạc bộ.",
            ),
            models.CheckConstraint(
                name="club_member_starts_before_end",
                condition=Q(ends_on=None) | Q(starts_on__lte=F("ends_on")),
                violation_error_message="Ngày bắt đầu phải trước ngày kết thúc.",
            ),
        ]

    def __str__(self):
        return f"{self.member}, {self.club}"

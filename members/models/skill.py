from django.db import models

from core.text import fold


class Skill(models.Model):
    """One thing members can be good at, in the province's own list."""

    name = models.CharField("tên kỹ năng", max_length=80, unique=True)
    search_name = models.CharField(max_length=80, editable=False)
    is_active = models.BooleanField("đang dùng", default=True)

    class Meta:
        verbose_name = "kỹ năng"
        verbose_name_plural = "kỹ năng"

    def __str__(self):
        return self.name

    def set_name_keys(self) -> None:
        """Fill the column that searching reads. Call before writing."""
        self.search_name = fold(self.name)


class MemberSkill(models.Model):
    """One skill of one member, as staff know it."""

    names_a_person = True

    class Level(models.TextChoices):
        LEARNING = "learning", "đang học"
        ABLE = "able", "làm được"
        TEACHES = "teaches", "hướng dẫn được người khác"

    member = models.ForeignKey("members.Member", models.CASCADE, related_name="skills")
    skill = models.ForeignKey(Skill, models.PROTECT, related_name="member_skills", verbose_name="kỹ năng")
    level = models.CharField("mức độ", max_length=8, choices=Level, default=Level.ABLE)

    class Meta:
        verbose_name = "kỹ năng của đoàn viên"
        verbose_name_plural = "kỹ năng"
        constraints = [
            models.UniqueConstraint(
                fields=["member", "skill"],
                name="member_skill_once",
                violation_error_message="Kỹ năng này đã có trong hồ sơ.",
            ),
        ]

    def __str__(self):
        return f"{self.skill}, {self.get_level_display()}"

from django.conf import settings
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Func, Q
from django.db.models.functions import Right
from simple_history.models import HistoricalRecords

from core.codes import new_codes
from core.text import fold, name_keys
from members.dates import PartialDate
from members.models.member_merge import MemberMerge
from units.models import ScopedQuerySet

BYTES = "varchar_pattern_ops"  # PostgreSQL compares text byte by byte; for columns nobody orders by


class NameWords(Func):
    """The words of a folded name as PostgreSQL finds them by how they begin."""

    template = "to_tsvector('simple'::regconfig, %(expressions)s)"
    output_field = SearchVectorField()


def new_member_code() -> str:
    """A code no other member is likely to have; the unique constraint has the last word."""
    return new_member_codes(1)[0]


def new_member_codes(count: int) -> list[str]:
    """So many codes for members, drawn together; two of them may be the same."""
    return [f"DV{letters}" for letters in new_codes(count, 8)]


class MemberQuerySet(ScopedQuerySet):
    def within(self, scope):
        """Those of the branches; a row that names nobody any more is no member to anybody."""
        return super().within(scope).kept()

    def active(self):
        """Members who take part today."""
        return self.filter(status=Member.Status.ACTIVE)

    def claimable(self):
        """Members whose record no account has taken and who still belong to the Union."""
        standing = [Member.Status.ACTIVE, Member.Status.AWAY]
        return self.filter(user=None, status__in=standing, erased_at=None)

    def leaving(self):
        """Members whose data may leave the portal, in a file or on paper."""
        return self.filter(restricted_at=None)

    def kept(self):
        """Members whose data were not erased."""
        return self.filter(erased_at=None)

    def named_like(self, text: str):
        """Members whose folded name holds the folded text."""
        return self.filter(search_name__contains=fold(text))

    def with_code(self, code: str):
        """The member whose code it is, or was before their two records were merged."""
        merged = MemberMerge.objects.in_force().filter(other_code=code).values("kept")
        return self.filter(Q(code=code) | Q(pk__in=merged))


class Member(models.Model):
    """One young person known to the portal, at home in one unit. Not a user: they may claim it.

    `unit` is the unit of the open home affiliation, kept here so that scope is one index range.
    Birth and joining dates are partial: the precision says which parts the source gave.
    While `restricted_at` stands their data leave in no list and bring no reminder. After `erased_at` the
    row names nobody; it stays so that what was counted stays counted.
    """

    names_a_person = True

    class Sex(models.TextChoices):
        MALE = "male", "Nam"
        FEMALE = "female", "Nữ"

    class Status(models.TextChoices):
        ACTIVE = "active", "Đang sinh hoạt"
        AWAY = "away", "Đi làm ăn xa"
        GROWN = "grown", "Đã trưởng thành Đoàn"
        ENDED = "ended", "Đã thôi sinh hoạt"

    class Sector(models.TextChoices):
        RESIDENTIAL = "residential", "Địa bàn dân cư"
        RURAL = "rural", "Nông thôn"
        URBAN = "urban", "Đô thị"
        WORKER = "worker", "Công nhân"
        CIVIL_SERVANT = "civil_servant", "Công chức, viên chức"
        ARMED_FORCES = "armed_forces", "Lực lượng vũ trang"
        PUPIL = "pupil", "Học sinh"
        STUDENT = "student", "Sinh viên"
        LECTURER = "lecturer", "Giảng viên trẻ"

    class Precision(models.TextChoices):
        DAY = "day", "ngày"
        MONTH = "month", "tháng"
        YEAR = "year", "năm"

    code = models.CharField("mã đoàn viên", max_length=12, default=new_member_code, editable=False)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="member",
    )
    unit = models.ForeignKey(
        "units.Unit", models.PROTECT, related_name="members", verbose_name="đơn vị", db_index=False
    )
    branch_name = models.CharField("chi đoàn", max_length=160, blank=True)
    full_name = models.CharField("họ và tên", max_length=120)
    search_name = models.CharField(max_length=120, editable=False)
    sort_key = models.CharField(max_length=200, editable=False)
    initials = models.CharField(max_length=12, editable=False)
    born_on = models.DateField("ngày sinh", null=True, blank=True)
    born_precision = models.CharField(max_length=5, choices=Precision, blank=True)
    sex = models.CharField("giới tính", max_length=6, choices=Sex, blank=True)
    ethnic_group = models.CharField("dân tộc", max_length=30, blank=True)
    religion = models.CharField("tôn giáo", max_length=60, blank=True)
    phone = models.CharField("số điện thoại", max_length=16, blank=True)
    phone_other = models.CharField("số điện thoại khác", max_length=16, blank=True)
    email = models.EmailField("email", blank=True)
    citizen_id_hash = models.CharField(max_length=64, blank=True, editable=False)
    citizen_id_last4 = models.CharField("bốn số cuối căn cước", max_length=4, blank=True, editable=False)
    position = models.CharField("chức vụ", max_length=160, blank=True)
    sector = models.CharField("khối đối tượng", max_length=16, choices=Sector, blank=True)
    joined_on = models.DateField("ngày vào Đoàn", null=True, blank=True)
    joined_precision = models.CharField(max_length=5, choices=Precision, blank=True)
    status = models.CharField("trạng thái", max_length=8, choices=Status, default=Status.ACTIVE)
    restricted_at = models.DateTimeField("hạn chế xử lý từ", null=True, blank=True, editable=False)
    erased_at = models.DateTimeField("xóa dữ liệu lúc", null=True, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    history = HistoricalRecords(
        excluded_fields=[
            "search_name",
            "sort_key",
            "initials",
            "citizen_id_hash",
            "updated_at",
            "restricted_at",
            "erased_at",
        ],  # fmt: skip
        no_db_index=["unit", "user"],
        user_db_constraint=False,
    )
    objects = MemberQuerySet.as_manager()

    class Meta:
        verbose_name = "đoàn viên"
        verbose_name_plural = "đoàn viên"
        indexes = [
            models.Index(fields=["unit", "sort_key"], name="member_unit_sort"),
            models.Index(fields=["sort_key"], name="member_sort"),
            models.Index(fields=["born_on"], name="member_born"),
            models.Index(fields=["updated_at"], name="member_updated"),
            models.Index(
                fields=["search_name", "born_on"], opclasses=[BYTES, "date_ops"], name="member_name_born"
            ),
            models.Index(fields=["initials"], opclasses=[BYTES], name="member_initials"),
            models.Index(fields=["phone"], opclasses=[BYTES], name="member_phone"),
            models.Index(fields=["email"], opclasses=[BYTES], name="member_email"),
            models.Index(Right("phone", 4), name="member_phone_end"),
            models.Index(
                fields=["phone_other"],
                opclasses=[BYTES],
                condition=Q(phone_other__gt=""),
                name="member_phone_other",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="member_birth_has_precision",
                condition=Q(born_on=None, born_precision="")
                | (Q(born_on__isnull=False) & ~Q(born_precision="")),
            ),
            models.UniqueConstraint(fields=["code"], opclasses=[BYTES], name="member_code_once"),
            models.UniqueConstraint(
                fields=["citizen_id_hash"],
                opclasses=[BYTES],
                condition=~Q(citizen_id_hash=""),
                name="member_citizen_id_once",
                violation_error_message="Số căn cước này đã có trong hồ sơ khác.",
            ),
        ]

    def __str__(self):
        return self.full_name

    @property
    def born(self) -> PartialDate | None:
        """The birth date as precisely as it is known."""
        return PartialDate.of(self.born_on, self.born_precision)

    @property
    def joined(self) -> PartialDate | None:
        """The day of joining the Union as precisely as it is known."""
        return PartialDate.of(self.joined_on, self.joined_precision)

    def set_name_keys(self) -> None:
        """Fill the columns that searching and sorting read. Call before writing."""
        self.search_name, self.sort_key, self.initials = name_keys(self.full_name)

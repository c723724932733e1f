from django.conf import settings
from django.core.files.storage import storages
from django.db import models
from django.utils import timezone

from members.models.roster_row import RosterRow
from units.models import ScopedQuerySet


class RosterImportQuerySet(ScopedQuerySet):
    def in_work(self):
        """Imports on which a worker has something to do."""
        return self.filter(state__in=RosterImport.WORK_STATES)

    def free_at(self, moment):
        """Imports that no worker holds at that moment."""
        return self.filter(models.Q(lease_until=None) | models.Q(lease_until__lt=moment))


def private_storage():
    return storages["private"]


class RosterImport(models.Model):
    """One roster file on its way in: read into rows, decided on, applied, perhaps undone.

    A worker holds it while `lease_until` is ahead; afterwards another may take it up where it stopped.
    `goal_count` is how many rows the work in hand has to pass, `done_count` how many it has passed.
    `try_count` weighs the tries since the work last got further; `failure` says why it was given up.
    `purged_at`: the file and what its lines said of people are gone; counts and places stay.
    Its rows were first held against the members as they stood at `matched_from`.
    `tallies` counts the rows by outcome and the repaired cells by kind, for the preview.
    `without` are the kinds of columns left out, `corrections` what staff say about its sheets, both as
    `members.roster` reads them.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Chờ đọc"
        READING = "reading", "Đang đọc"
        READY = "ready", "Chờ quyết định"
        FAILED = "failed", "Không đọc được"
        APPLYING = "applying", "Đang áp dụng"
        APPLIED = "applied", "Đã áp dụng"
        UNDOING = "undoing", "Đang hoàn tác"
        UNDONE = "undone", "Đã hoàn tác"
        CANCELLED = "cancelled", "Đã hủy"
        SETTLING = "settling", "Đang so lại"

    class Policy(models.TextChoices):
        OVERWRITE = "overwrite", "Bổ sung và thay giá trị khác"
        FILL = "fill", "Chỉ bổ sung chỗ còn trống"
        ONLY_NEW = "only_new", "Chỉ thêm người mới"

    class Basis(models.TextChoices):
        CONSENT = "consent", "Từng người đã đồng ý (phiếu, đơn, biểu mẫu)"
        AGREEMENT = "agreement", "Thực hiện thỏa thuận với người đó (Điều lệ, đơn xin vào Đoàn)"
        STATE_WORK = "state_work", "Phục vụ hoạt động của cơ quan nhà nước theo quy định của pháp luật"
        OTHER_LAW = "other_law", "Luật khác quy định hoặc cho phép"
        EMERGENCY = "emergency", "Bảo vệ tính mạng, sức khỏe hoặc tình huống khẩn cấp"

    WORK_STATES = [State.WAITING, State.READING, State.APPLYING, State.UNDOING, State.SETTLING]

    file = models.FileField("file", storage=private_storage, upload_to="rosters/%Y/%m")
    file_name = models.CharField("tên file", max_length=255)
    sha256 = models.CharField(max_length=64, db_index=True, editable=False)
    byte_count = models.PositiveBigIntegerField("kích thước")
    unit = models.ForeignKey(
        "units.Unit", models.PROTECT, related_name="roster_imports", verbose_name="nhập cho đơn vị"
    )
    basis = models.CharField("căn cứ xử lý dữ liệu", max_length=10, choices=Basis, blank=True)
    legal_basis = models.CharField("văn bản, nguồn của căn cứ", max_length=200, blank=True)
    without = models.JSONField("không nhập các cột này", default=list, blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="người tải lên",
    )
    uploaded_at = models.DateTimeField("tải lên lúc", default=timezone.now)
    policy = models.CharField("với đoàn viên đã có", max_length=9, choices=Policy, default=Policy.OVERWRITE)
    state = models.CharField("trạng thái", max_length=10, choices=State, default=State.WAITING, db_index=True)
    failure = models.CharField("lý do", max_length=300, blank=True)
    sheets = models.JSONField(default=list)
    tallies = models.JSONField(default=dict)
    corrections = models.JSONField(default=dict, editable=False)
    corrected_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    corrected_at = models.DateTimeField("đọc lại lúc", null=True)
    row_count = models.PositiveIntegerField("số dòng", default=0)
    goal_count = models.PositiveIntegerField("cần xử lý", default=0)
    done_count = models.PositiveIntegerField("đã xử lý", default=0)
    lease_until = models.DateTimeField(null=True, editable=False)
    try_count = models.PositiveSmallIntegerField(default=0, editable=False)
    matched_from = models.DateTimeField(null=True, editable=False)
    read_at = models.DateTimeField("đọc xong lúc", null=True)
    applied_at = models.DateTimeField("áp dụng lúc", null=True)
    applied_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField("hoàn tác lúc", null=True)
    purged_at = models.DateTimeField("xóa nội dung lúc", null=True, editable=False)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = RosterImportQuerySet.as_manager()

    class Meta:
        verbose_name = "lần nhập danh sách"
        verbose_name_plural = "lần nhập danh sách"

    def __str__(self):
        return self.file_name

    @property
    def outcomes(self) -> dict[str, int]:
        """How many rows have each outcome; every outcome is there."""
        counted = self.tallies.get("outcomes", {})
        return {outcome: counted.get(outcome, 0) for outcome in RosterRow.Outcome.values}

    @property
    def unit_for_rows(self):
        """The unit of rows that name none: the import's, unless it was sent for the whole province."""
        return self.unit if self.unit.depth > 1 else None

    @property
    def names_sheets(self) -> bool:
        """Whether the file has sheets to be told apart by name; a .csv has none."""
        return any(sheet["name"] for sheet in self.sheets)

    @property
    def tells_how_read(self) -> bool:
        """Whether it was read so that its page can explain how; imports of long ago were not."""
        return any("header_top" in sheet for sheet in self.sheets)

    @property
    def may_be_read_again(self) -> bool:
        """Whether its file is there, nobody works on it, and staff may say how to read it."""
        is_kept = bool(self.file) and self.purged_at is None
        return is_kept and self.state in (self.State.READY, self.State.FAILED)

    @property
    def may_be_cancelled(self) -> bool:
        """Whether nothing of it was written yet and it still waits for something."""
        untouched = (self.State.WAITING, self.State.READING, self.State.READY, self.State.FAILED)
        return self.state in untouched or (self.state == self.State.SETTLING and self.applied_at is None)

    @property
    def is_in_work(self) -> bool:
        """Whether a worker has something to do on it."""
        return self.state in self.WORK_STATES

    @property
    def is_queued(self) -> bool:
        """Whether work waits on it that no worker has begun."""
        return self.is_in_work and self.lease_until is None

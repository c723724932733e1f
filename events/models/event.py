from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from units.models import ScopedQuerySet


class EventQuerySet(ScopedQuerySet):
    unit_path = "host__path"

    def published(self):
        return self.filter(published_at__isnull=False)

    def standing(self):
        """Events that were published and not cancelled."""
        return self.published().filter(cancelled_at=None)

    def open_at(self, moment):
        """Events that take registrations at that moment."""
        return self.standing().filter(opens_at__lte=moment, closes_at__gt=moment)

    def coming_at(self, moment):
        """Events not over yet whose registration is closed or not open yet."""
        closed = Q(opens_at__gt=moment) | Q(closes_at__lte=moment)
        return self.standing().filter(closed, ends_at__gt=moment)

    def past_at(self, moment):
        """Events that took place."""
        return self.standing().filter(ends_at__lte=moment)


class Event(models.Model):
    """One gathering with one registration list. A series of gatherings is several events.

    `last_turn` is the last place given out in the order of registrations; `revision` counts the
    changes that registered people were told about.
    """

    class Kind(models.TextChoices):
        TRAINING = "training", "Tập huấn"
        FORUM = "forum", "Diễn đàn"
        LAUNCH = "launch", "Lễ ra mắt"
        KICK_OFF = "kick_off", "Lễ ra quân"
        CONFERENCE = "conference", "Hội nghị"
        CLASS = "class", "Lớp học số"
        MEETING = "meeting", "Gặp gỡ, sinh hoạt"

    class Mode(models.TextChoices):
        ON_SITE = "on_site", "Trực tiếp"
        ONLINE = "online", "Trực tuyến"
        HYBRID = "hybrid", "Kết hợp"

    class Stage(models.TextChoices):
        DRAFT = "draft", "Nháp"
        CANCELLED = "cancelled", "Đã hủy"
        ANNOUNCED = "announced", "Sắp mở đăng ký"
        OPEN = "open", "Đang mở đăng ký"
        CLOSED = "closed", "Đã đóng đăng ký"
        RUNNING = "running", "Đang diễn ra"
        OVER = "over", "Đã kết thúc"

    title = models.CharField("tên sự kiện", max_length=200)
    kind = models.CharField("loại", max_length=10, choices=Kind)
    host = models.ForeignKey(
        "units.Unit", models.PROTECT, related_name="events", verbose_name="đơn vị chủ trì"
    )
    program = models.ForeignKey(
        "programs.Program",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="events",
        verbose_name="chương trình",
    )
    campaign = models.ForeignKey(
        "programs.Campaign",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="events",
        verbose_name="chiến dịch",
    )
    theme = models.CharField("chủ đề", max_length=200, blank=True)
    description = models.TextField("giới thiệu", blank=True)
    mode = models.CharField("hình thức", max_length=8, choices=Mode, default=Mode.ON_SITE)
    place = models.CharField("địa điểm", max_length=200)
    place_note = models.CharField("chỉ dẫn thêm", max_length=200, blank=True)
    starts_at = models.DateTimeField("bắt đầu lúc")
    ends_at = models.DateTimeField("kết thúc lúc")
    doors_at = models.DateTimeField("đón tiếp từ", null=True, blank=True)
    opens_at = models.DateTimeField("mở đăng ký")
    closes_at = models.DateTimeField("đóng đăng ký")
    capacity = models.PositiveIntegerField("số chỗ")
    offer_hours = models.PositiveSmallIntegerField(
        "số giờ để nhận chỗ",
        default=12,
        help_text="Người chờ đến lượt có chừng này giờ để nhận chỗ. 0: có chỗ ngay, không cần nhận.",
    )
    shares_until = models.DateTimeField(
        "mở chung chỗ chưa dùng lúc",
        null=True,
        blank=True,
        help_text="Từ lúc này chỗ các đơn vị chưa dùng dành cho mọi người. Bỏ trống: giữ riêng đến cùng.",
    )
    gives_certificate = models.BooleanField("cấp giấy chứng nhận", default=False)
    pass_percent = models.PositiveSmallIntegerField("dự ít nhất (% số buổi)", default=80)
    published_at = models.DateTimeField("công bố lúc", null=True, blank=True, editable=False)
    cancelled_at = models.DateTimeField("hủy lúc", null=True, blank=True, editable=False)
    cancel_reason = models.CharField("lý do hủy", max_length=300, blank=True, editable=False)
    last_turn = models.PositiveIntegerField(default=0, editable=False)
    revision = models.PositiveIntegerField(default=0, editable=False)

    history = HistoricalRecords(excluded_fields=["last_turn"])
    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = "sự kiện"
        verbose_name_plural = "sự kiện, tập huấn"
        indexes = [models.Index(fields=["starts_at"], name="event_starts")]
        constraints = [
            models.CheckConstraint(
                name="event_opens_before_it_closes",
                condition=Q(opens_at__lt=F("closes_at")),
                violation_error_message="Thời điểm mở đăng ký phải trước thời điểm đóng.",
            ),
            models.CheckConstraint(
                name="event_starts_before_it_ends",
                condition=Q(starts_at__lt=F("ends_at")),
                violation_error_message="Thời điểm bắt đầu phải trước thời điểm kết thúc.",
            ),
            models.CheckConstraint(
                name="event_closes_before_it_ends",
                condition=Q(closes_at__lte=F("ends_at")),
                violation_error_message="Đăng ký phải đóng trước khi sự kiện kết thúc.",
            ),
            models.CheckConstraint(
                name="event_pass_percent_is_a_percentage",
                condition=Q(pass_percent__gte=1, pass_percent__lte=100),
                violation_error_message="Tỷ lệ dự phải từ 1 đến 100.",
            ),
            models.CheckConstraint(
                name="event_offer_lasts_a_week_at_most",
                condition=Q(offer_hours__lte=168),
                violation_error_message="Số giờ để nhận chỗ nhiều nhất là 168 (một tuần).",
            ),
            models.CheckConstraint(
                name="event_shares_end_before_it_starts",
                condition=Q(shares_until=None) | Q(shares_until__lt=F("starts_at")),
                violation_error_message="Thời điểm mở chung chỗ phải trước khi sự kiện bắt đầu.",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("events:event-detail", args=[self.pk])

    def takes_registrations_at(self, moment) -> bool:
        """Whether it is published, stands, and the moment lies in its registration window."""
        stands = self.published_at is not None and self.cancelled_at is None
        return stands and self.opens_at <= moment < self.closes_at

    @property
    def shares_last_until(self):
        """Until when a unit can fill its share: registration closes, or the shares end before that."""
        return min(self.closes_at, self.shares_until or self.closes_at)

    def shares_ended_at(self, moment) -> bool:
        """Whether the units' shares no longer count: every free seat is for whoever waits longest."""
        return self.shares_until is not None and moment >= self.shares_until

    def stage_at(self, moment) -> "Event.Stage":
        """Where the event stands on its way from draft to done."""
        if self.cancelled_at is not None:
            return self.Stage.CANCELLED
        if self.published_at is None:
            return self.Stage.DRAFT
        if moment >= self.ends_at:
            return self.Stage.OVER
        if self.takes_registrations_at(moment):
            return self.Stage.OPEN
        if moment < self.opens_at:
            return self.Stage.ANNOUNCED
        return self.Stage.RUNNING if moment >= self.starts_at else self.Stage.CLOSED

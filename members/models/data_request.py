from django.conf import settings
from django.db import models
from django.db.models import Q

from units.models import ScopedQuerySet


class DataRequestQuerySet(ScopedQuerySet):
    unit_path = "member__unit__path"

    def open(self):
        """Requests that somebody still has to answer or carry out."""
        return self.filter(state__in=DataRequest.OPEN)

    def due_by(self, day):
        """Open requests whose next term ends on that day or before."""
        waiting = Q(state=DataRequest.State.WAITING, answer_due_on__lte=day)
        return self.filter(waiting | Q(state=DataRequest.State.ACCEPTED, due_on__lte=day))


class DataRequest(models.Model):
    """One thing a member asks for by right about their own data, with the clocks of the law.

    Luật 91/2025/QH15, Điều 4; terms by NĐ 356/2025/NĐ-CP, Điều 5 (`members.rules.requests`). It is
    answered by `answer_due_on` (working days) and carried out by `due_on` (days of the calendar),
    which may be put off once, with a reason. What was asked and answered in words goes with the member.
    """

    names_a_person = True

    class Kind(models.TextChoices):
        ACCESS = "access", "Cung cấp dữ liệu"
        CORRECT = "correct", "Sửa dữ liệu"
        WITHDRAW = "withdraw", "Rút mọi đồng ý"
        RESTRICT = "restrict", "Hạn chế xử lý"
        DELETE = "delete", "Xóa dữ liệu"

    class State(models.TextChoices):
        WAITING = "waiting", "Chờ trả lời"
        ACCEPTED = "accepted", "Đang thực hiện"
        DONE = "done", "Đã thực hiện"
        REFUSED = "refused", "Không chấp nhận"
        CANCELLED = "cancelled", "Người gửi đã rút"

    class Channel(models.TextChoices):
        PORTAL = "portal", "Trên cổng"
        PAPER = "paper", "Đơn giấy"
        EMAIL = "email", "Thư điện tử"
        SPOKEN = "spoken", "Trực tiếp, điện thoại"

    OPEN = [State.WAITING, State.ACCEPTED]

    member = models.ForeignKey(
        "members.Member", models.PROTECT, related_name="data_requests", verbose_name="đoàn viên"
    )
    kind = models.CharField("đề nghị", max_length=8, choices=Kind)
    wish = models.TextField("nội dung đề nghị", blank=True, max_length=2000)
    channel = models.CharField("nhận qua", max_length=6, choices=Channel)
    state = models.CharField("tình trạng", max_length=9, choices=State, default=State.WAITING)
    received_on = models.DateField("ngày nhận")
    asked_at = models.DateTimeField("ghi lúc")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="người ghi"
    )
    answer_due_on = models.DateField("trả lời trước hết ngày")
    due_on = models.DateField("thực hiện trước hết ngày")
    answer = models.TextField("trả lời", blank=True)
    answered_at = models.DateTimeField("trả lời lúc", null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="người trả lời"
    )
    extended_at = models.DateTimeField("gia hạn lúc", null=True)
    extension_reason = models.TextField("lý do gia hạn", blank=True)
    closed_at = models.DateTimeField("kết thúc lúc", null=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="người thực hiện"
    )

    objects = DataRequestQuerySet.as_manager()

    class Meta:
        verbose_name = "đề nghị về dữ liệu"
        verbose_name_plural = "đề nghị về dữ liệu cá nhân"
        indexes = [
            models.Index(
                fields=["due_on"], condition=Q(state__in=["waiting", "accepted"]), name="request_due"
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["member", "kind"],
                condition=Q(state__in=["waiting", "accepted"]),
                name="request_one_open_of_a_kind",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.member}"

    @property
    def next_due_on(self):
        """The end of the term that runs now; None when nothing is left to do."""
        if self.state == self.State.WAITING:
            return self.answer_due_on
        return self.due_on if self.state == self.State.ACCEPTED else None

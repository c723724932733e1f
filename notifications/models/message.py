from django.conf import settings
from django.db import models
from django.db.models import F, Q


class MessageQuerySet(models.QuerySet):
    def due_at(self, moment):
        """Messages to send now: waiting and due, or left by a worker whose lease has run out."""
        free = Q(lease_until=None) | Q(lease_until__lte=moment)
        return self.filter(free, state__in=Message.OPEN_STATES, due_at__lte=moment)

    def stale_at(self, moment):
        """Messages that would say something no longer true."""
        return self.filter(stale_at__lte=moment)

    def take(self, message, *, at, until) -> bool:
        """Hold a due message for sending until the lease ends. False when another worker was faster."""
        mine = self.filter(pk=message.pk, try_count=message.try_count).due_at(at)
        return mine.update(state=Message.State.SENDING, lease_until=until, try_count=F("try_count") + 1) == 1

    def close(self, state, *, reason="", sent_at=None) -> int:
        """Give the messages their last state; the words of secret ones are wiped with it."""
        nothing = models.Value("", output_field=models.TextField())
        wiped = models.Case(models.When(is_secret=True, then=nothing), default=F("body"))
        unknown = models.Value("", output_field=models.CharField())
        address = models.Case(models.When(is_last=True, then=unknown), default=F("address"))
        return self.update(
            state=state, lease_until=None, last_error=reason, sent_at=sent_at, body=wiped, address=address
        )


class Message(models.Model):
    """One message that must reach somebody once. The row is the promise; sending is a task.

    `key` says what it is about and makes enqueueing twice harmless. `message_id` is the e-mail's
    Message-ID, the same at every try. Nobody takes the message before `lease_until`: a worker is
    sending it, or it failed and rests before the next try. `is_last` tells somebody that their data were
    erased: its address goes as soon as it is closed.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Chờ gửi"
        SENDING = "sending", "Đang gửi"
        SENT = "sent", "Đã gửi"
        FAILED = "failed", "Gửi hỏng"
        SKIPPED = "skipped", "Bỏ qua"

    OPEN_STATES = [State.WAITING, State.SENDING]

    key = models.CharField("khóa", max_length=120, unique=True)
    address = models.CharField("gửi tới", max_length=254)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="messages",
        verbose_name="tài khoản",
    )
    subject = models.CharField("tiêu đề", max_length=200)
    body = models.TextField("nội dung")
    is_secret = models.BooleanField("xóa nội dung sau khi gửi", default=False)
    is_last = models.BooleanField("xóa địa chỉ sau khi gửi", default=False)
    created_at = models.DateTimeField("tạo lúc", auto_now_add=True)
    due_at = models.DateTimeField("gửi từ lúc")
    stale_at = models.DateTimeField("không gửi sau lúc", null=True, blank=True)
    state = models.CharField("trạng thái", max_length=8, choices=State, default=State.WAITING)
    lease_until = models.DateTimeField("chưa thử lại trước", null=True, editable=False)
    try_count = models.PositiveSmallIntegerField("số lần thử", default=0)
    sent_at = models.DateTimeField("đã gửi lúc", null=True)
    last_error = models.CharField("lỗi gần nhất", max_length=300, blank=True)
    message_id = models.CharField(max_length=120, editable=False)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = "thư"
        verbose_name_plural = "hộp thư đi"
        indexes = [
            models.Index(
                fields=["due_at"], condition=Q(state__in=["waiting", "sending"]), name="message_to_send"
            ),
        ]

    def __str__(self):
        return self.subject

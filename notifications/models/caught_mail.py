from django.db import models


class CaughtMail(models.Model):
    """One e-mail the embedded mode caught instead of sending, as it would have gone out."""

    caught_at = models.DateTimeField(auto_now_add=True)
    to = models.CharField("gửi tới", max_length=254)
    subject = models.CharField("tiêu đề", max_length=250)
    body = models.TextField("nội dung")
    message_id = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = "thư đã giữ lại"
        verbose_name_plural = "hộp thư thử"

    def __str__(self):
        return self.subject

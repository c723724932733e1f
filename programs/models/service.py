from django.db import models


class Service(models.Model):
    """One thing people are helped with, such as "Cài đặt, kích hoạt VNeID mức 2"."""

    name = models.CharField("tên dịch vụ", max_length=160, unique=True)
    place = models.PositiveSmallIntegerField("thứ tự", default=0)
    is_active = models.BooleanField("đang dùng", default=True)

    class Meta:
        verbose_name = "dịch vụ hướng dẫn"
        verbose_name_plural = "danh mục dịch vụ"

    def __str__(self):
        return self.name

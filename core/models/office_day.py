from django.db import models


class OfficeDay(models.Model):
    """One day that breaks the week: offices are closed though it is no weekend, or open though it is one.

    Days off come from Bộ luật Lao động 2019, Điều 112; which days are given in exchange is announced
    for each year. Staff add the days of the next year in the web admin.
    """

    day = models.DateField(
        "ngày", unique=True, error_messages={"unique": "Ngày này đã có trong lịch. Hãy sửa dòng đã có."}
    )
    is_open = models.BooleanField("làm việc bù", default=False)
    name = models.CharField("lý do", max_length=120)

    class Meta:
        verbose_name = "ngày nghỉ, ngày làm bù"
        verbose_name_plural = "lịch nghỉ lễ, làm bù"

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y}: {self.name}"

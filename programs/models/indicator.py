from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords


class Indicator(models.Model):
    """One thing that is counted: what, in which unit of measure, and where the number comes from.

    `counter` names the records an automatic indicator is counted from; `reports` knows how.
    """

    class Aggregation(models.TextChoices):
        SUM = "sum", "cộng"
        LAST = "last", "lấy cuối kỳ"
        DISTINCT = "distinct", "đếm không trùng"

    class Source(models.TextChoices):
        AUTOMATIC = "automatic", "tự đếm từ hoạt động"
        DECLARED = "declared", "đơn vị khai"

    class Counter(models.TextChoices):
        NONE = "", "không"
        PEOPLE_HELPED = "people_helped", "lượt người dân được hỗ trợ"
        ATTENDANCES = "attendances", "lượt dự sự kiện"
        TRAINED_MEMBERS = "trained_members", "người hoàn thành tập huấn"
        SQUADS = "squads", "đội hình"
        SQUAD_TURNS = "squad_turns", "lượt đoàn viên tham gia hoạt động đội hình"
        UNITS_WITH_SQUAD = "units_with_squad", "xã, phường có đội hình"

    code = models.SlugField("mã", max_length=40, unique=True)
    name = models.CharField("tên chỉ tiêu", max_length=200)
    measure = models.CharField("đơn vị tính", max_length=30)
    aggregation = models.CharField("cách tổng hợp", max_length=10, choices=Aggregation)
    source = models.CharField("nguồn", max_length=10, choices=Source)
    counter = models.CharField("đếm từ", max_length=20, choices=Counter, blank=True)
    place = models.PositiveSmallIntegerField("thứ tự", default=0)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "chỉ tiêu"
        verbose_name_plural = "danh mục chỉ tiêu"
        constraints = [
            models.CheckConstraint(
                name="indicator_counter_if_automatic",
                condition=(Q(source="automatic") & ~Q(counter="")) | Q(source="declared", counter=""),
                violation_error_message="Chỉ tiêu tự đếm phải chọn đếm từ đâu, chỉ tiêu khai thì không.",
            ),
        ]

    def __str__(self):
        return f"{self.name} ({self.measure})"

"""A plan that changes many units at once, and the journal of what carrying it out did."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from units.models.queryset import ScopedQuerySet
from units.models.unit import Unit


class RestructuringPlanQuerySet(ScopedQuerySet):
    def in_work(self):
        """Plans that wait for a worker."""
        return self.filter(state__in=RestructuringPlan.WORKING)

    def due_on(self, day):
        """Approved plans whose day has come."""
        return self.filter(state=RestructuringPlan.State.APPROVED, effective_on__lte=day)

    def free_at(self, moment):
        """Plans that no worker holds at that moment."""
        return self.filter(Q(lease_until=None) | Q(lease_until__lte=moment))


class RestructuringPlan(models.Model):
    """One decision about the map of units: drafted, approved, carried out whole on its day, or taken back.

    `problems` are the sentences that stopped the last attempt; `counts` say what carrying it out moved.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "Bản thảo"
        APPROVED = "approved", "Đã duyệt, chờ đến ngày"
        EXECUTING = "executing", "Đang thực hiện"
        EXECUTED = "executed", "Đã thực hiện"
        REVERSING = "reversing", "Đang hoàn tác"
        REVERSED = "reversed", "Đã hoàn tác"
        CANCELLED = "cancelled", "Đã hủy"

    WORKING = [State.EXECUTING, State.REVERSING]
    OPEN = [State.DRAFT, State.APPROVED]

    unit = models.ForeignKey(
        "units.Unit", models.PROTECT, related_name="restructuring_plans", verbose_name="trong đơn vị"
    )
    title = models.CharField("tên phương án", max_length=200)
    decision_no = models.CharField("số nghị quyết, quyết định", max_length=60)
    effective_on = models.DateField("có hiệu lực từ ngày")
    state = models.CharField("tình trạng", max_length=9, choices=State, default=State.DRAFT, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
        verbose_name="người lập",
    )
    made_at = models.DateTimeField("lập lúc", editable=False)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
        verbose_name="người duyệt",
    )
    approved_at = models.DateTimeField("duyệt lúc", null=True, editable=False)
    executed_at = models.DateTimeField("thực hiện lúc", null=True, editable=False)
    reversed_at = models.DateTimeField("hoàn tác lúc", null=True, editable=False)
    reversed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
        verbose_name="người hoàn tác",
    )
    problems = models.JSONField(default=list, editable=False)
    counts = models.JSONField(default=dict, editable=False)
    lease_until = models.DateTimeField(null=True, editable=False)
    try_count = models.PositiveSmallIntegerField(default=0, editable=False)

    objects = RestructuringPlanQuerySet.as_manager()

    class Meta:
        verbose_name = "phương án sắp xếp"
        verbose_name_plural = "phương án sắp xếp đơn vị"

    def __str__(self):
        return self.title

    @property
    def is_open(self) -> bool:
        """Whether its changes may still be edited."""
        return self.state == self.State.DRAFT

    @property
    def is_in_work(self) -> bool:
        return self.state in self.WORKING


class PlannedUnit(models.Model):
    """One unit that a plan is to open; `opened` once it has."""

    plan = models.ForeignKey("units.RestructuringPlan", models.CASCADE, related_name="planned_units")
    parent = models.ForeignKey("units.Unit", models.PROTECT, related_name="+", verbose_name="thuộc")
    kind = models.CharField("loại", max_length=16, choices=Unit.Kind)
    name = models.CharField("tên", max_length=120)
    code = models.CharField("mã", max_length=24, help_text="Mã hành chính mới hoặc mã do Tỉnh Đoàn đặt.")
    opened = models.ForeignKey("units.Unit", models.SET_NULL, null=True, related_name="+", editable=False)

    class Meta:
        verbose_name = "đơn vị sẽ lập"
        verbose_name_plural = "đơn vị sẽ lập"
        constraints = [
            models.UniqueConstraint(fields=["plan", "code"], name="planned_unit_once"),
        ]

    def __str__(self):
        return self.as_unit().title

    @property
    def official_code(self) -> str:
        """Its code as the state's, for communes whose code is of five digits."""
        is_official = self.kind in Unit.PLACE_KINDS and len(self.code) == 5 and self.code.isdecimal()
        return self.code if is_official else ""

    def as_unit(self) -> Unit:
        """The unit as it will be, not written."""
        unit = Unit(code=self.code, official_code=self.official_code, kind=self.kind, name=self.name)
        unit.set_name_keys()
        return unit


class RestructuringChange(models.Model):
    """One line of a plan: what becomes of `source`, and where it goes: a unit that stands, or a planned one.

    A merge of three into one is three lines to one target; a split into two is two lines of one source.
    """

    class Kind(models.TextChoices):
        MERGE = "merge", "Sáp nhập"
        SPLIT = "split", "Chia tách"
        RENAME = "rename", "Đổi tên"
        UPGRADE = "upgrade", "Chuyển loại"
        MOVE = "move", "Chuyển cấp trên"
        CLOSE = "close", "Kết thúc"

    WHOLE = [Kind.MERGE, Kind.RENAME, Kind.UPGRADE]

    plan = models.ForeignKey("units.RestructuringPlan", models.CASCADE, related_name="changes")
    kind = models.CharField("hình thức", max_length=7, choices=Kind)
    source = models.ForeignKey(
        "units.Unit", models.PROTECT, related_name="planned_changes", verbose_name="đơn vị"
    )
    target = models.ForeignKey(
        "units.Unit", models.PROTECT, null=True, related_name="+", verbose_name="vào đơn vị"
    )
    planned = models.ForeignKey(
        "units.PlannedUnit",
        models.CASCADE,
        null=True,
        related_name="changes",
        verbose_name="vào đơn vị sẽ lập",
    )
    share = models.PositiveSmallIntegerField("tỷ lệ (%)", null=True)

    class Meta:
        verbose_name = "dòng của phương án"
        verbose_name_plural = "các dòng của phương án"
        constraints = [
            models.CheckConstraint(
                name="change_has_one_end",
                condition=Q(kind="close", target=None, planned=None)
                | (
                    ~Q(kind="close")
                    & (Q(target=None, planned__isnull=False) | Q(target__isnull=False, planned=None))
                ),
                violation_error_message="Chọn đơn vị nhận: một đơn vị đang có hoặc một đơn vị sẽ lập.",
            ),
            models.CheckConstraint(
                name="change_share_is_a_percentage",
                condition=Q(share=None) | Q(kind="split", share__gte=1, share__lte=100),
                violation_error_message="Tỷ lệ chỉ ghi cho chia tách, từ 1 đến 100.",
            ),
            models.UniqueConstraint(fields=["plan", "source", "target"], name="change_once_per_target"),
            models.UniqueConstraint(fields=["plan", "source", "planned"], name="change_once_per_planned"),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.source}"

    @property
    def end(self) -> "Unit | PlannedUnit | None":
        """The unit it goes to, standing or planned."""
        return self.target or self.planned


class RestructuringStep(models.Model):
    """One step of carrying a plan out, in its order: so many rows of one table, changed alike.

    `keys` are the primary keys; `before`, `after` the columns as they were and as they are. Holds keys, days
    and numbers, no names of people. Written only at the end of the journal, read backwards to undo.
    """

    class Done(models.TextChoices):
        CHANGE = "change", "sửa"
        ADD = "add", "thêm"
        DROP = "drop", "bỏ"
        PLACE = "place", "chuyển chỗ"

    plan = models.ForeignKey("units.RestructuringPlan", models.CASCADE, related_name="steps")
    place = models.PositiveIntegerField("thứ tự")
    done = models.CharField("việc", max_length=6, choices=Done)
    table = models.CharField("bảng", max_length=60)
    keys = models.JSONField()
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)

    class Meta:
        verbose_name = "bước đã thực hiện"
        verbose_name_plural = "các bước đã thực hiện"
        constraints = [
            models.UniqueConstraint(fields=["plan", "place"], name="step_once_per_place"),
        ]

    def __str__(self):
        return f"{self.plan}, bước {self.place}"

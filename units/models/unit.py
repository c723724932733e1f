from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, Q
from treebeard.mp_tree import MP_Node, MP_NodeManager, MP_NodeQuerySet

from core.text import fold, sort_key, spelling_key
from units.models.role_assignment import RoleAssignment
from units.roles import Role
from units.scope import Scope


class UnitQuerySet(MP_NodeQuerySet):
    unit_path = "path"

    def within(self, scope: Scope):
        """The units in the scope."""
        return self.filter(scope.as_q("path"))

    def locked(self):
        return self.select_for_update(of=("self",), no_key=True)

    def active(self):
        """Units that stand today; closed ones are kept for history."""
        return self.filter(valid_to=None)

    def without_secretary(self, day):
        """Standing unions below the province in which nobody with a working account is secretary that day."""
        led = RoleAssignment.objects.filter(unit=OuterRef("pk"), role=Role.SECRETARY, user__is_active=True)
        unions = self.active().filter(depth=2).exclude(kind=Unit.Kind.BRANCH)
        return unions.filter(~Exists(led.held_on(day)))

    def communes(self):
        """Present communes, wards and special zones."""
        return self.active().filter(kind__in=Unit.COMMUNE_KINDS)


class UnitManager(MP_NodeManager.from_queryset(UnitQuerySet)):  # type: ignore[misc]
    def get_queryset(self):
        return UnitQuerySet(self.model, using=self._db)

    @transaction.atomic
    def add_children(self, parent, units) -> list["Unit"]:
        """Add many new units under `parent` in two writes, in the given order. Their name keys are filled.

        treebeard adds one child at a time, four statements each; a province has some 6,000 units.
        """
        units = list(units)
        parent.refresh_from_db(from_queryset=UnitQuerySet(self.model, using=self._db).locked())
        last = self.get_last_child(parent)
        taken = last._get_lastpos_in_path() if last else 0
        for place, unit in enumerate(units, start=taken + 1):
            unit.depth = parent.depth + 1
            unit.path = self.model._get_path(parent.path, unit.depth, place)
            unit.set_name_keys()
        added = self.bulk_create(units, batch_size=500)
        parent.numchild += len(added)
        self.filter(pk=parent.pk).update(numchild=parent.numchild)
        return added


class Unit(MP_Node):
    """One organisation unit during one stretch of time. A merged unit is closed, never deleted.

    `code` is ours and unique for ever: the official code for units of today; `cu-` and `huyen-` with
    the code of that time for the communes and districts that ended on 30/6/2025. A commune of today
    may bear the code one of its parts had, so `official_code` is empty for closed units.
    """

    class Kind(models.TextChoices):
        PROVINCE = "province", "Tỉnh"
        CITY = "city", "Thành phố"
        DISTRICT = "district", "Huyện"
        WARD = "ward", "Phường"
        COMMUNE = "commune", "Xã"
        TOWNSHIP = "township", "Thị trấn"
        SPECIAL_ZONE = "special_zone", "Đặc khu"
        AFFILIATED = "affiliated", "Đoàn trực thuộc"
        BASE = "base", "Đoàn cơ sở"
        BASE_BRANCH = "base_branch", "Chi đoàn cơ sở"
        SECTION = "section", "Đoàn bộ phận, liên chi đoàn"
        BRANCH = "branch", "Chi đoàn"

    class Body(models.TextChoices):
        UNIVERSITY = "university", "Trường đại học, cao đẳng"
        HIGH_SCHOOL = "high_school", "Trường THPT"
        VOCATIONAL = "vocational", "Trung tâm GDTX, GDNN"
        PARTY = "party", "Cơ quan Đảng"
        GOVERNMENT = "government", "Cơ quan chính quyền"
        POLICE = "police", "Công an"
        ARMY = "army", "Quân đội"
        BORDER_GUARD = "border_guard", "Biên phòng"
        STATE_FIRM = "state_firm", "Doanh nghiệp nhà nước"
        FIRM = "firm", "Doanh nghiệp ngoài nhà nước"
        COOPERATIVE = "cooperative", "Hợp tác xã"
        HOSPITAL = "hospital", "Bệnh viện"
        OTHER = "other", "Khác"

    COMMUNE_KINDS = [Kind.WARD, Kind.COMMUNE, Kind.SPECIAL_ZONE]
    # Communes of any time: what the figures of a province are told by.
    PLACE_KINDS = [*COMMUNE_KINDS, Kind.TOWNSHIP]
    # Called by their own name, which says what they are.
    NAMED_KINDS = [Kind.AFFILIATED, Kind.BASE, Kind.BASE_BRANCH, Kind.SECTION, Kind.BRANCH]

    code = models.CharField("mã", max_length=24, unique=True)
    official_code = models.CharField("mã hành chính", max_length=5, blank=True, db_index=True)
    kind = models.CharField("loại", max_length=16, choices=Kind)
    body = models.CharField("loại hình", max_length=16, choices=Body, blank=True)
    prefix = models.CharField("tiền tố", max_length=30, blank=True)
    name = models.CharField("tên", max_length=120)
    search_name = models.CharField(max_length=120, editable=False, db_index=True)
    spelling = models.CharField(max_length=120, editable=False, db_index=True)
    sort_name = models.CharField(max_length=200, editable=False)
    valid_from = models.DateField("hiệu lực từ", null=True, blank=True)
    valid_to = models.DateField("đến hết ngày", null=True, blank=True)
    latitude = models.FloatField("vĩ độ", null=True, blank=True)
    longitude = models.FloatField("kinh độ", null=True, blank=True)

    objects = UnitManager()

    class Meta:
        verbose_name = "đơn vị"
        verbose_name_plural = "đơn vị"
        constraints = [
            models.CheckConstraint(
                name="unit_starts_before_it_ends",
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_from__lte=F("valid_to")),
                violation_error_message="Ngày hiệu lực phải trước ngày kết thúc.",
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def place(self) -> str:
        """The place as people say it: "Xã Bình Yên", "Phường Gia Sàng", "Chi đoàn xóm 3"."""
        return f"{self.prefix or self.get_kind_display()} {self.name}".strip()

    @property
    def title(self) -> str:
        """The Youth Union of the place: "Đoàn xã Bình Yên", "Tỉnh Đoàn Thái Nguyên"."""
        if self.kind == self.Kind.PROVINCE:
            return f"Tỉnh Đoàn {self.name}"
        if self.kind == self.Kind.CITY:
            return f"Thành Đoàn {self.name}"
        if self.kind in self.NAMED_KINDS:
            return self.name
        return f"Đoàn {self.place[0].lower()}{self.place[1:]}"

    @property
    def is_closed(self) -> bool:
        return self.valid_to is not None

    def set_name_keys(self) -> None:
        """Fill the columns that searching, matching and sorting read. Call before writing."""
        self.search_name = fold(self.name)
        self.spelling = spelling_key(self.name)
        self.sort_name = sort_key(self.name)

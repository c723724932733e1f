"""Columns of the Excel exports."""

from import_export import fields, resources

from core.models import AuditEntry
from units.models import RoleAssignment, Unit
from units.rules import detail_words, target_words, verb_words


class UnitResource(resources.ModelResource):
    place = fields.Field(column_name="Đơn vị", attribute="place")
    kind = fields.Field(column_name="Loại", attribute="get_kind_display")
    code = fields.Field(column_name="Mã", attribute="code")
    official_code = fields.Field(column_name="Mã hành chính", attribute="official_code")
    valid_from = fields.Field(column_name="Hiệu lực từ", attribute="valid_from")
    valid_to = fields.Field(column_name="Đến hết ngày", attribute="valid_to")

    class Meta:
        model = Unit
        name = "Đơn vị"
        fields = ("code", "official_code", "kind", "place", "valid_from", "valid_to")
        export_order = fields


class RoleAssignmentResource(resources.ModelResource):
    user = fields.Field(column_name="Họ và tên", attribute="user__full_name")
    email = fields.Field(column_name="Email", attribute="user__email")
    role = fields.Field(column_name="Vai trò", attribute="get_role_display")
    unit = fields.Field(column_name="Đơn vị", attribute="unit__title")
    starts_on = fields.Field(column_name="Từ ngày", attribute="starts_on")
    ends_on = fields.Field(column_name="Đến hết ngày", attribute="ends_on")

    class Meta:
        model = RoleAssignment
        name = "Vai trò"
        fields = ("user", "email", "role", "unit", "starts_on", "ends_on")
        export_order = fields


class AuditEntryResource(resources.ModelResource):
    """The audit trail as it is read. `titles`: the names of the units by their paths."""

    at = fields.Field(column_name="Lúc", attribute="at")
    by = fields.Field(column_name="Người thực hiện", attribute="by__full_name")
    account = fields.Field(column_name="Mã tài khoản", attribute="by_id")
    verb = fields.Field(column_name="Việc")
    target_label = fields.Field(column_name="Đối tượng", attribute="target_label")
    kind = fields.Field(column_name="Loại đối tượng")
    target_id = fields.Field(column_name="Số của đối tượng", attribute="target_id")
    unit = fields.Field(column_name="Đơn vị")
    told = fields.Field(column_name="Chi tiết")

    class Meta:
        model = AuditEntry
        name = "Nhật ký thao tác"
        fields = ("at", "by", "account", "verb", "target_label", "kind", "target_id", "unit", "told")
        export_order = fields

    def __init__(self, *, titles=None, **kwargs):
        super().__init__(**kwargs)
        self.titles = titles or {}

    def dehydrate_verb(self, entry):
        return verb_words(entry)

    def dehydrate_kind(self, entry):
        return target_words(entry).capitalize()

    def dehydrate_unit(self, entry):
        return self.titles.get(entry.unit_path, "")

    def dehydrate_told(self, entry):
        return "; ".join(detail_words(entry))

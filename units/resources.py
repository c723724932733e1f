"""Columns of the Excel exports."""

from import_export import fields, resources

from core.models import AuditEntry
from units.models import RoleAssignment, Unit
from units.rules import verb_words


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
    at = fields.Field(column_name="Lúc", attribute="at")
    by = fields.Field(column_name="Người thực hiện", attribute="by__full_name")
    verb = fields.Field(column_name="Việc")
    target_label = fields.Field(column_name="Đối tượng", attribute="target_label")

    class Meta:
        model = AuditEntry
        name = "Nhật ký thao tác"
        fields = ("at", "by", "verb", "target_label")
        export_order = fields

    def dehydrate_verb(self, entry):
        return verb_words(entry)

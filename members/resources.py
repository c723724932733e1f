"""Columns of the Excel files that the list of members gives."""

from import_export.fields import Field
from import_export.resources import ModelResource

from members.models import Member, Skill
from members.rules.shown import shown_phone
from members.rules.sight import ABILITY_OF, Sight
from units.scope import Scope

BLIND = Sight(dict.fromkeys(ABILITY_OF, Scope()))


class MemberResource(ModelResource):
    """One member per row. Sensitive columns only where the person may see them, blank elsewhere."""

    code = Field(attribute="code", column_name="Mã đoàn viên")
    full_name = Field(attribute="full_name", column_name="Họ và tên")
    born = Field(column_name="Ngày sinh")
    sex = Field(attribute="get_sex_display", column_name="Giới tính")
    unit = Field(attribute="unit__title", column_name="Đơn vị")
    branch_name = Field(attribute="branch_name", column_name="Chi đoàn")
    position = Field(attribute="position", column_name="Chức vụ")
    phone = Field(column_name="Số điện thoại")
    phone_other = Field(column_name="Số điện thoại khác")
    email = Field(attribute="email", column_name="Email")
    sector = Field(attribute="get_sector_display", column_name="Khối đối tượng")
    joined = Field(column_name="Ngày vào Đoàn")
    status = Field(attribute="get_status_display", column_name="Trạng thái")
    ethnic_group = Field(column_name="Dân tộc")
    religion = Field(column_name="Tôn giáo")
    citizen_id_last4 = Field(column_name="Bốn số cuối căn cước")

    class Meta:
        model = Member
        name = "Đoàn viên"
        fields = [
            "code",
            "full_name",
            "born",
            "sex",
            "unit",
            "branch_name",
            "position",
            "phone",
            "phone_other",
            "email",
            "sector",
            "joined",
            "status",
            "ethnic_group",
            "religion",
            "citizen_id_last4",
        ]
        export_order = fields

    def __init__(self, *, sight=BLIND, **kwargs):
        super().__init__(**kwargs)
        self.sight = sight

    def get_export_fields(self, selected_fields=None):
        columns = super().get_export_fields(selected_fields)
        hidden = [self.fields[name] for name in ABILITY_OF if not self.sight.of(name)]
        return [column for column in columns if column not in hidden]

    def dehydrate_born(self, member):
        return str(member.born or "")

    def dehydrate_joined(self, member):
        return str(member.joined or "")

    def dehydrate_phone(self, member):
        return self._if_seen(member, "phone", shown_phone(member.phone))

    def dehydrate_phone_other(self, member):
        return self._if_seen(member, "phone_other", shown_phone(member.phone_other))

    def dehydrate_ethnic_group(self, member):
        return self._if_seen(member, "ethnic_group", member.ethnic_group)

    def dehydrate_religion(self, member):
        return self._if_seen(member, "religion", member.religion)

    def dehydrate_citizen_id_last4(self, member):
        return self._if_seen(member, "citizen_id_last4", member.citizen_id_last4)

    def _if_seen(self, member, column, value):
        return value if self.sight.shows(column, member.unit) else ""


class SkillResource(ModelResource):
    name = Field(attribute="name", column_name="Tên kỹ năng")

    class Meta:
        model = Skill
        name = "Kỹ năng"
        fields = ["name"]

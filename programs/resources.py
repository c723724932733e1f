"""Columns of the Excel files that the lists of programs give."""

from django.utils.timezone import localtime
from import_export.fields import Field
from import_export.resources import ModelResource

from programs.models import (
    Campaign,
    Club,
    Figure,
    Indicator,
    Program,
    Service,
    Squad,
    SquadActivity,
    Target,
)


class ProgramResource(ModelResource):
    name = Field(attribute="name", column_name="Tên")
    kind = Field(attribute="get_kind_display", column_name="Loại")
    unit = Field(attribute="unit__title", column_name="Đơn vị chủ trì")
    starts_on = Field(attribute="starts_on", column_name="Từ ngày")
    ends_on = Field(attribute="ends_on", column_name="Đến hết ngày")

    class Meta:
        model = Program
        fields = ["name", "kind", "unit", "starts_on", "ends_on"]


class CampaignResource(ModelResource):
    name = Field(attribute="name", column_name="Tên")
    program = Field(attribute="program__name", column_name="Chương trình")
    parent = Field(attribute="parent__name", column_name="Thuộc chiến dịch")
    starts_on = Field(attribute="starts_on", column_name="Từ ngày")
    ends_on = Field(attribute="ends_on", column_name="Đến hết ngày")

    class Meta:
        model = Campaign
        fields = ["name", "program", "parent", "starts_on", "ends_on"]


class IndicatorResource(ModelResource):
    code = Field(attribute="code", column_name="Mã")
    name = Field(attribute="name", column_name="Tên chỉ tiêu")
    measure = Field(attribute="measure", column_name="Đơn vị tính")
    source = Field(attribute="get_source_display", column_name="Nguồn")
    counter = Field(attribute="get_counter_display", column_name="Đếm từ")
    aggregation = Field(attribute="get_aggregation_display", column_name="Cách tổng hợp")

    class Meta:
        model = Indicator
        fields = ["code", "name", "measure", "source", "counter", "aggregation"]


class TargetResource(ModelResource):
    program = Field(attribute="program__name", column_name="Chương trình")
    campaign = Field(attribute="campaign__name", column_name="Chiến dịch")
    indicator = Field(attribute="indicator__name", column_name="Chỉ tiêu")
    measure = Field(attribute="indicator__measure", column_name="Đơn vị tính")
    unit = Field(attribute="unit__title", column_name="Giao cho")
    value = Field(attribute="value", column_name="Chỉ tiêu giao")
    starts_on = Field(attribute="starts_on", column_name="Tính từ ngày")
    ends_on = Field(attribute="ends_on", column_name="Đến hết ngày")

    class Meta:
        model = Target
        fields = ["program", "campaign", "indicator", "measure", "unit", "value", "starts_on", "ends_on"]


class FigureResource(ModelResource):
    indicator = Field(attribute="indicator__name", column_name="Chỉ tiêu")
    measure = Field(attribute="indicator__measure", column_name="Đơn vị tính")
    unit = Field(attribute="unit__title", column_name="Đơn vị")
    day = Field(attribute="day", column_name="Tính đến ngày")
    value = Field(attribute="value", column_name="Số liệu trong kỳ")
    note = Field(attribute="note", column_name="Minh chứng, ghi chú")
    declared_by = Field(attribute="declared_by__full_name", column_name="Người khai")
    declared_at = Field(column_name="Khai lúc")

    class Meta:
        model = Figure
        fields = ["indicator", "measure", "unit", "day", "value", "note", "declared_by", "declared_at"]

    def dehydrate_declared_at(self, figure):
        return f"{localtime(figure.declared_at):%H:%M %d/%m/%Y}"


class ClubResource(ModelResource):
    name = Field(attribute="name", column_name="Tên câu lạc bộ")
    unit = Field(attribute="unit__title", column_name="Đơn vị quản lý")
    program = Field(attribute="program__name", column_name="Chương trình")
    founded_on = Field(attribute="founded_on", column_name="Ngày thành lập")
    decision_no = Field(attribute="decision_no", column_name="Số quyết định")
    ended_on = Field(attribute="ended_on", column_name="Ngày kết thúc")
    members_now = Field(attribute="members_now", column_name="Số thành viên")

    class Meta:
        model = Club
        fields = ["name", "unit", "program", "founded_on", "decision_no", "ended_on", "members_now"]


class SquadResource(ModelResource):
    name = Field(attribute="name", column_name="Tên đội hình")
    unit = Field(attribute="unit__title", column_name="Đơn vị")
    level = Field(attribute="get_level_display", column_name="Cấp")
    kind = Field(attribute="get_kind_display", column_name="Loại hình")
    founded_on = Field(attribute="founded_on", column_name="Ngày thành lập")
    decision_no = Field(attribute="decision_no", column_name="Số quyết định")
    ended_on = Field(attribute="ended_on", column_name="Ngày giải thể")
    members_now = Field(attribute="members_now", column_name="Số thành viên")

    class Meta:
        model = Squad
        fields = [
            "name",
            "unit",
            "level",
            "kind",
            "founded_on",
            "decision_no",
            "ended_on",
            "members_now",
        ]


class ActivityResource(ModelResource):
    """One outing per row; withdrawn ones say so and count nowhere."""

    done_on = Field(attribute="done_on", column_name="Ngày")
    title = Field(attribute="title", column_name="Nội dung")
    place = Field(attribute="place", column_name="Địa điểm")
    squad = Field(attribute="squad__name", column_name="Đội hình")
    unit = Field(attribute="squad__unit__title", column_name="Đơn vị")
    volunteer_count = Field(attribute="volunteer_count", column_name="Số đoàn viên tham gia")
    helped_count = Field(attribute="helped_count", column_name="Lượt hỗ trợ")
    state = Field(column_name="Trạng thái")

    class Meta:
        model = SquadActivity
        fields = ["done_on", "title", "place", "squad", "unit", "volunteer_count", "helped_count", "state"]

    def dehydrate_state(self, activity):
        return "Được tính" if activity.withdrawn_at is None else f"Đã rút lại: {activity.withdraw_reason}"


class ServiceResource(ModelResource):
    name = Field(attribute="name", column_name="Tên dịch vụ")
    place = Field(attribute="place", column_name="Thứ tự")

    class Meta:
        model = Service
        fields = ["name", "place"]

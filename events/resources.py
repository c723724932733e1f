"""Columns of the Excel files that the lists of events give."""

from django.utils.timezone import localtime
from import_export.fields import Field
from import_export.resources import ModelResource

from events.models import Attendance, Registration
from members.resources import BLIND
from members.rules.shown import shown_phone


class RegistrationResource(ModelResource):
    """One registration per row, with what a delegate list on paper needs.

    Telephone numbers where who runs the event sees those of its host.
    """

    event = Field(attribute="event__title", column_name="Sự kiện")
    full_name = Field(attribute="member__full_name", column_name="Họ và tên")
    born = Field(column_name="Ngày sinh")
    unit = Field(attribute="member__unit__title", column_name="Đơn vị")
    branch = Field(attribute="member__branch_name", column_name="Chi đoàn")
    position = Field(attribute="member__position", column_name="Chức vụ")
    phone = Field(column_name="Số điện thoại")
    state = Field(attribute="get_state_display", column_name="Trạng thái")
    turn = Field(attribute="turn", column_name="Thứ tự đăng ký")
    registered_at = Field(column_name="Đăng ký lúc")
    seated_at = Field(column_name="Có chỗ lúc")

    class Meta:
        model = Registration
        fields = [
            "event",
            "full_name",
            "born",
            "unit",
            "branch",
            "position",
            "phone",
            "state",
            "turn",
            "registered_at",
            "seated_at",
        ]

    def __init__(self, *, sight=BLIND, **kwargs):
        super().__init__(**kwargs)
        self.sight = sight

    def get_export_fields(self, selected_fields=None):
        columns = super().get_export_fields(selected_fields)
        hidden = [] if self.sight.of("phone") else [self.fields["phone"]]
        return [column for column in columns if column not in hidden]

    def dehydrate_phone(self, registration):
        seen = self.sight.shows("phone", registration.event.host)
        return shown_phone(registration.member.phone) if seen else ""

    def dehydrate_born(self, registration):
        return str(registration.member.born or "")

    def dehydrate_registered_at(self, registration):
        return _moment(registration.registered_at)

    def dehydrate_seated_at(self, registration):
        return _moment(registration.seated_at)


class AttendanceResource(ModelResource):
    """One presence per row, as it is pasted into a sign sheet or a report."""

    event = Field(attribute="session__event__title", column_name="Sự kiện")
    session = Field(attribute="session__title", column_name="Buổi")
    full_name = Field(attribute="member__full_name", column_name="Họ và tên")
    born = Field(column_name="Ngày sinh")
    unit = Field(attribute="unit__title", column_name="Đơn vị")
    at = Field(column_name="Có mặt lúc")
    method = Field(attribute="get_method_display", column_name="Cách điểm danh")

    class Meta:
        model = Attendance
        fields = ["event", "session", "full_name", "born", "unit", "at", "method"]

    def dehydrate_born(self, attendance):
        return str(attendance.member.born or "")

    def dehydrate_at(self, attendance):
        return _moment(attendance.at)


def _moment(moment):
    return f"{localtime(moment):%d/%m/%Y %H:%M}" if moment else ""

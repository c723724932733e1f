from django.template.loader import render_to_string
from django.utils import timezone
from unfold.decorators import action, display

from members import actions
from members.forms.guarding import GuardianForm
from members.models import Member
from members.rules.minors import is_minor, minor_until
from units.access import request_scope
from units.roles import Can


class MemberRights:
    """What the law says about the record on its page: a child's guardian, data that may not be used."""

    def right_fields(self, member):
        """The lines that this record needs today; both go by themselves."""
        fields = ["age_in_law"] if is_minor(member, on=timezone.localdate()) else []
        return fields + (["restriction"] if member.restricted_at else [])

    @display(description="Người dưới 16 tuổi")
    def age_in_law(self, member):
        guardian = member.guardians.standing().first()
        context = {
            "until": minor_until(member.born.iso(), on=timezone.localdate()),
            "guardian": guardian,
            "consents": guardian.consents.in_force().order_by("pk") if guardian else [],
        }
        return render_to_string("members/_age_in_law.html", context)

    @display(description="Hạn chế xử lý")
    def restriction(self, member):
        return (
            f"Từ {timezone.localtime(member.restricted_at):%H:%M %d/%m/%Y}, theo đề nghị của đoàn viên: "
            "không xuất trong danh sách, không gửi thư nhắc, không nêu tên công khai."
        )

    def has_name_guardian_permission(self, request, object_id=None):
        member = Member.objects.within(self.write_scope(request)).filter(pk=object_id).first()
        return member is not None and is_minor(member, on=timezone.localdate())

    @action(description="Ghi người đại diện", permissions=["name_guardian"])
    def name_guardian(self, request, object_id):
        return self.run(
            request,
            actions.name_guardian,
            member=self.get(request, object_id),
            form_class=GuardianForm,
            done="Đã ghi người đại diện.",
        )

    def has_lift_restriction_permission(self, request, object_id=None):
        held = Member.objects.within(request_scope(request, Can.HANDLE_DATA))
        return held.filter(pk=object_id).exclude(restricted_at=None).exists()

    @action(description="Bỏ hạn chế xử lý", permissions=["lift_restriction"])
    def lift_restriction(self, request, object_id):
        return self.run(
            request,
            actions.lift_restriction,
            member=self.get(request, object_id),
            done="Đã bỏ hạn chế xử lý.",
        )

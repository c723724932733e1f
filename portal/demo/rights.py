"""Requests about data in every state, a parent who agreed on paper, and one incident of the register."""

from datetime import timedelta

from django.utils import timezone

from members.actions import accept_request, ask_about_data, name_guardian, note_breach
from members.models import Consent, DataRequest, Guardian, Member
from members.rules.minors import is_minor
from members.rules.replies import accepting_words
from portal.demo.world import World

Kind, Channel = DataRequest.Kind, DataRequest.Channel
ASKED = [
    (Kind.CORRECT, Channel.PAPER, "Tên đệm là “Thùy”, danh sách ghi “Thuỳ”.", False),
    (Kind.RESTRICT, Channel.SPOKEN, "Không muốn có tên trong danh sách gửi đi.", True),
    (Kind.DELETE, Channel.EMAIL, "Đã chuyển đi tỉnh khác, xin xóa hồ sơ.", True),
]


def add_rights(world: World) -> None:
    """What an office has on its desk about personal data on an ordinary day."""
    free = Member.objects.filter(unit__path__startswith=world.home.path, user=None).order_by("pk")
    members = list(free[: len(ASKED)])
    for member, (kind, channel, wish, is_accepted) in zip(members, ASKED, strict=False):
        asked = ask_about_data(
            member=member,
            kind=kind,
            wish=wish,
            channel=channel,
            received_on=world.today - timedelta(days=1),
            by=world.admin,
        )
        if is_accepted:
            accept_request(asked=asked, answer=accepting_words(asked), by=world.admin)
    _add_guardian(world)
    note_breach(
        unit=world.home,
        title="Gửi nhầm danh sách vào nhóm chung",
        detected_at=timezone.now() - timedelta(hours=20),
        description="File danh sách một chi đoàn gửi nhầm vào nhóm trao đổi, đã thu hồi sau 15 phút.",
        data_kinds="họ tên, ngày sinh, số điện thoại",
        affected_count=24,
        may_harm=True,
        by=world.admin,
    )


def _add_guardian(world: World) -> None:
    """A mother signed for the youngest member of the home commune; made younger than 16 if none is."""
    here = Member.objects.filter(unit__path__startswith=world.home.path, user=None)
    youngest = here.exclude(born_on=None).order_by("-born_on", "-pk").first()
    if youngest is None:
        return
    if not is_minor(youngest, on=world.today):
        born = world.today.replace(year=world.today.year - 15, day=1)
        Member.objects.filter(pk=youngest.pk).update(born_on=born, born_precision=Member.Precision.DAY)
        youngest.refresh_from_db()
    name_guardian(
        member=youngest,
        full_name="Nông Thị Thơm",
        relation=Guardian.Relation.MOTHER,
        paper_place="Cặp hồ sơ chi đoàn, văn phòng Đoàn xã",
        purposes=[Consent.Purpose.ACTIVITIES],
        by=world.admin,
    )

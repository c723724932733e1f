"""The places a person can go from any page: only those that exist for them."""

from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.urls import reverse

from units.access import held_roles, request_scope, sits_at_desk
from units.roles import Can


@dataclass(frozen=True)
class Place:
    """One entry of a menu. `short` is the word for the narrow bar of a phone."""

    url: str
    label: str
    icon: str = ""
    short: str = ""
    is_current: bool = False


@dataclass(frozen=True)
class Person:
    """The signed-in person as the header shows them."""

    name: str
    places: list[Place]


class Navigation:
    """The menus of one request, each worked out only when a template draws it."""

    def __init__(self, request):
        self.request = request
        self.user = getattr(request, "user", None)

    @cached_property
    def public(self) -> list[Place]:
        """The public places, for the header."""
        return self._placed(
            [
                ("home", "Trang chủ", "house", ""),
                ("reports:program-list", "Chương trình", "flag", ""),
                ("events:event-list", "Lớp, tập huấn", "mortarboard", "Lớp học"),
            ]
        )

    @cached_property
    def phone(self) -> list[Place]:
        """The public places and the person's own, for the bar of a phone."""
        own = ("members:my-page", "Trang của tôi", "person", "Cá nhân")
        sign_in = ("account_login", "Đăng nhập", "box-arrow-in-right", "")
        return [*self.public, *self._placed([own if self._signed_in else sign_in])]

    @cached_property
    def staff(self) -> list[Place]:
        """The places of somebody who holds a role, by what the role lets them do."""
        places = [("reports:workspace", "Việc cần làm", "list-task", "Việc")] if self._roles else []
        if self._at_desk and self._can(Can.RUN_EVENTS):
            places.append(("admin:events_event_changelist", "Sự kiện", "calendar3", ""))
        if self._at_desk and self._can(Can.SEE_MEMBERS):
            places.append(("admin:members_member_changelist", "Đoàn viên", "people", ""))
        if self._can(Can.SEE_DASHBOARD):
            places.append(("reports:dashboard", "Bảng điều hành", "bar-chart", "Số liệu"))
        return self._placed([*places, ("members:my-page", "Trang của tôi", "person", "Tôi")])

    @cached_property
    def footer(self) -> list[Place]:
        """What the law and the public ask for at the foot of a page."""
        return self._placed(
            [
                ("privacy", "Bảo vệ dữ liệu cá nhân", "", ""),
                ("events:certificate-search", "Tra cứu giấy chứng nhận", "", ""),
            ]
        )

    @cached_property
    def person(self) -> Person | None:
        """The signed-in person with everything that is theirs, or None."""
        if not self._signed_in:
            return None
        places = [("members:my-page", "Trang của tôi", "person", "")]
        if self._roles:
            places.append(("reports:workspace", "Bàn làm việc", "list-task", ""))
        if self._can(Can.SEE_DASHBOARD):
            places.append(("reports:dashboard", "Bảng điều hành", "bar-chart", ""))
        if self._at_desk:
            places.append(("admin:index", "Quản trị", "gear", ""))
        if settings.EMBEDDED and self._can(Can.SEE_MAILBOX):
            places.append(("notifications:mailbox", "Hộp thư thử", "envelope", ""))
        if self._can(Can.RESET_ACCOUNTS):
            places.append(("members:reset-slips", "Cấp lại mật khẩu", "key", ""))
        places.append(("account_email", "Tài khoản, bảo mật", "shield-lock", ""))
        return Person(name=str(self.user), places=self._placed(places))

    @cached_property
    def unit_name(self) -> str:
        """The highest unit the person works for, or the office itself."""
        if self._roles:
            return self._roles[0].unit.title
        return settings.OFFICE_NAME

    @property
    def _signed_in(self):
        return self.user is not None and self.user.is_authenticated

    @property
    def _roles(self):
        return held_roles(self.request) if self._signed_in else []

    def _can(self, ability):
        return bool(self._roles) and bool(request_scope(self.request, ability))

    @property
    def _at_desk(self):
        return bool(self._roles) and sits_at_desk(self.request)

    def _placed(self, places):
        return [
            Place(reverse(name), label, icon, short, is_current=self._stands_at(reverse(name)))
            for name, label, icon, short in places
        ]

    def _stands_at(self, url):
        if url == reverse("home"):
            return self.request.path == url
        return self.request.path.startswith(url)

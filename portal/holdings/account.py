"""What is held about the account of a member, and of helping it."""

from allauth.account.models import EmailAddress

from notifications.models import Message
from portal.holdings.holding import Holding

ACCOUNT = [
    Holding(
        "accounts.user",
        "Tài khoản",
        lambda member: [member.user] if member.user else [],
        {
            "họ và tên": "full_name",
            "email": "email",
            "tạo lúc": "date_joined",
            "đăng nhập lần cuối": "last_login",
        },
    ),
    Holding(
        "account.emailaddress",
        "Địa chỉ email của tài khoản",
        lambda member: EmailAddress.objects.filter(user=member.user_id).order_by("pk"),
        {"email": "email"},
    ),
    Holding(
        "notifications.message",
        "Thư đã gửi",
        lambda member: Message.objects.filter(user=member.user_id).order_by("-pk"),
        {
            "tiêu đề": "subject",
            "gửi tới": "address",
            "trạng thái": "get_state_display",
            "gửi lúc": "sent_at",
        },
    ),
]

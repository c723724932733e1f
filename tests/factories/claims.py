"""Records, the accounts of their owners, and the codes between them."""

from datetime import date

from allauth.account.models import EmailAddress

from members import actions
from notifications.models import Message
from tests.factories.members import make_member
from tests.factories.units import make_user

NAME = "Nguyễn Thị Hường"

BORN = date(2004, 3, 26)

WRONG = "Mã và thông tin đã nhập không khớp với hồ sơ nào, hoặc mã đã hết hạn. Hãy xem lại từng chữ."


def make_owner(email="huong@example.vn"):
    """An account whose address is verified."""
    user = make_user(email=email, full_name=NAME)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def make_record(email="huong@example.vn", **facts):
    facts = {"full_name": NAME, "born_on": BORN, "born_precision": "day"} | facts
    return make_member(email=email, **facts)


def mailed_code(user):
    body = Message.objects.filter(user=user).order_by("-pk").first().body
    return body.split("Mã nhận hồ sơ: ")[1].split("\n")[0]


def printed_code(member):
    [slip] = actions.print_claim_codes(members=[member], by=make_user())
    return slip.code


def claim_with(code, user, full_name=NAME, born_on=None, **more):
    return actions.claim_record(code=code, full_name=full_name, born_on=born_on, by=user, **more)

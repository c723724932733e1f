import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from core.models import AuditEntry
from members import actions
from members.models import Consent
from tests.factories.members import make_member
from tests.factories.units import make_user

pytestmark = pytest.mark.django_db
NOON = "2026-11-20T05:00:00Z"


@time_machine.travel(NOON, tick=False)
def test_consent_notes_words_channel_person_and_moment():
    user = make_user()
    member = make_member(user=user)

    [consent] = actions.give_consents(
        member=member, purposes=[Consent.Purpose.PUBLICITY], channel="trang của tôi", by=user
    )

    assert (consent.member, consent.purpose, consent.text_version) == (member, "publicity", "2026-11")
    assert (consent.channel, consent.given_by, consent.given_at, consent.withdrawn_at) == (
        "trang của tôi",
        user,
        timezone.now(),
        None,
    )
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.by, entry.unit_path, entry.detail) == (
        "consent.given",
        user,
        member.unit.path,
        {"purpose": "publicity"},
    )


def test_agreeing_twice_is_one_consent():
    member = make_member()
    actions.give_consents(member=member, purposes=["messages"], channel="giấy", by=None)

    again = actions.give_consents(member=member, purposes=["messages"], channel="giấy", by=None)

    assert again == []
    assert member.consents.count() == 1


@time_machine.travel(NOON, tick=False)
def test_withdrawn_consent_is_kept_with_its_end_and_can_be_given_anew():
    member = make_member()
    [first] = actions.give_consents(member=member, purposes=["messages"], channel="giấy", by=None)

    actions.withdraw_consent(member=member, purpose="messages", by=None)
    [second] = actions.give_consents(member=member, purposes=["messages"], channel="giấy", by=None)

    first.refresh_from_db()
    assert (first.withdrawn_at, second.withdrawn_at) == (timezone.now(), None)
    assert first.pk != second.pk


def test_consent_never_given_cannot_be_withdrawn():
    with pytest.raises(actions.ConsentNotInForce) as refusal:
        actions.withdraw_consent(member=make_member(), purpose="messages", by=None)

    assert str(refusal.value) == "Không có sự đồng ý nào đang hiệu lực cho mục đích này."


def test_member_gives_and_withdraws_on_their_page(client):
    user = make_user()
    member = make_member(user=user)
    client.force_login(user)

    client.post(reverse("members:consent-give"), {"purpose": "messages"})
    given = member.consents.filter(withdrawn_at=None).count()
    client.post(reverse("members:consent-withdraw"), {"purpose": "messages"})

    assert (given, member.consents.filter(withdrawn_at=None).count()) == (1, 0)


@pytest.mark.parametrize("name", ["members:consent-give", "members:consent-withdraw"])
def test_unknown_purpose_changes_nothing(client, name):
    user = make_user()
    make_member(user=user)
    client.force_login(user)

    response = client.post(reverse(name), {"purpose": "quảng cáo"})

    assert response.url == reverse("members:my-page")
    assert Consent.objects.count() == 0


def test_consents_change_only_on_post(client):
    user = make_user()
    make_member(user=user)
    client.force_login(user)

    assert client.get(reverse("members:consent-give")).status_code == 405

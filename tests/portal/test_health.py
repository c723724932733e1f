from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from notifications.models import Message


def test_healthz_lives_without_a_database(client, django_assert_num_queries, db):
    with django_assert_num_queries(0):
        response = client.get(reverse("healthz"))

    assert (response.status_code, response.content) == (200, b"ok")


def test_readyz_names_what_answers(client, db, settings, tmp_path):
    settings.REDIS_URL, settings.BROKER_DIR = "", tmp_path
    (tmp_path / "queue").mkdir()

    response = client.get(reverse("readyz"))

    assert response.status_code == 200
    assert response.json() == {
        "ready": True,
        "database": "ok",
        "cache": "ok",
        "broker": "ok",
        "oldest_waiting_message_seconds": None,
    }


def test_readyz_tells_how_long_a_message_has_waited(client, db, settings, tmp_path):
    settings.REDIS_URL, settings.BROKER_DIR = "", tmp_path
    (tmp_path / "queue").mkdir()
    due_at = timezone.now() - timedelta(hours=1)
    Message.objects.create(
        key="x:1", address="a@example.vn", subject="x", body="y", due_at=due_at, message_id="<x>"
    )

    response = client.get(reverse("readyz"))

    assert response.status_code == 503
    assert response.json()["oldest_waiting_message_seconds"] >= 3600


def test_readyz_says_when_the_broker_is_gone(client, db, settings, tmp_path):
    settings.REDIS_URL, settings.BROKER_DIR = "", tmp_path / "nowhere"

    response = client.get(reverse("readyz"))

    assert (response.status_code, response.json()["broker"]) == (503, "FileNotFoundError")

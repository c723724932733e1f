"""Whether the process lives, and whether everything it leans on answers."""

from datetime import timedelta

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe
from kombu import Connection

from core.access import public
from notifications.models import Message

LATE = timedelta(minutes=10)


@public
@require_safe
def healthz(request):
    return HttpResponse("ok", content_type="text/plain")


@public
@require_safe
def readyz(request):
    parts = {"database": probe(ask_database), "cache": probe(ask_cache), "broker": probe(ask_broker)}
    age = oldest_waiting_seconds() if parts["database"] == "ok" else None
    ready = all(answer == "ok" for answer in parts.values()) and (age is None or age < LATE.total_seconds())
    return JsonResponse(
        {"ready": ready, **parts, "oldest_waiting_message_seconds": age}, status=200 if ready else 503
    )


def probe(ask) -> str:
    """ "ok", or the kind of failure; never its text, which may name hosts."""
    try:
        ask()
    except Exception as failure:  # noqa: BLE001
        return type(failure).__name__
    return "ok"


def ask_database():
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def ask_cache():
    cache.set("readyz", "1", 10)
    if cache.get("readyz") != "1":
        raise LookupError("cache")


def ask_broker():
    if not settings.REDIS_URL:
        if not (settings.BROKER_DIR / "queue").is_dir():
            raise FileNotFoundError("broker")
        return
    with Connection(settings.CELERY_BROKER_URL, connect_timeout=2) as broker:
        broker.ensure_connection(max_retries=1, timeout=2)


def oldest_waiting_seconds() -> int | None:
    """How long the oldest due message has waited; None when nothing is due."""
    now = timezone.now()
    oldest = Message.objects.due_at(now).order_by("due_at").values_list("due_at", flat=True).first()
    return int((now - oldest).total_seconds()) if oldest else None

"""Settings, URLs, Celery and the home page: puts the apps together and owns no tables."""

from portal.celery import app as celery_app

__all__ = ["celery_app"]

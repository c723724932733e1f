"""A real SMTP server for the tests of the outbox."""

import pytest

from tests.servers import smtp_sink


@pytest.fixture
def sink(settings):
    """The portal's mail goes to this sink over real SMTP."""
    with smtp_sink() as sink:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", sink.port
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        yield sink

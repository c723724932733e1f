"""What an address may ask of the web admin: whatever else somebody typed there is no page."""

import logging
from functools import wraps

from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import ValidationError
from django.db import DataError
from django.http import Http404

log = logging.getLogger(__name__)
LARGEST = 2**63 - 1
UNANSWERABLE = (IncorrectLookupParameters, ValidationError, ValueError, OverflowError, DataError)


def as_key(text) -> int | None:
    """The key that the text is, or None when it cannot be one."""
    text = str(text or "")
    if not (text.isascii() and text.isdecimal() and len(text) <= len(str(LARGEST))):
        return None
    key = int(text)
    return key if 0 < key <= LARGEST else None


def keyed(view):
    """The view of one row, which no address opens (404) that cannot name a row."""

    @wraps(view)
    def wrapped(request, *args, **kwargs):
        if "object_id" in kwargs and as_key(kwargs["object_id"]) is None:
            raise Http404("Không có trang này.")
        return view(request, *args, **kwargs)

    return wrapped


def answerable(view):
    """The view, as 404 for a question that no database can answer: the year 0, a key of thirty digits.

    Lists are read while they are drawn, so they are drawn here.
    """

    @wraps(view)
    def wrapped(request, *args, **kwargs):
        if request.method != "GET" or not request.GET:
            return view(request, *args, **kwargs)
        try:
            response = view(request, *args, **kwargs)
            return response.render() if hasattr(response, "render") else response
        except UNANSWERABLE as odd:
            log.warning("%s cannot be answered: %s", request.path, type(odd).__name__)
            raise Http404("Không có trang này.") from odd

    return wrapped

"""Keys of rows as they stand in an address: whatever else somebody typed there is no key."""

from functools import wraps

from django.http import Http404

LARGEST = 2**63 - 1


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

"""What every test may use. Tests marked `postgres` or `worker` run only on PostgreSQL."""

from django.db import connection


def pytest_collection_modifyitems(config, items):
    """Leave out of a run what its database cannot show; `make test` runs every part."""
    on_postgres = connection.vendor == "postgresql"
    kept, left = [], []
    for item in items:
        needs_postgres = any(item.get_closest_marker(name) for name in ("postgres", "worker"))
        (left if needs_postgres and not on_postgres else kept).append(item)
    if left:
        config.hook.pytest_deselected(items=left)
        items[:] = kept

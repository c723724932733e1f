"""What every test may use. Tests marked `postgres` or `worker` run only on PostgreSQL."""

import pytest
from django.db import connection


@pytest.fixture
def own_files(monkeypatch, tmp_path):
    """Stored files lie in a folder of this test alone."""
    from tests.everywhere import storages_of_files  # noqa: PLC0415 - the models are ready only now

    for storage in storages_of_files():
        monkeypatch.setitem(storage.__dict__, "location", str(tmp_path))


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

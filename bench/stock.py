"""The same people through a stock django-import-export resource, dry run first, as its admin does it."""

import os

from django.db import connection
from import_export import resources
from tablib import Dataset

from bench.apart import spend
from bench.figures import Figure
from bench.workbooks import COLUMNS, people
from members.models import Member
from units.models import Unit

MOST = int(os.environ.get("BENCH_STOCK", "5000"))


class StockResource(resources.ModelResource):
    """Rows found again by their code, looked at one by one, as the library does it by itself."""

    class Meta:
        model = Member
        import_id_fields = ["code"]
        fields = ["code", "full_name", "search_name", "sort_key", "sex", "phone", "email", "position", "unit"]


def figure(rows: int) -> Figure:
    """A dry run and then the import of at most MOST people."""
    count = min(rows, MOST)
    spent = spend(lambda: _import(count))
    return Figure("stock: django-import-export, dry run and import", spent.seconds, count, "rows")


def _import(count: int) -> None:
    data = _dataset(count)
    for is_dry in (True, False):
        result = StockResource().import_data(data, dry_run=is_dry, use_transactions=True)
        assert not result.has_errors(), result.row_errors()[:1]
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM members_historicalmember WHERE code LIKE 'TN%'")
        cursor.execute("DELETE FROM members_member WHERE code LIKE 'TN%'")


def _dataset(count: int) -> Dataset:
    unit = Unit.objects.communes().order_by("path").first()
    wanted = {"code": "Mã đoàn viên", "full_name": "Họ tên", "email": "Email", "position": "Chức vụ"}
    places = {field: COLUMNS.index(title) for field, title in wanted.items()}
    phone = COLUMNS.index("Điện thoại")
    data = Dataset(headers=[*places, "search_name", "sort_key", "sex", "phone", "unit"])
    for row in people(count):
        name = row[places["full_name"]]
        data.append([*(row[place] for place in places.values()), name, name, "male", row[phone], unit.pk])
    return data

"""Many rows at once, faster than the ORM's own ways: COPY on PostgreSQL, prepared statements on SQLite.

Where rows are named by their keys the stretch of keys is said too: without it the planner may go through the
whole table for a thousand of them.

Nothing here sends signals or fills defaults: every column without a default of the database is to be given.
"""

import io
import json
import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import connection, models

_SPECIAL = re.compile(r"[\\\t\n\r]")
_OFTEN_ALIKE = {date, datetime, bool, type(None)}
_PIECE = 1 << 20
_BRIEFLY = "20s"
_ESCAPES = {"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"}

Columns = Mapping[str, Sequence[Any]]


class Ready(NamedTuple):
    """Rows with the work done that inserting them needs, as `insert_rows` takes them."""

    columns: tuple[str, ...]
    rows: Sequence[Any]

    def parted(self, at: int) -> "tuple[Ready, Ready]":
        """The first so many rows, and the rest."""
        return Ready(self.columns, self.rows[:at]), Ready(self.columns, self.rows[at:])


def made_ready(columns: Columns) -> Ready:
    """The same rows, ready to be inserted. Asks no database, so that it may be done beside its work."""
    if connection.vendor == "postgresql":
        texts = [_all_written(values) for values in columns.values()]
        return Ready(tuple(columns), list(map("\t".join, zip(*texts, strict=True))))
    adapted = [list(map(_adapted, values)) for values in columns.values()]
    return Ready(tuple(columns), list(zip(*adapted, strict=True)))


def insert_rows(
    model: type[models.Model], given: Columns | Ready, alike: Mapping[str, Any] | None = None
) -> None:
    """Insert rows given as plain values by column (named as in the database), or `made_ready`.

    `alike` are further columns that hold the same value in every row.
    """
    ready, alike = given if isinstance(given, Ready) else made_ready(given), alike or {}
    if not ready.rows:
        return
    table, names = _quoted(model._meta.db_table), ", ".join(map(_quoted, [*ready.columns, *alike]))
    if connection.vendor == "postgresql":
        end = "".join(f"\t{_written(value)}" for value in alike.values()) + "\n"
        text = end.join(ready.rows) + end
        with connection.cursor() as cursor:
            cursor.copy_expert(f"COPY {table} ({names}) FROM STDIN", io.BytesIO(text.encode()), _PIECE)
        return
    marks = ", ".join(["%s"] * (len(ready.columns) + len(alike)))
    tail = tuple(_adapted(value) for value in alike.values())
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} ({names}) VALUES ({marks})",  # noqa: S608
            [row + tail for row in ready.rows],
        )


def update_rows(
    model: type[models.Model], column: str, values: Mapping[int, int | None], alike: Mapping[str, Any]
) -> None:
    """Set a column of whole numbers, or of none, in rows given by key; `alike` is set in all of them."""
    if not values:
        return
    table, key, column = _quoted(model._meta.db_table), _quoted(_key_of(model)), _quoted(column)
    sets = "".join(f", {_quoted(name)} = %s" for name in alike)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                f"UPDATE {table} SET {column} = given.value{sets} FROM "  # noqa: S608
                f"unnest(%s::bigint[], %s::bigint[]) AS given(key, value) "
                f"WHERE {table}.{key} = given.key AND {table}.{key} BETWEEN %s AND %s",
                [*alike.values(), _listed(values), _with_nulls(values.values()), min(values), max(values)],
            )
            return
        same = [_adapted(value) for value in alike.values()]
        rows = [[value, *same, row] for row, value in values.items()]
        cursor.executemany(f"UPDATE {table} SET {column} = %s{sets} WHERE {key} = %s", rows)  # noqa: S608


def copy_rows(
    source: type[models.Model],
    target: type[models.Model],
    columns: Sequence[str],
    said: Mapping[str, Any],
    *,
    keys: Sequence[int],
) -> None:
    """Copy columns of the rows with these keys into another table, with what is `said` in further columns."""
    names = ", ".join(map(_quoted, [*columns, *said]))
    taken = ", ".join([*map(_quoted, columns), *["%s"] * len(said)])
    if connection.vendor == "postgresql":
        wanted, values = "SELECT unnest(%s::bigint[])", [*said.values(), _listed(keys)]
    else:
        wanted, values = ", ".join(["%s"] * len(keys)), [*map(_adapted, said.values()), *keys]
    key = _quoted(_key_of(source))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {_quoted(target._meta.db_table)} ({names}) "  # noqa: S608
            f"SELECT {taken} FROM {_quoted(source._meta.db_table)} "
            f"WHERE {key} IN ({wanted}) AND {key} BETWEEN %s AND %s",
            [*values, min(keys), max(keys)],
        )


def blank_column(model: type[models.Model], column: str, values: Collection[int]) -> None:
    """Let the rows that hold one of these whole numbers in the column hold none."""
    _where_held(f"UPDATE {{table}} SET {_quoted(column)} = NULL", model, column, values)


def delete_rows(model: type[models.Model], column: str, values: Collection[int]) -> None:
    """Delete the rows that hold one of these whole numbers in the column, whatever leads to them."""
    _where_held("DELETE FROM {table}", model, column, values)


def _where_held(what: str, model: type[models.Model], column: str, values: Collection[int]) -> None:
    what, column = what.format(table=_quoted(model._meta.db_table)), _quoted(column)
    with connection.cursor() as cursor:
        if connection.vendor != "postgresql":
            cursor.executemany(f"{what} WHERE {column} = %s", [[value] for value in values])
        elif values:
            cursor.execute(
                f"{what} WHERE {column} = ANY (%s::bigint[]) AND {column} BETWEEN %s AND %s",
                [_listed(values), min(values), max(values)],
            )


def taken(model: type[models.Model], column: str, codes: Collection[str]) -> set[str]:
    """Which of these codes, of letters and digits, rows already hold in that column."""
    if connection.vendor != "postgresql":
        return set(model._base_manager.filter(**{f"{column}__in": codes}).values_list(column, flat=True))
    table, name = _quoted(model._meta.db_table), _quoted(column)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {name} FROM {table} WHERE {name} = ANY (%s::varchar[])", [_listed(codes)])  # noqa: S608
        return {code for (code,) in cursor.fetchall()}


def new_keys(model: type[models.Model], count: int) -> list[int]:
    """Primary keys for rows about to be inserted, which nobody else gets."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_get_serial_sequence(%s, 'id')", [table])
            cursor.execute("SELECT nextval(%s) FROM generate_series(1, %s)", [*cursor.fetchone(), count])
            return [key for (key,) in cursor.fetchall()]
        cursor.execute(
            "UPDATE sqlite_sequence SET seq = seq + %s WHERE name = %s RETURNING seq", [count, table]
        )
        last = cursor.fetchone()
        if last is None:
            cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, count])
    first = (last[0] if last else count) - count + 1
    return list(range(first, first + count))


def commit_without_waiting() -> None:
    """Let the transaction in hand end before the disk has all of it, where the database offers that.

    A crash of the machine may then lose it, whole, with all that came after it. For steps that are done again
    when they are lost; the next transaction that ends as usual makes them safe.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL synchronous_commit = off")


def wait_briefly() -> None:
    """Let the transaction in hand fail rather than wait for long for what another one has locked."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = %s", [_BRIEFLY])


def analyze(model: type[models.Model], *columns: str) -> None:
    """Let PostgreSQL take new figures of these columns for planning, when a table grew and is asked next."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {_quoted(model._meta.db_table)} ({', '.join(map(_quoted, columns))})")


def vacuum(*models_touched: type[models.Model]) -> None:
    """Let the database see at once what a large write left: its figures for planning, and the rows free.

    Only PostgreSQL needs it, and only outside a transaction; elsewhere nothing happens.
    """
    if connection.vendor != "postgresql" or connection.in_atomic_block:
        return
    with connection.cursor() as cursor:
        for model in models_touched:
            cursor.execute(f"VACUUM (ANALYZE) {_quoted(model._meta.db_table)}")


def _all_written(values: Sequence[Any]) -> Sequence[str]:
    """The values of one column as COPY's text format writes them."""
    kinds = set(map(type, values))
    if kinds == {str}:
        return values if not _SPECIAL.search("".join(values)) else [_escaped(value) for value in values]
    if kinds == {int}:
        return list(map(str, values))
    if kinds <= _OFTEN_ALIKE:
        known = {value: _written(value) for value in set(values)}
        return [known[value] for value in values]
    return list(map(_written, values))


def _written(value: Any) -> str:
    """The value as COPY's text format writes it."""
    kind = type(value)
    if kind is str:
        return _escaped(value)
    if value is None:
        return "\\N"
    if kind is int:
        return str(value)
    if kind is bool:
        return "t" if value else "f"
    if kind is bytes:
        return _bytes_written(value)
    if kind is dict or kind is list:
        return _escaped(json.dumps(value, ensure_ascii=False)) if value else "{}" if kind is dict else "[]"
    if isinstance(value, datetime | date):
        return value.isoformat()
    return _escaped(str(value))


def _bytes_written(value: bytes) -> str:
    """Bytes as hex digits, or as they are when they are plain letters and signs anyway."""
    text = value.decode("ascii", "replace")
    return text if text.isprintable() and text.isascii() and "\\" not in text else "\\\\x" + value.hex()


def _escaped(text: str) -> str:
    return _SPECIAL.sub(_escape, text) if _SPECIAL.search(text) else text


def _escape(found: re.Match[str]) -> str:
    return _ESCAPES[found[0]]


def _adapted(value: Any) -> Any:
    """The value as SQLite takes it."""
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value


def _listed(plain: Collection[int] | Collection[str]) -> str:
    """Numbers, or texts of letters and digits, as PostgreSQL reads an array."""
    return f"{{{','.join(map(str, plain))}}}"


def _with_nulls(numbers: Collection[int | None]) -> str:
    return _listed(["NULL" if number is None else str(number) for number in numbers])


def _key_of(model: type[models.Model]) -> str:
    key = model._meta.pk
    assert key is not None
    return str(key.column)


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)

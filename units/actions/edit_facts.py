from typing import Any

from django.db import transaction


@transaction.atomic
def edit_facts(*, row: Any, by: Any) -> list[str]:
    """Write the columns in which the row says something else than the table, and name them.

    What is not among them stays as it stands in the table now.
    """
    stored = type(row)._base_manager.select_for_update(no_key=True).get(pk=row.pk)
    changed = [
        field.name
        for field in row._meta.concrete_fields
        if getattr(row, field.attname) != getattr(stored, field.attname)
    ]
    if changed:
        row._history_user = by
        row.save(update_fields=changed)
    return changed

from django.db import models

from units.scope import Scope


class ScopedQuerySet(models.QuerySet):
    """For rows that belong to a unit. Name the way to its path in `unit_path`."""

    unit_path = "unit__path"

    def within(self, scope: Scope):
        """The rows whose unit lies in the scope."""
        return self.filter(scope.as_q(self.unit_path))

    def locked(self):
        """The rows, locked until the transaction ends (SQLite: its one writer is the lock).

        Not against being pointed at: new rows with a foreign key to a locked row need not wait for it.
        """
        return self.select_for_update(of=("self",), no_key=True)

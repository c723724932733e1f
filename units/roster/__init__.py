"""Restructuring plans as tables: read from a spreadsheet or from lines typed in."""

from units.roster.plan_table import COLUMNS, PlanRow, TableUnreadable, read_new_units, read_plan_table

__all__ = ["COLUMNS", "PlanRow", "TableUnreadable", "read_new_units", "read_plan_table"]

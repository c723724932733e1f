"""What the units' app writes as files."""

from units.documents.plan_workbook import plan_workbook

__all__ = ["plan_workbook"]

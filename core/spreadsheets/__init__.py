"""Spreadsheets of every format as text cells with their place, read where they can do no harm."""

from core.spreadsheets.bounded import read_spreadsheet
from core.spreadsheets.shapes import Merge, Sheet, SpreadsheetUnreadable, Value, keep_row, pack_row

__all__ = ["Merge", "Sheet", "SpreadsheetUnreadable", "Value", "keep_row", "pack_row", "read_spreadsheet"]

"""Spreadsheets of every format as text cells with their place, read where they can do no harm."""

from core.spreadsheets.blocks import Block, Packed, Row, Value
from core.spreadsheets.bounded import follow_spreadsheet, read_spreadsheet
from core.spreadsheets.shapes import Merge, Sheet, SpreadsheetUnreadable

__all__ = [
    "Block",
    "Merge",
    "Packed",
    "Row",
    "Sheet",
    "SpreadsheetUnreadable",
    "Value",
    "follow_spreadsheet",
    "read_spreadsheet",
]

"""Spreadsheets of every format, as small as a test needs them."""

import io
import zipfile
from datetime import date, datetime
from xml.sax.saxutils import escape

import xlsxwriter


def make_xlsx(*sheets, hidden=(), blank_rows=0):
    """A workbook. A sheet is (name, rows) or (name, rows, merges); a merge "A1:C1" keeps its first cell."""
    content = io.BytesIO()
    workbook = xlsxwriter.Workbook(content, {"constant_memory": bool(blank_rows)})
    day_format = workbook.add_format({"num_format": "dd/mm/yyyy"})
    border = workbook.add_format({"border": 1})
    for name, rows, *merges in sheets:
        sheet = workbook.add_worksheet(name)
        for place, row in enumerate(rows):
            _write_row(sheet, place, row, day_format)
        for merge in merges[0] if merges else ():
            sheet.merge_range(merge, _first_cell(rows, merge))
        for place in range(len(rows), len(rows) + blank_rows):
            sheet.write_blank(place, 0, None, border)
        if name in hidden:
            sheet.hide()
    workbook.close()
    return content.getvalue()


def _write_row(sheet, place, row, day_format):
    for column, value in enumerate(row):
        if isinstance(value, date | datetime):
            sheet.write_datetime(place, column, datetime(value.year, value.month, value.day), day_format)
        elif isinstance(value, int | float):
            sheet.write_number(place, column, value)
        elif isinstance(value, str) and value.startswith("#"):
            sheet.write_formula(place, column, "=NA()", None, value)
        elif value:
            sheet.write_string(place, column, value)


def _first_cell(rows, merge):
    letters = "".join(char for char in merge.split(":")[0] if char.isalpha())
    number = int("".join(char for char in merge.split(":")[0] if char.isdigit()))
    row = rows[number - 1]
    column = ord(letters) - ord("A")
    return row[column] if column < len(row) else ""


def make_csv(rows, *, delimiter=",", encoding="utf-8"):
    text = "\r\n".join(
        delimiter.join(f'"{cell}"' if delimiter in cell else cell for cell in row) for row in rows
    )
    return text.encode(encoding)


def make_ods(rows):
    """The smallest OpenDocument workbook: one sheet of text and, for dates, true dates."""
    lines = "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows)
    spaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for short, name in (("office", "office"), ("table", "table"), ("text", "text"))
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces} office:version="1.2">'
        f'<office:body><office:spreadsheet><table:table table:name="Trang 1">{lines}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    return make_zip(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": "<manifest/>",
            "content.xml": content,
        }
    )


def _ods_cell(value):
    if isinstance(value, date):
        return f'<table:table-cell office:value-type="date" office:date-value="{value}"/>'
    text = f"<text:p>{escape(str(value))}</text:p>"
    return f'<table:table-cell office:value-type="string">{text}</table:table-cell>'


def make_html(rows):
    lines = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows)
    return f"<html><meta charset='utf-8'><table border=1>{lines}</table></html>".encode()


def make_zip(members):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in members.items():
            package.writestr(name, text)
    return content.getvalue()


def rewrite_zip(content, changes):
    """The archive with some members replaced."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        members = {name: package.read(name) for name in package.namelist()}
    return make_zip(members | changes)

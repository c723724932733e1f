"""The files in which lists leave the desk, written row by row. No text in them is ever a formula."""

import csv
import re
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO, TextIOWrapper
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import xlsxwriter
from django.utils.timezone import is_aware, localtime
from import_export.formats.base_formats import Format

from core.formulas import escaped, looks_like_formula

LONGEST_CELL = 32_767
SHEET = "Danh sách"
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass
class ExportRows:
    """The rows of an export under their headers, gone through once; `count` is how many have passed."""

    headers: list[str]
    source: object
    count: int = 0

    def __iter__(self):
        for row in self.source:
            self.count += 1
            yield [as_cell(value) for value in row]


def as_cell(value):
    """A number as it is, all else as the text that staff read."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Có" if value else "Không"
    if isinstance(value, int | float):
        return value
    if isinstance(value, datetime):
        return f"{localtime(value) if is_aware(value) else value:%d/%m/%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return _UNFIT.sub("", str(value))[:LONGEST_CELL]


class DeskFile(Format):
    """One format of the desk's exports; `extension` names it in addresses and in the audit trail."""

    extension = ""
    content_type = ""

    def get_extension(self):
        return self.extension

    def get_content_type(self):
        return self.content_type

    def can_export(self):
        return True


class DeskWorkbook(DeskFile):
    """Excel, in constant memory. What looks like a formula is marked as text that was typed as such."""

    extension = "xlsx"
    content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

    def export_data(self, dataset, **_):
        content = BytesIO()
        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        with xlsxwriter.Workbook(content, options) as book:
            bold = book.add_format({"bold": True})
            text = book.add_format({"quote_prefix": True})
            sheet = book.add_worksheet(SHEET)
            sheet.freeze_panes(1, 0)
            sheet.write_row(0, 0, dataset.headers, bold)
            for place, row in enumerate(dataset, start=1):
                for column, cell in enumerate(row):
                    if not isinstance(cell, str):
                        sheet.write_number(place, column, cell)
                    elif cell:
                        sheet.write_string(place, column, cell, text if looks_like_formula(cell) else None)
        return content.getvalue()


class DeskCsv(DeskFile):
    """Text with commas, in UTF-8 with the mark by which Excel knows it."""

    extension = "csv"
    content_type = "text/csv; charset=utf-8"

    def export_data(self, dataset, **_):
        content = BytesIO()
        text = TextIOWrapper(content, encoding="utf-8-sig", newline="", write_through=True)
        writer = csv.writer(text)
        writer.writerow(dataset.headers)
        for row in dataset:
            writer.writerow([escaped(cell) if isinstance(cell, str) else cell for cell in row])
        return content.getvalue()


class DeskOds(DeskFile):
    """OpenDocument: every text says that it is text, numbers that they are numbers."""

    extension = "ods"
    content_type = "application/vnd.oasis.opendocument.spreadsheet"
    SPACES = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for short, name in (
            ("office", "office"),
            ("table", "table"),
            ("text", "text"),
            ("style", "style"),
            ("number", "datastyle"),
            ("manifest", "manifest"),
        )
    )
    HEAD = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {SPACES} office:version="1.2">'
        '<office:automatic-styles><number:text-style style:name="N0"><number:text-content/>'
        '</number:text-style><style:style style:name="T" style:family="table-cell" '
        'style:data-style-name="N0"/></office:automatic-styles>'
        f'<office:body><office:spreadsheet><table:table table:name="{SHEET}">'
    )
    TAIL = "</table:table></office:spreadsheet></office:body></office:document-content>"
    MANIFEST = (
        f'<?xml version="1.0" encoding="UTF-8"?><manifest:manifest {SPACES} manifest:version="1.2">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{content_type}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
        "</manifest:manifest>"
    )

    def export_data(self, dataset, **_):
        content = BytesIO()
        with ZipFile(content, "w", ZIP_DEFLATED) as package:
            package.writestr("mimetype", self.content_type, ZIP_STORED)
            package.writestr("META-INF/manifest.xml", self.MANIFEST)
            with package.open("content.xml", "w", force_zip64=True) as part:
                part.write(self.HEAD.encode())
                part.write(self._row(dataset.headers))
                for row in dataset:
                    part.write(self._row(row))
                part.write(self.TAIL.encode())
        return content.getvalue()

    def _row(self, cells):
        return f"<table:table-row>{''.join(map(self._cell, cells))}</table:table-row>".encode()

    def _cell(self, cell):
        if isinstance(cell, str):
            return (
                '<table:table-cell table:style-name="T" office:value-type="string">'
                f"<text:p>{escape(cell)}</text:p></table:table-cell>"
            )
        return (
            f'<table:table-cell office:value-type="float" office:value="{cell}">'
            f"<text:p>{cell}</text:p></table:table-cell>"
        )


FILES = {kind.extension: kind for kind in (DeskWorkbook, DeskCsv, DeskOds)}

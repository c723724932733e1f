from io import BytesIO

import xlsxwriter
from import_export.formats.base_formats import XLSX


class DeskWorkbook(XLSX):
    """Excel written row by row, so that a long list does not fill the memory. Text is never a formula."""

    def export_data(self, dataset, **_):
        content = BytesIO()
        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        with xlsxwriter.Workbook(content, options) as book:
            bold = book.add_format({"bold": True})
            sheet = book.add_worksheet("Danh sách")
            sheet.freeze_panes(1, 0)
            sheet.write_row(0, 0, dataset.headers or [], bold)
            for place, row in enumerate(dataset, start=1):
                sheet.write_row(place, 0, ["" if cell is None else cell for cell in row])
        return content.getvalue()

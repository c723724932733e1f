"""What changed between two versions of a record, told in the words of its form."""

from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from simple_history.template_utils import HistoricalRecordContextHelper


class ChangesInWords(HistoricalRecordContextHelper):
    """Each changed field by its label, its values as a reader knows them."""

    def context_for_delta_changes(self, delta):
        return [
            {
                "field": self.label(change.field),
                "old": self.said(change.field, change.old),
                "new": self.said(change.field, change.new),
            }
            for change in delta.changes
        ]

    def label(self, name):
        words = str(self.model._meta.get_field(name).verbose_name)
        return words[:1].upper() + words[1:]

    def said(self, name, value):
        if value is None or value == "":
            return ""
        if isinstance(value, bool):
            return "Có" if value else "Không"
        if isinstance(value, datetime):
            return date_format(localtime(value), "SHORT_DATETIME_FORMAT")
        if isinstance(value, date):
            return date_format(value, "SHORT_DATE_FORMAT")
        return str(dict(self.model._meta.get_field(name).flatchoices).get(value, value))

"""What an entry of the audit trail adds to its verb, told in Vietnamese: nobody reads keys and codes."""

from collections.abc import Callable
from datetime import date

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.utils.formats import date_format, number_format

DETAILS = {
    "before": "Số lượt trước khi sửa",
    "channel": "Bằng",
    "columns": "Cột nhạy cảm đã xem",
    "communes": "Số xã, phường thêm mới",
    "copied_from": "Sao chép từ sự kiện số",
    "count": "Số mục",
    "districts": "Số huyện cũ thêm mới",
    "ended": "Số đơn vị kết thúc",
    "ends_on": "Đến hết ngày",
    "field": "Ô",
    "fields": "Các ô đã sửa",
    "filters": "Lọc",
    "format": "Dạng file",
    "kind": "Loại",
    "lineages": "Số liên hệ sáp nhập thêm mới",
    "list": "Danh sách",
    "narrowed": "Lọc theo",
    "number": "Số mới",
    "opened": "Số đơn vị lập mới",
    "old_communes": "Số xã cũ thêm mới",
    "policy": "Với đoàn viên đã có",
    "purpose": "Mục đích",
    "role": "Vai trò",
    "rows": "Số dòng",
    "sensitive": "Cột nhạy cảm",
    "state": "Tình trạng",
    "unit": "Mã đơn vị",
    "units": "Số đơn vị",
    "user": "Mã tài khoản",
}
FORMATS = {"xlsx": "Excel (.xlsx)", "csv": "CSV (.csv)", "ods": "OpenDocument (.ods)"}
# Where the words of a key stand when they are not the target's own.
MODEL_OF = {
    "channel": "members.ClaimCode",
    "kind": "members.RosterAnswer",
    "purpose": "members.Consent",
    "field": "members.Member",
}


def detail_words(entry) -> list[str]:
    """One line for each thing noted with the verb: "Vai trò: Cán bộ", "Các ô đã sửa: địa điểm"."""
    said = [(DETAILS.get(key, ""), _said(entry, key, value)) for key, value in entry.detail.items()]
    return [f"{label}: {words}" for label, words in said if label and words]


def _said(entry, key, value) -> str:
    if key in SPECIAL:
        return SPECIAL[key](entry, value)
    if isinstance(value, int):
        return number_format(value)
    choices = dict(getattr(_field(entry, key, key), "flatchoices", ()))
    return str(choices.get(value, value))


def _field(entry, key, name):
    try:
        return apps.get_model(MODEL_OF.get(key, entry.target_type))._meta.get_field(name)
    except (LookupError, ValueError, FieldDoesNotExist):
        return None


def _field_label(entry, name, key="fields") -> str:
    return str(getattr(_field(entry, key, name), "verbose_name", "")) or "thông tin khác"


def _field_labels(entry, names) -> str:
    return ", ".join(dict.fromkeys(_field_label(entry, name) for name in names))


def _list_name(_entry, label) -> str:
    try:
        return str(apps.get_model(label)._meta.verbose_name_plural)
    except (LookupError, ValueError):
        return ""


def column_words(names) -> str:
    """Columns of a member by their titles: "dân tộc, tôn giáo"."""
    fields = apps.get_model("members.Member")._meta
    return ", ".join(str(getattr(fields.get_field(name), "verbose_name", name)) for name in names)


def _filter_words(entry, names) -> str:
    """By what the list was narrowed: fields by their label, the rest as "điều kiện khác"."""
    try:
        fields = apps.get_model(entry.detail.get("list", "members.Member"))._meta
    except (LookupError, ValueError):
        return ""
    return ", ".join(dict.fromkeys(_filter_label(fields, name) for name in names)) or "không"


def _filter_label(fields, name) -> str:
    try:
        return str(fields.get_field(name.split("__")[0]).verbose_name)
    except (FieldDoesNotExist, AttributeError):
        return "điều kiện khác"


SPECIAL: dict[str, Callable[..., str]] = {
    "before": lambda _entry, counts: number_format(sum(counts.values())),
    "columns": lambda _entry, names: column_words(names),
    "ends_on": lambda _entry, day: date_format(date.fromisoformat(day), "SHORT_DATE_FORMAT"),
    "field": lambda entry, name: _field_label(entry, name, "field"),
    "fields": _field_labels,
    "filters": _filter_words,
    "format": lambda _entry, kind: str(FORMATS.get(kind, kind)),
    "list": _list_name,
    "narrowed": lambda _entry, words: ", ".join(words) or "không",
    "sensitive": lambda _entry, told: "có" if told else "không",
    "user": lambda _entry, key: str(key),
}
